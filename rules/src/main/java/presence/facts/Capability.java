package presence.facts;

/** A kind of conversation that an agent may be able to take. Loads and capacities are counted by capability. */
public enum Capability {
    PHONE,
    VIDEO,
    CHAT,
    /** E-mails, tasks and action items together. */
    ITEMS
}
