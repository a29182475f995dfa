package presence.state;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import presence.facts.Capability;
import presence.facts.Reason;
import presence.facts.Status;

/** Something that became of an agent. Times are milliseconds since 1970-01-01T00:00Z. */
public sealed interface PresenceEvent {
    /** The agent's id. */
    String agent();

    /** When it happened: for a deadline, the deadline itself. */
    long at();

    /**
     * The agent is new, or has another status, other reasons for it, another readiness, connection or profile, or the profile
     * began anew.
     *
     * @param from the status before; OFFLINE for an agent that is new
     * @param fromReasons the reasons before; none for an agent that is new
     * @param status the status now
     * @param reasons the reasons for it
     * @param signedIn whether the agent is signed in
     * @param ready the agent's own toggle
     * @param notReadyReason why not, as the agent or a rule said; null if nobody did
     * @param connected whether the agent's connection is up; true while signed out
     * @param profile the id of the profile; null for an agent that never had one
     * @param expiresAt when the profile ends by itself; null if it does not
     * @param since when the status last changed
     * @param profileSince when the profile was selected, or the agent signed in on one that outlived the sign-out
     */
    record StateChanged(
            String agent,
            Status from,
            List<Reason> fromReasons,
            Status status,
            List<Reason> reasons,
            boolean signedIn,
            boolean ready,
            @Nullable String notReadyReason,
            boolean connected,
            @Nullable String profile,
            @Nullable Long expiresAt,
            long since,
            long profileSince,
            long at)
            implements PresenceEvent {
        /** Whether the status or its reasons are others than before. */
        public boolean statusChanged() {
            return from != status || !fromReasons.equals(reasons);
        }
    }

    /** The agent has been deleted. */
    record AgentDeleted(String agent, long at) implements PresenceEvent {}

    /** A timed profile has ended by itself. */
    record ProfileExpired(String agent, String profile, long at) implements PresenceEvent {}

    /**
     * The agent has joined and left queues, all at once. All lists are in the order of their ids.
     *
     * @param queues the queues the agent is in now
     */
    record QueuesChanged(String agent, List<String> joined, List<String> left, List<String> queues, long at)
            implements PresenceEvent {}

    /** The agent can take other conversations than before. */
    record CapabilitiesChanged(String agent, Set<Capability> capabilities, long at) implements PresenceEvent {}

    /**
     * A conversation has started, moved, or come further.
     *
     * @param agent the agent who has it or had it last
     * @param conversation the conversation now
     * @param before the conversation as it was; null for one that is new
     * @param forced whether it was transferred although the rules are against it
     */
    record ConversationChanged(
            String agent,
            Conversation conversation,
            @Nullable Conversation before,
            boolean forced,
            long at) implements PresenceEvent {}

    /** An offer has been made, or has come to its end. */
    record OfferChanged(String agent, Offer offer, long at) implements PresenceEvent {}

    /** The grace of a lost connection has ended the session. */
    record ConnectionLost(String agent, long at) implements PresenceEvent {}

    /** The rules could not conclude anything about the agent, who is undecided: a fault of the rules. */
    record RulesFailed(String agent, String fault, long at) implements PresenceEvent {}
}
