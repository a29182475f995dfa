package presence.loop;

import presence.command.ErrorCode;

/** Commands cannot be taken in now. Nothing that was handed in has been acknowledged; the sender may try again. */
public final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final int retryAfterSeconds;

    /**
     * @param code why
     * @param detail what was found, for whoever reads it
     * @param retryAfterSeconds when it is worth trying again
     */
    public Unavailable(ErrorCode code, String detail, int retryAfterSeconds) {
        super(detail, null, false, false);
        this.code = code;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    public ErrorCode code() {
        return code;
    }

    /** Seconds after which it is worth trying again. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
