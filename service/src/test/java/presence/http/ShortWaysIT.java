package presence.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import presence.journal.TestDatabases;

/** Requests that are answered ahead of the framework are answered as the framework answers them. */
final class ShortWaysIT {
    /** Unusual, so that the request goes to the resource. */
    private static final List<String> BY_RESOURCE = List.of("Accept", "application/json, text/plain;q=0.1");

    @TempDir
    private Path folder;

    private record Asked(String method, String address, String body, String... headers) {}

    @Test
    void both_ways_answer_alike() {
        List<Asked> asked = List.of(
                new Asked("GET", "/v1/queues/q/eligible?channel=CHAT", ""),
                new Asked("GET", "/v1/queues/q/eligible?channel=CHAT&limit=1&include=excluded", ""),
                new Asked("GET", "/v1/queues/q/eligible?channel=CHAT&channel=CHAT", ""),
                new Asked("GET", "/v1/queues/q/eligible?limit=1", ""),
                new Asked("GET", "/v1/queues/none/eligible?channel=CHAT", ""),
                new Asked("GET", "/v1/queues/q%2e/eligible?channel=CHAT", ""),
                new Asked("POST", "/v1/queues/q/eligible", ""),
                new Asked("PUT", "/v1/agents/ann/readiness", "{\"ready\":false}"),
                new Asked("PUT", "/v1/agents/ann/readiness", "{\"ready\":true}", "Idempotency-Key", "one"),
                new Asked("PUT", "/v1/agents/ann/readiness", "{\"ready\":true}", "Idempotency-Key", "one"),
                new Asked("PUT", "/v1/agents/ann/readiness", "{\"ready\":false}", "Idempotency-Key", "one"),
                new Asked("PUT", "/v1/agents/ann/readiness", "{\"ready\":false}", "If-Match", "\"1\""),
                new Asked("PUT", "/v1/agents/ann/readiness", "{\"ready\":false}", "If-Match", "none"),
                new Asked("PUT", "/v1/agents/ann/readiness", "{\"redy\":false}"),
                new Asked("PUT", "/v1/agents/ann/readiness", "{\"ready\":"),
                new Asked("PUT", "/v1/agents/ann/readiness", ""),
                new Asked("PUT", "/v1/agents/none/readiness", "{\"ready\":true}"),
                new Asked("PUT", "/v1/agents/bob/readiness", "{\"ready\":true}"),
                new Asked("POST", "/v1/agents/ann/readiness", "{\"ready\":true}"),
                new Asked("PUT", "/v1/agents/ann/profile", "{\"profile\":\"pause\"}"),
                new Asked("PUT", "/v1/agents/ann/profile", "{\"profile\":\"none\"}"),
                new Asked("PUT", "/v1/agents/ann/profile", "{\"profile\":null}"),
                new Asked("PUT", "/v1/conversations/c", "{\"agent\":\"ann\",\"channel\":\"CHAT\",\"queue\":\"q\"}"),
                new Asked("PUT", "/v1/conversations/c", "{\"agent\":\"ann\",\"channel\":\"TASK\"}"),
                new Asked("PUT", "/v1/conversations/c", "{\"agent\":\"ann\",\"channel\":\"CHAT\"}", "If-Match", "1"),
                new Asked("POST", "/v1/conversations/c/end", ""),
                new Asked("POST", "/v1/conversations/c/end", "{}"),
                new Asked("POST", "/v1/conversations/c/handled", ""),
                new Asked("POST", "/v1/conversations/none/end", ""),
                new Asked("POST", "/v1/offers", "{\"conversation\":\"o1\",\"channel\":\"CHAT\",\"queue\":\"q\"}"),
                new Asked("POST", "/v1/offers", "{\"conversation\":\"o1\",\"channel\":\"CHAT\",\"queue\":\"q\"}"),
                new Asked("POST", "/v1/offers", "{\"conversation\":\"o2\",\"channel\":\"CHAT\",\"agent\":\"bob\"}"),
                new Asked("POST", "/v1/offers", "{\"conversation\":\"o2\",\"channel\":\"CHAT\",\"queue\":\"none\"}"),
                new Asked("POST", "/v1/offers", "{\"conversation\":\"o2\",\"channel\":\"CHAT\"}"),
                new Asked("POST", "/v1/offers", "{\"conversation\":\"o2\",\"chanel\":\"CHAT\",\"queue\":\"q\"}"),
                new Asked("POST", "/v1/offers", ""),
                new Asked(
                        "POST",
                        "/v1/offers",
                        "{\"conversation\":\"o3\",\"channel\":\"CHAT\",\"queue\":\"q\"}",
                        "Idempotency-Key",
                        "offer"),
                new Asked(
                        "POST",
                        "/v1/offers",
                        "{\"conversation\":\"o3\",\"channel\":\"CHAT\",\"queue\":\"q\"}",
                        "Idempotency-Key",
                        "offer"),
                new Asked("POST", "/v1/offers/offer-1/accept", ""),
                new Asked("POST", "/v1/offers/offer-1/accept", ""),
                new Asked("POST", "/v1/offers/offer-2/accept", "{\"agent\":\"bob\"}"),
                new Asked("POST", "/v1/offers/offer-2/reject", ""),
                new Asked("POST", "/v1/offers/offer-2/withdraw", ""),
                new Asked("POST", "/v1/offers/none/accept", ""),
                new Asked("POST", "/v1/offers/none", ""),
                new Asked("POST", "/v1/offers/", ""),
                new Asked("GET", "/v1/offers", ""),
                new Asked("DELETE", "/v1/conversations/c", ""));
        assertThat(answers(asked, true, "short")).isEqualTo(answers(asked, false, "long"));
    }

    private List<String> answers(List<Asked> asked, boolean usual, String name) {
        List<String> answers = new ArrayList<>();
        Path own = folder.resolve(name);
        assertThat(own.toFile().mkdir()).isTrue();
        try (ServerProcess server = ServerProcess.start(own, TestDatabases.SQLITE.fresh(own))) {
            Client client = server.client();
            client.queue("q");
            client.put("/v1/profiles/pause", "{'name':'Pause','type':'AWAY'}").expect(200);
            client.readyAgent("ann", "q");
            client.readyAgent("eve", "q");
            client.agent("bob", "q");
            for (Asked request : asked) {
                List<String> headers = new ArrayList<>(List.of(request.headers));
                if (!usual) {
                    headers.addAll(BY_RESOURCE);
                }
                if (!request.body.isEmpty()) {
                    headers.addAll(List.of("Content-Type", "application/json"));
                }
                Reply reply = client.send(
                        request.method,
                        request.address,
                        request.body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(request.body),
                        headers.toArray(String[]::new));
                answers.add(request.method + " " + request.address + " " + request.body + List.of(request.headers)
                        + " → " + reply.status() + " " + reply.header("Content-Type") + " " + reply.header("ETag") + " "
                        + reply.header("Allow") + " " + reply.header("Location") + " " + withoutTimes(reply.json()));
            }
        }
        return answers;
    }

    /** The two servers were asked at different times. */
    private static String withoutTimes(JsonNode node) {
        return node.toString().replaceAll("[0-9-]{10}T[0-9:.]{12}Z", "…");
    }
}
