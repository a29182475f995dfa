package presence.facts;

/**
 * An agent has let an offer pass without an answer.
 *
 * @param agent the agent's id
 * @param inARow how many offers in a row the agent has missed, this one included: 1 or more. Accepting or rejecting one,
 *     becoming ready and signing in begin the count anew
 */
@Meaning("An agent has let an offer pass without an answer.")
public record OfferMissed(
        @Meaning("the agent's id") String agent,

        @Meaning(
                "how many offers in a row the agent has missed, this one included. Accepting or rejecting one, becoming ready and signing in begin the count anew")
        int inARow) {}
