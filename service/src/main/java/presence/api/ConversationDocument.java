package presence.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import presence.state.Conversation;
import presence.state.Offer;

/** Writes what a conversation is. */
public final class ConversationDocument {
    private ConversationDocument() {}

    /** Writes the document. */
    public static void write(JsonGenerator json, Conversation conversation) throws IOException {
        json.writeStartObject();
        json.writeStringField("conversation", conversation.id());
        json.writeStringField("agent", conversation.agent());
        json.writeStringField("channel", conversation.channel().name());
        if (conversation.queue() != null) {
            json.writeStringField("queue", conversation.queue());
        }
        json.writeBooleanField("direct", conversation.direct());
        json.writeStringField("state", conversation.state().name());
        json.writeBooleanField("orphaned", conversation.orphaned());
        json.writeBooleanField("suspect", conversation.suspect());
        json.writeStringField("startedAt", Instants.text(conversation.startedAt()));
        json.writeStringField("changedAt", Instants.text(conversation.changedAt()));
        json.writeStringField("touchedAt", Instants.text(conversation.touchedAt()));
        json.writeEndObject();
    }

    /** Writes the document of a conversation that an agent is being offered. */
    public static void write(JsonGenerator json, Offer offer) throws IOException {
        json.writeStartObject();
        json.writeStringField("conversation", offer.conversation());
        json.writeStringField("agent", offer.agent());
        json.writeStringField("channel", offer.channel().name());
        if (offer.queue() != null) {
            json.writeStringField("queue", offer.queue());
        }
        json.writeStringField("state", "OFFERED");
        json.writeStringField("offer", offer.id());
        json.writeStringField("madeAt", Instants.text(offer.madeAt()));
        json.writeStringField("expiresAt", Instants.text(offer.expiresAt()));
        json.writeEndObject();
    }
}
