package presence.resources;

import presence.command.Outcome;

/** A command that was refused, on its way to the answer. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Outcome outcome;

    Refused(Outcome outcome) {
        super(outcome.detail(), null, false, false);
        this.outcome = outcome;
    }

    Outcome outcome() {
        return outcome;
    }
}
