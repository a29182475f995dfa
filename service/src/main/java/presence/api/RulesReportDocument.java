package presence.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import presence.engine.Place;
import presence.engine.RuleFault;
import presence.proof.BrokenPromise;
import presence.scenario.Played;
import presence.scenario.RulesReport;

/** Writes what came of checking a set of rules: the same for a draft, a release and a folder. */
public final class RulesReportDocument {
    private RulesReportDocument() {}

    /** Writes the document as a release keeps it. */
    public static void write(JsonGenerator json, RulesReport report) throws IOException {
        json.writeStartObject();
        fields(json, report);
        json.writeEndObject();
    }

    /** Writes the document with what came of each example, and how far the rules were checked. */
    public static void writeWithExamples(JsonGenerator json, RulesReport report) throws IOException {
        json.writeStartObject();
        json.writeStringField("depth", report.depth().name());
        fields(json, report);
        json.writeArrayFieldStart("examples");
        for (Played played : report.played()) {
            example(json, played);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void example(JsonGenerator json, Played played) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", played.file());
        place(json, played.place());
        json.writeStringField("name", played.name());
        json.writeStringField("outcome", played.outcome().name());
        json.writeArrayFieldStart("fired");
        for (String rule : played.fired()) {
            json.writeString(rule);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("faults");
        for (RuleFault fault : played.faults()) {
            fault(json, fault);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void fields(JsonGenerator json, RulesReport report) throws IOException {
        json.writeBooleanField("sound", report.sound());
        json.writeNumberField("files", report.files());
        json.writeNumberField("rules", report.rules());
        json.writeNumberField("scenarios", report.scenarios());
        json.writeNumberField("passed", report.passed());
        json.writeNumberField("cases", report.cases());
        json.writeArrayFieldStart("brokenOnPurpose");
        for (BrokenPromise broken : report.brokenOnPurpose()) {
            json.writeStartObject();
            json.writeStringField("promise", broken.promise().id());
            json.writeStringField("sentence", broken.promise().sentence());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("faults");
        for (RuleFault fault : report.faults()) {
            fault(json, fault);
        }
        json.writeEndArray();
    }

    /** Writes a fault; what is not known of its place is left out. */
    public static void fault(JsonGenerator json, RuleFault fault) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", fault.kind().name());
        json.writeStringField("file", fault.file());
        place(json, fault.place());
        json.writeStringField("message", fault.message());
        json.writeEndObject();
    }

    private static void place(JsonGenerator json, Place place) throws IOException {
        number(json, "line", place.line());
        number(json, "column", place.column());
        number(json, "endLine", place.endLine());
        number(json, "endColumn", place.endColumn());
    }

    private static void number(JsonGenerator json, String field, int value) throws IOException {
        if (value > 0) {
            json.writeNumberField(field, value);
        }
    }
}
