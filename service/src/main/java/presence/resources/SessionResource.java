package presence.resources;

import static presence.command.ErrorCode.NO_LOCKS;
import static presence.command.ErrorCode.TLS_NEEDED;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import presence.api.SignInReader;
import presence.command.Outcome;
import presence.door.Sessions.Begun;
import presence.door.SignIns;
import presence.door.WaysIn;

/** The session of the browser that asks. */
@Path("/v1/session")
@Produces(MediaType.APPLICATION_JSON)
public final class SessionResource {
    private final @Nullable SignIns signIns;
    private final WaysIn ways;
    private final @Nullable String endSession;

    /**
     * @param signIns null where nobody is asked who they are
     * @param endSession where people sign out at the issuer of tokens; null for nowhere
     */
    public SessionResource(@Nullable SignIns signIns, WaysIn ways, @Nullable String endSession) {
        this.signIns = signIns;
        this.ways = ways;
        this.endSession = endSession;
    }

    /** 201 with who it is, and a cookie. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response signIn(@Nullable RequestBody body, @Context HttpServletRequest request) {
        String key = SignInReader.key(RequestBody.json(body));
        requireConfidential(request);
        Begun begun = begin(key, String.valueOf(request.getRemoteAddr()));
        return Response.fromResponse(Answer.ok(json -> Me.write(json, begun.principal(), ways)))
                .status(Response.Status.CREATED)
                .header(HttpHeaders.SET_COOKIE, Browsers.signedIn(begun.token(), request.isSecure()))
                .build();
    }

    private Begun begin(String key, String address) {
        if (signIns == null) {
            throw new Refused(Outcome.refused(
                    NO_LOCKS, "Nobody is asked who they are here, so nobody signs in: authentication.mode is NONE."));
        }
        return Records.ask(() -> signIns.withKey(key, address), "Nobody can sign in now: sessions cannot be kept.");
    }

    private static void requireConfidential(HttpServletRequest request) {
        if (!Browsers.isConfidential(request.isSecure(), request.getServerName())) {
            throw new Refused(Outcome.refused(
                    TLS_NEEDED,
                    "A key or a session that comes over http from another machine can be read on its way. Maybe use"
                            + " https://; behind a proxy that ends TLS, set useForwardedHeaders."));
        }
    }

    /** Ends the session that the cookie names, if it names one. */
    @DELETE
    public Response signOut(@Context HttpHeaders headers, @Context HttpServletRequest request) {
        Cookie cookie = headers.getCookies().get(Browsers.cookie(request.isSecure()));
        boolean ofIssuer = signIns != null
                && signIns.signOut(cookie == null ? null : cookie.getValue(), String.valueOf(request.getRemoteAddr()));
        return Response.fromResponse(Answer.ok(json -> {
                    json.writeStartObject();
                    if (ofIssuer && endSession != null) {
                        json.writeStringField("endSession", endSession);
                    }
                    json.writeEndObject();
                }))
                .header(HttpHeaders.SET_COOKIE, Browsers.signedOut(request.isSecure()))
                .build();
    }
}
