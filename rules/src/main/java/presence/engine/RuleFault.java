package presence.engine;

/**
 * What is wrong with a rule, in an analyst's words.
 *
 * @param file the file's path below the rules folder
 * @param line the line, from 1; 0 where it is not known
 * @param message what was found, what was expected and what to do
 */
public record RuleFault(String file, int line, String message) {

    /** {@code file:line: message}, the form that editors can jump from. */
    @Override
    public String toString() {
        return line > 0 ? file + ":" + line + ": " + message : file + ": " + message;
    }
}
