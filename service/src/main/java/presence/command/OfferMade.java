package presence.command;

/**
 * The offer that a command made, or found open.
 *
 * @param offer the offer's id
 * @param agent the agent it was made to
 * @param conversation what is offered
 * @param expiresAt until when it can be answered, in milliseconds since 1970-01-01T00:00Z
 */
public record OfferMade(String offer, String agent, String conversation, long expiresAt) {}
