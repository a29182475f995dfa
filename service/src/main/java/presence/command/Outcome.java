package presence.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import presence.facts.Reason;

/**
 * How a command came out.
 *
 * @param kind whether it changed anything
 * @param code why it was refused; null if it was not
 * @param detail what was found and what was expected; null if it was not refused
 * @param pointer where in the command's document the fault lies, as a JSON pointer; null if it is not in the document
 * @param reasons every reason of the rules against it; null where rules were not asked
 * @param offer the offer that it made or found open; null for every other command
 */
public record Outcome(
        Kind kind,
        @Nullable ErrorCode code,
        @Nullable String detail,
        @Nullable String pointer,
        @Nullable List<Reason> reasons,
        @Nullable OfferMade offer) {
    /** The command changed something. */
    public static final Outcome APPLIED = new Outcome(Kind.APPLIED, null, null, null, null, null);

    /** The command says what is already so. */
    public static final Outcome UNCHANGED = new Outcome(Kind.UNCHANGED, null, null, null, null, null);

    /** Whether a command changed anything. */
    public enum Kind {
        APPLIED,
        UNCHANGED,
        REFUSED
    }

    /** The command cannot be applied, and nothing has changed. */
    public static Outcome refused(ErrorCode code, String detail) {
        return new Outcome(Kind.REFUSED, code, detail, null, null, null);
    }

    /** The command cannot be applied because of one of its fields, and nothing has changed. */
    public static Outcome refused(ErrorCode code, String detail, String pointer) {
        return new Outcome(Kind.REFUSED, code, detail, pointer, null, null);
    }

    /** The rules are against it, for these reasons, and nothing has changed. */
    public static Outcome refusedByRules(ErrorCode code, String detail, List<Reason> reasons) {
        return new Outcome(Kind.REFUSED, code, detail, null, List.copyOf(reasons), null);
    }

    /** An offer was made. */
    public static Outcome made(OfferMade offer) {
        return new Outcome(Kind.APPLIED, null, null, null, null, offer);
    }

    /** The conversation is offered already. */
    public static Outcome open(OfferMade offer) {
        return new Outcome(Kind.UNCHANGED, null, null, null, null, offer);
    }

    /** Whether the command was refused. */
    public boolean refused() {
        return kind == Kind.REFUSED;
    }
}
