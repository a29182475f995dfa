package presence.engine;

import java.util.Comparator;
import presence.facts.Deadline;

/**
 * A deadline that a timer rule fired, and what the rule concluded.
 *
 * @param deadline the deadline; its instant is when it happened
 * @param effect what is to become of it
 * @param rule the rule that concluded it
 */
public record Due(Deadline deadline, Effect effect, Rule rule) {

    /** What a timer rule may conclude. */
    public enum Effect {
        /** The conversation is handled. */
        HANDLED,
        /** The default profile returns and Ready stays as it is. */
        RETURN_TO_DEFAULT,
        /** The default profile returns and the agent is not ready. */
        RETURN_NOT_READY,
        /** The agent is signed out because the connection was lost. */
        SIGN_OUT,
        /** The offer is missed. */
        MISSED,
        /** The agent can be offered conversations again. */
        REJECT_DELAY_OVER,
        /** The conversation is suspect. */
        SUSPECT,
        /** The agent's connection is down. */
        DISCONNECT
    }

    /**
     * The order in which deadlines of one instant are applied. It depends on nothing but the deadlines themselves, so
     * that a restart changes nothing.
     */
    static final Comparator<Due> IN_ORDER = Comparator.<Due>comparingLong(due -> due.deadline.at())
            .thenComparing(Due::effect)
            .thenComparing(due -> due.deadline.subject());
}
