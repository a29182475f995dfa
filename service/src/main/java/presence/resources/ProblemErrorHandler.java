package presence.resources;

import static presence.command.ErrorCode.INTERNAL;
import static presence.command.ErrorCode.INVALID_VALUE;
import static presence.command.ErrorCode.METHOD_NOT_ALLOWED;

import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import presence.command.ErrorCode;

/**
 * Answers what never reaches a resource, an address or a header that is not well-formed, with a problem document like every
 * other error.
 */
public final class ProblemErrorHandler extends ErrorHandler {
    /** Whatever the method: a program reads the answer, not a person. */
    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        ErrorCode error = code == 405 ? METHOD_NOT_ALLOWED : code < 500 ? INVALID_VALUE : INTERNAL;
        String detail = switch (error) {
            case METHOD_NOT_ALLOWED -> "This address does not answer the method " + request.getMethod() + ".";
            case INTERNAL -> "The request met a fault of the service.";
            default -> "The request is not well-formed: " + (message == null ? "HTTP " + code : message) + ".";
        };
        // What was in the headers has been taken out of them.
        Connections.addTo(response.getHeaders(), request.isSecure());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE.toString());
        // The server ends the connection after most of these, since it cannot tell where the next request begins.
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        byte[] body =
                HttpMethod.HEAD.is(request.getMethod()) ? new byte[0] : Problem.bytes(code, error, detail, List.of());
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
