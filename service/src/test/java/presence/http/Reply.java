package presence.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An answer over HTTP. */
public record Reply(int status, HttpHeaders headers, byte[] body) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        return json(text());
    }

    /** The JSON in the text, in which {@code '} may stand for {@code "}. */
    static JsonNode json(String text) {
        try {
            return JSON.readTree(
                    text.startsWith("{'") || text.startsWith("['") || text.startsWith("[{'")
                            ? text.replace('\'', '"')
                            : text);
        } catch (IOException e) {
            throw new UncheckedIOException("No JSON: " + text, e);
        }
    }

    /** The lines of an answer to a stream. */
    public List<JsonNode> lines() {
        expect(200);
        List<JsonNode> lines = new ArrayList<>();
        text().lines().forEach(line -> lines.add(json(line)));
        return lines;
    }

    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The members of a list in this answer, each by one of its fields. */
    public List<String> each(String list, String field) {
        List<String> found = new ArrayList<>();
        json().path(list).forEach(item -> found.add(item.path(field).asText()));
        return found;
    }

    @CanIgnoreReturnValue
    public Reply expect(int expected) {
        assertThat(status).as(this::text).isEqualTo(expected);
        return this;
    }

    /** A problem document of this status and code, well-formed in every respect. */
    @CanIgnoreReturnValue
    public Reply expectProblem(int expected, String code) {
        expect(expected);
        assertThat(problemCode()).as(this::text).isEqualTo(code);
        return this;
    }

    /** The same, with a fault at this place of the body. */
    @CanIgnoreReturnValue
    public Reply expectProblem(int expected, String code, String pointer) {
        expectProblem(expected, code);
        assertThat(each("errors", "pointer")).as(this::text).contains(pointer);
        return this;
    }

    /** The code of the problem document that this must be. */
    String problemCode() {
        assertThat(header("Content-Type")).as(this::text).isEqualTo("application/problem+json");
        JsonNode problem = json();
        assertThat(problem.path("status").asInt()).as(this::text).isEqualTo(status);
        String code = problem.path("code").asText();
        assertThat(code).as(this::text).matches("[A-Z_]{3,40}");
        assertThat(problem.path("type").asText()).isEqualTo("urn:presence:problem:" + code);
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("detail").asText()).isNotBlank();
        problem.fieldNames()
                .forEachRemaining(field ->
                        assertThat(field).isIn("type", "title", "status", "detail", "code", "errors", "report"));
        problem.path("errors").forEach(error -> {
            assertThat(error.path("pointer").asText()).startsWith("/");
            assertThat(error.path("detail").asText()).isNotBlank();
        });
        assertThat(text()).doesNotContain("\tat ", "Exception", "presence.resources", "com.fasterxml");
        return code;
    }
}
