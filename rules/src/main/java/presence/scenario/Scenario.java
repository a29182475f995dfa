package presence.scenario;

import java.util.List;
import java.util.Set;
import presence.engine.Place;
import presence.engine.RuleFiles;

/**
 * An example: a case, and what the rules must conclude about it.
 *
 * @param file the path of its file below the rules folder
 * @param place where it stands
 * @param name what it shows, in a sentence
 * @param subject the case
 * @param expectations what must be concluded
 * @param fired the ids of the rules that must fire, of those in the file beside it: these and no others
 * @param nearMisses the ids of the rules that must not fire although they nearly would
 */
public record Scenario(
        String file,
        Place place,
        String name,
        Subject subject,
        List<Expectation> expectations,
        Set<String> fired,
        Set<String> nearMisses) {

    /** The line it begins at, from 1. */
    public int line() {
        return place.line();
    }

    /** The path of the file of rules that it is an example of. */
    String rulesFile() {
        return rulesFile(file);
    }

    static String rulesFile(String scenariosFile) {
        return without(RuleFiles.SCENARIOS, scenariosFile) + RuleFiles.RULES;
    }

    static String scenariosFile(String rulesFile) {
        return without(RuleFiles.RULES, rulesFile) + RuleFiles.SCENARIOS;
    }

    private static String without(String ending, String path) {
        return path.endsWith(ending) ? path.substring(0, path.length() - ending.length()) : path;
    }
}
