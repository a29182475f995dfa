package presence.door;

import presence.command.ErrorCode;

/** Somebody who is not let in, or not let do something, on its way to the answer. It never holds a secret. */
public final class Forbidden extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    Forbidden(ErrorCode code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
