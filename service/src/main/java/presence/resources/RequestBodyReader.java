package presence.resources;

import static presence.command.ErrorCode.BODY_TOO_LARGE;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import presence.api.BadInput;
import presence.api.CommandReader;

/** Reads the body of a request, up to {@value #MOST_BYTES} bytes. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public final class RequestBodyReader implements MessageBodyReader<RequestBody> {
    /** The largest body, in bytes. */
    public static final int MOST_BYTES = 1 << 20;

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == RequestBody.class;
    }

    @Override
    public RequestBody readFrom(
            Class<RequestBody> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        byte[] bytes = body.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new BadInput(
                    BODY_TOO_LARGE, "The body has more than " + MOST_BYTES + " bytes, the most it can have.");
        }
        return new RequestBody(bytes.length == 0 ? null : CommandReader.json(bytes, 0, bytes.length));
    }
}
