package presence.facts;

/** The four types of a presence profile. A profile's type never changes after its creation. */
public enum ProfileType {
    /** Takes conversations from queues. */
    AVAILABLE,
    /** Takes nothing but direct chats. */
    AWAY,
    /** Takes what it is named for, and what overflows when nobody else can take it. */
    TENTATIVE,
    /** In a meeting: busy. */
    CONFERENCE
}
