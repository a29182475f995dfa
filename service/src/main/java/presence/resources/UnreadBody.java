package presence.resources;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Reads what a request has left of its body, so that the connection can take the next request. Where too much is
 * left for that, or nobody knows how much, the answer says that the connection ends with it.
 */
@Provider
public final class UnreadBody implements ContainerResponseFilter {
    private final HttpServletRequest servletRequest;

    /** @param servletRequest the request whose answer is being made, on its own thread */
    @Inject
    public UnreadBody(@Context HttpServletRequest servletRequest) {
        this.servletRequest = servletRequest;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!read(request, response.getStatus() >= 400)) {
            response.getHeaders().putSingle("Connection", "close");
        }
    }

    /** Whether nothing is left, as far as can be known. */
    private boolean read(ContainerRequestContext request, boolean refused) {
        String announced = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        if (announced == null) {
            return !refused || request.getHeaderString("Transfer-Encoding") == null;
        } else if (Long.parseLong(announced) > RequestBodyReader.MOST_BYTES) {
            return false;
        }
        try {
            servletRequest.getInputStream().transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (IOException e) {
            // The sender has gone, or does not go on.
            return false;
        }
    }
}
