package presence.resources;

import static presence.command.ErrorCode.UNKNOWN_PROFILE;

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
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import presence.api.CommandReader;
import presence.api.CommandWriter;
import presence.api.Ids;
import presence.command.Command;
import presence.command.Outcome;
import presence.command.ProfileDefinition;
import presence.index.CatalogueView;

/** Presence profiles, those that can be chosen. */
@Path("/v1/profiles")
@Produces(MediaType.APPLICATION_JSON)
public final class ProfileResource {
    private final CommandGateway commands;
    private final Presence presence;

    public ProfileResource(CommandGateway commands, Presence presence) {
        this.commands = commands;
        this.presence = presence;
    }

    /** In their own order, then by id; or those that were deleted and still serve. */
    @GET
    public Response list(@Context UriInfo uri) {
        boolean retired = new QueryParameters(uri, "retired")
                .word("retired", "false", "true")
                .equals("true");
        CatalogueView catalogue = presence.index().catalogue();
        List<ProfileDefinition> profiles = (retired ? catalogue.retired() : catalogue.profiles())
                .values().stream()
                        .sorted(Comparator.comparingInt(ProfileDefinition::order)
                                .thenComparing(ProfileDefinition::id))
                        .toList();
        return Answer.ok(json -> {
            json.writeStartArray();
            for (ProfileDefinition profile : profiles) {
                CommandWriter.profile(json, profile);
            }
            json.writeEndArray();
        });
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        ProfileDefinition profile = presence.index().catalogue().profiles().get(profile(id));
        if (profile == null) {
            throw new Refused(Outcome.refused(UNKNOWN_PROFILE, "There is no profile '" + id + "'."));
        }
        return Answer.ok(json -> CommandWriter.profile(json, profile));
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(@PathParam("id") String id, @Nullable RequestBody body, @Context HttpHeaders headers) {
        commands.run(CommandReader.putProfile(profile(id), RequestBody.json(body)), headers);
        return get(id);
    }

    @DELETE
    @Path("{id}")
    public Response delete(@PathParam("id") String id, @Context HttpHeaders headers) {
        commands.run(new Command.DeleteProfile(profile(id)), headers);
        return Response.noContent().build();
    }

    private static String profile(String id) {
        return Ids.checked("profile's id", id);
    }
}
