package presence.resources;

import static presence.command.ErrorCode.INVALID_VALUE;
import static presence.command.ErrorCode.UNKNOWN_QUEUE;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;
import presence.api.BadInput;
import presence.command.Outcome;
import presence.index.PresenceIndex;
import presence.live.ChangeStream;
import presence.live.MessageKind;
import presence.live.Outlet;
import presence.live.StreamFilter;

/**
 * Answers {@code GET /v1/stream}. It stands ahead of the framework, which takes more memory for each answer that stays open
 * than all the rest of it; requests for another type or of another method are left to {@link StreamResource}.
 */
public final class StreamHandler extends Handler.Wrapper {
    private static final String PATH = "/v1/stream";

    /** The most values of a filter. */
    private static final int MOST = 100;

    private static final HttpField EVENTS = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "text/event-stream");
    private static final HttpField NOT_KEPT = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");

    /** Proxies that collect answers before they pass them on leave this one alone. */
    private static final HttpField NOT_COLLECTED = new PreEncodedHttpField("X-Accel-Buffering", "no");

    private final Presence presence;
    private final ChangeStream stream;
    private final ProblemMapper problems = new ProblemMapper();

    public StreamHandler(Presence presence, ChangeStream stream) {
        this.presence = presence;
        this.stream = stream;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!PATH.equals(Request.getPathInContext(request))
                || !HttpMethod.GET.is(request.getMethod())
                || !accepts(request.getHeaders().get(HttpHeader.ACCEPT))) {
            return super.handle(request, response, callback);
        }
        try {
            QueryParameters query = query(request);
            Long goOnFrom = goOnFrom(query, request);
            StreamFilter filter = filter(query, goOnFrom != null);
            response.getHeaders().put(EVENTS).put(NOT_KEPT).put(NOT_COLLECTED);
            // Silence is no fault here, and comments are sent anyway. One who takes nothing for that long is cut off.
            request.addIdleTimeoutListener(silence -> false);
            stream.subscribe(filter, goOnFrom, new Connection(request, response, callback));
        } catch (RuntimeException e) {
            response.getHeaders().clear();
            CommandHandler.answer(problems.toResponse(e), request, response, callback);
        }
        return true;
    }

    private static boolean accepts(@Nullable String accept) {
        return accept == null || accept.contains("text/event-stream") || accept.contains("*/*");
    }

    private static QueryParameters query(Request request) {
        Map<String, List<String>> values = new HashMap<>();
        for (Fields.Field field : Request.extractQueryParameters(request)) {
            values.put(field.getName(), field.getValues());
        }
        return new QueryParameters(values, Set.of("queue", "agent", "kind"), "queue", "agent", "kind", "lastEventId");
    }

    /** The header is what a browser sends by itself when it connects again, and newer than the address. */
    private static @Nullable Long goOnFrom(QueryParameters query, Request request) {
        String header = request.getHeaders().get("Last-Event-ID");
        String id = header == null || header.isEmpty() ? query.text("lastEventId", 64) : header;
        if (id == null) {
            return null;
        }
        if (!id.matches("[0-9]{1,18}")) {
            throw new BadInput(
                    INVALID_VALUE,
                    "The last event id is '" + (id.length() <= 64 ? id : id.substring(0, 64) + "…")
                            + "'; expected the id of a message, a whole number.");
        }
        return Long.valueOf(id);
    }

    /** Who goes on may name a queue that is gone since, and hears of its end. */
    private StreamFilter filter(QueryParameters query, boolean goesOn) {
        Set<String> queues = query.ids("queue", MOST);
        PresenceIndex index = presence.index();
        for (String queue : queues) {
            if (!goesOn && !index.catalogue().queues().containsKey(queue)) {
                throw new Refused(Outcome.refused(UNKNOWN_QUEUE, "There is no queue '" + queue + "'."));
            }
        }
        Set<String> agents = query.ids("agent", MOST);
        for (String agent : agents) {
            if (!goesOn && index.agent(agent) == null) {
                throw new Refused(Presence.unknownAgent(agent));
            }
        }
        return new StreamFilter(queues, agents, query.someOf("kind", MessageKind.choice()));
    }

    /** An answer that stays open. */
    private static final class Connection implements Outlet {
        private final EndPoint endPoint;
        private final ByteBufferPool buffers;
        private final Request request;
        private final Response response;
        private final Callback callback;

        Connection(Request request, Response response, Callback callback) {
            this.endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
            this.buffers = request.getComponents().getByteBufferPool();
            this.request = request;
            this.response = response;
            this.callback = callback;
        }

        @Override
        public void send(List<byte[]> texts, Consumer<@Nullable Throwable> sent) {
            if (texts.size() == 1) {
                response.write(false, ByteBuffer.wrap(texts.get(0)), Callback.from(() -> sent.accept(null), failure -> {
                    callback.failed(failure);
                    sent.accept(failure);
                }));
                return;
            }
            // Together they are one write to the network; the copy is as short-lived as that.
            int length = 0;
            for (byte[] text : texts) {
                length += text.length;
            }
            RetainableByteBuffer all = buffers.acquire(length, true);
            ByteBuffer buffer = all.getByteBuffer();
            int position = BufferUtil.flipToFill(buffer);
            for (byte[] text : texts) {
                buffer.put(text);
            }
            BufferUtil.flipToFlush(buffer, position);
            response.write(
                    false,
                    buffer,
                    Callback.from(
                            () -> {
                                all.release();
                                sent.accept(null);
                            },
                            failure -> {
                                all.release();
                                callback.failed(failure);
                                sent.accept(failure);
                            }));
        }

        @Override
        public boolean mayStay() {
            return DoorHandler.mayStay(request);
        }

        @Override
        public void end() {
            response.write(true, BufferUtil.EMPTY_BUFFER, callback);
        }

        @Override
        public void cut() {
            endPoint.close();
        }
    }
}
