package presence.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import presence.api.EventDocument;
import presence.api.EventKind;
import presence.api.Instants;
import presence.state.Happening;

/** How events are written: as CloudEvents 1.0 in their structured mode. Any thread. */
final class CloudEvents {
    static final String MEDIA_TYPE = "application/cloudevents+json";

    /** The kind of an event that says which others were not kept. */
    static final String LOST = "EVENTS_LOST";

    private static final JsonFactory JSON = new JsonFactory();

    private final String source;

    /** @param source what events say of where they come from */
    CloudEvents(String source) {
        this.source = source;
    }

    @FunctionalInterface
    private interface Data {
        void write(JsonGenerator json) throws IOException;
    }

    /** The id of an event: its number. What tells of a loss has the number of the last that was lost, and says so. */
    static String id(String kind, long number) {
        return kind.equals(LOST) ? "lost-" + number : Long.toString(number);
    }

    /** Something that became of an agent. */
    String of(Happening happening) {
        return event(
                Long.toString(happening.number()),
                EventKind.of(happening.event()).type(),
                happening.event().agent(),
                happening.event().at(),
                json -> EventDocument.write(json, happening));
    }

    /**
     * That events were not kept.
     *
     * @param from the number of the first of them
     * @param to the number of the last of them; not all between need have been for this webhook
     * @param at when it was noticed that there is room again
     */
    String lost(long from, long to, long at) {
        return event(id(LOST, to), "presence.EventsLost", "", at, json -> {
            json.writeStartObject();
            json.writeStringField("from", Long.toString(from));
            json.writeStringField("to", Long.toString(to));
            json.writeStringField("at", Instants.text(at));
            json.writeEndObject();
        });
    }

    /** A trial, at the wish of an administrator. */
    String test(String id, String webhook, long at) {
        return event(id, "presence.Test", "", at, json -> {
            json.writeStartObject();
            json.writeStringField("webhook", webhook);
            json.writeStringField("at", Instants.text(at));
            json.writeEndObject();
        });
    }

    private String event(String id, String type, String subject, long at, Data data) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("specversion", "1.0");
            json.writeStringField("id", id);
            json.writeStringField("source", source);
            json.writeStringField("type", type);
            if (!subject.isEmpty()) {
                json.writeStringField("subject", subject);
            }
            json.writeStringField("time", Instants.text(at));
            json.writeStringField("datacontenttype", "application/json");
            json.writeFieldName("data");
            data.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory cannot fail to be written", e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
