package presence.scenario;

import presence.engine.FaultKind;
import presence.engine.Place;
import presence.engine.RuleFault;

/** Ends the reading of a scenario at its first fault. */
final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Place place;

    UnreadableException(Place place, String message) {
        super(message, null, false, false);
        this.place = place;
    }

    RuleFault in(String file) {
        return new RuleFault(FaultKind.SCENARIO, file, place, String.valueOf(getMessage()));
    }
}
