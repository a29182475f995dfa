package presence.journal;

import org.jspecify.annotations.Nullable;

/**
 * The journal could not do what it was asked. The message is one line for an operator; it never holds a password.
 */
public final class JournalException extends Exception {

    private static final long serialVersionUID = 1;

    /** What went wrong. The names are stable. */
    public enum Code {
        /** The database does not answer, refuses connections, or is locked. */
        JOURNAL_UNAVAILABLE(true),
        /** There is no room left to write. */
        JOURNAL_FULL(true),
        /** The storage can be read but not written: permissions, a read-only disk, a standby. */
        JOURNAL_READ_ONLY(true),
        /** Another process holds the journal, or has written to it while it was thought to be ours. */
        JOURNAL_TAKEN_OVER(false),
        /** Entries that were acknowledged are gone, or storage does not hold what was written. */
        JOURNAL_DAMAGED(false),
        /** The database belongs to a newer version of the program. */
        JOURNAL_NEWER(false),
        /** A setting is wrong: the message names it. */
        JOURNAL_MISCONFIGURED(false);

        private final boolean isTransient;

        Code(boolean isTransient) {
            this.isTransient = isTransient;
        }
    }

    private final Code code;
    private final String message;

    JournalException(Code code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.message = message;
    }

    JournalException(Code code, String message) {
        this(code, message, null);
    }

    @Override
    public String getMessage() {
        return message;
    }

    public Code code() {
        return code;
    }

    /** True when the same call may succeed later, with nothing done but the cause removed. */
    public boolean isTransient() {
        return code.isTransient;
    }
}
