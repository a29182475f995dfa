package presence.scenario;

/** Ends the reading of a scenario at its first fault. */
final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;

    UnreadableException(int line, String message) {
        super(message, null, false, false);
        this.line = line;
    }

    int line() {
        return line;
    }

    String fault() {
        return String.valueOf(getMessage());
    }
}
