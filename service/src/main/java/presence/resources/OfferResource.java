package presence.resources;

import static presence.command.ErrorCode.NOBODY_ELIGIBLE;
import static presence.command.ErrorCode.UNKNOWN_OFFER;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import presence.api.CommandReader;
import presence.api.Ids;
import presence.api.Instants;
import presence.api.OfferDocument;
import presence.command.Command;
import presence.command.OfferMade;
import presence.command.Outcome;
import presence.state.Offer;

/** Offers: a conversation is held for an agent until the agent answers, so that nobody is given two. */
@Path("/v1/offers")
@Produces(MediaType.APPLICATION_JSON)
public final class OfferResource {
    private final CommandGateway commands;
    private final Presence presence;

    public OfferResource(CommandGateway commands, Presence presence) {
        this.commands = commands;
        this.presence = presence;
    }

    /** 201 with a new offer; 200 with the open one, if the conversation is offered already. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response make(@Nullable RequestBody body, @Context HttpHeaders headers) {
        Command.MakeOffer command = CommandReader.makeOffer(RequestBody.json(body));
        try {
            return made(commands.run(command, headers));
        } catch (Refused refused) {
            return notMade(command, refused);
        }
    }

    /** Why it was not made. */
    Response notMade(Command.MakeOffer command, Refused refused) {
        return refused.outcome().code() == NOBODY_ELIGIBLE
                ? NobodyEligible.problem(refused.outcome(), command, presence.index())
                : new ProblemMapper().toResponse(refused);
    }

    /** The offer, new or open already. */
    static Response made(Outcome outcome) {
        OfferMade offer = Objects.requireNonNull(outcome.offer());
        Response.ResponseBuilder answer = Response.fromResponse(Answer.ok(json -> {
            json.writeStartObject();
            json.writeStringField("offer", offer.offer());
            json.writeStringField("agent", offer.agent());
            json.writeStringField("conversation", offer.conversation());
            json.writeStringField("expiresAt", Instants.text(offer.expiresAt()));
            json.writeEndObject();
        }));
        return outcome.kind() == Outcome.Kind.APPLIED
                ? answer.status(Response.Status.CREATED)
                        .location(URI.create("/v1/offers/" + offer.offer()))
                        .build()
                : answer.build();
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        Offer offer = presence.index().offer(offer(id));
        if (offer == null) {
            throw new Refused(Outcome.refused(UNKNOWN_OFFER, "There is no offer '" + id + "'."));
        }
        return Answer.ok(json -> {
            json.writeStartObject();
            json.writeStringField("agent", offer.agent());
            OfferDocument.fields(json, offer);
            json.writeEndObject();
        });
    }

    @POST
    @Path("{id}/accept")
    public Response accept(@PathParam("id") String id, @Nullable RequestBody body, @Context HttpHeaders headers) {
        String agent = CommandReader.offeredAgent(RequestBody.optionalJson(body));
        commands.run(new Command.AcceptOffer(offer(id), agent), headers);
        return get(id);
    }

    @POST
    @Path("{id}/reject")
    public Response reject(@PathParam("id") String id, @Nullable RequestBody body, @Context HttpHeaders headers) {
        String agent = CommandReader.offeredAgent(RequestBody.optionalJson(body));
        commands.run(new Command.RejectOffer(offer(id), agent), headers);
        return get(id);
    }

    @POST
    @Path("{id}/withdraw")
    public Response withdraw(@PathParam("id") String id, @Context HttpHeaders headers) {
        commands.run(new Command.WithdrawOffer(offer(id)), headers);
        return get(id);
    }

    private static String offer(String id) {
        return Ids.checked("offer's id", id);
    }
}
