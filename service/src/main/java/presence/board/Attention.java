package presence.board;

import java.util.Comparator;
import java.util.List;
import presence.state.AgentState;

/**
 * An agent whom somebody should look at.
 *
 * @param agent the agent
 * @param needs why, the most urgent first; at least one
 */
public record Attention(AgentState agent, List<Need> needs) {
    /** The agents with the most urgent needs first, then those who have waited longest. */
    static final Comparator<Attention> BY_URGENCY = Comparator.comparing(Attention::first, Need.BY_URGENCY)
            .thenComparing(attention -> attention.agent().id());

    public Attention {
        needs = List.copyOf(needs);
    }

    /** The most urgent of the needs. */
    public Need first() {
        return needs.get(0);
    }
}
