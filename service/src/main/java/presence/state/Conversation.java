package presence.state;

import org.jspecify.annotations.Nullable;
import presence.facts.Channel;
import presence.facts.WrapUpEnd;

/**
 * A conversation as reported. Immutable.
 *
 * @param id the conversation's id
 * @param agent the id of the agent who has it or had it last
 * @param channel the way it came
 * @param queue the queue it came from, or null
 * @param direct whether it is a colleague's direct chat, which is neither work nor load
 * @param state how far it is
 * @param orphaned whether its agent signed out while it was open; it is nobody's work then
 * @param startedAt when it started, in milliseconds since 1970-01-01T00:00Z
 * @param changedAt when its state last changed, in milliseconds since 1970-01-01T00:00Z
 * @param wrapUpEnd the pending end of its wrap-up, or null
 */
public record Conversation(
        String id,
        String agent,
        Channel channel,
        @Nullable String queue,
        boolean direct,
        State state,
        boolean orphaned,
        long startedAt,
        long changedAt,
        @Nullable WrapUpEnd wrapUpEnd) {

    /** How far a conversation is. */
    public enum State {
        /** Going on. */
        ACTIVE,
        /** The customer has gone; the agent is still at it. */
        WRAP_UP,
        /** Done. */
        HANDLED
    }

    /** Whether it is not handled yet. */
    public boolean open() {
        return state != State.HANDLED;
    }

    Conversation wrappingUp(long now, WrapUpEnd end) {
        return new Conversation(id, agent, channel, queue, direct, State.WRAP_UP, orphaned, startedAt, now, end);
    }

    Conversation handled(long now) {
        return new Conversation(id, agent, channel, queue, direct, State.HANDLED, false, startedAt, now, null);
    }

    Conversation orphan(long now) {
        return new Conversation(id, agent, channel, queue, direct, state, true, startedAt, now, null);
    }
}
