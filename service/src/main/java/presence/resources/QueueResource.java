package presence.resources;

import static presence.command.ErrorCode.UNKNOWN_QUEUE;

import com.fasterxml.jackson.core.JsonGenerator;
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
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import presence.api.CommandReader;
import presence.api.CommandWriter;
import presence.api.Ids;
import presence.api.Instants;
import presence.api.PresenceDocument;
import presence.command.Command;
import presence.command.Outcome;
import presence.command.QueueDefinition;
import presence.facts.Capability;
import presence.index.PresenceIndex;
import presence.index.Ranking;
import presence.state.AgentState;
import presence.state.Candidate;

/** Queues, and who is eligible for their conversations. */
@Path("/v1/queues")
@Produces(MediaType.APPLICATION_JSON)
public final class QueueResource {
    private static final int USUAL = 20;
    private static final int MOST = 1_000;

    private final CommandGateway commands;
    private final Presence presence;

    public QueueResource(CommandGateway commands, Presence presence) {
        this.commands = commands;
        this.presence = presence;
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
        QueryParameters query = new QueryParameters(uri, "channel", "limit", "include");
        PresenceIndex index = presence.index();
        Capability capability = query.channel(index.catalogue().policy()).capability();
        int limit = query.whole("limit", USUAL, 1, MOST);
        boolean excluded = query.includesExcluded();
        Ranking eligible = index.eligible(queue(id), capability);
        if (eligible == null) {
            throw unknown(id);
        }
        return Answer.ok(json -> {
            json.writeStartObject();
            agents(json, eligible, limit);
            if (excluded) {
                excluded(json, index, id, capability, eligible);
            }
            json.writeStringField("rulesRelease", presence.rulesRelease());
            json.writeStringField("at", Instants.text(presence.now()));
            json.writeEndObject();
        });
    }

    private static void agents(JsonGenerator json, Ranking eligible, int limit) throws IOException {
        json.writeArrayFieldStart("agents");
        int left = limit;
        for (Candidate candidate : eligible) {
            if (left-- == 0) {
                break;
            }
            json.writeStartObject();
            json.writeStringField("agent", candidate.agent());
            json.writeStringField("name", candidate.name());
            json.writeNumberField("load", candidate.load());
            json.writeStringField("idleSince", Instants.text(candidate.idleSince()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void excluded(
            JsonGenerator json, PresenceIndex index, String queue, Capability capability, Ranking eligible)
            throws IOException {
        Set<String> answered = new HashSet<>();
        eligible.forEach(candidate -> answered.add(candidate.agent()));
        json.writeArrayFieldStart("excluded");
        for (String member : index.members(queue)) {
            AgentState agent = index.agent(member);
            if (agent != null && !answered.contains(member)) {
                json.writeStartObject();
                json.writeStringField("agent", member);
                PresenceDocument.reasons(json, agent.verdict().exclusions(capability));
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private static String queue(String id) {
        return Ids.checked("queue's id", id);
    }

    private static Refused unknown(String id) {
        return new Refused(Outcome.refused(UNKNOWN_QUEUE, "There is no queue '" + id + "'."));
    }
}
