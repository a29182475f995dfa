package presence.facts;

/** The way a conversation reaches the contact centre, and the capability that it takes. */
@Meaning("The way a conversation reaches the contact centre.")
public enum Channel {
    @Meaning("takes the capability PHONE")
    PHONE(Capability.PHONE),
    @Meaning("takes the capability VIDEO")
    VIDEO(Capability.VIDEO),
    @Meaning("takes the capability CHAT")
    CHAT(Capability.CHAT),
    @Meaning("takes the capability ITEMS")
    EMAIL(Capability.ITEMS),
    @Meaning("takes the capability ITEMS")
    TASK(Capability.ITEMS),
    @Meaning("takes the capability ITEMS")
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
