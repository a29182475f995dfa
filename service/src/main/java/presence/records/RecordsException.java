package presence.records;

import org.jspecify.annotations.Nullable;

/** The records could not do what they were asked. The message is one line for an operator; it never holds a password. */
public final class RecordsException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String message;

    /** @param message one line for whoever operates the service */
    public RecordsException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
