package presence.board;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import presence.state.Conversation;

/**
 * Why somebody should look at an agent.
 *
 * @param kind what is the matter
 * @param since since when, in milliseconds since 1970-01-01T00:00Z
 * @param conversation the conversation it is about; null if it is about none
 */
public record Need(Kind kind, long since, @Nullable Conversation conversation) {
    /** The most urgent first, then what has lasted longest. */
    static final Comparator<Need> BY_URGENCY = Comparator.comparing(Need::kind).thenComparingLong(Need::since);

    /**
     * What can be the matter, the most urgent first: this is the table that the order of attention goes by. The names are part
     * of the API.
     */
    public enum Kind {
        /** No rule says what the agent is: a gap in the rules. Since the status is what it is. */
        UNDECIDED,
        /** A timed profile is over and the agent has not come back. Since its end. */
        OVERRUN,
        /** A conversation takes longer than the policy's limit. Since the limit. */
        HANDLING_BREACH,
        /** Offers were missed in a row. Since the last one. */
        MISSED_OFFERS,
        /** The connection is down and the grace not over. Since it went down. */
        CONNECTION_LOST,
        /** Nobody has said a word of a conversation for as long as the policy says. Since it is suspect. */
        SUSPECT_CONVERSATION,
        /** A conversation has taken three quarters of its limit. Since then. */
        HANDLING_WARN
    }
}
