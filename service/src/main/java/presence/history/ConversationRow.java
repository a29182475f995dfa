package presence.history;

import org.jspecify.annotations.Nullable;
import presence.facts.Channel;

/**
 * What became of a conversation for an agent. Times are milliseconds since 1970-01-01T00:00Z.
 *
 * @param queue the queue it came from, or null
 * @param startedAt when it came to the agent
 * @param wrapUpSince when its wrap-up began; null before
 */
record ConversationRow(
        String agent,
        long at,
        long number,
        String conversation,
        Change change,
        Channel channel,
        @Nullable String queue,
        boolean direct,
        long startedAt,
        @Nullable Long wrapUpSince) {

    /** What became of it. */
    enum Change {
        /** It came to the agent. */
        STARTED,
        /** The customer has gone; the agent is still at it. */
        WRAP_UP,
        /** The agent is done with it. */
        HANDLED,
        /** It went on to another agent. */
        MOVED,
        /** The agent signed out and left it, or it came while the agent was signed out. */
        ORPHANED,
        /** Nobody has said a word about it for so long that it counts as nobody's. */
        SUSPECT,
        /** The agent had it no longer when recording went on after a gap; what became of it is not known. */
        LOST;

        /** Whether the agent has it no longer. */
        boolean ends() {
            return this != STARTED && this != WRAP_UP;
        }
    }
}
