package presence.engine;

/**
 * What is wrong with a rule, in an analyst's words.
 *
 * @param kind what kind of fault it is
 * @param file the file's path below the rules folder
 * @param place where in the file it is
 * @param message what was found, what was expected and what to do
 */
public record RuleFault(FaultKind kind, String file, Place place, String message) {

    /** A fault of which no more than the line is known; below 1 not even that. */
    public RuleFault(FaultKind kind, String file, int line, String message) {
        this(kind, file, Place.line(line), message);
    }

    /** The line, from 1; 0 where it is not known. */
    public int line() {
        return place.line();
    }

    /** {@code file:line:column: message}, the form that editors can jump from. */
    @Override
    public String toString() {
        return file + place + ": " + message;
    }
}
