package presence.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Asks over HTTP. Any thread. */
public final class Client {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final Supplier<URI> server;
    private final List<String> always;

    Client(Supplier<URI> server) {
        this(server, List.of());
    }

    private Client(Supplier<URI> server, List<String> always) {
        this.server = server;
        this.always = always;
    }

    /** One that shows this key with every request. */
    public Client withKey(String key) {
        return new Client(server, List.of("Authorization", "Bearer " + key));
    }

    /** @param headers names and values in turn */
    public Reply get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    /** Puts JSON, in which {@code '} stands for {@code "}. */
    public Reply put(String path, String json, String... headers) {
        return body("PUT", path, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), headers);
    }

    /** Puts nothing. */
    public Reply put(String path) {
        return send("PUT", path, BodyPublishers.noBody());
    }

    public Reply post(String path, String... headers) {
        return send("POST", path, BodyPublishers.noBody(), headers);
    }

    public Reply postJson(String path, String json, String... headers) {
        return body("POST", path, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), headers);
    }

    public Reply delete(String path, String... headers) {
        return send("DELETE", path, BodyPublishers.noBody(), headers);
    }

    /** Sends these bytes as JSON. */
    public Reply body(String method, String path, byte[] json, String... headers) {
        List<String> all = new ArrayList<>(List.of("Content-Type", "application/json"));
        all.addAll(List.of(headers));
        return send(method, path, BodyPublishers.ofByteArray(json), all.toArray(String[]::new));
    }

    /** Sends lines of commands and answers the lines that came back; {@code '} stands for {@code "}. */
    public List<JsonNode> commands(List<String> lines) {
        String body = String.join("\n", lines).replace('\'', '"');
        return stream(BodyPublishers.ofString(body)).lines();
    }

    /** Posts a stream of commands. */
    public Reply stream(BodyPublisher body) {
        return send("POST", "/v1/commands", body, "Content-Type", "application/x-ndjson");
    }

    public Reply send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.get() + path))
                .timeout(LONGEST)
                .method(method, body);
        Stream.of(always, List.of(headers))
                .filter(some -> !some.isEmpty())
                .forEach(some -> request.headers(some.toArray(String[]::new)));
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    // --- what many tests begin with

    public void queue(String id) {
        put("/v1/queues/" + id, "{'name':'" + id + "'}").expect(200);
    }

    /** An agent in UTC with these queues, comma-separated, and every capability; signed out. */
    public void agent(String id, String queues) {
        String list = queues.isEmpty() ? "" : "'" + queues.replace(",", "','") + "'";
        put(
                        "/v1/agents/" + id,
                        "{'name':'" + id + "','timeZone':'UTC','queues':[" + list
                                + "],'capabilities':['PHONE','VIDEO','CHAT','ITEMS']}")
                .expect(200);
    }

    /** The same, signed in and ready. */
    public void readyAgent(String id, String queues) {
        agent(id, queues);
        post("/v1/agents/" + id + "/sign-in").expect(200);
        ready(id, true);
    }

    public void ready(String agent, boolean ready) {
        put("/v1/agents/" + agent + "/readiness", "{'ready':" + ready + "}").expect(200);
    }

    public void profile(String agent, String profile) {
        put("/v1/agents/" + agent + "/profile", "{'profile':'" + profile + "'}").expect(200);
    }

    public void conversation(String id, String agent, String channel) {
        put("/v1/conversations/" + id, "{'agent':'" + agent + "','channel':'" + channel + "'}")
                .expect(200);
    }
}
