package presence.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import presence.journal.TestDatabases;

/** An analyst's day on the jar as it is shipped: draft, check, preview, release, activate, roll back. */
class RulesIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    /** The files of the active release, with one of them changed, as the body of a draft. */
    private static byte[] draft(Client client, String path, UnaryOperator<String> change) {
        ArrayNode files = (ArrayNode) client.get("/v1/rules").expect(200).json().path("files");
        boolean found = false;
        for (JsonNode file : files) {
            if (file.path("path").asText().equals(path)) {
                String text = file.path("text").asText();
                String changed = change.apply(text);
                assertThat(changed).as("what is to be changed stands there").isNotEqualTo(text);
                ((ObjectNode) file).put("text", changed);
                found = true;
            }
        }
        assertThat(found).as(path).isTrue();
        return JSON.createObjectNode().set("files", files).toString().getBytes(UTF_8);
    }

    private static String notReadyIsBusy(String rules) {
        return rules.replace(
                "verdict.status( Status.AWAY, Reason.NOT_READY )", "verdict.status( Status.BUSY, Reason.NOT_READY )");
    }

    private static String promised(String scenarios) {
        int from = scenarios.indexOf("An agent who is not ready and has nothing to do is away");
        return scenarios.substring(0, from) + scenarios.substring(from).replace("status: AWAY", "status: BUSY");
    }

    /** Puts the draft of "Not Ready shows as Busy", examples and all. */
    private static void notReadyIsBusy(Client client) {
        Reply put = client.body("PUT", "/v1/rules/draft", draft(client, "status/status.drl", RulesIT::notReadyIsBusy));
        JsonNode files = put.expect(200).json().path("files");
        for (JsonNode file : files) {
            if (file.path("path").asText().equals("status/status.scenarios.yml")) {
                ((ObjectNode) file).put("text", promised(file.path("text").asText()));
            }
        }
        byte[] body = JSON.createObjectNode().set("files", files).toString().getBytes(UTF_8);
        client.body("PUT", "/v1/rules/draft", body, "If-Match", put.header("ETag"))
                .expect(200);
    }

    private static String status(Client client, String agent) {
        return client.get("/v1/agents/" + agent)
                .expect(200)
                .json()
                .path("status")
                .asText();
    }

    @Test
    void a_rule_is_changed_seen_and_rolled_back_and_the_release_outlives_a_kill() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, TestDatabases.SQLITE.fresh(folder))) {
            Client client = server.client();
            client.queue("sales");
            client.readyAgent("anna", "sales");
            client.readyAgent("ben", "sales");
            client.ready("ben", false);
            String program = client.get("/v1/rules").json().path("rulesRelease").asText();

            // A change without its examples is found by them, with the place.
            Reply begun =
                    client.body("PUT", "/v1/rules/draft", draft(client, "status/status.drl", RulesIT::notReadyIsBusy));
            JsonNode report = client.post("/v1/rules/draft/check").expect(200).json();
            // Many clients say of every body that it is JSON, also of one that has nothing in it.
            assertThat(client.postJson("/v1/rules/draft/check", "")
                            .expect(200)
                            .json()
                            .path("faults"))
                    .isEqualTo(report.path("faults"));
            assertThat(report.path("sound").asBoolean()).isFalse();
            assertThat(report.at("/faults/0/file").asText()).isEqualTo("status/status.scenarios.yml");
            assertThat(report.at("/faults/0/line").asInt()).isPositive();
            Reply refused = client.postJson("/v1/rules/releases", "{'comment':'too soon'}");
            refused.expectProblem(409, "CHECK_FAILED");
            assertThat(refused.json().at("/report/faults").size()).isPositive();
            client.delete("/v1/rules/draft", "If-Match", begun.header("ETag")).expect(204);

            notReadyIsBusy(client);
            JsonNode preview =
                    client.post("/v1/rules/draft/preview").expect(200).json();
            assertThat(preview.path("agents").asInt()).isEqualTo(2);
            assertThat(preview.path("changed").asInt()).isEqualTo(1);
            assertThat(preview.at("/changes/0/agent").asText()).isEqualTo("ben");
            assertThat(preview.at("/changes/0/before/status").asText()).isEqualTo("AWAY");
            assertThat(preview.at("/changes/0/after/status").asText()).isEqualTo("BUSY");
            assertThat(preview.at("/changes/0/rules").toString()).contains("STATUS-120");
            assertThat(status(client, "ben")).as("a preview changes nothing").isEqualTo("AWAY");
            JsonNode diff = client.get("/v1/rules/draft/diff").expect(200).json();
            assertThat(diff.path("rules")).hasSize(1);
            assertThat(diff.at("/rules/0/rule").asText()).isEqualTo("STATUS-120");
            assertThat(diff.at("/scenarios/0/file").asText()).isEqualTo("status/status.scenarios.yml");

            Reply made = client.postJson(
                    "/v1/rules/releases", "{'comment':'Not Ready shows as Busy'}", "Command-By", "vera");
            made.expect(201);
            assertThat(made.json().path("author").asText()).isEqualTo("vera");
            client.get("/v1/rules/draft").expectProblem(404, "UNKNOWN_DRAFT");
            assertThat(status(client, "ben"))
                    .as("a release does not conclude by itself")
                    .isEqualTo("AWAY");

            try (Events events = Events.open(server.address(), "?agent=ben")) {
                events.next("SNAPSHOT");
                JsonNode activated =
                        client.post("/v1/rules/releases/1/activate").expect(200).json();
                assertThat(activated.path("decidedAgain").asInt()).isEqualTo(1);
                assertThat(status(client, "ben")).isEqualTo("BUSY");
                assertThat(status(client, "anna")).isEqualTo("FREE");
                assertThat(events.next("RULES_RELEASE")
                                .data()
                                .path("rulesRelease")
                                .asText())
                        .isEqualTo(activated.path("rulesRelease").asText())
                        .isNotEqualTo(program);
                Events.Event told = events.next("PRESENCE");
                assertThat(told.data().path("status").asText()).isEqualTo("BUSY");
                assertThat(told.data().path("cause").asText()).isEqualTo("RULE");
            }

            server.kill();
            server.startAgain();
            Client again = server.client();
            assertThat(again.get("/v1/rules").json().path("release").asInt()).isEqualTo(1);
            assertThat(status(again, "ben")).isEqualTo("BUSY");
            assertThat(server.operations().get("/healthcheck").text()).contains("release 1");

            again.post("/v1/rules/releases/0/activate").expect(200);
            assertThat(status(again, "ben")).as("rolled back").isEqualTo("AWAY");
            JsonNode list = again.get("/v1/rules/releases").expect(200).json();
            assertThat(list.at("/releases/0/active").asBoolean()).isFalse();
            assertThat(list.path("activations")).hasSize(2);
            assertThat(list.at("/activations/0/release").asInt())
                    .as("the last one")
                    .isZero();
        }
    }

    private static JsonNode check(Client client, JsonNode files, String depth) {
        byte[] body = JSON.createObjectNode()
                .put("depth", depth)
                .set("files", files)
                .toString()
                .getBytes(UTF_8);
        return client.body("POST", "/v1/rules/check", body).expect(200).json();
    }

    @Test
    void an_editor_has_files_checked_while_somebody_types_and_no_draft_is_touched() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, TestDatabases.SQLITE.fresh(folder))) {
            Client client = server.client();
            ArrayNode files =
                    (ArrayNode) client.get("/v1/rules").expect(200).json().path("files");
            JsonNode sound = check(client, files, "LINT");
            assertThat(sound.path("sound").asBoolean()).as("%s", sound).isTrue();
            assertThat(sound.path("examples").size()).isGreaterThan(100);
            assertThat(sound.at("/examples/0/outcome").asText()).isEqualTo("NOT_RUN");

            JsonNode played = check(client, files, "EXAMPLES");
            assertThat(played.path("passed").asInt())
                    .isEqualTo(sound.path("scenarios").asInt());
            assertThat(played.at("/examples/0/fired").size()).isPositive();

            for (JsonNode file : files) {
                if (file.path("path").asText().equals("status/status.drl")) {
                    ((ObjectNode) file)
                            .put("text", notReadyIsBusy(file.path("text").asText()));
                }
            }
            JsonNode failing = check(client, files, "EXAMPLES");
            assertThat(failing.path("examples"))
                    .filteredOn(example -> example.path("outcome").asText().equals("FAILED"))
                    .isNotEmpty()
                    .allSatisfy(example -> {
                        assertThat(example.path("line").asInt()).isPositive();
                        assertThat(example.at("/faults/0/message").asText()).contains("expected", "came: BUSY");
                    });
            JsonNode unproven = check(client, files, "PROOF");
            assertThat(unproven.path("cases").asLong()).isPositive();
            client.get("/v1/rules/draft").expectProblem(404, "UNKNOWN_DRAFT");
            client.postJson("/v1/rules/check", "{'files':[{'path':'../a.drl','text':''}]}")
                    .expectProblem(400, "INVALID_VALUE", "/files/0");
        }
    }

    @Test
    void two_analysts_cannot_overwrite_each_other_and_a_broken_draft_touches_nothing() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, TestDatabases.SQLITE.fresh(folder))) {
            Client client = server.client();
            client.readyAgent("anna", "");
            byte[] draft = draft(client, "status/status.drl", text -> text + "\n// a thought\n");
            List<Future<Reply>> puts = new ArrayList<>();
            ExecutorService analysts = Executors.newFixedThreadPool(8);
            for (int i = 0; i < 8; i++) {
                puts.add(analysts.submit(() -> server.client().body("PUT", "/v1/rules/draft", draft)));
            }
            int won = 0;
            for (Future<Reply> put : puts) {
                Reply reply = put.get();
                won += reply.status() == 200 ? 1 : 0;
                if (reply.status() != 200) {
                    reply.expectProblem(412, "VERSION_MISMATCH");
                }
            }
            assertThat(won).as("of eight at once").isEqualTo(1);
            analysts.shutdown();
            String version = client.get("/v1/rules/draft").header("ETag");
            byte[] broken = draft(client, "status/status.drl", text -> text.replace("signedIn", "singedIn"));
            client.body("PUT", "/v1/rules/draft", broken, "If-Match", version).expect(200);
            JsonNode fault =
                    client.post("/v1/rules/draft/check").expect(200).json().at("/faults/0");
            assertThat(fault.path("message").asText()).contains("Maybe").contains("signedIn");
            assertThat(fault.path("column").asInt()).isPositive();
            client.post("/v1/rules/draft/preview").expectProblem(409, "CHECK_FAILED");
            client.postJson("/v1/rules/releases", "{'comment':'broken'}").expectProblem(409, "CHECK_FAILED");
            client.post("/v1/rules/releases/7/activate").expectProblem(404, "UNKNOWN_RELEASE");
            assertThat(client.get("/v1/rules").json().path("release").asInt()).isZero();
            assertThat(status(client, "anna")).isEqualTo("FREE");
        }
    }

    @Test
    void while_releases_come_and_go_no_command_is_lost_and_no_question_fails() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, TestDatabases.SQLITE.fresh(folder))) {
            Client client = server.client();
            client.queue("sales");
            for (int i = 0; i < 20; i++) {
                client.readyAgent("agent-" + i, "sales");
            }
            notReadyIsBusy(client);
            for (int i = 0; i < 3; i++) {
                client.ready("agent-" + i, false);
            }
            JsonNode page =
                    client.post("/v1/rules/draft/preview?limit=2").expect(200).json();
            assertThat(page.path("changed").asInt()).isEqualTo(3);
            assertThat(page.path("changes")).hasSize(2);
            String cursor = page.path("nextCursor").asText();
            JsonNode rest = client.post("/v1/rules/draft/preview?limit=2&cursor=" + cursor)
                    .expect(200)
                    .json();
            assertThat(rest.at("/changes/0/agent").asText()).isEqualTo("agent-2");
            assertThat(rest.has("nextCursor")).isFalse();
            client.postJson("/v1/rules/releases", "{'comment':'Not Ready shows as Busy'}")
                    .expect(201);
            AtomicBoolean stop = new AtomicBoolean();
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Future<Integer>> callers = new ArrayList<>();
            for (int caller = 0; caller < 4; caller++) {
                int own = caller;
                callers.add(threads.submit(() -> {
                    int commands = 0;
                    Client its = server.client();
                    while (!stop.get()) {
                        boolean ready = commands++ % 2 == 1;
                        its.ready("agent-" + own, ready);
                        String status = status(its, "agent-" + own);
                        assertThat(status).isIn(ready ? List.of("FREE") : List.of("AWAY", "BUSY"));
                        its.get("/v1/queues/sales/eligible?channel=PHONE").expect(200);
                    }
                    return commands;
                }));
            }
            for (int i = 0; i < 10; i++) {
                int release = (i + 1) % 2;
                client.post("/v1/rules/releases/" + release + "/activate").expect(200);
                client.ready("agent-19", false);
                assertThat(status(client, "agent-19")).isEqualTo(release == 1 ? "BUSY" : "AWAY");
                client.ready("agent-19", true);
            }
            stop.set(true);
            for (Future<Integer> caller : callers) {
                assertThat(caller.get()).isPositive();
            }
            threads.shutdown();
        }
    }
}
