package presence.resources;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import presence.api.Instants;
import presence.api.PresenceDocument;
import presence.engine.Conclusion;
import presence.engine.Rule;
import presence.engine.RuleFile;
import presence.engine.Verdict;
import presence.facts.Capability;
import presence.records.RulesRecords.ActivationRow;
import presence.rulebook.Draft;
import presence.rulebook.Preview;
import presence.rulebook.Release;
import presence.rulebook.RuleDiff;

/** Writes releases, drafts, what differs between them, and what a draft would change. */
final class RulesDocument {
    private RulesDocument() {}

    /** A release, without its files and report. */
    static void summary(JsonGenerator json, Release release, boolean active) throws IOException {
        json.writeNumberField("release", release.number());
        json.writeStringField("hash", release.hash());
        json.writeBooleanField("active", active);
        if (release.number() > 0) {
            json.writeStringField("author", release.author());
            json.writeStringField("comment", release.comment());
            json.writeStringField("releasedAt", Instants.text(release.releasedAt()));
            json.writeArrayFieldStart("overridden");
            for (String promise : release.overridden()) {
                json.writeString(promise);
            }
            json.writeEndArray();
        }
    }

    /**
     * A page of releases, and which of them concluded when.
     *
     * @param last whether no page follows
     */
    static void list(JsonGenerator json, List<Release> page, int active, boolean last, List<ActivationRow> activations)
            throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("releases");
        for (Release release : page) {
            json.writeStartObject();
            summary(json, release, release.number() == active);
            json.writeEndObject();
        }
        json.writeEndArray();
        if (!last) {
            json.writeNumberField("nextBefore", page.get(page.size() - 1).number());
        }
        json.writeArrayFieldStart("activations");
        for (ActivationRow activation : activations) {
            json.writeStartObject();
            json.writeNumberField("release", activation.release());
            json.writeStringField("by", activation.author());
            json.writeStringField("at", Instants.text(activation.atEpochMilli()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    static void files(JsonGenerator json, List<RuleFile> files) throws IOException {
        json.writeArrayFieldStart("files");
        for (RuleFile file : files) {
            json.writeStartObject();
            json.writeStringField("path", file.path());
            json.writeStringField("text", file.text());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void rules(JsonGenerator json, List<Rule> rules) throws IOException {
        json.writeArrayFieldStart("rules");
        for (Rule rule : rules) {
            json.writeStartObject();
            json.writeStringField("rule", rule.id());
            json.writeStringField("sentence", rule.sentence());
            json.writeStringField("file", rule.file());
            json.writeNumberField("line", rule.line());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void draft(JsonGenerator json, Draft draft) throws IOException {
        json.writeStartObject();
        json.writeNumberField("version", draft.version());
        json.writeNumberField("basedOn", draft.basedOn());
        json.writeStringField("author", draft.author());
        json.writeStringField("changedAt", Instants.text(draft.changedAt()));
        files(json, draft.files());
        json.writeEndObject();
    }

    static void diff(JsonGenerator json, String from, String to, RuleDiff diff) throws IOException {
        json.writeStartObject();
        json.writeStringField("from", from);
        json.writeStringField("to", to);
        json.writeArrayFieldStart("rules");
        for (RuleDiff.Changed rule : diff.rules()) {
            json.writeStartObject();
            json.writeStringField("rule", rule.rule());
            json.writeStringField("change", rule.kind().name());
            json.writeStringField("file", rule.file());
            json.writeNumberField("line", rule.line());
            optional(json, "before", rule.before());
            optional(json, "after", rule.after());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("scenarios");
        for (RuleDiff.ChangedFile file : diff.scenarios()) {
            json.writeStartObject();
            json.writeStringField("file", file.file());
            json.writeStringField("change", file.kind().name());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void optional(JsonGenerator json, String field, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(field, value);
        }
    }

    /** A page of a preview. */
    static void preview(JsonGenerator json, Preview preview, int from, int limit) throws IOException {
        json.writeStartObject();
        json.writeStringField("at", Instants.text(preview.at()));
        json.writeNumberField("agents", preview.agents());
        json.writeNumberField("changed", preview.changes().size());
        json.writeArrayFieldStart("statuses");
        for (var before : preview.statuses().entrySet()) {
            for (var after : before.getValue().entrySet()) {
                json.writeStartObject();
                json.writeStringField("from", before.getKey().name());
                json.writeStringField("to", after.getKey().name());
                json.writeNumberField("agents", after.getValue());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        tally(json, "eligible", preview, false);
        tally(json, "transferTargets", preview, true);
        staffing(json, preview);
        json.writeArrayFieldStart("changes");
        int to = Math.min(preview.changes().size(), from + limit);
        for (Preview.Change change : preview.changes().subList(Math.min(from, to), to)) {
            change(json, change);
        }
        json.writeEndArray();
        if (to < preview.changes().size()) {
            json.writeStringField("nextCursor", preview.id() + "." + to);
        }
        json.writeEndObject();
    }

    private static void tally(JsonGenerator json, String field, Preview preview, boolean transfer) throws IOException {
        json.writeObjectFieldStart(field);
        for (Capability capability : Capability.values()) {
            json.writeObjectFieldStart(capability.name());
            json.writeNumberField("gained", preview.gained(capability, transfer));
            json.writeNumberField("lost", preview.lost(capability, transfer));
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void staffing(JsonGenerator json, Preview preview) throws IOException {
        json.writeArrayFieldStart("staffing");
        for (Preview.Staffing staffing : preview.staffing()) {
            json.writeStartObject();
            json.writeStringField("queue", staffing.queue());
            json.writeStringField("capability", staffing.capability().name());
            json.writeNumberField("before", staffing.before());
            json.writeNumberField("after", staffing.after());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void change(JsonGenerator json, Preview.Change change) throws IOException {
        json.writeStartObject();
        json.writeStringField("agent", change.agent().id());
        json.writeStringField("name", change.agent().name());
        outcome(json, "before", change.before());
        outcome(json, "after", change.after());
        json.writeArrayFieldStart("rules");
        difference(json, change.before(), change.after(), "NO_LONGER");
        difference(json, change.after(), change.before(), "NOW");
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void outcome(JsonGenerator json, String field, Verdict verdict) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("status", verdict.status().name());
        PresenceDocument.reasons(json, verdict.reasons());
        json.writeArrayFieldStart("eligible");
        for (Capability capability : Capability.values()) {
            if (verdict.eligible(capability)) {
                json.writeString(capability.name());
            }
        }
        json.writeEndArray();
        json.writeArrayFieldStart("transferTarget");
        for (Capability capability : Capability.values()) {
            if (verdict.transferTarget(capability)) {
                json.writeString(capability.name());
            }
        }
        json.writeEndArray();
        json.writeNumberField("rank", verdict.rank());
        json.writeBooleanField("directChat", verdict.directChat());
        json.writeEndObject();
    }

    /** The rules that conclude something in one verdict and not the same in the other. */
    private static void difference(JsonGenerator json, Verdict of, Verdict than, String when) throws IOException {
        for (Conclusion conclusion : of.conclusions()) {
            boolean there = than.conclusions().stream().anyMatch(other -> same(conclusion, other));
            if (!there) {
                json.writeStartObject();
                json.writeStringField("rule", conclusion.rule().id());
                json.writeStringField("sentence", conclusion.rule().sentence());
                json.writeStringField("fires", when);
                json.writeEndObject();
            }
        }
    }

    private static boolean same(Conclusion one, Conclusion other) {
        return one.rule().id().equals(other.rule().id()) && one.saysTheSame(other);
    }
}
