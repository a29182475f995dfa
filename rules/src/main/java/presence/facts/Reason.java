package presence.facts;

/**
 * Why an agent has a status, or is excluded. The reasons of an exclusion are always listed in the order of this
 * enumeration.
 */
@Meaning("Why an agent has a status, or is excluded, or refused a transfer. Several are always listed in this order.")
public enum Reason {
    /** Not signed in. */
    @Meaning("not signed in")
    SIGNED_OUT,
    /** The connection is down; for a signed-out agent: its loss ended the session. */
    @Meaning("the connection is down; for a signed-out agent: its loss ended the session")
    CONNECTION_LOST,
    /** Has not the capability that the conversation takes. */
    @Meaning("has not the capability that the conversation takes")
    NO_CAPABILITY,
    @Meaning("on an Away profile")
    PROFILE_AWAY,
    @Meaning("on a Tentative profile")
    PROFILE_TENTATIVE,
    @Meaning("on a Conference profile")
    PROFILE_CONFERENCE,
    /** The agent's own toggle is off. */
    @Meaning("the agent's own toggle is off")
    NOT_READY,
    /** Has rejected an offer a moment ago. */
    @Meaning("has rejected an offer a moment ago")
    REJECT_DELAY,
    /** Has not joined the queue asked about. */
    @Meaning("has not joined the queue asked about")
    NOT_IN_QUEUE,
    /** A phone or video conversation is offered or going on, and it leaves no room for anything else. */
    @Meaning("a phone or video conversation is offered or going on and leaves no room for this one")
    REALTIME_EXCLUSIVE,
    /** A chat is offered or going on, so no phone or video conversation may start. */
    @Meaning("a chat is offered or going on, so no phone or video conversation may start")
    CHAT_IN_PROGRESS,
    /** As many conversations as the policy allows for this capability. */
    @Meaning("as many conversations as the policy allows for this capability")
    AT_CAPACITY,
    /** Already has the conversation asked about. */
    @Meaning("already has the conversation asked about")
    CURRENT_AGENT,
    /** At least one conversation is being handled. */
    @Meaning("at least one conversation is being handled")
    HANDLING,
    /** All the work left is wrap-up. */
    @Meaning("all the work left is wrap-up")
    WRAP_UP,
    /** Has missed as many offers in a row as the policy allows: why an agent who was ready is not. */
    @Meaning("has missed as many offers in a row as the policy allows: why an agent who was ready is not")
    MISSED_OFFERS,
    /** No status rule matched: a fault of the rules. Such an agent is offline to everybody until it is mended. */
    @Meaning("no status rule matched: a fault of the rules. Nobody is sent to such an agent until it is mended")
    UNDECIDED
}
