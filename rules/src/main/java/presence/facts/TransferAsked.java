package presence.facts;

/**
 * A question: may the agent take over a conversation that somebody has now?
 *
 * @param currentAgent the id of the agent who has the conversation now
 */
public record TransferAsked(String currentAgent) {}
