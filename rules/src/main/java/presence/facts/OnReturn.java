package presence.facts;

/** What becomes of the agent's Ready when a timed profile ends. */
public enum OnReturn {
    /** Ready stays as it is. */
    KEEP,
    /** The agent is not ready until they say so. */
    NOT_READY
}
