package presence.door;

/** What somebody is to the service. What each may do is in {@link Access}. */
public enum Role {
    /** An agent, or the agent's desktop: its own agent only. */
    AGENT,
    /** Reads everything about agents and work, and gives commands about any agent. */
    SUPERVISOR,
    /** Routers, telephony and chat systems: reads, conversations, and commands about agents. */
    ROUTING,
    /** Reads. */
    ANALYST,
    /** Everything. */
    ADMIN
}
