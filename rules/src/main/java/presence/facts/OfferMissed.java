package presence.facts;

/**
 * An agent has let an offer pass without an answer.
 *
 * @param agent the agent's id
 * @param inARow how many offers in a row the agent has missed, this one included: 1 or more. Accepting or rejecting one,
 *     becoming ready and signing in begin the count anew
 */
public record OfferMissed(String agent, int inARow) {}
