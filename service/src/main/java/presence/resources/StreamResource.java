package presence.resources;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * The address of the change stream, for requests that {@link StreamHandler} leaves to the framework: of another method, or
 * for another type.
 */
@Path("/v1/stream")
public final class StreamResource {
    /** The head of a stream, for who asks for no more. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Response head() {
        return Response.ok().build();
    }
}
