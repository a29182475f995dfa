package presence.resources;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Makes answers of JSON. */
final class Answer {
    private static final JsonFactory JSON = new JsonFactory();

    private Answer() {}

    /** Writes one JSON value. */
    @FunctionalInterface
    interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    /** 200 with this value. */
    static Response ok(Body body) {
        return Response.ok(bytes(body), MediaType.APPLICATION_JSON_TYPE).build();
    }

    /** The value as bytes. */
    static byte[] bytes(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            body.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory cannot fail to be written", e);
        }
        return bytes.toByteArray();
    }
}
