package presence.history;

import java.util.List;
import org.jspecify.annotations.Nullable;
import presence.command.Cause;
import presence.facts.Reason;
import presence.facts.Status;

/**
 * A time during which nothing about an agent's state changed. Times are milliseconds since 1970-01-01T00:00Z.
 *
 * @param from its beginning, or that of the period asked about
 * @param to its end, or that of the period asked about, or now; it is not part of it
 * @param reasons the reasons for the status
 * @param notReadyReason why not ready, as the agent or a rule said; null if nobody did
 * @param connected whether the agent's connection was up; true while signed out
 * @param profile the id of the profile; null for an agent that had none yet
 * @param expiresAt when the profile was to end by itself; null if it was not
 * @param cause why it began; null where it was found so when recording began
 * @param by by whose doing, or by which rule; null if that is not known
 */
public record Interval(
        long from,
        long to,
        Status status,
        List<Reason> reasons,
        boolean ready,
        @Nullable String notReadyReason,
        boolean connected,
        @Nullable String profile,
        @Nullable Long expiresAt,
        @Nullable Cause cause,
        @Nullable String by) {

    static Interval of(StateRow row, Status status, long from, long to) {
        return new Interval(
                from,
                to,
                status,
                row.reasons(),
                row.ready(),
                row.notReadyReason(),
                row.connected(),
                row.profile(),
                row.expiresAt(),
                row.cause(),
                row.by());
    }
}
