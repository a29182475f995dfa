package presence.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import presence.journal.TestDatabases;

/** What a subscriber knows after the service was killed, and how it learns that the service stops. */
@Timeout(180)
final class ChangeStreamKilledIT {
    @TempDir
    private Path folder;

    private static Map<String, JsonNode> timeless(Iterable<JsonNode> documents) {
        Map<String, JsonNode> timeless = new TreeMap<>();
        documents.forEach(document -> {
            ObjectNode copy = document.deepCopy();
            copy.remove(List.of("at", "cause", "by"));
            timeless.put(copy.path("agent").asText(), copy);
        });
        return timeless;
    }

    @Test
    void who_comes_back_after_a_kill_begins_anew_and_knows_what_was_acknowledged() throws IOException {
        try (ServerProcess server = ServerProcess.start(folder, TestDatabases.SQLITE.fresh(folder))) {
            Client client = server.client();
            client.queue("sales");
            client.commands(IntStream.range(0, 250)
                    .mapToObj(i -> "{'type':'PUT_AGENT','definition':{'id':'a" + i
                            + "','name':'n','timeZone':'UTC','queues':['sales'],'capabilities':['PHONE']}}")
                    .toList());
            for (int kill = 0; kill < 3; kill++) {
                String lastId;
                try (Events events = Events.open(server.address(), "?queue=sales")) {
                    events.snapshot();
                    for (int i = 0; i < 50; i++) {
                        client.post("/v1/agents/a" + (i * 5 + kill) + "/sign-in")
                                .expect(200);
                    }
                    events.next("PRESENCE");
                    lastId = events.lastId();
                    server.kill();
                    untilItBreaks(events);
                }
                server.startAgain();
                try (Events events = Events.goOn(server.address(), "?queue=sales", lastId)) {
                    assertThat(events.nextBut("RULES_RELEASE").kind()).isEqualTo("RESYNC");
                    Map<String, JsonNode> snapshot = timeless(events.snapshot().values());
                    assertThat(Long.parseLong(events.lastId())).isGreaterThan(Long.parseLong(lastId));
                    assertThat(snapshot)
                            .isEqualTo(timeless(client.get("/v1/agents?limit=500")
                                    .expect(200)
                                    .json()
                                    .path("agents")));
                    client.ready("a" + kill, true);
                }
            }
        }
    }

    private static void untilItBreaks(Events events) throws IOException {
        try {
            while (true) {
                events.next();
            }
        } catch (EOFException | SocketException e) {
            // as it should
        }
    }

    @Test
    void a_stop_ends_streams_at_once_and_in_order() throws IOException {
        try (ServerProcess server = ServerProcess.start(folder, TestDatabases.SQLITE.fresh(folder));
                Events events = Events.open(server.address(), "")) {
            events.snapshot();
            server.terminate();
            assertThat(events.ends()).isTrue();
            assertThat(server.exitCode()).isEqualTo(143);
            assertThat(server.log()).doesNotContain("ERROR ", "WARN ");
        }
    }
}
