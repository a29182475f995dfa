package presence.resources;

import static presence.command.ErrorCode.UNKNOWN_AGENT;

import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import presence.api.CommandWriter;
import presence.api.PresenceDocument;
import presence.command.AgentDefinition;
import presence.command.Outcome;
import presence.engine.RuleBook;
import presence.index.PresenceIndex;
import presence.loop.PresenceLoop;
import presence.state.AgentState;

/** What resources read: the index, and the service's own time. Any thread. */
public final class Presence {
    private final PresenceLoop loop;
    private final Clock clock;

    public Presence(PresenceLoop loop, Clock clock) {
        this.loop = loop;
        this.clock = clock;
    }

    PresenceIndex index() {
        return loop.index();
    }

    /** The rules that conclude now. */
    RuleBook rules() {
        return loop.released().rules();
    }

    /** The name of the rules that conclude. */
    String rulesRelease() {
        return loop.released().name();
    }

    /** The service's time, in milliseconds since 1970-01-01T00:00Z: never before what was published last. */
    long now() {
        return Math.max(clock.millis(), loop.index().publishedAt());
    }

    /** The presence document of an agent, with its version as the ETag. */
    Response document(String id) {
        PresenceIndex index = index();
        AgentState agent = index.agent(id);
        if (agent == null) {
            throw new Refused(unknownAgent(id));
        }
        return Response.fromResponse(Answer.ok(json -> document(json, agent, index)))
                .tag(Long.toString(agent.version()))
                .build();
    }

    /** The agent's definition, in the form in which it is put. */
    Response definition(String id) {
        AgentState agent = index().agent(id);
        if (agent == null) {
            throw new Refused(unknownAgent(id));
        }
        AgentDefinition definition = new AgentDefinition(
                id, agent.name(), agent.timeZone(), agent.assignedQueues(), agent.capabilities(), agent.labels());
        return Response.fromResponse(Answer.ok(json -> CommandWriter.agent(json, definition)))
                .tag(Long.toString(agent.version()))
                .build();
    }

    void document(JsonGenerator json, AgentState agent, PresenceIndex index) throws IOException {
        PresenceDocument.write(json, agent, index.catalogue(), now());
    }

    static Outcome unknownAgent(@Nullable String id) {
        return Outcome.refused(UNKNOWN_AGENT, "There is no agent '" + id + "'.");
    }
}
