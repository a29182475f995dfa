package presence.facts;

/** What becomes of the agent's Ready when a timed profile ends. */
@Meaning("What becomes of Ready when a timed profile ends.")
public enum OnReturn {
    /** Ready stays as it is. */
    @Meaning("Ready stays as it is")
    KEEP,
    /** The agent is not ready until they say so. */
    @Meaning("the agent is not ready until they say so")
    NOT_READY
}
