package presence.engine;

/** Ends the reading of a rule at its first fault that leaves no sense in reading on. */
final class FormException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;

    FormException(int line, String message) {
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
