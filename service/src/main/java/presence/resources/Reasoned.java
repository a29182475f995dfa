package presence.resources;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import presence.api.PresenceDocument;
import presence.engine.Rule;
import presence.explain.Finding.Said;
import presence.facts.Reason;
import presence.state.AgentState;

/**
 * Writes agents who are left out of an answer, each with every reason and the rule behind it. What a rule says is written
 * once, behind the agents: there may be a hundred thousand of them. Used for one answer, by one thread.
 */
final class Reasoned {
    private final JsonGenerator json;
    private final Map<String, Rule> rules = new TreeMap<>();

    Reasoned(JsonGenerator json) {
        this.json = json;
    }

    /** Writes an agent. */
    void agent(AgentState agent, List<Reason> reasons, List<Said<Reason>> said) throws IOException {
        json.writeStartObject();
        json.writeStringField("agent", agent.id());
        json.writeStringField("name", agent.name());
        PresenceDocument.reasons(json, reasons);
        json.writeArrayFieldStart("rules");
        for (Said<Reason> one : said) {
            json.writeStartObject();
            json.writeStringField("reason", one.conclusion().name());
            json.writeStringField("rule", one.rule().id());
            json.writeEndObject();
            rules.put(one.rule().id(), one.rule());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Writes what the rules named so far say, as the field {@code sentences}. */
    void sentences() throws IOException {
        json.writeObjectFieldStart("sentences");
        for (Rule rule : rules.values()) {
            json.writeStringField(rule.id(), rule.sentence());
        }
        json.writeEndObject();
    }
}
