package presence.facts;

/**
 * A question: may the agent take a conversation of this queue?
 *
 * @param queue the queue's id
 */
@Meaning("The question whether the agent may take a conversation of a queue. It is there only when that is asked.")
public record QueueAsked(@Meaning("the queue's id") String queue) {}
