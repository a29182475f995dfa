package presence.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import presence.facts.Reason;
import presence.state.Happening;
import presence.state.PresenceEvent;

/** Writes everything that an event says: what became of the agent, when, why and by whom. */
public final class EventDocument {
    /** The longest account of a fault of the rules. */
    private static final int LONGEST_FAULT = 1_000;

    private EventDocument() {}

    /** Writes the document. */
    public static void write(JsonGenerator json, Happening happening) throws IOException {
        PresenceEvent event = happening.event();
        json.writeStartObject();
        json.writeStringField("agent", event.agent());
        particulars(json, event);
        json.writeStringField("at", Instants.text(event.at()));
        json.writeStringField("cause", happening.cause().name());
        optional(json, "by", happening.by());
        json.writeEndObject();
    }

    private static void particulars(JsonGenerator json, PresenceEvent event) throws IOException {
        if (event instanceof PresenceEvent.StateChanged changed) {
            state(json, changed);
        } else if (event instanceof PresenceEvent.ConversationChanged changed) {
            json.writeFieldName("conversation");
            ConversationDocument.write(json, changed.conversation());
            if (changed.before() != null) {
                json.writeFieldName("before");
                ConversationDocument.write(json, changed.before());
            }
            json.writeBooleanField("forced", changed.forced());
        } else if (event instanceof PresenceEvent.OfferChanged changed) {
            OfferDocument.fields(json, changed.offer());
        } else if (event instanceof PresenceEvent.ProfileExpired expired) {
            json.writeStringField("profile", expired.profile());
        } else if (event instanceof PresenceEvent.QueuesChanged changed) {
            texts(json, "joined", changed.joined());
            texts(json, "left", changed.left());
            texts(json, "queues", changed.queues());
        } else if (event instanceof PresenceEvent.CapabilitiesChanged changed) {
            texts(
                    json,
                    "capabilities",
                    changed.capabilities().stream().sorted().map(Enum::name).toList());
        } else if (event instanceof PresenceEvent.RulesFailed failed) {
            String fault = failed.fault();
            String cut = fault.length() <= LONGEST_FAULT ? fault : fault.substring(0, LONGEST_FAULT) + "…";
            // Without halves of characters, which cannot be written.
            json.writeStringField("fault", new String(cut.getBytes(UTF_8), UTF_8));
        }
    }

    private static void state(JsonGenerator json, PresenceEvent.StateChanged changed) throws IOException {
        json.writeStringField("from", changed.from().name());
        reasons(json, "fromReasons", changed.fromReasons());
        json.writeStringField("status", changed.status().name());
        reasons(json, "reasons", changed.reasons());
        json.writeBooleanField("signedIn", changed.signedIn());
        json.writeBooleanField("ready", changed.ready());
        optional(json, "notReadyReason", changed.notReadyReason());
        json.writeBooleanField("connected", changed.connected());
        optional(json, "profile", changed.profile());
        Long expiresAt = changed.expiresAt();
        if (expiresAt != null) {
            json.writeStringField("expiresAt", Instants.text(expiresAt));
        }
        json.writeStringField("since", Instants.text(changed.since()));
        json.writeStringField("profileSince", Instants.text(changed.profileSince()));
    }

    private static void optional(JsonGenerator json, String field, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(field, value);
        }
    }

    private static void reasons(JsonGenerator json, String field, List<Reason> reasons) throws IOException {
        texts(json, field, reasons.stream().map(Enum::name).toList());
    }

    private static void texts(JsonGenerator json, String field, Collection<String> texts) throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
