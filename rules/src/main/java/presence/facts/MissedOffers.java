package presence.facts;

/**
 * The policy for missed offers. There is one of these facts.
 *
 * @param limit how many offers in a row an agent may miss; 0 for any number
 */
public record MissedOffers(int limit) {}
