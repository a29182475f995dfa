package presence.state;

import org.jspecify.annotations.Nullable;
import presence.facts.Channel;
import presence.facts.StaleEnd;
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
 * @param suspect whether nobody has said a word about it for so long that it counts as nobody's work
 * @param changedAt when its state last changed, in milliseconds since 1970-01-01T00:00Z
 * @param touchedAt when there was last word of it, in milliseconds since 1970-01-01T00:00Z
 * @param wrapUpEnd the pending end of its wrap-up, or null
 * @param staleEnd when it is asked whether it is suspect, or null
 */
public record Conversation(
        String id,
        String agent,
        Channel channel,
        @Nullable String queue,
        boolean direct,
        State state,
        boolean orphaned,
        boolean suspect,
        long startedAt,
        long changedAt,
        long touchedAt,
        @Nullable WrapUpEnd wrapUpEnd,
        @Nullable StaleEnd staleEnd) {

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

    /** Whether it is its agent's, neither handled nor orphaned nor suspect. */
    public boolean counts() {
        return open() && !orphaned && !suspect;
    }

    Conversation wrappingUp(long now, WrapUpEnd end) {
        return new Conversation(
                id, agent, channel, queue, direct, State.WRAP_UP, orphaned, false, startedAt, now, now, end, staleEnd);
    }

    Conversation handled(long now) {
        return new Conversation(
                id, agent, channel, queue, direct, State.HANDLED, false, false, startedAt, now, now, null, null);
    }

    Conversation orphan(long now) {
        return new Conversation(
                id, agent, channel, queue, direct, state, true, false, startedAt, now, touchedAt, null, null);
    }

    Conversation suspected(long now) {
        return new Conversation(
                id, agent, channel, queue, direct, state, orphaned, true, startedAt, now, touchedAt, wrapUpEnd, null);
    }

    /** There is word of it: it counts again if it was suspect. */
    Conversation touched(long now, @Nullable StaleEnd end) {
        return new Conversation(
                id,
                agent,
                channel,
                queue,
                direct,
                state,
                orphaned,
                false,
                startedAt,
                suspect ? now : changedAt,
                now,
                wrapUpEnd,
                end);
    }

    Conversation awaiting(@Nullable StaleEnd end) {
        return new Conversation(
                id, agent, channel, queue, direct, state, orphaned, suspect, startedAt, changedAt, touchedAt, wrapUpEnd,
                end);
    }
}
