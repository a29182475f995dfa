package presence.command;

import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import presence.facts.Capability;

/**
 * An agent, as administrators define one.
 *
 * @param id the agent's id
 * @param name what people call the agent
 * @param timeZone the zone of the agent's local clock
 * @param queues the ids of the queues assigned to the agent; null leaves them as they are (none, for a new agent)
 * @param capabilities what the agent can take; null leaves them as they are (none, for a new agent)
 */
public record AgentDefinition(
        String id,
        String name,
        ZoneId timeZone,
        @Nullable List<String> queues,
        @Nullable Set<Capability> capabilities) {}
