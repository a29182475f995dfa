package presence.resources;

import static presence.command.ErrorCode.OVERLOADED;
import static presence.command.ErrorCode.TOO_MANY;
import static presence.command.ErrorCode.UNKNOWN_DEAD_LETTER;
import static presence.command.ErrorCode.UNKNOWN_WEBHOOK;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import presence.api.Ids;
import presence.api.WebhookDefinition;
import presence.api.WebhookReader;
import presence.command.Outcome;
import presence.loop.Unavailable;
import presence.records.RecordsException;
import presence.webhook.DeadLetter;
import presence.webhook.Delivery;
import presence.webhook.Subscription;
import presence.webhook.Webhooks;
import presence.webhook.Webhooks.Shown;

/** Webhooks: where events are sent, what waits and what did not arrive. */
@Path("/v1/webhooks")
@Produces(MediaType.APPLICATION_JSON)
public final class WebhookResource {
    private static final int USUAL_PAGE = 20;
    private static final int LARGEST_PAGE = 100;

    private final Webhooks webhooks;

    public WebhookResource(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    @GET
    public Response list() {
        return Answer.ok(json -> {
            json.writeStartArray();
            for (Subscription webhook : webhooks.all()) {
                WebhookDocument.write(json, webhook);
            }
            json.writeEndArray();
        });
    }

    /** 201 with the webhook and its secret, which is never shown again. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response register(@Nullable RequestBody body) {
        WebhookDefinition definition = WebhookReader.definition(RequestBody.json(body));
        Shown shown = records(() -> Optional.ofNullable(webhooks.register(definition)))
                .orElseThrow(() -> new Refused(Outcome.refused(
                        TOO_MANY, "There are " + Webhooks.MOST + " webhooks already, and no more can be made.")));
        return Response.fromResponse(Answer.ok(json -> WebhookDocument.registered(json, shown)))
                .status(Response.Status.CREATED)
                .location(URI.create("/v1/webhooks/" + shown.webhook().id()))
                .build();
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        Subscription webhook = webhook(id);
        return Answer.ok(json -> WebhookDocument.write(json, webhook));
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(@PathParam("id") String id, @Nullable RequestBody body) {
        Subscription webhook = webhook(id);
        WebhookDefinition definition = WebhookReader.definition(RequestBody.json(body));
        change(() -> webhooks.define(webhook, definition));
        return get(id);
    }

    @DELETE
    @Path("{id}")
    public Response delete(@PathParam("id") String id) {
        Subscription webhook = webhook(id);
        change(() -> webhooks.delete(webhook));
        return Response.noContent().build();
    }

    @POST
    @Path("{id}/secret")
    public Response changeSecret(@PathParam("id") String id) {
        Subscription webhook = webhook(id);
        Shown shown = records(() -> webhooks.changeSecret(webhook));
        return Answer.ok(json -> WebhookDocument.secret(json, shown, webhooks.previousUntil(webhook)));
    }

    /** Waits for the receiver. */
    @POST
    @Path("{id}/test")
    public Response test(@PathParam("id") String id) {
        Delivery delivery = webhooks.test(webhook(id));
        if (delivery == null) {
            throw new Unavailable(OVERLOADED, "As many webhooks are tried at the moment as may be.", 5);
        }
        return Answer.ok(json -> WebhookDocument.delivery(json, delivery));
    }

    @GET
    @Path("{id}/dead-letters")
    public Response deadLetters(@PathParam("id") String id, @Context UriInfo uri) {
        QueryParameters query = new QueryParameters(uri, "limit", "cursor");
        int limit = query.whole("limit", USUAL_PAGE, 1, LARGEST_PAGE);
        long after = query.number("cursor", 0);
        Subscription webhook = webhook(id);
        List<DeadLetter> letters = records(() -> webhooks.deadLetters(webhook, after, limit + 1));
        return Answer.ok(json -> WebhookDocument.deadLetters(json, letters, limit));
    }

    @POST
    @Path("{id}/dead-letters/replay")
    public Response replay(@PathParam("id") String id, @Nullable RequestBody body) {
        Subscription webhook = webhook(id);
        List<String> events = WebhookReader.events(RequestBody.optionalJson(body));
        int replayed = records(() -> webhooks.replay(webhook, events));
        return Answer.ok(json -> {
            json.writeStartObject();
            json.writeNumberField("replayed", replayed);
            json.writeEndObject();
        });
    }

    @DELETE
    @Path("{id}/dead-letters/{event}")
    public Response deleteDeadLetter(@PathParam("id") String id, @PathParam("event") String event) {
        Subscription webhook = webhook(id);
        String letter = Ids.checked("event's id", event);
        if (!records(() -> webhooks.deleteDeadLetter(webhook, letter))) {
            throw new Refused(Outcome.refused(UNKNOWN_DEAD_LETTER, "There is no dead letter '" + letter + "'."));
        }
        return Response.noContent().build();
    }

    private Subscription webhook(String id) {
        Subscription webhook = webhooks.find(Ids.checked("webhook's id", id));
        if (webhook == null) {
            throw new Refused(Outcome.refused(UNKNOWN_WEBHOOK, "There is no webhook '" + id + "'."));
        }
        return webhook;
    }

    /** Something changed in the records. */
    @FunctionalInterface
    private interface Change {
        void make() throws RecordsException;
    }

    private static <T> T records(Records.Question<T> question) {
        return Records.ask(question, "The webhooks cannot be read or changed now.");
    }

    private static void change(Change change) {
        Boolean unused = records(() -> {
            change.make();
            return true;
        });
    }
}
