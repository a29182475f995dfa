package presence.live;

import static presence.live.MessageKind.OFFER;
import static presence.live.MessageKind.PROFILE_EXPIRED;
import static presence.live.MessageKind.QUEUES_CHANGED;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import presence.api.Instants;
import presence.api.OfferDocument;
import presence.api.PresenceDocument;
import presence.command.Policy;
import presence.facts.Capability;
import presence.facts.Channel;
import presence.index.CatalogueView;
import presence.state.AgentState;
import presence.state.Happening;
import presence.state.PresenceEvent;

/** How messages are written: as server-sent events, each with an object of JSON. */
final class MessageForm {
    private static final JsonFactory JSON = new JsonFactory();

    /** The events that are messages of their own, beside what they make of an agent's presence: a line for each. */
    private static final Map<Class<? extends PresenceEvent>, Form<PresenceEvent>> FORMS = Map.ofEntries(
            form(
                    PROFILE_EXPIRED,
                    PresenceEvent.ProfileExpired.class,
                    (json, event) -> json.writeStringField("profile", event.profile())),
            form(OFFER, PresenceEvent.OfferChanged.class, (json, event) -> OfferDocument.fields(json, event.offer())),
            form(QUEUES_CHANGED, PresenceEvent.QueuesChanged.class, (json, event) -> {
                texts(json, "joined", event.joined());
                texts(json, "left", event.left());
            }));

    private MessageForm() {}

    /** Writes what stands in the object. */
    @FunctionalInterface
    interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    @FunctionalInterface
    private interface Particulars<E extends PresenceEvent> {
        void write(JsonGenerator json, E event) throws IOException;
    }

    private record Form<E extends PresenceEvent>(MessageKind kind, Particulars<E> particulars) {}

    private static <E extends PresenceEvent> Map.Entry<Class<? extends PresenceEvent>, Form<PresenceEvent>> form(
            MessageKind kind, Class<E> type, Particulars<E> particulars) {
        return Map.entry(type, new Form<>(kind, (json, event) -> particulars.write(json, type.cast(event))));
    }

    private static void texts(JsonGenerator json, String field, List<String> texts) throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    // --- the frame

    /** A message with its place among all. */
    static byte[] text(long id, MessageKind kind, Body body) {
        return text("id: " + id + "\nevent: " + kind + "\ndata: ", body);
    }

    /** A message that nobody can go on from. */
    static byte[] text(MessageKind kind, Body body) {
        return text("event: " + kind + "\ndata: ", body);
    }

    private static byte[] text(String head, Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        bytes.writeBytes(utf8(head));
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory cannot fail to be written", e);
        }
        bytes.writeBytes(utf8("\n\n"));
        return bytes.toByteArray();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    // --- what stands in them

    /** What an event is as a message; null if it is none of its own. */
    static @Nullable MessageKind kind(PresenceEvent event) {
        Form<PresenceEvent> form = FORMS.get(event.getClass());
        return form == null ? null : form.kind();
    }

    /** An event that is a message of its own. */
    static Body event(Happening happening) {
        PresenceEvent event = happening.event();
        return json -> {
            json.writeStringField("agent", event.agent());
            Form<PresenceEvent> form = FORMS.get(event.getClass());
            if (form != null) {
                form.particulars().write(json, event);
            }
            json.writeStringField("at", Instants.text(event.at()));
            origin(json, happening);
        };
    }

    /** @param latest the latest of what made the agent so; null if that is not known */
    static Body presence(AgentState agent, CatalogueView catalogue, long at, @Nullable Happening latest) {
        return json -> {
            PresenceDocument.fields(json, agent, catalogue, at);
            origin(json, latest);
        };
    }

    static Body gone(String agent, long at, @Nullable Happening latest) {
        return json -> {
            json.writeStringField("agent", agent);
            json.writeStringField("at", Instants.text(at));
            origin(json, latest);
        };
    }

    private static void origin(JsonGenerator json, @Nullable Happening happening) throws IOException {
        if (happening != null) {
            json.writeStringField("cause", happening.cause().name());
            if (happening.by() != null) {
                json.writeStringField("by", happening.by());
            }
        }
    }

    static Body staffing(String queue, Channel channel, int eligible, long at) {
        return json -> {
            staffing(json, queue, channel, eligible);
            json.writeStringField("at", Instants.text(at));
        };
    }

    private static void staffing(JsonGenerator json, String queue, Channel channel, int eligible) throws IOException {
        json.writeStringField("queue", queue);
        json.writeStringField("channel", channel.name());
        json.writeBooleanField("available", eligible > 0);
        json.writeNumberField("eligible", eligible);
    }

    static Body release(String release, long at) {
        return json -> {
            json.writeStringField("rulesRelease", release);
            json.writeStringField("at", Instants.text(at));
        };
    }

    /** @param definition what was put or deleted */
    static Body definition(Redefinition definition, long at) {
        return json -> {
            json.writeStringField("what", definition.what().name());
            if (definition.id() != null) {
                json.writeStringField("id", definition.id());
                json.writeBooleanField("deleted", definition.deleted());
            }
            json.writeStringField("at", Instants.text(at));
        };
    }

    static Body resync(long at) {
        return json -> json.writeStringField("at", Instants.text(at));
    }

    /** A part of a snapshot. The last one has the staffing. */
    static Body snapshot(Picture.Part part, CatalogueView catalogue, long at) {
        return json -> {
            json.writeArrayFieldStart("agents");
            for (AgentState agent : part.agents()) {
                PresenceDocument.write(json, agent, catalogue, at);
            }
            json.writeEndArray();
            if (part.reached() == null) {
                json.writeArrayFieldStart("staffing");
                staffing(json, part.staffing(), catalogue.policy());
                json.writeEndArray();
            }
            json.writeBooleanField("complete", part.reached() == null);
            json.writeStringField("at", Instants.text(at));
        };
    }

    private static void staffing(JsonGenerator json, Map<String, Map<Capability, Integer>> queues, Policy policy)
            throws IOException {
        for (Map.Entry<String, Map<Capability, Integer>> queue : queues.entrySet()) {
            for (Channel channel : Channel.values()) {
                Integer eligible = queue.getValue().get(channel.capability());
                if (eligible != null && policy.handles(channel)) {
                    json.writeStartObject();
                    staffing(json, queue.getKey(), channel, eligible);
                    json.writeEndObject();
                }
            }
        }
    }
}
