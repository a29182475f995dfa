package presence.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import presence.api.EventDocument;
import presence.api.EventKind;
import presence.command.Cause;
import presence.facts.Capability;
import presence.facts.Channel;
import presence.facts.Reason;
import presence.facts.Status;
import presence.state.Conversation;
import presence.state.Happening;
import presence.state.Offer;
import presence.state.PresenceEvent;

/** What the document says of the events that webhooks are sent. */
class OpenApiEventsTest {
    private final OpenApi api = OpenApi.read();

    private static final Conversation CALL = new Conversation(
            "c1", "ada", Channel.PHONE, "sales", false, Conversation.State.ACTIVE, false, false, 1, 2, 3, null, null);

    /** Each kind with everything it can say, and with as little as it can say. */
    private static final List<PresenceEvent> EVENTS = List.of(
            new PresenceEvent.StateChanged(
                    "ada",
                    Status.FREE,
                    List.of(),
                    Status.AWAY,
                    List.of(Reason.NOT_READY),
                    true,
                    false,
                    "training",
                    true,
                    "lunch",
                    9L,
                    1,
                    2,
                    3),
            new PresenceEvent.StateChanged(
                    "ada",
                    Status.OFFLINE,
                    List.of(),
                    Status.OFFLINE,
                    List.of(Reason.SIGNED_OUT),
                    false,
                    false,
                    null,
                    true,
                    null,
                    null,
                    1,
                    2,
                    3),
            new PresenceEvent.ConversationChanged("ada", CALL, CALL, true, 3),
            new PresenceEvent.ConversationChanged("ada", CALL, null, false, 3),
            new PresenceEvent.OfferChanged(
                    "ada",
                    new Offer("offer-1", "c1", Channel.CHAT, "sales", "ada", Offer.State.MISSED, 1, 2, 3, null),
                    3),
            new PresenceEvent.OfferChanged(
                    "ada", new Offer("offer-1", "c1", Channel.CHAT, null, "ada", Offer.State.OPEN, 1, 2, 0, null), 3),
            new PresenceEvent.ProfileExpired("ada", "lunch", 3),
            new PresenceEvent.QueuesChanged("ada", List.of("sales"), List.of("support"), List.of("sales"), 3),
            new PresenceEvent.CapabilitiesChanged("ada", EnumSet.of(Capability.PHONE), 3),
            new PresenceEvent.AgentDeleted("ada", 3),
            new PresenceEvent.ConnectionLost("ada", 3),
            new PresenceEvent.RulesFailed("ada", "x".repeat(999) + "\ud83d\ude00 and more", 3));

    private static String data(Happening happening) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            EventDocument.write(json, happening);
        }
        return text.toString();
    }

    @Test
    void every_kind_of_event_is_as_the_document_says() throws Exception {
        Set<EventKind> seen = EnumSet.noneOf(EventKind.class);
        for (PresenceEvent event : EVENTS) {
            seen.add(EventKind.of(event));
            String schema = event.getClass().getSimpleName() + "Data";
            for (String by : new String[] {null, "sue"}) {
                String data = data(new Happening(7, event, Cause.API, by));
                assertThat(api.faults(schema, data)).as("%s %s", schema, data).isEmpty();
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(EventKind.values());
    }

    @Test
    void the_document_has_every_type_of_event() {
        List<String> types = new ArrayList<>(List.of("presence.EventsLost", "presence.Test"));
        for (EventKind kind : EventKind.values()) {
            types.add(kind.type());
        }
        List<String> said = new ArrayList<>();
        for (Map.Entry<String, JsonNode> webhook :
                api.document().path("webhooks").properties()) {
            said.add(webhook.getKey());
            JsonNode schema = webhook.getValue()
                    .at("/post/requestBody/content")
                    .elements()
                    .next()
                    .path("schema");
            assertThat(schema.at("/allOf/1/properties/type/const").asText()).isEqualTo(webhook.getKey());
        }
        assertThat(said).containsExactlyInAnyOrderElementsOf(types);
    }
}
