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
@Meaning("How a queue is staffed for one capability. Rules about many agents read these counts instead of the agents.")
public record QueueStaffing(
        @Meaning("the queue's id") String queue,
        @Meaning("the capability counted") Capability capability,

        @Meaning("whether the queue's administrator lets it overflow")
        boolean overflowToTentative,

        @Meaning("members who are eligible") int eligible,

        @Meaning("members held in reserve with nothing else against them")
        int reserve) {}
