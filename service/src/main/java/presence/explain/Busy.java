package presence.explain;

/** As many explanations are asked for at the moment as can be given. */
public final class Busy extends Exception {
    private static final long serialVersionUID = 1L;

    Busy(String message) {
        super(message, null, false, false);
    }
}
