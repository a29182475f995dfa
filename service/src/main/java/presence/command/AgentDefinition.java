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
 * @param labels what rules may tell agents apart by, such as {@code team-lead}: at most {@value #MOST_LABELS} of the form
 *     of an id; null leaves them as they are (none, for a new agent)
 */
public record AgentDefinition(
        String id,
        String name,
        ZoneId timeZone,
        @Nullable List<String> queues,
        @Nullable Set<Capability> capabilities,
        @Nullable Set<String> labels) {
    /** More labels than an agent may have. */
    public static final int MOST_LABELS = 50;

    /** One that leaves the labels as they are. */
    public AgentDefinition(
            String id,
            String name,
            ZoneId timeZone,
            @Nullable List<String> queues,
            @Nullable Set<Capability> capabilities) {
        this(id, name, timeZone, queues, capabilities, null);
    }
}
