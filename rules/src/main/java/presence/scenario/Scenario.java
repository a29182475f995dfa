package presence.scenario;

import java.util.List;
import java.util.Set;

/**
 * An example: a case, and what the rules must conclude about it.
 *
 * @param file the path of its file below the rules folder
 * @param line the line it begins at, from 1
 * @param name what it shows, in a sentence
 * @param subject the case
 * @param expectations what must be concluded
 * @param fired the ids of the rules that must fire, of those in the file beside it: these and no others
 * @param nearMisses the ids of the rules that must not fire although they nearly would
 */
public record Scenario(
        String file,
        int line,
        String name,
        Subject subject,
        List<Expectation> expectations,
        Set<String> fired,
        Set<String> nearMisses) {

    /** The path of the file of rules that it is an example of. */
    String rulesFile() {
        return rulesFile(file);
    }

    static String rulesFile(String scenariosFile) {
        return scenariosFile.substring(0, scenariosFile.length() - presence.engine.RuleFiles.SCENARIOS.length())
                + presence.engine.RuleFiles.RULES;
    }

    static String scenariosFile(String rulesFile) {
        return rulesFile.substring(0, rulesFile.length() - presence.engine.RuleFiles.RULES.length())
                + presence.engine.RuleFiles.SCENARIOS;
    }
}
