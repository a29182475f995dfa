package presence.resources;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import presence.command.ErrorCode;

/** The answer to a request that could not be granted, as RFC 9457 has it. */
final class Problem {
    static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

    private static final JsonFactory JSON = new JsonFactory();

    private Problem() {}

    /** What is wrong with one place of the body. */
    record Error(String pointer, String detail) {}

    static Response of(ErrorCode code, String detail) {
        return of(code.status(), code, detail, List.of());
    }

    static Response of(int status, ErrorCode code, String detail, List<Error> errors) {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .entity(bytes(status, code, detail, errors))
                .build();
    }

    static Response retryLater(ErrorCode code, String detail, int seconds) {
        return Response.status(code.status())
                .type(MEDIA_TYPE)
                .header(HttpHeaders.RETRY_AFTER, seconds)
                .entity(bytes(code.status(), code, detail, List.of()))
                .build();
    }

    /** The answer to somebody who has not said, or not shown, who it is. */
    static Response unauthenticated(String detail, String challenge) {
        return Response.fromResponse(of(ErrorCode.UNAUTHENTICATED, detail))
                .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
                .build();
    }

    static byte[] bytes(int status, ErrorCode code, @Nullable String detail, List<Error> errors) {
        return bytes(status, code, detail, errors, json -> {});
    }

    /** @param more writes fields that this kind of problem has beyond those that all have */
    static byte[] bytes(int status, ErrorCode code, @Nullable String detail, List<Error> errors, Answer.Body more) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("type", "urn:presence:problem:" + code.name());
            json.writeStringField("title", code.title());
            json.writeNumberField("status", status);
            if (detail != null) {
                json.writeStringField("detail", whole(detail));
            }
            json.writeStringField("code", code.name());
            if (!errors.isEmpty()) {
                json.writeArrayFieldStart("errors");
                for (Error error : errors) {
                    json.writeStartObject();
                    json.writeStringField("pointer", whole(error.pointer()));
                    json.writeStringField("detail", whole(error.detail()));
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            more.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory cannot fail to be written", e);
        }
        return bytes.toByteArray();
    }

    /** The text without halves of characters, which it may hold where it quotes what came or was cut. */
    private static String whole(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
