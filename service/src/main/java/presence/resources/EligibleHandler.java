package presence.resources;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;
import presence.api.BadInput;

/**
 * Answers {@code GET /v1/queues/{queue}/eligible} ahead of the framework, which takes longer to find the resource than the
 * resource to answer. It is the resource's own answer; whatever is unusual about a request is left to the resource.
 */
public final class EligibleHandler extends Handler.Wrapper {
    private static final String BEFORE = "/v1/queues/";
    private static final String BEHIND = "/eligible";
    private static final HttpField JSON = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");

    private final Eligible eligible;

    public EligibleHandler(Eligible eligible) {
        this.eligible = eligible;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        byte[] body = answer(request);
        if (body == null) {
            return super.handle(request, response, callback);
        }
        response.getHeaders().put(JSON);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    private byte @Nullable [] answer(Request request) {
        String path = Request.getPathInContext(request);
        if (!HttpMethod.GET.is(request.getMethod())
                || !path.startsWith(BEFORE)
                || !path.endsWith(BEHIND)
                || !JsonAccepted.by(request)
                || request.getLength() > 0) {
            return null;
        }
        try {
            return eligible.answer(path.substring(BEFORE.length(), path.length() - BEHIND.length()), query(request));
        } catch (BadInput | Refused e) {
            // The resource says so.
            return null;
        }
    }

    private static Map<String, List<String>> query(Request request) {
        Map<String, List<String>> values = new HashMap<>();
        for (Fields.Field field : Request.extractQueryParameters(request)) {
            values.put(field.getName(), field.getValues());
        }
        return values;
    }
}
