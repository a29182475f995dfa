package presence.resources;

import static presence.command.ErrorCode.INVALID_VALUE;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import presence.api.BadInput;
import presence.api.CommandReader;
import presence.api.Ids;
import presence.command.Command;
import presence.facts.Capability;

/** Agents: what they are, and every command about one. A command is answered with the agent's presence document. */
@Path("/v1/agents")
@Produces(MediaType.APPLICATION_JSON)
public final class AgentResource {
    private final CommandGateway commands;
    private final Presence presence;
    private final Directory directory;
    private final Past past;
    private final Bulk bulk;
    private final Explanations explanations;

    public AgentResource(CommandGateway commands, Presence presence, Past past, Bulk bulk, Explanations explanations) {
        this.commands = commands;
        this.presence = presence;
        this.past = past;
        this.directory = new Directory(presence);
        this.bulk = bulk;
        this.explanations = explanations;
    }

    @GET
    public Response list(@Context UriInfo uri) {
        return directory.page(new QueryParameters(uri, "status", "queue", "capability", "q", "limit", "cursor"));
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id, @Context UriInfo uri) {
        Long at = new QueryParameters(uri, "at").instant("at");
        return at == null ? document(id) : past.asItWas(agent(id), at);
    }

    /** The agent as put, with what was left out then. */
    @GET
    @Path("{id}/definition")
    public Response definition(@PathParam("id") String id) {
        return presence.definition(agent(id));
    }

    @GET
    @Path("{id}/intervals")
    public Response intervals(@PathParam("id") String id, @Context UriInfo uri) {
        return past.intervals(agent(id), new QueryParameters(uri, "from", "to", "limit", "cursor"));
    }

    /** Why the agent is what it is, or was, and what would change it. */
    @GET
    @Path("{id}/explanation")
    public Response explanation(@PathParam("id") String id, @Context UriInfo uri) {
        return explanations.of(agent(id), new QueryParameters(uri, "queue", "channel", "at"));
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(@PathParam("id") String id, @Nullable RequestBody body, @Context HttpHeaders headers) {
        return run(id, CommandReader.putAgent(agent(id), RequestBody.json(body)), headers);
    }

    @DELETE
    @Path("{id}")
    public Response delete(@PathParam("id") String id, @Context HttpHeaders headers) {
        commands.runOnAgent(new Command.DeleteAgent(agent(id)), headers);
        return Response.noContent().build();
    }

    @POST
    @Path("{id}/sign-in")
    public Response signIn(@PathParam("id") String id, @Context HttpHeaders headers) {
        return run(id, new Command.SignIn(agent(id)), headers);
    }

    @POST
    @Path("{id}/sign-out")
    public Response signOut(@PathParam("id") String id, @Context HttpHeaders headers) {
        return run(id, new Command.SignOut(agent(id)), headers);
    }

    @POST
    @Path("{id}/connect")
    public Response connect(@PathParam("id") String id, @Context HttpHeaders headers) {
        return run(id, new Command.Connect(agent(id)), headers);
    }

    @POST
    @Path("{id}/disconnect")
    public Response disconnect(@PathParam("id") String id, @Context HttpHeaders headers) {
        return run(id, new Command.Disconnect(agent(id)), headers);
    }

    @POST
    @Path("{id}/heartbeat")
    public Response heartbeat(@PathParam("id") String id, @Context HttpHeaders headers) {
        commands.runOnAgent(new Command.Heartbeat(agent(id)), headers);
        return Response.noContent().build();
    }

    /** {@code POST /v1/agents/bulk}; a path of its own would hide an agent of that id from all other methods. */
    @POST
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response bulk(@PathParam("id") String id, @Nullable RequestBody body, @Context HttpHeaders headers) {
        if (!id.equals("bulk")) {
            throw new NotAllowedException("GET", new String[] {"PUT", "DELETE"});
        }
        return bulk.run(RequestBody.json(body), headers);
    }

    @PUT
    @Path("{id}/readiness")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response readiness(@PathParam("id") String id, @Nullable RequestBody body, @Context HttpHeaders headers) {
        return run(id, CommandReader.readiness(agent(id), RequestBody.json(body)), headers);
    }

    @PUT
    @Path("{id}/profile")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response profile(@PathParam("id") String id, @Nullable RequestBody body, @Context HttpHeaders headers) {
        return run(id, CommandReader.selectProfile(agent(id), RequestBody.json(body)), headers);
    }

    @PUT
    @Path("{id}/capabilities/{capability}")
    public Response addCapability(
            @PathParam("id") String id, @PathParam("capability") String capability, @Context HttpHeaders headers) {
        return run(id, new Command.AddCapability(agent(id), capability(capability)), headers);
    }

    @DELETE
    @Path("{id}/capabilities/{capability}")
    public Response removeCapability(
            @PathParam("id") String id, @PathParam("capability") String capability, @Context HttpHeaders headers) {
        return run(id, new Command.RemoveCapability(agent(id), capability(capability)), headers);
    }

    @PUT
    @Path("{id}/queues/{queue}")
    public Response joinQueue(
            @PathParam("id") String id, @PathParam("queue") String queue, @Context HttpHeaders headers) {
        return run(id, new Command.JoinQueue(agent(id), Ids.checked("queue's id", queue)), headers);
    }

    @DELETE
    @Path("{id}/queues/{queue}")
    public Response leaveQueue(
            @PathParam("id") String id, @PathParam("queue") String queue, @Context HttpHeaders headers) {
        return run(id, new Command.LeaveQueue(agent(id), Ids.checked("queue's id", queue)), headers);
    }

    /** The agent's presence document now. */
    Response document(String id) {
        return presence.document(agent(id));
    }

    private Response run(String id, Command command, HttpHeaders headers) {
        commands.runOnAgent(command, headers);
        return presence.document(id);
    }

    private static String agent(String id) {
        return Ids.checked("agent's id", id);
    }

    private static Capability capability(String name) {
        return Arrays.stream(Capability.values())
                .filter(capability -> capability.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInput(
                        INVALID_VALUE,
                        "There is no capability of this name; expected one of " + Arrays.toString(Capability.values())
                                + "."));
    }
}
