package presence.resources;

import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import presence.api.Instants;
import presence.board.Attention;
import presence.board.Board;
import presence.board.Need;
import presence.board.Picture;
import presence.command.QueueDefinition;
import presence.state.AgentState;
import presence.state.Conversation;

/** The contact centre at a glance, for boards and walls: counts, staffing, and whom somebody should look at. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
public final class BoardResource {
    private static final int USUAL_QUEUES = 100;
    private static final int USUAL_AGENTS = 20;
    private static final int MOST = 1_000;
    private static final int MOST_NAMED = 100;

    private final Board board;
    private final Presence presence;

    public BoardResource(Presence presence) {
        this.presence = presence;
        board = new Board(presence::index, presence::now);
    }

    /** How many agents are what, and how the queues are staffed, a page of them at a time. */
    @GET
    @Path("summary")
    public Response summary(@Context UriInfo uri) {
        QueryParameters query =
                new QueryParameters(uri.getQueryParameters(), Set.of("queue"), "queue", "limit", "cursor");
        Set<String> named = queues(query);
        int limit = query.whole("limit", USUAL_QUEUES, 1, MOST);
        String after = Directory.after(query.text("cursor", 256));
        Collection<QueueDefinition> queues = new TreeMap<>(
                        presence.index().catalogue().queues())
                .tailMap(after, false)
                .values();
        List<QueueDefinition> page = queues.stream()
                .filter(queue -> named.isEmpty() || named.contains(queue.id()))
                .limit(limit + 1L)
                .toList();
        Picture picture = board.picture();
        return Answer.ok(json -> new SummaryAnswer(json, presence).write(picture, page, limit));
    }

    /** The agents whom somebody should look at, the most urgent first, and why. */
    @GET
    @Path("attention")
    public Response attention(@Context UriInfo uri) {
        QueryParameters query = new QueryParameters(uri.getQueryParameters(), Set.of("queue"), "queue", "limit");
        Set<String> named = queues(query);
        int limit = query.whole("limit", USUAL_AGENTS, 1, MOST);
        Picture picture = board.picture();
        List<Attention> found = picture.attention().stream()
                .filter(attention ->
                        named.isEmpty() || attention.agent().queues().stream().anyMatch(named::contains))
                .toList();
        return Answer.ok(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("agents");
            for (Attention attention : found.subList(0, Math.min(limit, found.size()))) {
                write(json, attention);
            }
            json.writeEndArray();
            json.writeNumberField("inNeed", found.size());
            json.writeStringField("at", Instants.text(picture.at()));
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, Attention attention) throws IOException {
        AgentState agent = attention.agent();
        json.writeStartObject();
        json.writeStringField("agent", agent.id());
        json.writeStringField("name", agent.name());
        json.writeStringField("status", agent.verdict().status().name());
        json.writeStringField("profile", agent.profile());
        json.writeArrayFieldStart("needs");
        for (Need need : attention.needs()) {
            json.writeStartObject();
            json.writeStringField("need", need.kind().name());
            json.writeStringField("since", Instants.text(need.since()));
            if (need.kind() == Need.Kind.MISSED_OFFERS) {
                json.writeNumberField("missedOffers", agent.missedOffers());
            }
            conversation(json, need);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void conversation(JsonGenerator json, Need need) throws IOException {
        Conversation conversation = need.conversation();
        if (conversation != null) {
            json.writeStringField("conversation", conversation.id());
            json.writeStringField("channel", conversation.channel().name());
            if (conversation.queue() != null) {
                json.writeStringField("queue", conversation.queue());
            }
        }
    }

    /** The queues that are named; each must be there. */
    private Set<String> queues(QueryParameters query) {
        Set<String> named = query.ids("queue", MOST_NAMED);
        for (String queue : named) {
            if (!presence.index().catalogue().queues().containsKey(queue)) {
                throw QueueResource.unknown(queue);
            }
        }
        return named;
    }
}
