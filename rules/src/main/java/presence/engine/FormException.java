package presence.engine;

/** Ends the reading of a rule at its first fault that leaves no sense in reading on. */
final class FormException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FaultKind kind;
    private final transient Place place;

    FormException(FaultKind kind, Place place, String message) {
        super(message, null, false, false);
        this.kind = kind;
        this.place = place;
    }

    FormException(FaultKind kind, Token token, String message) {
        this(kind, token.place(), message);
    }

    RuleFault in(String file) {
        return new RuleFault(kind, file, place, String.valueOf(getMessage()));
    }
}
