package presence.facts;

/**
 * How a queue is staffed for one capability. Rules over many agents read this count instead of the agents.
 *
 * @param queue the queue's id
 * @param capability the capability counted
 * @param overflowToTentative whether the queue's administrator lets it overflow
 * @param eligible how many members are eligible
 * @param reserve how many members are held in reserve and nothing else stands against them
 */
public record QueueStaffing(
        String queue, Capability capability, boolean overflowToTentative, int eligible, int reserve) {}
