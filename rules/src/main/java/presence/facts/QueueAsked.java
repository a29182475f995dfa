package presence.facts;

/**
 * A question: may the agent take a conversation of this queue?
 *
 * @param queue the queue's id
 */
public record QueueAsked(String queue) {}
