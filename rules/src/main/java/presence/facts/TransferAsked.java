package presence.facts;

/**
 * A question: may the agent take over a conversation that somebody has now?
 *
 * @param currentAgent the id of the agent who has the conversation now
 */
@Meaning("The question whether the agent may take over a conversation. It is there only when that is asked.")
public record TransferAsked(
        @Meaning("the id of the agent who has the conversation now")
        String currentAgent) {}
