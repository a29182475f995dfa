package presence.api;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import presence.state.PresenceEvent;

/** What can become of an agent, as the API names it. The names are part of the API. */
public enum EventKind {
    STATE_CHANGED(PresenceEvent.StateChanged.class),
    CONVERSATION_CHANGED(PresenceEvent.ConversationChanged.class),
    OFFER_CHANGED(PresenceEvent.OfferChanged.class),
    PROFILE_EXPIRED(PresenceEvent.ProfileExpired.class),
    QUEUES_CHANGED(PresenceEvent.QueuesChanged.class),
    CAPABILITIES_CHANGED(PresenceEvent.CapabilitiesChanged.class),
    AGENT_DELETED(PresenceEvent.AgentDeleted.class),
    CONNECTION_LOST(PresenceEvent.ConnectionLost.class),
    RULES_FAILED(PresenceEvent.RulesFailed.class);

    private static final Map<Class<? extends PresenceEvent>, EventKind> KINDS = new HashMap<>();

    static {
        for (EventKind kind : values()) {
            KINDS.put(kind.event, kind);
        }
    }

    private final Class<? extends PresenceEvent> event;

    EventKind(Class<? extends PresenceEvent> event) {
        this.event = event;
    }

    /** The kind of this event. */
    public static EventKind of(PresenceEvent event) {
        return Objects.requireNonNull(KINDS.get(event.getClass()), "every event has a kind");
    }

    /** The type of a CloudEvent of this kind, such as {@code presence.StateChanged}. */
    public String type() {
        return "presence." + event.getSimpleName();
    }
}
