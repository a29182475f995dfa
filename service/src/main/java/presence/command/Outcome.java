package presence.command;

import org.jspecify.annotations.Nullable;

/**
 * How a command came out.
 *
 * @param kind whether it changed anything
 * @param code why it was refused; null if it was not
 * @param detail what was found and what was expected; null if it was not refused
 * @param pointer where in the command's document the fault lies, as a JSON pointer; null if it is not in the document
 */
public record Outcome(
        Kind kind,
        @Nullable ErrorCode code,
        @Nullable String detail,
        @Nullable String pointer) {
    /** The command changed something. */
    public static final Outcome APPLIED = new Outcome(Kind.APPLIED, null, null, null);

    /** The command says what is already so. */
    public static final Outcome UNCHANGED = new Outcome(Kind.UNCHANGED, null, null, null);

    /** Whether a command changed anything. */
    public enum Kind {
        APPLIED,
        UNCHANGED,
        REFUSED
    }

    /** The command cannot be applied, and nothing has changed. */
    public static Outcome refused(ErrorCode code, String detail) {
        return new Outcome(Kind.REFUSED, code, detail, null);
    }

    /** The command cannot be applied because of one of its fields, and nothing has changed. */
    public static Outcome refused(ErrorCode code, String detail, String pointer) {
        return new Outcome(Kind.REFUSED, code, detail, pointer);
    }

    /** Whether the command was refused. */
    public boolean refused() {
        return kind == Kind.REFUSED;
    }
}
