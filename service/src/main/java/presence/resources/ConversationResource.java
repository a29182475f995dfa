package presence.resources;

import static presence.command.ErrorCode.UNKNOWN_CONVERSATION;

import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
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
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import presence.api.CommandReader;
import presence.api.ConversationDocument;
import presence.api.Ids;
import presence.api.Instants;
import presence.command.Command;
import presence.command.Outcome;
import presence.engine.Verdict;
import presence.explain.Reasons;
import presence.facts.Capability;
import presence.facts.Reason;
import presence.index.PresenceIndex;
import presence.state.AgentState;
import presence.state.Candidate;
import presence.state.Conversation;
import presence.state.Offer;

/** Conversations, and who they can be transferred to. */
@Path("/v1/conversations")
@Produces(MediaType.APPLICATION_JSON)
public final class ConversationResource {
    private static final int USUAL = 20;
    private static final int MOST = 1_000;

    private final CommandGateway commands;
    private final Presence presence;
    private final Explanations explanations;

    public ConversationResource(CommandGateway commands, Presence presence, Explanations explanations) {
        this.commands = commands;
        this.presence = presence;
        this.explanations = explanations;
    }

    /** Those in a state, in the order of their ids; without a state those that are open. */
    @GET
    public Response list(@Context UriInfo uri) {
        return new ConversationList(presence)
                .page(new QueryParameters(uri, "state", "agent", "queue", "channel", "limit", "cursor"));
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        Offer offer = presence.index().openOffer(conversation(id));
        if (offer != null) {
            return Answer.ok(json -> ConversationDocument.write(json, offer));
        }
        Conversation conversation = known(id);
        return Answer.ok(json -> ConversationDocument.write(json, conversation));
    }

    /** A conversation has started, or has moved to this agent. */
    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response start(@PathParam("id") String id, @Nullable RequestBody body, @Context HttpHeaders headers) {
        commands.run(CommandReader.startConversation(conversation(id), RequestBody.json(body)), headers);
        return get(id);
    }

    @POST
    @Path("{id}/end")
    public Response end(@PathParam("id") String id, @Context HttpHeaders headers) {
        commands.run(new Command.EndConversation(conversation(id)), headers);
        return after(id);
    }

    @POST
    @Path("{id}/handled")
    public Response handled(@PathParam("id") String id, @Context HttpHeaders headers) {
        commands.run(new Command.HandleConversation(conversation(id)), headers);
        return after(id);
    }

    /** Gives the conversation to another agent, if the rules allow it or a supervisor insists. */
    @POST
    @Path("{id}/transfer")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response transfer(@PathParam("id") String id, @Nullable RequestBody body, @Context HttpHeaders headers) {
        commands.run(CommandReader.transfer(conversation(id), RequestBody.json(body)), headers);
        return get(id);
    }

    /** The conversation after a word of it; 204 if it never came further than an offer, which has been withdrawn. */
    Response after(String id) {
        Conversation conversation = presence.index().conversation(id);
        return conversation == null
                ? Response.noContent().build()
                : Answer.ok(json -> ConversationDocument.write(json, conversation));
    }

    @GET
    @Path("{id}/transfer-targets")
    public Response transferTargets(@PathParam("id") String id, @Context UriInfo uri) {
        QueryParameters query = new QueryParameters(uri, "limit", "q", "include");
        int limit = query.whole("limit", USUAL, 1, MOST);
        String text = query.text("q", 128);
        boolean excluded = query.includesExcluded();
        Conversation conversation = known(id);
        if (!conversation.open()) {
            throw unknown(id, " that is open; it has been handled");
        }
        PresenceIndex index = presence.index();
        return Answer.ok(json -> {
            json.writeStartObject();
            targets(json, index, conversation, text, limit);
            if (excluded) {
                excluded(json, index, conversation, text);
            }
            json.writeStringField("rulesRelease", presence.rulesRelease());
            json.writeStringField("at", Instants.text(presence.now()));
            json.writeEndObject();
        });
    }

    private static void targets(
            JsonGenerator json, PresenceIndex index, Conversation conversation, @Nullable String text, int limit)
            throws IOException {
        json.writeArrayFieldStart("agents");
        int left = limit;
        for (Candidate candidate : index.transferTargets(conversation.channel().capability())) {
            if (candidate.agent().equals(conversation.agent())
                    || (text != null && !Directory.mentions(candidate.agent(), candidate.name(), text))) {
                continue;
            }
            if (left-- == 0) {
                break;
            }
            json.writeStartObject();
            json.writeStringField("agent", candidate.agent());
            json.writeStringField("name", candidate.name());
            AgentState agent = index.agent(candidate.agent());
            if (agent != null) {
                json.writeStringField("timeZone", agent.timeZone().getId());
            }
            json.writeNumberField("rank", candidate.rank());
            json.writeNumberField("load", candidate.load());
            json.writeStringField("idleSince", Instants.text(candidate.idleSince()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void excluded(JsonGenerator json, PresenceIndex index, Conversation conversation, @Nullable String text)
            throws IOException {
        Capability capability = conversation.channel().capability();
        Reasoned reasoned = new Reasoned(json);
        json.writeArrayFieldStart("excluded");
        for (AgentState agent : index.agentsAfter("")) {
            Verdict verdict = agent.id().equals(conversation.agent())
                    ? explanations.transfer(agent, conversation.agent())
                    : agent.verdict();
            List<Reason> reasons = verdict.transferRefusals(capability);
            if (!reasons.isEmpty() && (text == null || Directory.mentions(agent.id(), agent.name(), text))) {
                reasoned.agent(
                        agent,
                        reasons,
                        Reasons.againstTransfer(verdict, capability).toList());
            }
        }
        json.writeEndArray();
        reasoned.sentences();
    }

    private Conversation known(String id) {
        Conversation conversation = presence.index().conversation(conversation(id));
        if (conversation == null) {
            throw unknown(id, "");
        }
        return conversation;
    }

    private static String conversation(String id) {
        return Ids.checked("conversation's id", id);
    }

    private static Refused unknown(String id, String why) {
        return new Refused(Outcome.refused(UNKNOWN_CONVERSATION, "There is no conversation '" + id + "'" + why + "."));
    }
}
