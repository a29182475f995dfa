package presence.resources;

import com.fasterxml.jackson.core.JsonGenerator;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import presence.api.Ids;
import presence.api.Instants;
import presence.explain.Reasons;
import presence.facts.Capability;
import presence.index.PresenceIndex;
import presence.index.Ranking;
import presence.state.AgentState;
import presence.state.Candidate;

/** Who is eligible for the conversations of a queue, best first: the question that routers ask most. Any thread. */
public final class Eligible {
    private static final int USUAL = 20;
    private static final int MOST = 1_000;

    private static final byte[] AGENTS = utf8("{\"agents\":");
    private static final byte[] NOTHING = {};

    private final Presence presence;

    /** A ranking never changes, so what has been written of it stays true for as long as it is somebody's answer. */
    private final Cache<Ranking, Written> written =
            Caffeine.newBuilder().weakKeys().maximumSize(10_000).build();

    /** The first agents of a ranking, as JSON. */
    private record Written(int limit, byte[] agents) {}

    private volatile About about = new About(Long.MIN_VALUE, NOTHING);

    private record About(long at, byte[] bytes) {}

    public Eligible(Presence presence) {
        this.presence = presence;
    }

    /**
     * The answer's body.
     *
     * @param parameters the query: {@code channel}, {@code limit}, {@code include}
     * @throws presence.api.BadInput if a parameter is not as it should be
     * @throws Refused if there is no such queue, or the channel is not enabled
     */
    byte[] answer(String queue, Map<String, List<String>> parameters) {
        QueryParameters query = new QueryParameters(parameters, "channel", "limit", "include");
        PresenceIndex index = presence.index();
        Capability capability = query.channel(index.catalogue().policy()).capability();
        int limit = query.whole("limit", USUAL, 1, MOST);
        boolean excluded = query.includesExcluded();
        Ranking eligible = index.eligible(Ids.checked("queue's id", queue), capability);
        if (eligible == null) {
            throw QueueResource.unknown(queue);
        }
        byte[] others = excluded ? excluded(index, queue, capability, eligible) : NOTHING;
        byte[] agents = agents(eligible, limit);
        byte[] about = about();
        ByteBuffer body = ByteBuffer.allocate(AGENTS.length + agents.length + others.length + about.length);
        return body.put(AGENTS).put(agents).put(others).put(about).array();
    }

    /** By which rules and when; made once for all that are asked in the same millisecond. */
    private byte[] about() {
        long now = presence.now();
        About last = about;
        if (last.at != now) {
            last = new About(
                    now,
                    utf8(",\"rulesRelease\":\"" + presence.rulesRelease() + "\",\"at\":\"" + Instants.text(now)
                            + "\"}"));
            about = last;
        }
        return last.bytes;
    }

    private byte[] agents(Ranking eligible, int limit) {
        Written before = written.getIfPresent(eligible);
        if (before != null && before.limit == limit) {
            return before.agents;
        }
        byte[] agents = Answer.bytes(json -> agents(json, eligible, limit));
        written.put(eligible, new Written(limit, agents));
        return agents;
    }

    private static void agents(JsonGenerator json, Ranking eligible, int limit) throws IOException {
        json.writeStartArray();
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

    /** The fields behind the agents: those left out, and what the rules say for which they are. */
    private static byte[] excluded(PresenceIndex index, String queue, Capability capability, Ranking eligible) {
        Set<String> answered = new HashSet<>();
        eligible.forEach(candidate -> answered.add(candidate.agent()));
        byte[] fields = Answer.bytes(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("excluded");
            Reasoned reasoned = new Reasoned(json);
            for (String member : index.members(queue)) {
                AgentState agent = index.agent(member);
                if (agent != null && !answered.contains(member)) {
                    reasoned.agent(
                            agent,
                            agent.verdict().exclusions(capability),
                            Reasons.against(agent.verdict(), capability).toList());
                }
            }
            json.writeEndArray();
            reasoned.sentences();
            json.writeEndObject();
        });
        // Among fields that are written already a comma stands for the brace that opens, and the one that closes is not
        // theirs.
        fields[0] = ',';
        return Arrays.copyOf(fields, fields.length - 1);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
