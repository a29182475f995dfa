package presence.command;

import org.jspecify.annotations.Nullable;

/**
 * A command with what its sender asked of its handling.
 *
 * @param command what is to change
 * @param id the sender's id for it, so that a repeat is applied once; null if it has none
 * @param expectedVersion the version the agent must have; null for any
 * @param by who gave it; null if that is not known
 * @param cause why; null stands for {@link #causeFor}
 */
public record Envelope(
        Command command,
        @Nullable String id,
        @Nullable Long expectedVersion,
        @Nullable String by,
        @Nullable Cause cause) {

    /** A command of nobody in particular. */
    public Envelope(Command command, @Nullable String id, @Nullable Long expectedVersion) {
        this(command, id, expectedVersion, null, null);
    }

    /** A command that may be repeated and meets whatever version there is. */
    public static Envelope of(Command command) {
        return new Envelope(command, null, null);
    }

    /**
     * Why something became of this agent. Without a cause given, it is the agent's own doing if the agent gave the command,
     * somebody's for the agent if another did, and a system's if nobody is named.
     */
    public Cause causeFor(String agent) {
        if (cause != null) {
            return cause;
        }
        return by == null ? Cause.API : by.equals(agent) ? Cause.SELF : Cause.SUPERVISOR;
    }
}
