package presence.resources;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import presence.loop.PresenceLoop;

/** Many commands in one request, a line each, answered a line each while they come in. */
@Path("/v1/commands")
public final class CommandsResource {
    /** The media type of newline-delimited JSON. */
    public static final String NDJSON = "application/x-ndjson";

    private final PresenceLoop loop;

    public CommandsResource(PresenceLoop loop) {
        this.loop = loop;
    }

    @POST
    @Consumes(NDJSON)
    @Produces(NDJSON)
    public Response run(InputStream lines) {
        StreamingOutput answers = out -> new CommandStream(loop, lines, out).run();
        return Response.ok(answers, NDJSON).build();
    }
}
