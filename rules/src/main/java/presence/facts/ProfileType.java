package presence.facts;

/** The four types of a presence profile. A profile's type never changes after its creation. */
@Meaning("What a presence profile says of an agent. A profile's type never changes.")
public enum ProfileType {
    /** Takes conversations from queues. */
    @Meaning("takes conversations from queues")
    AVAILABLE,
    /** Takes nothing but direct chats. */
    @Meaning("takes nothing but direct chats")
    AWAY,
    /** Takes what it is named for, and what overflows when nobody else can take it. */
    @Meaning("takes what the agent is named for, and what overflows when nobody else can take it")
    TENTATIVE,
    /** In a meeting: busy. */
    @Meaning("in a meeting")
    CONFERENCE
}
