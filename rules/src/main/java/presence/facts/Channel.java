package presence.facts;

/** The way a conversation reaches the contact centre, and the capability that it takes. */
public enum Channel {
    PHONE(Capability.PHONE),
    VIDEO(Capability.VIDEO),
    CHAT(Capability.CHAT),
    EMAIL(Capability.ITEMS),
    TASK(Capability.ITEMS),
    ACTION_ITEM(Capability.ITEMS);

    private final Capability capability;

    Channel(Capability capability) {
        this.capability = capability;
    }

    /** The capability an agent needs for a conversation on this channel. */
    public Capability capability() {
        return capability;
    }
}
