package presence.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import presence.command.Envelope;
import presence.engine.Rule;
import presence.engine.Verdict;
import presence.explain.Change;
import presence.explain.Explanation;
import presence.explain.Explanation.Claim;
import presence.explain.Explanation.OnChannel;
import presence.explain.Explanation.Overflow;
import presence.explain.Finding;
import presence.explain.Finding.Said;
import presence.explain.Outlook;
import presence.explain.Step;
import presence.facts.Channel;
import presence.facts.Reason;

/** Writes why an agent is what it is, for people and pages. */
public final class ExplanationDocument {
    private ExplanationDocument() {}

    /** Writes the explanation of now. */
    public static void write(JsonGenerator json, Explanation explanation) throws IOException {
        json.writeStartObject();
        json.writeStringField("agent", explanation.agent().id());
        json.writeFieldName("status");
        status(json, explanation.outlook(), explanation.status());
        queue(json, explanation.queue());
        json.writeArrayFieldStart("eligibility");
        for (OnChannel channel : explanation.channels()) {
            eligibility(json, channel);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("transfer");
        for (OnChannel channel : explanation.channels()) {
            transfer(json, channel);
        }
        json.writeEndArray();
        rank(json, explanation);
        directChat(json, explanation);
        json.writeArrayFieldStart("changes");
        for (Change change : explanation.changes()) {
            change(json, change);
        }
        json.writeEndArray();
        json.writeNumberField("changesLeftOut", explanation.changesLeftOut());
        json.writeNumberField("version", explanation.agent().version());
        json.writeStringField("rulesRelease", explanation.rulesRelease());
        json.writeStringField("at", Instants.text(explanation.at()));
        json.writeEndObject();
    }

    private static void status(JsonGenerator json, Outlook outlook, Finding<Claim> found) throws IOException {
        json.writeStartObject();
        json.writeStringField("status", outlook.status().name());
        PresenceDocument.reasons(json, outlook.reasons());
        rule(json, outlook.statusRule());
        facts(json, found.facts());
        lost(json, found);
        json.writeEndObject();
    }

    /** Writes the claims behind the first one, left out when there are none. */
    public static void lost(JsonGenerator json, Finding<Claim> found) throws IOException {
        if (found.rules().size() < 2) {
            return;
        }
        json.writeArrayFieldStart("lost");
        for (Said<Claim> said : behindFirst(found)) {
            json.writeStartObject();
            json.writeStringField("status", said.conclusion().status().name());
            PresenceDocument.reasons(json, said.conclusion().reasons());
            rule(json, said.rule());
            because(json, found);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static <R> List<Said<R>> behindFirst(Finding<R> found) {
        return found.rules().subList(1, found.rules().size());
    }

    private static void because(JsonGenerator json, Finding<?> found) throws IOException {
        json.writeStringField(
                "because",
                found.rules().get(0).rule().id() + " has a lower id: of several claims the first one holds.");
    }

    private static void queue(JsonGenerator json, Explanation.@Nullable Queue queue) throws IOException {
        if (queue != null) {
            json.writeObjectFieldStart("queue");
            json.writeStringField("queue", queue.queue());
            json.writeBooleanField("member", queue.member());
            json.writeBooleanField("overflowToTentative", queue.overflowToTentative());
            json.writeEndObject();
        }
    }

    private static void eligibility(JsonGenerator json, OnChannel channel) throws IOException {
        json.writeStartObject();
        json.writeStringField("channel", channel.channel().name());
        json.writeBooleanField("handled", channel.handled());
        json.writeBooleanField("eligible", channel.eligible());
        PresenceDocument.reasons(json, channel.against());
        reasonRules(json, channel.eligibility().rules());
        facts(json, channel.eligibility().facts());
        overflow(json, channel.overflow());
        json.writeEndObject();
    }

    private static void overflow(JsonGenerator json, @Nullable Overflow overflow) throws IOException {
        if (overflow != null) {
            json.writeObjectFieldStart("overflow");
            json.writeBooleanField("inReserve", overflow.inReserve());
            json.writeBooleanField("open", overflow.openedBy() != null);
            rule(json, overflow.openedBy());
            facts(json, overflow.facts());
            json.writeEndObject();
        }
    }

    private static void transfer(JsonGenerator json, OnChannel channel) throws IOException {
        json.writeStartObject();
        json.writeStringField("channel", channel.channel().name());
        json.writeBooleanField("target", channel.transferTarget());
        PresenceDocument.reasons(json, channel.transferAgainst());
        reasonRules(json, channel.transfer().rules());
        facts(json, channel.transfer().facts());
        json.writeEndObject();
    }

    private static void rank(JsonGenerator json, Explanation explanation) throws IOException {
        Finding<Integer> found = explanation.rank();
        json.writeObjectFieldStart("rank");
        rankNumber(json, explanation.outlook().rank());
        rule(json, found.rules().isEmpty() ? null : found.rules().get(0).rule());
        facts(json, found.facts());
        if (found.rules().size() > 1) {
            json.writeArrayFieldStart("lost");
            for (Said<Integer> said : behindFirst(found)) {
                json.writeStartObject();
                json.writeNumberField("rank", said.conclusion());
                rule(json, said.rule());
                because(json, found);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void rankNumber(JsonGenerator json, int rank) throws IOException {
        if (rank == Verdict.UNRANKED) {
            json.writeNullField("rank");
        } else {
            json.writeNumberField("rank", rank);
        }
    }

    private static void directChat(JsonGenerator json, Explanation explanation) throws IOException {
        Finding<Boolean> found = explanation.directChat();
        json.writeObjectFieldStart("directChat");
        json.writeBooleanField("possible", explanation.outlook().directChat());
        rule(json, found.rules().isEmpty() ? null : found.rules().get(0).rule());
        facts(json, found.facts());
        json.writeEndObject();
    }

    private static void change(JsonGenerator json, Change change) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("steps");
        for (Step step : change.steps()) {
            step(json, step);
        }
        json.writeEndArray();
        Outlook leadsTo = change.leadsTo();
        json.writeObjectFieldStart("leadsTo");
        json.writeStringField("status", leadsTo.status().name());
        PresenceDocument.reasons(json, leadsTo.reasons());
        rule(json, leadsTo.statusRule());
        channels(json, "eligible", leadsTo.eligible());
        channels(json, "transferTarget", leadsTo.transferTarget());
        rankNumber(json, leadsTo.rank());
        json.writeBooleanField("directChat", leadsTo.directChat());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void step(JsonGenerator json, Step step) throws IOException {
        json.writeStartObject();
        json.writeStringField(
                "change", step.command() != null ? step.command().type().name() : step.silent() ? "SILENCE" : "TIME");
        json.writeStringField("sentence", step.sentence());
        if (step.command() != null) {
            json.writeFieldName("command");
            json.writeRawValue(new String(CommandWriter.line(Envelope.of(step.command())), StandardCharsets.UTF_8)
                    .stripTrailing());
        }
        if (step.at() != null) {
            json.writeStringField("at", Instants.text(step.at()));
            json.writeArrayFieldStart("rules");
            for (Rule rule : step.rules()) {
                json.writeStartObject();
                ruleFields(json, rule);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void channels(JsonGenerator json, String field, Collection<Channel> channels) throws IOException {
        json.writeArrayFieldStart(field);
        for (Channel channel : channels) {
            json.writeString(channel.name());
        }
        json.writeEndArray();
    }

    /** Writes the rule as the field {@code rule}; null where there is none. */
    public static void rule(JsonGenerator json, @Nullable Rule rule) throws IOException {
        if (rule == null) {
            json.writeNullField("rule");
            return;
        }
        json.writeObjectFieldStart("rule");
        ruleFields(json, rule);
        json.writeEndObject();
    }

    private static void ruleFields(JsonGenerator json, Rule rule) throws IOException {
        json.writeStringField("id", rule.id());
        json.writeStringField("sentence", rule.sentence());
        json.writeStringField("file", rule.file());
    }

    private static void reasonRules(JsonGenerator json, List<Said<Reason>> rules) throws IOException {
        json.writeArrayFieldStart("rules");
        for (Said<Reason> said : rules) {
            json.writeStartObject();
            json.writeStringField("reason", said.conclusion().name());
            rule(json, said.rule());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Writes what was read as the field {@code facts}. */
    public static void facts(JsonGenerator json, Map<String, @Nullable Object> facts) throws IOException {
        json.writeFieldName("facts");
        value(json, facts);
    }

    private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                value(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                value(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof Boolean yes) {
            json.writeBoolean(yes);
        } else if (value instanceof Integer number) {
            json.writeNumber(number);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else {
            json.writeString(String.valueOf(value));
        }
    }
}
