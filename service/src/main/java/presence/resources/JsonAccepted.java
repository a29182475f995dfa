package presence.resources;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Whether a request takes JSON and says so in the usual way, or says nothing. */
final class JsonAccepted {
    private JsonAccepted() {}

    static boolean by(Request request) {
        String accepted = request.getHeaders().get(HttpHeader.ACCEPT);
        return accepted == null || accepted.equals("*/*") || accepted.equals("application/json");
    }
}
