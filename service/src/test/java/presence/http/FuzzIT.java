package presence.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import presence.journal.TestDatabases;

/**
 * Requests that are almost right, by the thousand: none meets a fault of the service, and each that is not granted is told
 * why. {@code -Dpresence.seed} repeats a run, {@code -Dpresence.requests} says how long it is.
 */
final class FuzzIT {
    private static final long SEED = Long.getLong("presence.seed", System.nanoTime());
    private static final int REQUESTS = Integer.getInteger("presence.requests", 4_000);

    private static final List<String> METHODS = List.of("GET", "PUT", "POST", "DELETE", "HEAD", "PATCH", "OPTIONS");

    private static final List<String> ADDRESSES = List.of(
            "/v1/agents",
            "/v1/agents/{}",
            "/v1/agents/{}/sign-in",
            "/v1/agents/{}/sign-out",
            "/v1/agents/{}/connect",
            "/v1/agents/{}/disconnect",
            "/v1/agents/{}/readiness",
            "/v1/agents/{}/profile",
            "/v1/agents/{}/capabilities/{}",
            "/v1/agents/{}/queues/{}",
            "/v1/conversations/{}",
            "/v1/conversations/{}/end",
            "/v1/conversations/{}/handled",
            "/v1/conversations/{}/transfer-targets",
            "/v1/queues",
            "/v1/queues/{}",
            "/v1/queues/{}/eligible",
            "/v1/queue-groups",
            "/v1/queue-groups/{}",
            "/v1/profiles",
            "/v1/profiles/{}",
            "/v1/policy",
            "/v1/commands",
            "/v1/{}",
            "/{}/{}");

    private static final List<String> IDS = List.of("a", "b", "q", "g", "lunch", "available", "PHONE", "CHAT", "c");

    private static final List<String> PARAMETERS = List.of(
            "channel=CHAT",
            "channel=TASK",
            "channel=",
            "limit=20",
            "limit=0",
            "limit=-1",
            "limit=9999999999",
            "include=excluded",
            "include=all",
            "status=FREE",
            "status=free",
            "queue=q",
            "capability=CHAT",
            "q=a",
            "cursor=YQ",
            "cursor=%00",
            "x=1");

    private static final List<String> BODIES = List.of(
            "{\"name\":\"n\",\"timeZone\":\"Europe/Berlin\",\"queues\":[\"q\"],\"capabilities\":[\"CHAT\"]}",
            "{\"ready\":true}",
            "{\"profile\":\"lunch\"}",
            "{\"profile\":null}",
            "{\"name\":\"Lunch\",\"type\":\"AWAY\",\"duration\":\"PT30M\",\"queueGroup\":\"g\",\"onReturn\":\"READY\"}",
            "{\"name\":\"Open\",\"type\":\"AVAILABLE\",\"default\":true}",
            "{\"name\":\"q\",\"overflowToTentative\":true}",
            "{\"name\":\"g\",\"queues\":[\"q\"]}",
            "{\"agent\":\"a\",\"channel\":\"CHAT\",\"queue\":\"q\"}",
            "{\"capacity\":{\"CHAT\":3},\"wrapUp\":{\"CHAT\":\"PT1S\"},\"connectionGrace\":\"PT30S\"}",
            "{\"type\":\"SIGN_IN\",\"agent\":\"a\"}",
            "",
            "[]",
            "null",
            "1e999");

    private static final List<String> PIECES = List.of(
            "\"",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "null",
            "true",
            "-1",
            "1e9",
            "\"\"",
            "\\u0000",
            "\\ud800",
            "\u0000",
            "é",
            "😀",
            "P400D",
            "PT0S",
            "PT-1S",
            "PT999999999999H",
            "99999999999999999999",
            "0.1",
            "Mars/Phobos",
            "../..",
            "%2e%2e",
            "a".repeat(300));

    private final Random random = new Random(SEED);

    private String before = "";

