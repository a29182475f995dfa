package presence.state;

import java.util.List;
import presence.facts.Reason;
import presence.facts.Status;

/** Something that became of an agent. Times are milliseconds since 1970-01-01T00:00Z. */
public sealed interface PresenceEvent {
    /** The agent's id. */
    String agent();

    /** When it happened: for a deadline, the deadline itself. */
    long at();

    /** The agent has another status, or the same for other reasons. */
    record StatusChanged(String agent, Status from, Status to, List<Reason> reasons, long at)
            implements PresenceEvent {}

    /** A timed profile has ended by itself. */
    record ProfileExpired(String agent, String profile, long at) implements PresenceEvent {}

    /** The agent has joined and left queues, all at once; both lists in the order of their ids. */
    record QueuesChanged(String agent, List<String> joined, List<String> left, long at) implements PresenceEvent {}

    /** The grace of a lost connection has ended the session. */
    record ConnectionLost(String agent, long at) implements PresenceEvent {}

    /** The rules could not conclude anything about the agent, who is undecided: a fault of the rules. */
    record RulesFailed(String agent, String fault, long at) implements PresenceEvent {}
}
