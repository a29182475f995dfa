package presence.resources;

import static presence.command.ErrorCode.UNKNOWN_QUEUE;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import presence.api.CommandReader;
import presence.api.CommandWriter;
import presence.api.Ids;
import presence.command.Command;
import presence.command.Outcome;
import presence.command.QueueDefinition;

/** Queues, and who is eligible for their conversations. */
@Path("/v1/queues")
@Produces(MediaType.APPLICATION_JSON)
public final class QueueResource {
    private final CommandGateway commands;
    private final Presence presence;
    private final Eligible eligible;

    public QueueResource(CommandGateway commands, Presence presence, Eligible eligible) {
        this.commands = commands;
        this.presence = presence;
        this.eligible = eligible;
    }

    @GET
    public Response list() {
        return Answer.ok(json -> {
            json.writeStartArray();
            for (QueueDefinition queue :
                    new TreeMap<>(presence.index().catalogue().queues()).values()) {
                CommandWriter.queue(json, queue);
            }
            json.writeEndArray();
        });
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        QueueDefinition queue = presence.index().catalogue().queues().get(queue(id));
        if (queue == null) {
            throw unknown(id);
        }
        return Answer.ok(json -> CommandWriter.queue(json, queue));
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(@PathParam("id") String id, @Nullable RequestBody body, @Context HttpHeaders headers) {
        commands.run(CommandReader.putQueue(queue(id), RequestBody.json(body)), headers);
        return get(id);
    }

    @DELETE
    @Path("{id}")
    public Response delete(@PathParam("id") String id, @Context HttpHeaders headers) {
        commands.run(new Command.DeleteQueue(queue(id)), headers);
        return Response.noContent().build();
    }

    @GET
    @Path("{id}/eligible")
    public Response eligible(@PathParam("id") String id, @Context UriInfo uri) {
        return Response.ok(eligible.answer(id, uri.getQueryParameters()), MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    private static String queue(String id) {
        return Ids.checked("queue's id", id);
    }

    static Refused unknown(String id) {
        return new Refused(Outcome.refused(UNKNOWN_QUEUE, "There is no queue '" + id + "'."));
    }
}
