package presence.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import presence.journal.TestDatabases;

/** What operations see: health, metrics, logs. */
final class OperationsIT {
    private static final String JSON_LOGS =
            "logging: {level: INFO, appenders: [{type: console, layout: {type: json}}], loggers: {org.drools: ERROR}}";

    @TempDir
    private Path folder;

    @Test
    void health_metrics_and_logs_tell_what_the_service_does() {
        try (ServerProcess server = ServerProcess.start(folder, TestDatabases.SQLITE.fresh(folder), JSON_LOGS)) {
            Client client = server.client();
            client.put("/v1/profiles/tea", "{'name':'Tea','type':'AWAY','duration':'PT1H'}")
                    .expect(200);
            client.readyAgent("a", "");
            client.readyAgent("b", "");
            client.agent("c", "");
            client.profile("b", "tea");
            client.post("/v1/agents/c/sign-out").expect(200);
            client.put("/v1/agents/c/readiness", "{'ready':true}").expect(409);

            JsonNode health =
                    server.operations().get("/healthcheck").expect(200).json();
            for (String check : List.of("loop", "journal", "rules", "deadlocks")) {
                assertThat(health.path(check).path("healthy").asBoolean())
                        .as(check)
                        .isTrue();
            }
            assertThat(health.at("/loop/message").asText()).contains("1 deadlines pending");

            String metrics = server.operations().get("/prometheus").expect(200).text();
            assertThat(metrics)
                    .contains(
                            "presence_commands_total{outcome=\"APPLIED\",type=\"SIGN_IN\"} 2.0",
                            "presence_commands_total{outcome=\"UNCHANGED\",type=\"SIGN_OUT\"} 1.0",
                            "presence_commands_total{outcome=\"REFUSED\",type=\"READY\"} 1.0",
                            "presence_refusals_total{code=\"AGENT_SIGNED_OUT\"} 1.0",
                            "presence_agents{status=\"FREE\"} 1.0",
                            "presence_agents{status=\"AWAY\"} 1.0",
                            "presence_agents{status=\"OFFLINE\"} 1.0",
                            "presence_agents{status=\"BUSY\"} 0.0",
                            "presence_pending_deadlines 1.0",
                            "presence_queue_commands 0.0",
                            "presence_journal_up 1.0")
                    .containsPattern("presence_fire_seconds_count [1-9]")
                    .containsPattern("presence_journal_commit_seconds_bucket\\{le=\"0.01\"} \\d")
                    .containsPattern("presence_journal_commit_seconds_count [1-9]");

            List<String> lines = server.log().lines().toList();
            assertThat(lines)
                    .isNotEmpty()
                    .allSatisfy(
                            line -> assertThat(Reply.json(line).path("message").asText())
                                    .isNotBlank());
        }
    }
}