    @TempDir
    private Path folder;

    @Test
    void no_request_meets_a_fault_of_the_service() {
        try (ServerProcess server = ServerProcess.start(folder, TestDatabases.SQLITE.fresh(folder))) {
            Client client = server.client();
            client.queue("q");
            client.put("/v1/queue-groups/g", "{'name':'g','queues':['q']}").expect(200);
            client.readyAgent("a", "q");
            for (int i = 0; i < REQUESTS; i++) {
                ask(client);
            }
            assertThat(client.get("/v1/agents").status()).isEqualTo(200);
            server.close();
            assertThat(server.log()).as(() -> "seed " + SEED).doesNotContain("ERROR ", "WARN ", "\tat ", "! at ");
        }
    }

    private void ask(Client client) {
        String method = oneOf(METHODS);
        String address = address();
        String body = random.nextInt(4) == 0 ? changed(oneOf(BODIES)) : oneOf(BODIES);
        String[] headers = headers(address);
        String asked = "seed " + SEED + ": " + method + " " + address + " " + List.of(headers) + " " + body;
        Reply reply = send(client, method, address, body, headers, asked);
        before = asked;
        asked += "\n" + reply.status() + " " + reply.text();
        assertThat(reply.status()).as(asked).isLessThan(500);
        if (reply.status() >= 400 && !method.equals("HEAD")) {
            assertThat(reply.problemCode()).as(asked).isNotEqualTo("INTERNAL");
        }
    }

    /** A connection that breaks is a fault of the request before it, more often than not. */
    private Reply send(Client client, String method, String address, String body, String[] headers, String asked) {
        boolean bare = method.equals("GET") || method.equals("HEAD");
        try {
            return client.send(
                    method, address, bare ? BodyPublishers.noBody() : BodyPublishers.ofString(body), headers);
        } catch (UncheckedIOException e) {
            throw new AssertionError(asked + "\nafter " + before, e);
        }
    }

    private String address() {
        StringBuilder address = new StringBuilder(oneOf(ADDRESSES));
        for (int place = address.indexOf("{}"); place >= 0; place = address.indexOf("{}", place)) {
            String id = random.nextInt(10) == 0 ? oneOf(PIECES) : oneOf(IDS);
            String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
            address.replace(place, place + 2, encoded);
            place += encoded.length();
        }
        int parameters = random.nextInt(5) - 2;
        for (int i = 0; i < parameters; i++) {
            address.append(i == 0 ? '?' : '&').append(oneOf(PARAMETERS));
        }
        return address.toString();
    }

    private String[] headers(String address) {
        List<String> headers = new ArrayList<>();
        if (random.nextInt(20) > 0) {
            boolean stream = address.startsWith("/v1/commands") != (random.nextInt(20) == 0);
            headers.addAll(List.of("Content-Type", stream ? "application/x-ndjson" : "application/json"));
        }
        if (random.nextInt(20) == 0) {
            headers.addAll(List.of("Accept", oneOf(List.of("text/html", "*/*", "application/json;q=0", "nonsense"))));
        }
        if (random.nextInt(10) == 0) {
            headers.addAll(List.of("If-Match", oneOf(List.of("1", "\"2\"", "*", "W/\"3\"", "x", ""))));
        }
        if (random.nextInt(10) == 0) {
            headers.addAll(List.of("Idempotency-Key", oneOf(List.of("k1", "k2", "no id", "", "k".repeat(200)))));
        }
        return headers.isEmpty() ? new String[] {"X-None", "1"} : headers.toArray(String[]::new);
    }

    private String changed(String body) {
        StringBuilder changed = new StringBuilder(body);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int from = random.nextInt(changed.length() + 1);
            int to = Math.min(changed.length(), from + random.nextInt(6));
            changed.replace(from, to, random.nextBoolean() ? oneOf(PIECES) : "");
        }
        return changed.toString();
    }

    private <T> T oneOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
