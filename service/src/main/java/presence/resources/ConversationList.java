package presence.resources;

import static presence.command.ErrorCode.UNKNOWN_AGENT;
import static presence.command.ErrorCode.UNKNOWN_QUEUE;

import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import presence.api.ConversationDocument;
import presence.command.Outcome;
import presence.facts.Channel;
import presence.index.PresenceIndex;
import presence.state.Conversation;

/** The conversations, a page at a time: above all those that nobody works on any more and somebody has to close. */
final class ConversationList {
    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 1_000;

    private final Presence presence;

    ConversationList(Presence presence) {
        this.presence = presence;
    }

    /** Which conversations are meant. The names are part of the API. */
    enum State {
        ACTIVE,
        WRAP_UP,
        ORPHANED,
        SUSPECT,
        HANDLED;

        boolean includes(Conversation conversation) {
            return switch (this) {
                case ACTIVE -> conversation.counts() && conversation.state() == Conversation.State.ACTIVE;
                case WRAP_UP -> conversation.counts() && conversation.state() == Conversation.State.WRAP_UP;
                case ORPHANED -> conversation.orphaned();
                case SUSPECT -> conversation.suspect();
                case HANDLED -> !conversation.open();
            };
        }
    }

    /** A page. Its cursor names the last conversation on it, so that those that come and go shift nothing. */
    Response page(QueryParameters query) {
        Predicate<Conversation> filter = filter(query, presence.index());
        int limit = query.whole("limit", USUAL_PAGE, 1, LARGEST_PAGE);
        String after = Directory.after(query.text("cursor", 256));
        List<Conversation> found = presence.index().conversations().stream()
                .filter(filter)
                .filter(conversation -> conversation.id().compareTo(after) > 0)
                .sorted(Comparator.comparing(Conversation::id))
                .limit(limit + 1L)
                .toList();
        return Answer.ok(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("conversations");
            for (Conversation conversation : found.subList(0, Math.min(limit, found.size()))) {
                ConversationDocument.write(json, conversation);
            }
            json.writeEndArray();
            if (found.size() > limit) {
                json.writeStringField(
                        "nextCursor", Directory.cursor(found.get(limit - 1).id()));
            }
            json.writeEndObject();
        });
    }

    private static Predicate<Conversation> filter(QueryParameters query, PresenceIndex index) {
        State state = query.oneOf("state", State.class);
        String agent = query.id("agent");
        String queue = query.id("queue");
        Channel channel = query.oneOf("channel", Channel.class);
        if (agent != null && index.agent(agent) == null) {
            throw new Refused(Outcome.refused(UNKNOWN_AGENT, "There is no agent '" + agent + "'."));
        }
        if (queue != null && !index.catalogue().queues().containsKey(queue)) {
            throw new Refused(Outcome.refused(UNKNOWN_QUEUE, "There is no queue '" + queue + "'."));
        }
        return conversation -> (state == null ? conversation.open() : state.includes(conversation))
                && (agent == null || conversation.agent().equals(agent))
                && (queue == null || queue.equals(conversation.queue()))
                && (channel == null || conversation.channel() == channel);
    }
}
