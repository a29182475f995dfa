package presence.command;

import java.util.List;

/**
 * A named set of queues, as administrators define one.
 *
 * @param id the group's id
 * @param name what people call the group
 * @param queues the ids of its queues
 */
public record QueueGroupDefinition(String id, String name, List<String> queues) {}
