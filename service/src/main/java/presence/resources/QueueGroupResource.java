package presence.resources;

import static presence.command.ErrorCode.UNKNOWN_QUEUE_GROUP;

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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import presence.api.CommandReader;
import presence.api.CommandWriter;
import presence.api.Ids;
import presence.command.Command;
import presence.command.Outcome;
import presence.command.QueueGroupDefinition;

/** Queue groups, which profiles are tied to. */
@Path("/v1/queue-groups")
@Produces(MediaType.APPLICATION_JSON)
public final class QueueGroupResource {
    private final CommandGateway commands;
    private final Presence presence;

    public QueueGroupResource(CommandGateway commands, Presence presence) {
        this.commands = commands;
        this.presence = presence;
    }

    @GET
    public Response list() {
        return Answer.ok(json -> {
            json.writeStartArray();
            for (QueueGroupDefinition group :
                    new TreeMap<>(presence.index().catalogue().queueGroups()).values()) {
                CommandWriter.queueGroup(json, group);
            }
            json.writeEndArray();
        });
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        QueueGroupDefinition group = presence.index().catalogue().queueGroups().get(group(id));
        if (group == null) {
            throw new Refused(Outcome.refused(UNKNOWN_QUEUE_GROUP, "There is no queue group '" + id + "'."));
        }
        return Answer.ok(json -> CommandWriter.queueGroup(json, group));
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(@PathParam("id") String id, @Nullable RequestBody body, @Context HttpHeaders headers) {
        commands.run(CommandReader.putQueueGroup(group(id), RequestBody.json(body)), headers);
        return get(id);
    }

    @DELETE
    @Path("{id}")
    public Response delete(@PathParam("id") String id, @Context HttpHeaders headers) {
        commands.run(new Command.DeleteQueueGroup(group(id)), headers);
        return Response.noContent().build();
    }

    private static String group(String id) {
        return Ids.checked("queue group's id", id);
    }
}
