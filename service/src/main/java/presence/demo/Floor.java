package presence.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;
import presence.command.Command;
import presence.command.Outcome;
import presence.facts.Capability;
import presence.index.Ranking;
import presence.state.AgentState;

/** The service as the demo sees it: commands go in, and what became visible can be asked. One thread. */
interface Floor {
    /**
     * Runs commands, in order.
     *
     * @return how each came out, once all of it is visible
     * @throws InterruptedException when the demo is to end
     */
    List<Outcome> run(List<Command> commands) throws InterruptedException;

    /** The agent; null if there is none. */
    @Nullable AgentState agent(String id);

    /** Those a conversation of the queue is offered to, in order; null if there is no such queue. */
    @Nullable Ranking eligible(String queue, Capability capability);

    /** Those a conversation can be transferred to, in order. */
    Ranking transferTargets(Capability capability);
}
