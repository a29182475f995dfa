package presence.state;

import org.jspecify.annotations.Nullable;
import presence.command.Cause;

/**
 * An event with its place among all events, who brought it about and why.
 *
 * @param number its place, from 1 upwards without gaps; the same commands at the same instants give the same numbers
 * @param event what became of an agent
 * @param cause why
 * @param by who: as the command said, or the id of the rule that concluded it; null if that is not known
 */
public record Happening(
        long number,
        PresenceEvent event,
        Cause cause,
        @Nullable String by) {}
