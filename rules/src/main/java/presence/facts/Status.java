package presence.facts;

/** What an agent is, in one word. Always concluded by a rule, never set. */
public enum Status {
    /** Signed in, ready, on an Available profile, without work. */
    FREE,
    /** At work, or in a conference. */
    BUSY,
    /** Signed in but not to be disturbed. */
    AWAY,
    /** Not signed in. */
    OFFLINE
}
