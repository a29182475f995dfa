package presence.engine;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rule as its readers know it.
 *
 * @param id its stable id, never used again for another rule: {@code STATUS-050}
 * @param sentence what it says, in a sentence
 * @param file the path of its file below the rules folder
 * @param line the line it begins at, from 1
 */
public record Rule(String id, String sentence, String file, int line) {

    /** Rules in the order in which they are read, and in which the first claim wins. */
    public static final Comparator<Rule> BY_ID = Comparator.comparing(Rule::id);

    private static final Pattern NAME = Pattern.compile("([A-Z][A-Z0-9]*(?:-[A-Z][A-Z0-9]*)*-[0-9]{3}) (\\S.*)");

    /** Reads a rule's name, {@code STATUS-050 An agent with work is busy}; empty if it has another form. */
    static Optional<Rule> named(String name, String file, int line) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new Rule(matcher.group(1), matcher.group(2), file, line))
                : Optional.empty();
    }

    /** The rule's name: its id and its sentence. */
    public String name() {
        return id + " " + sentence;
    }
}
