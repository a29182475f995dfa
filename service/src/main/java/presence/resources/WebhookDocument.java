package presence.resources;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import presence.api.EventKind;
import presence.api.Instants;
import presence.api.WebhookDefinition;
import presence.webhook.DeadLetter;
import presence.webhook.Delivery;
import presence.webhook.Subscription;
import presence.webhook.Webhooks.Shown;

/** Writes what a webhook is and what has become of it. A secret is written once, when it is made. */
final class WebhookDocument {
    private WebhookDocument() {}

    static void write(JsonGenerator json, Subscription webhook) throws IOException {
        json.writeStartObject();
        fields(json, webhook);
        json.writeEndObject();
    }

    static void registered(JsonGenerator json, Shown shown) throws IOException {
        json.writeStartObject();
        fields(json, shown.webhook());
        json.writeStringField("secret", shown.secret());
        json.writeEndObject();
    }

    private static void fields(JsonGenerator json, Subscription webhook) throws IOException {
        WebhookDefinition definition = webhook.definition();
        json.writeStringField("webhook", webhook.id());
        json.writeStringField("url", definition.url().toString());
        texts(
                json,
                "kinds",
                definition.kinds().stream().sorted().map(EventKind::name).toList());
        texts(json, "agents", new TreeSet<>(definition.agents()));
        if (definition.description() != null) {
            json.writeStringField("description", definition.description());
        }
        json.writeBooleanField("active", definition.active());
        json.writeStringField("createdAt", Instants.text(webhook.createdAt()));
        json.writeNumberField("pending", webhook.pending());
        json.writeNumberField("deadLetters", webhook.deadLetters());
        json.writeNumberField("lost", webhook.lost());
        Long deliveredAt = webhook.deliveredAt();
        if (deliveredAt != null) {
            json.writeStringField("lastDeliveredAt", Instants.text(deliveredAt));
        }
        Subscription.Failure failure = webhook.failure();
        if (failure != null) {
            json.writeObjectFieldStart("lastFailure");
            json.writeStringField("at", Instants.text(failure.at()));
            json.writeStringField("error", failure.error());
            json.writeEndObject();
        }
    }

    private static void texts(JsonGenerator json, String field, Iterable<String> texts) throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    static void secret(JsonGenerator json, Shown shown, long previousUntil) throws IOException {
        json.writeStartObject();
        json.writeStringField("webhook", shown.webhook().id());
        json.writeStringField("secret", shown.secret());
        json.writeStringField("previousUntil", Instants.text(previousUntil));
        json.writeEndObject();
    }

    static void delivery(JsonGenerator json, Delivery delivery) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("arrived", delivery.arrived());
        Integer status = delivery.status();
        if (status != null) {
            json.writeNumberField("status", status);
        }
        if (delivery.error() != null) {
            json.writeStringField("error", delivery.error());
        }
        json.writeNumberField("milliseconds", delivery.milliseconds());
        json.writeEndObject();
    }

    /** @param letters one more than the limit, if there are more */
    static void deadLetters(JsonGenerator json, List<DeadLetter> letters, int limit) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("deadLetters");
        for (DeadLetter letter : letters.subList(0, Math.min(limit, letters.size()))) {
            json.writeStartObject();
            json.writeStringField("event", letter.event());
            json.writeNumberField("attempts", letter.attempts());
            json.writeStringField("deadAt", Instants.text(letter.deadAt()));
            json.writeStringField("error", letter.error());
            json.writeFieldName("body");
            json.writeRawValue(letter.body());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (letters.size() > limit) {
            json.writeStringField(
                    "nextCursor", Long.toString(letters.get(limit - 1).number()));
        }
        json.writeEndObject();
    }
}
