package presence.facts;

/** What an agent is, in one word. Always concluded by a rule, never set. */
@Meaning("What an agent is, in one word.")
public enum Status {
    /** Signed in, ready, on an Available profile, without work. */
    @Meaning("signed in, ready, on an Available profile, without work")
    FREE,
    /** At work, or in a conference. */
    @Meaning("at work, or in a conference")
    BUSY,
    /** Signed in but not to be disturbed. */
    @Meaning("signed in but not to be disturbed")
    AWAY,
    /** Not signed in. */
    @Meaning("not signed in")
    OFFLINE
}
