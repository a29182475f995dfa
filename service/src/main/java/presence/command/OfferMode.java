package presence.command;

/** Whether an offer to a named agent may go to somebody else. The names are part of the API. */
public enum OfferMode {
    /** If the agent is not eligible, the first who is in the queue. */
    PREFERRED,
    /** The agent or nobody. */
    REQUIRED
}
