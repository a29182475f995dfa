package presence.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import presence.state.Offer;

/** Writes what an offer is. */
public final class OfferDocument {
    private OfferDocument() {}

    /** Writes the fields of the document, but for the agent, into an object that has begun. */
    public static void fields(JsonGenerator json, Offer offer) throws IOException {
        json.writeStringField("offer", offer.id());
        json.writeStringField("conversation", offer.conversation());
        json.writeStringField("channel", offer.channel().name());
        if (offer.queue() != null) {
            json.writeStringField("queue", offer.queue());
        }
        json.writeStringField("state", offer.state().name());
        json.writeStringField("madeAt", Instants.text(offer.madeAt()));
        json.writeStringField("expiresAt", Instants.text(offer.expiresAt()));
        if (!offer.open()) {
            json.writeStringField("closedAt", Instants.text(offer.closedAt()));
        }
    }
}
