package presence.command;

/** Why something became of an agent. The names are part of the API. */
public enum Cause {
    /** The agent's own doing. */
    SELF,
    /** Somebody else did it for the agent. */
    SUPERVISOR,
    /** A rule concluded it. No command can claim it. */
    RULE,
    /** A time ran out. No command can claim it. */
    TIMEOUT,
    /** A system reported it. */
    API
}
