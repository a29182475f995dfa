package presence.resources;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import presence.door.WaysIn;

/** How one can sign in. Nobody is asked who they are. */
@Path("/v1/sign-in")
@Produces(MediaType.APPLICATION_JSON)
public final class SignInResource {
    private final WaysIn ways;

    public SignInResource(WaysIn ways) {
        this.ways = ways;
    }

    @GET
    public Response get() {
        return Answer.ok(json -> {
            json.writeStartObject();
            Me.ways(json, ways);
            json.writeEndObject();
        });
    }
}
