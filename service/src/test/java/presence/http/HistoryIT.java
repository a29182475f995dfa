package presence.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import presence.journal.TestDatabases;

/** What was, asked of the jar as it is shipped, with the service killed in between. */
final class HistoryIT {
    @TempDir
    private Path folder;

    private static Instant instant(JsonNode node, String field) {
        return Instant.parse(node.path(field).asText());
    }

    @ParameterizedTest
    @EnumSource
    void the_history_has_no_gap_though_the_service_was_killed(TestDatabases databases) {
        try (ServerProcess server = ServerProcess.start(folder, databases.fresh(folder))) {
            Client client = server.client();
            client.readyAgent("-ada", "");
            for (int i = 0; i < 40; i++) {
                client.put("/v1/agents/-ada/readiness", "{'ready':" + (i % 2 == 1) + "}")
                        .expect(200);
                if (i % 20 == 10) {
                    // Right after the answer: what it tells of is hardly recorded yet.
                    server.kill();
                    server.startAgain();
                }
            }

            JsonNode page = client.get("/v1/agents/-ada/intervals?limit=1000")
                    .expect(200)
                    .json();
            JsonNode intervals = page.path("intervals");
            Instant until = instant(intervals.path(0), "from");
            long sum = 0;
            int toggles = 0;
            boolean ready = false;
            for (JsonNode interval : intervals) {
                assertThat(instant(interval, "from")).isEqualTo(until);
                until = instant(interval, "to");
                sum += interval.path("milliseconds").asLong();
                toggles += interval.path("ready").asBoolean() == ready ? 0 : 1;
                ready = interval.path("ready").asBoolean();
            }
            assertThat(until).isEqualTo(instant(page, "to"));
            assertThat(Duration.between(instant(intervals.path(0), "from"), until)
                            .toMillis())
                    .isEqualTo(sum);
            // But those that another one followed within the millisecond.
            assertThat(toggles).as("every change, once").isBetween(31, 41);

            JsonNode row = client.get("/v1/reports/time-in-state?to=" + until)
                    .expect(200)
                    .json()
                    .path("rows")
                    .path(0);
            assertThat(row.path("milliseconds").asLong()).isEqualTo(sum);
            long inSlices = 0;
            for (JsonNode slice : client.get("/v1/reports/time-in-state?by=time&every=PT30M&to=" + until)
                    .expect(200)
                    .json()
                    .path("rows")) {
                inSlices += slice.path("milliseconds").asLong();
            }
            assertThat(inSlices).isEqualTo(sum);
            client.get("/v1/reports/time-in-state?by=time&every=PT1M&to=" + until)
                    .expectProblem(400, "INVALID_VALUE");
            Reply table = client.get("/v1/reports/time-in-state?format=csv&to=" + until)
                    .expect(200);
            assertThat(table.text()).startsWith("agent,milliseconds,intervals,").contains("\n\"'-ada\"," + sum + ",");
            assertThat(client.get("/v1/agents/-ada?at=" + instant(intervals.path(0), "from"))
                            .expect(200)
                            .json()
                            .path("agent")
                            .asText())
                    .isEqualTo("-ada");
            client.get("/v1/agents/nobody/intervals").expect(404);
            client.get("/v1/agents/-ada/intervals?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z")
                    .expect(404);
        }
    }
}
