package presence.resources;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import presence.api.CommandReader;
import presence.api.CommandWriter;

/** The policy: the limits that rules and timers go by. */
@Path("/v1/policy")
@Produces(MediaType.APPLICATION_JSON)
public final class PolicyResource {
    private final CommandGateway commands;
    private final Presence presence;

    public PolicyResource(CommandGateway commands, Presence presence) {
        this.commands = commands;
        this.presence = presence;
    }

    @GET
    public Response get() {
        return Answer.ok(
                json -> CommandWriter.policy(json, presence.index().catalogue().policy()));
    }

    /** What is left out keeps its value; the answer is the whole policy. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(@Nullable RequestBody body, @Context HttpHeaders headers) {
        commands.run(CommandReader.putPolicy(RequestBody.json(body)), headers);
        return get();
    }
}
