package presence.index;

import org.jspecify.annotations.Nullable;
import presence.facts.Capability;
import presence.state.AgentState;

/** Told of what has become visible, on the thread that publishes: it must be quick and must not throw. */
public interface IndexWatcher {
    /** A watcher that looks away. */
    IndexWatcher NONE = new IndexWatcher() {};

    /**
     * An agent is visible as another than before.
     *
     * @param agent the agent's id
     * @param before the state that was visible; null for an agent that is new
     * @param after the state that is visible now; null for an agent that is gone
     */
    default void agentChanged(String agent, @Nullable AgentState before, @Nullable AgentState after) {}

    /**
     * Another number of agents can be given a queue's conversations.
     *
     * @param queue the queue's id
     * @param capability what a conversation asks of them
     * @param eligible how many there are now, overflow taken into account; 0 as well when the queue is gone
     */
    default void staffed(String queue, Capability capability, int eligible) {}
}
