package presence.state;

import org.jspecify.annotations.Nullable;
import presence.command.OfferMade;
import presence.facts.Channel;
import presence.facts.OfferEnd;

/**
 * An offer of a conversation to an agent. Immutable.
 *
 * @param id the offer's id
 * @param conversation the id of what is offered
 * @param channel the way it came
 * @param queue the queue it came from, or null
 * @param agent the id of the agent it was made to
 * @param state what became of it
 * @param madeAt when it was made, in milliseconds since 1970-01-01T00:00Z
 * @param expiresAt until when it can be answered, in milliseconds since 1970-01-01T00:00Z
 * @param closedAt when it was closed, in milliseconds since 1970-01-01T00:00Z; 0 while it is open
 * @param end its pending end; null once it is closed
 */
public record Offer(
        String id,
        String conversation,
        Channel channel,
        @Nullable String queue,
        String agent,
        State state,
        long madeAt,
        long expiresAt,
        long closedAt,
        @Nullable OfferEnd end) {

    /** What became of an offer. The names are part of the API. */
    public enum State {
        /** It can be answered. */
        OPEN,
        ACCEPTED,
        REJECTED,
        /** Nobody answered in time. */
        MISSED,
        /** Whoever made it took it back, the agent signed out, or the conversation went elsewhere. */
        WITHDRAWN
    }

    /** Whether it can be answered. */
    public boolean open() {
        return state == State.OPEN;
    }

    Offer closed(State as, long now) {
        return new Offer(id, conversation, channel, queue, agent, as, madeAt, expiresAt, now, null);
    }

    OfferMade made() {
        return new OfferMade(id, agent, conversation, expiresAt);
    }
}
