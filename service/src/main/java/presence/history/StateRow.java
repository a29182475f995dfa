package presence.history;

import java.util.List;
import org.jspecify.annotations.Nullable;
import presence.command.Cause;
import presence.facts.Reason;
import presence.facts.Status;

/**
 * The beginning of a state of an agent; its end is the beginning of the agent's next one. Times are milliseconds since
 * 1970-01-01T00:00Z.
 *
 * @param at when it began
 * @param number the number of the event that told of it
 * @param status the status; null if the agent is gone from then on
 * @param reasons the reasons for the status
 * @param since when the status last changed
 * @param notReadyReason why not ready, as the agent or a rule said
 * @param connected whether the agent's connection is up; true while signed out
 * @param profile the id of the profile; null for an agent that never had one
 * @param profileSince when the profile was selected, or the agent signed in on one that outlived the sign-out
 * @param expiresAt when the profile was to end by itself; null if it was not
 * @param cause why the state began; null where it was found so when recording began
 * @param by by whose doing, or by which rule; null if that is not known
 */
record StateRow(
        String agent,
        long at,
        long number,
        @Nullable Status status,
        List<Reason> reasons,
        long since,
        boolean signedIn,
        boolean ready,
        @Nullable String notReadyReason,
        boolean connected,
        @Nullable String profile,
        long profileSince,
        @Nullable Long expiresAt,
        @Nullable Cause cause,
        @Nullable String by) {

    /** Whether the agent is there. */
    boolean there() {
        return status != null;
    }

    /** Whether this is the same stay on a profile as that. */
    boolean sameStay(StateRow other) {
        return profileSince == other.profileSince
                && profile != null
                && profile.equals(other.profile)
                && java.util.Objects.equals(expiresAt, other.expiresAt);
    }
}
