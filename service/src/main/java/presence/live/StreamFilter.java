package presence.live;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import presence.state.AgentState;

/**
 * What a subscriber wants to hear of.
 *
 * @param queues ids of queues; empty for every queue and for agents in none. About an agent it hears who is in one of them,
 *     or has just left it
 * @param agents ids of agents; empty for all
 * @param kinds the kinds of messages
 */
public record StreamFilter(Set<String> queues, Set<String> agents, Set<MessageKind> kinds) {
    public StreamFilter {
        queues = Set.copyOf(queues);
        agents = Set.copyOf(agents);
        kinds = Set.copyOf(kinds);
    }

    boolean wants(Message message) {
        return kinds.contains(message.kind()) && (message.aboutAll() || concerns(message.agent(), message.queues()));
    }

    /** Whether the subscriber's picture has this agent in it. */
    boolean shows(AgentState agent) {
        return concerns(agent.id(), agent.queues());
    }

    /** Whether the subscriber hears of the staffing of this queue. */
    boolean staffing(String queue) {
        return concerns(null, Set.of(queue));
    }

    private boolean concerns(@Nullable String agent, Set<String> itsQueues) {
        if (!agents.isEmpty() && (agent == null || !agents.contains(agent))) {
            return false;
        }
        if (queues.isEmpty()) {
            return true;
        }
        for (String queue : queues) {
            if (itsQueues.contains(queue)) {
                return true;
            }
        }
        return false;
    }
}
