package presence.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The document as tests read it. */
public final class OpenApi {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> METHODS = List.of("get", "put", "post", "delete");
    private static final Pattern CODE = Pattern.compile("`([A-Z_]{4,})`:");

    private final JsonNode document;

    private OpenApi(JsonNode document) {
        this.document = document;
    }

    public static OpenApi read() {
        try {
            return new OpenApi(new ObjectMapper(new YAMLFactory()).readTree(Asset.read("/presence/openapi.yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode document() {
        return document;
    }

    /** A method of a path. */
    public record Operation(String path, String method, JsonNode itself, List<JsonNode> parameters) {
        public String id() {
            return itself.path("operationId").asText();
        }

        public Stream<JsonNode> parameters(String in) {
            return parameters.stream()
                    .filter(parameter -> parameter.path("in").asText().equals(in));
        }

        boolean takes(String parameter) {
            return parameters.stream()
                    .anyMatch(candidate -> candidate.path("name").asText().equals(parameter));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    public List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (String method : METHODS) {
                JsonNode operation = path.getValue().get(method);
                if (operation != null) {
                    List<JsonNode> parameters = new ArrayList<>();
                    path.getValue().path("parameters").forEach(parameter -> parameters.add(resolved(parameter)));
                    operation.path("parameters").forEach(parameter -> parameters.add(resolved(parameter)));
                    operations.add(new Operation(
                            path.getKey(), method.toUpperCase(java.util.Locale.ROOT), operation, parameters));
                }
            }
        }
        return operations;
    }

    Operation operation(String id) {
        return operations().stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no operation " + id));
    }

    /** What a reference stands for, or the node itself. */
    JsonNode resolved(JsonNode node) {
        JsonNode reference = node.get("$ref");
        return reference == null ? node : document.at(reference.asText().substring(1));
    }

    JsonNode response(Operation operation, int status) {
        return resolved(operation.itself().path("responses").path(Integer.toString(status)));
    }

    /** The codes that the document says this operation answers with this status. */
    List<String> codes(Operation operation, int status) {
        return CODE.matcher(response(operation, status).path("description").asText())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    /** What is wrong with a value, as a schema of the document has it. */
    Collection<String> faults(JsonNode schema, String json) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.get("components"));
        return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(whole)
                .validate(
                        json,
                        InputFormat.JSON,
                        context -> context.getExecutionConfig().setFormatAssertionsEnabled(true))
                .stream()
                .map(ValidationMessage::toString)
                .toList();
    }

    Collection<String> faults(String schema, String json) {
        return faults(JSON.createObjectNode().put("$ref", "#/components/schemas/" + schema), json);
    }
}
