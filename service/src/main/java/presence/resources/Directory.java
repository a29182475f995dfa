package presence.resources;

import static presence.command.ErrorCode.INVALID_VALUE;
import static presence.command.ErrorCode.UNKNOWN_QUEUE;

import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import presence.api.BadInput;
import presence.api.Ids;
import presence.command.Outcome;
import presence.facts.Capability;
import presence.facts.Status;
import presence.index.PresenceIndex;
import presence.state.AgentState;

/** The directory of agents: filtered, in the order of their ids, a page at a time. */
final class Directory {
    private static final int USUAL_PAGE = 50;
    private static final int LARGEST_PAGE = 1_000;

    private final Presence presence;

    Directory(Presence presence) {
        this.presence = presence;
    }

    /** A page. Its cursor names the last agent on it, so that agents who come and go shift nothing. */
    Response page(QueryParameters query) {
        PresenceIndex index = presence.index();
        Predicate<AgentState> filter = filter(query, index);
        int limit = query.whole("limit", USUAL_PAGE, 1, LARGEST_PAGE);
        Iterable<AgentState> agents = index.agentsAfter(after(query.text("cursor", 256)));
        return Answer.ok(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("agents");
            int left = limit;
            String last = "";
            boolean more = false;
            for (AgentState agent : agents) {
                if (filter.test(agent)) {
                    if (left-- == 0) {
                        more = true;
                        break;
                    }
                    presence.document(json, agent, index);
                    last = agent.id();
                }
            }
            json.writeEndArray();
            if (more) {
                json.writeStringField("nextCursor", cursor(last));
            }
            json.writeEndObject();
        });
    }

    /** Whom the parameters {@code status}, {@code queue}, {@code capability} and {@code q} mean. */
    static Predicate<AgentState> filter(QueryParameters query, PresenceIndex index) {
        Status status = query.oneOf("status", Status.class);
        String queue = query.id("queue");
        Capability capability = query.oneOf("capability", Capability.class);
        String text = query.text("q", 128);
        if (queue != null && !index.catalogue().queues().containsKey(queue)) {
            throw new Refused(Outcome.refused(UNKNOWN_QUEUE, "There is no queue '" + queue + "'."));
        }
        return agent -> (status == null || agent.verdict().status() == status)
                && (queue == null || agent.queues().contains(queue))
                && (capability == null || agent.capabilities().contains(capability))
                && (text == null || mentions(agent.id(), agent.name(), text));
    }

    /** Whether the id or the name has the text in it, upper or lower case. */
    static boolean mentions(String id, String name, String text) {
        String sought = text.toLowerCase(Locale.ROOT);
        return id.toLowerCase(Locale.ROOT).contains(sought)
                || name.toLowerCase(Locale.ROOT).contains(sought);
    }

    /** The cursor that names the last one on a page. */
    static String cursor(String last) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(StandardCharsets.UTF_8));
    }

    /** The id after which a page begins. */
    static String after(@Nullable String cursor) {
        if (cursor == null) {
            return "";
        }
        try {
            String last = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (Ids.isId(last)) {
                return last;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new BadInput(
                INVALID_VALUE, "The cursor is not one that was given; expected the nextCursor of an answer.");
    }
}
