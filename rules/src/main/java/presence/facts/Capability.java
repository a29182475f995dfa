package presence.facts;

/** A kind of conversation that an agent may be able to take. Loads and capacities are counted by capability. */
@Meaning("What an agent may be able to take. Loads and capacities are counted by it.")
public enum Capability {
    @Meaning("phone conversations")
    PHONE,
    @Meaning("video conversations")
    VIDEO,
    @Meaning("chats")
    CHAT,
    /** E-mails, tasks and action items together. */
    @Meaning("e-mails, tasks and action items")
    ITEMS
}
