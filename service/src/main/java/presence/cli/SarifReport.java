package presence.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import presence.engine.FaultKind;
import presence.engine.Place;
import presence.engine.RuleFault;

/**
 * Writes what came of checking a folder of rules in the Static Analysis Results Interchange Format 2.1.0, which code hosts
 * and editors show beside the lines. A kind of fault is a rule in its sense.
 */
final class SarifReport {
    private SarifReport() {}

    /**
     * Writes the log.
     *
     * @param folder the folder as it was named; files are named in the same way
     */
    static void write(JsonGenerator json, List<RuleFault> faults, Path folder) throws IOException {
        json.writeStartObject();
        json.writeStringField("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.writeStringField("version", "2.1.0");
        json.writeArrayFieldStart("runs");
        json.writeStartObject();
        tool(json);
        json.writeStringField("columnKind", "utf16CodeUnits");
        json.writeArrayFieldStart("results");
        for (RuleFault fault : faults) {
            result(json, fault, folder);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void tool(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("tool");
        json.writeObjectFieldStart("driver");
        json.writeStringField("name", "presence check-rules");
        json.writeArrayFieldStart("rules");
        for (FaultKind kind : FaultKind.values()) {
            json.writeStartObject();
            json.writeStringField("id", kind.name());
            json.writeObjectFieldStart("shortDescription");
            json.writeStringField("text", kind.meaning());
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void result(JsonGenerator json, RuleFault fault, Path folder) throws IOException {
        json.writeStartObject();
        json.writeStringField("ruleId", fault.kind().name());
        json.writeNumberField("ruleIndex", fault.kind().ordinal());
        json.writeStringField("level", "error");
        json.writeObjectFieldStart("message");
        json.writeStringField("text", fault.message());
        json.writeEndObject();
        json.writeArrayFieldStart("locations");
        json.writeStartObject();
        json.writeObjectFieldStart("physicalLocation");
        json.writeObjectFieldStart("artifactLocation");
        json.writeStringField("uri", uri(folder, fault.file()));
        json.writeEndObject();
        region(json, fault.place());
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void region(JsonGenerator json, Place place) throws IOException {
        if (place.line() == 0) {
            return;
        }
        json.writeObjectFieldStart("region");
        json.writeNumberField("startLine", place.line());
        if (place.column() > 0) {
            json.writeNumberField("startColumn", place.column());
        }
        if (place.hasEnd()) {
            json.writeNumberField("endLine", place.endLine());
            json.writeNumberField("endColumn", place.endColumn());
        }
        json.writeEndObject();
    }

    /** A fault that is in no file is in the folder. */
    private static String uri(Path folder, String file) throws IOException {
        Path whole = file.equals(folder.toString()) || !file.contains(".") ? folder : folder.resolve(file);
        String path = whole.normalize().toString().replace('\\', '/');
        try {
            return new URI(path.startsWith("/") ? "file" : null, null, path, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IOException("No address can be made of " + path, e);
        }
    }
}
