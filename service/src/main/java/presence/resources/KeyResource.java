package presence.resources;

import static presence.command.ErrorCode.NO_LOCKS;
import static presence.command.ErrorCode.TOO_MANY;
import static presence.command.ErrorCode.UNKNOWN_KEY;

import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import presence.api.Ids;
import presence.api.Instants;
import presence.api.KeyReader;
import presence.command.Outcome;
import presence.door.AuthenticationConfiguration.Mode;
import presence.door.Keys;
import presence.door.Principal;
import presence.door.WaysIn;
import presence.records.KeyRecords;
import presence.records.KeyRecords.StoredKey;

/** The keys of the API, without their secrets. */
@Path("/v1/keys")
@Produces(MediaType.APPLICATION_JSON)
public final class KeyResource {
    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 1_000;

    private final Keys keys;
    private final boolean locked;

    /** @param ways say whether there are locks: where there are none, keys are only listed */
    public KeyResource(Keys keys, WaysIn ways) {
        this.keys = keys;
        this.locked = ways.mode() != Mode.NONE;
    }

    @GET
    public Response list(@Context UriInfo uri) {
        QueryParameters query = new QueryParameters(uri, "limit", "cursor");
        int limit = query.whole("limit", USUAL_PAGE, 1, LARGEST_PAGE);
        long from = query.number("cursor", 0);
        List<StoredKey> all = records(keys::all);
        // Keys are never deleted, so each keeps its place.
        List<StoredKey> rest = all.subList((int) Math.min(from, all.size()), all.size());
        return Answer.ok(json -> page(json, rest, limit, from));
    }

    private void page(JsonGenerator json, List<StoredKey> rest, int limit, long from) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("keys");
        for (StoredKey key : rest.subList(0, Math.min(limit, rest.size()))) {
            write(json, key, null);
        }
        json.writeEndArray();
        if (rest.size() > limit) {
            json.writeStringField("nextCursor", Long.toString(from + limit));
        }
        json.writeEndObject();
    }

    /** 201 with the key and its secret, which is never shown again. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response make(@Nullable RequestBody body, @Context HttpServletRequest request) {
        Keys.Wanted wanted = KeyReader.wanted(RequestBody.json(body));
        requireLocks();
        Keys.Made made = records(() -> Optional.ofNullable(keys.make(wanted, by(request))))
                .orElseThrow(() -> new Refused(
                        Outcome.refused(TOO_MANY, "There are " + KeyRecords.MOST + " keys, the most there can be.")));
        return Response.fromResponse(Answer.ok(
                        json -> write(json, made.key(), made.credential().shownOnce())))
                .status(Response.Status.CREATED)
                .location(URI.create("/v1/keys/" + made.key().id()))
                .build();
    }

    /** One that was revoked before stays so. */
    @DELETE
    @Path("{key}")
    public Response revoke(@PathParam("key") String id, @Context HttpServletRequest request) {
        Ids.checked("key's id", id);
        requireLocks();
        if (records(() -> keys.revoke(id, by(request))).isEmpty()) {
            throw new Refused(Outcome.refused(UNKNOWN_KEY, "There is no key '" + id + "'."));
        }
        return Response.noContent().build();
    }

    /** A key that is made where everybody may do everything would be good where that is so no more. */
    private void requireLocks() {
        if (!locked) {
            throw new Refused(Outcome.refused(
                    NO_LOCKS,
                    "Nobody is asked who they are here, so keys are not made or revoked over the API. Maybe use the"
                            + " command: keys add NAME --role ROLE config.yml."));
        }
    }

    private static Keys.By by(HttpServletRequest request) {
        Principal principal = Me.of(request);
        return new Keys.By(principal.name(), principal.rolesText(), String.valueOf(request.getRemoteAddr()));
    }

    private void write(JsonGenerator json, StoredKey key, @Nullable String secret) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", key.id());
        json.writeStringField("name", key.name());
        json.writeArrayFieldStart("roles");
        for (String role : key.roles().split(" ", -1)) {
            json.writeString(role);
        }
        json.writeEndArray();
        if (key.agent() != null) {
            json.writeStringField("agent", key.agent());
        }
        json.writeStringField("state", key.state(keys.now()).name());
        json.writeStringField("createdAt", Instants.text(key.createdAtEpochMilli()));
        instant(json, "expiresAt", key.expiresAtEpochMilli());
        instant(json, "revokedAt", key.revokedAtEpochMilli());
        instant(json, "usedAt", key.usedAtEpochMilli());
        if (secret != null) {
            json.writeStringField("secret", secret);
        }
        json.writeEndObject();
    }

    private static void instant(JsonGenerator json, String name, @Nullable Long epochMilli) throws IOException {
        if (epochMilli != null) {
            json.writeStringField(name, Instants.text(epochMilli));
        }
    }

    private static <T> T records(Records.Question<T> question) {
        return Records.ask(question, "The keys cannot be read or changed now.");
    }
}
