package presence.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

/** A receiver of webhooks on this machine, which notes what comes and answers as it is told. */
public final class Receiver implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private volatile ToIntFunction<Message> status = message -> 204;
    private volatile Misbehaviour misbehaviour;

    /**
     * What came.
     *
     * @param status what it was answered; 0 if that is not told
     */
    public record Message(String path, Headers headers, String body, int status) {
        public String header(String name) {
            return String.valueOf(headers.getFirst(name));
        }

        public String id() {
            return header("webhook-id");
        }

        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public String agent() {
            return json().path("subject").asText();
        }

        public String type() {
            return json().path("type").asText();
        }
    }

    /** An answer that is none. */
    @FunctionalInterface
    interface Misbehaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    public Receiver() throws IOException {
        this(0);
    }

    /** At a port that may have been used before. */
    public Receiver(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Message message = new Message(exchange.getRequestURI().getPath(), exchange.getRequestHeaders(), body, 0);
        Misbehaviour now = misbehaviour;
        try {
            if (now == null) {
                int answer = status.applyAsInt(message);
                // Before it leaves, so that what follows on it is noted after it.
                messages.add(new Message(message.path(), message.headers(), message.body(), answer));
                exchange.sendResponseHeaders(answer, -1);
            } else {
                messages.add(message);
                now.answer(exchange);
            }
        } finally {
            exchange.close();
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/hook";
    }

    void misbehave(Misbehaviour how) {
        misbehaviour = how;
    }

    public void answer(ToIntFunction<Message> how) {
        status = how;
        misbehaviour = null;
    }

    /** Everything that came. */
    public List<Message> messages() {
        return messages;
    }

    /** What arrived: each message once, in the order in which it was first taken. */
    public List<Message> arrived() {
        Map<String, Message> first = new LinkedHashMap<>();
        for (Message message : messages) {
            if (message.status() >= 200 && message.status() < 300) {
                first.putIfAbsent(message.id(), message);
            }
        }
        return List.copyOf(first.values());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
