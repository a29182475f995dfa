package presence.command;

import org.jspecify.annotations.Nullable;

/**
 * A command with what its sender asked of its handling.
 *
 * @param command what is to change
 * @param id the sender's id for it, so that a repeat is applied once; null if it has none
 * @param expectedVersion the version the agent must have; null for any
 */
public record Envelope(
        Command command, @Nullable String id, @Nullable Long expectedVersion) {

    /** A command that may be repeated and meets whatever version there is. */
    public static Envelope of(Command command) {
        return new Envelope(command, null, null);
    }
}
