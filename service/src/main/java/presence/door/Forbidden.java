package presence.door;

import presence.command.ErrorCode;

/** Somebody who is not let in, or not let do something, on its way to the answer. It never holds a secret. */
public final class Forbidden extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final int retryAfterSeconds;

    /** @param detail what to say about it */
    public Forbidden(ErrorCode code, String detail) {
        this(code, detail, 0);
    }

    Forbidden(ErrorCode code, String detail, int retryAfterSeconds) {
        super(detail, null, false, false);
        this.code = code;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    public ErrorCode code() {
        return code;
    }

    /** After how many seconds to try again; 0 for never. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
