package presence.resources;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import presence.door.Admission;
import presence.loop.PresenceLoop;

/** Many commands in one request, a line each, answered a line each while they come in. */
@Path("/v1/commands")
public final class CommandsResource {
    /** The media type of newline-delimited JSON. */
    public static final String NDJSON = "application/x-ndjson";

    private final PresenceLoop loop;
    private final Function<HttpServletRequest, Admission> admissions;
    private final Executor steps;
    private final Set<CommandStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /**
     * @param admissions what stands between the lines of a request and the loop
     * @param steps runs what streams do when the loop has answered; it is never kept waiting
     */
    public CommandsResource(PresenceLoop loop, Function<HttpServletRequest, Admission> admissions, Executor steps) {
        this.loop = loop;
        this.admissions = admissions;
        this.steps = steps;
    }

    /**
     * Takes the request out of the framework's hands, which knows bodies that are read and answers that are written one
     * after the other only.
     *
     * @param untouched keeps the framework from answering
     */
    @POST
    @Consumes(NDJSON)
    @Produces(NDJSON)
    public void run(@Context HttpServletRequest request, @Suspended AsyncResponse untouched) throws IOException {
        AsyncContext context = request.getAsyncContext();
        // As long as it takes: a connection that is silent for too long is ended by the server.
        context.setTimeout(0);
        context.getResponse().setContentType(NDJSON);
        CommandStream stream = new CommandStream(loop, context, admissions.apply(request), steps, open::remove);
        open.add(stream);
        stream.begin();
        if (stopping) {
            stream.end();
        }
    }

    /** Ends the streams that are open, answering what they have read: they would keep the service from stopping. */
    public void stop() {
        stopping = true;
        open.forEach(CommandStream::end);
    }
}
