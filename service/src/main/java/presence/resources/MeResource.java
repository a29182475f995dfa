package presence.resources;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import presence.door.Principal;
import presence.door.WaysIn;

/** Who asks, and what that may be shown. */
@Path("/v1/me")
@Produces(MediaType.APPLICATION_JSON)
public final class MeResource {
    private final WaysIn ways;

    public MeResource(WaysIn ways) {
        this.ways = ways;
    }

    @GET
    public Response get(@Context HttpServletRequest request) {
        Principal principal = Me.of(request);
        return Answer.ok(json -> Me.write(json, principal, ways));
    }
}
