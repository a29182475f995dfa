package presence.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import presence.journal.TestDatabase;
import presence.journal.TestDatabases;

/** Many commands in one request. The loop's queue is as small as it can be, so that every stream meets its end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CommandStreamIT {
    @TempDir
    private static Path folder;

    private static final int CAPACITY = 100;
    private static final Pattern WAITING = Pattern.compile("(?m)^presence_queue_commands ([0-9.]+)");

    private @Nullable TestDatabase database;
    private @Nullable ServerProcess server;
    private @Nullable Client client;

    @BeforeAll
    void start() {
        database = TestDatabases.SQLITE.fresh(folder);
        server = ServerProcess.start(folder, database, "loop: {queueCapacity: " + CAPACITY + "}");
        client = server.client();
    }

    @AfterAll
    void no_fault_was_logged() {
        server().close();
        assertThat(server().log()).doesNotContain("ERROR ", "WARN ", "\tat ", "! at ");
    }

    private ServerProcess server() {
        if (server == null) {
            throw new IllegalStateException("no server");
        }
        return server;
    }

    private Client client() {
        if (client == null) {
            throw new IllegalStateException("no client");
        }
        return client;
    }

    private TestDatabase database() {
        if (database == null) {
            throw new IllegalStateException("no database");
        }
        return database;
    }

    private double waitingCommands() {
        Matcher waiting = WAITING.matcher(
                server().operations().get("/prometheus").expect(200).text());
        return waiting.find() ? Double.parseDouble(waiting.group(1)) : 0;
    }

    private static String agent(String id) {
        return "{\"type\":\"PUT_AGENT\",\"definition\":{\"id\":\"" + id + "\",\"name\":\"n\",\"timeZone\":\"UTC\"}}";
    }

    private static String signIn(String id) {
        return "{\"type\":\"SIGN_IN\",\"agent\":\"" + id + "\"}";
    }

    private static String line(JsonNode answer) {
        return answer.path("line").asInt() + " " + answer.path("outcome").asText() + " "
                + answer.path("code").asText();
    }

    @Test
    void fifty_thousand_lines_are_answered_in_order_and_bad_ones_refused_by_themselves() {
        int lines = 50_000;
        StringBuilder body = new StringBuilder();
        for (int i = 1; i <= lines; i++) {
            body.append(
                    i % 1000 == 0
                            ? "{\"type\":\"SIGN_OOT\"}"
                            : i % 777 == 0
                                    ? "{"
                                    : i <= 500
                                            ? agent("f" + i)
                                            : i % 2 == 0
                                                    ? "{\"type\":\"SIGN_IN\",\"agent\":\"f" + (i % 250 + 1) + "\"}"
                                                    : "{\"type\":\"SIGN_OUT\",\"agent\":\"f" + (i % 250 + 1) + "\"}");
            body.append('\n');
        }
        Reply reply = client().stream(BodyPublishers.ofString(body.toString()));
        assertThat(reply.header("Content-Type")).isEqualTo("application/x-ndjson");
        List<JsonNode> answers = reply.lines();
        assertThat(answers).hasSize(lines);
        for (int i = 1; i <= lines; i++) {
            JsonNode answer = answers.get(i - 1);
            assertThat(answer.path("line").asInt()).isEqualTo(i);
            if (i % 1000 == 0) {
                assertThat(line(answer)).isEqualTo(i + " REFUSED UNKNOWN_COMMAND");
                assertThat(answer.path("detail").asText()).contains("SIGN_OUT");
            } else if (i % 777 == 0) {
                assertThat(line(answer)).isEqualTo(i + " REFUSED MALFORMED_JSON");
            } else {
                assertThat(answer.path("outcome").asText())
                        .as(answer.toString())
                        .isIn("APPLIED", "UNCHANGED");
            }
        }
    }

    @Test
    void a_line_is_answered_before_the_next_is_sent() throws IOException {
        try (Wire wire = Wire.stream(server().address())) {
            wire.chunk(agent("i1") + "\n");
            Reply head = wire.readHead().expect(200);
            assertThat(head.header("Content-Type")).isEqualTo("application/x-ndjson");
            assertThat(wire.readChunk()).isEqualTo("{\"line\":1,\"outcome\":\"APPLIED\"}\n");
            assertThat(client().get("/v1/agents/i1").status())
                    .as("visible when answered")
                    .isEqualTo(200);
            for (int i = 2; i < 50; i++) {
                // A line may come in pieces.
                wire.chunk(signIn("i1").substring(0, 1 + i % 20))
                        .chunk(signIn("i1").substring(1 + i % 20) + "\n");
                assertThat(wire.readChunk())
                        .isEqualTo("{\"line\":" + i + ",\"outcome\":\"" + (i == 2 ? "APPLIED" : "UNCHANGED") + "\"}\n");
            }
            wire.chunk(signIn("i1")).lastChunk();
            assertThat(wire.readChunk()).contains("\"line\":50");
            assertThat(wire.readChunk()).isEmpty();
        }
    }

    @Test
    void lines_may_end_with_a_carriage_return_or_not_at_all_and_an_empty_line_is_no_command() {
        String body = agent("e1") + "\r\n\n   \n" + signIn("e1") + "\n\r\n" + signIn("e1");
        List<JsonNode> answers = client().stream(BodyPublishers.ofString(body)).lines();
        assertThat(answers.stream().map(CommandStreamIT::line))
                .containsExactly(
                        "1 APPLIED ",
                        "2 REFUSED MALFORMED_JSON",
                        "3 REFUSED MALFORMED_JSON",
                        "4 APPLIED ",
                        "5 REFUSED MALFORMED_JSON",
                        "6 UNCHANGED ");
        assertThat(client().stream(BodyPublishers.noBody()).lines()).isEmpty();
    }

    @Test
    void a_line_of_64_kibibytes_is_read_and_a_longer_one_refused_by_itself() {
        String longest = " ".repeat((64 << 10) - agent("l1").length()) + agent("l1");
        String huge = "x".repeat(3_000_000);
        String body = longest + "\n " + longest + "\r\n" + huge + "\n" + signIn("l1") + "\n" + huge;
        List<JsonNode> answers = client().stream(BodyPublishers.ofString(body)).lines();
        assertThat(answers.stream().map(CommandStreamIT::line))
                .containsExactly(
                        "1 APPLIED ",
                        "2 REFUSED BODY_TOO_LARGE",
                        "3 REFUSED BODY_TOO_LARGE",
                        "4 APPLIED ",
                        "5 REFUSED BODY_TOO_LARGE");
    }

    @Test
    void an_id_repeated_in_one_stream_is_applied_once() {
        List<JsonNode> answers = client().commands(List.of(
                agent("d1"),
                "{'type':'SIGN_IN','agent':'d1','id':'d-1'}",
                "{'type':'SIGN_OUT','agent':'d1','id':'d-2'}",
                "{'type':'SIGN_IN','agent':'d1','id':'d-1'}",
                "{'type':'SIGN_OUT','agent':'d1','id':'d-1'}",
                "{'type':'READY','agent':'d1','id':'d-3'}",
                "{'type':'SIGN_IN','agent':'d1'}",
                "{'type':'READY','agent':'d1','id':'d-3'}",
                "{'type':'READY','agent':'d1','ifMatch':3}",
                "{'type':'READY','agent':'d1','ifMatch':4}"));
        assertThat(answers.stream().map(CommandStreamIT::line))
                .containsExactly(
                        "1 APPLIED ",
                        "2 APPLIED ",
                        "3 APPLIED ",
                        "4 APPLIED ",
                        "5 REFUSED ID_REUSED",
                        "6 REFUSED AGENT_SIGNED_OUT",
                        "7 APPLIED ",
                        "8 REFUSED AGENT_SIGNED_OUT",
                        "9 REFUSED VERSION_MISMATCH",
                        "10 APPLIED ");
        assertThat(client().get("/v1/agents/d1").json().path("version").asInt()).isEqualTo(5);
    }

    @Test
    void a_sender_that_reads_nothing_before_all_is_sent_gets_every_answer() throws Exception {
        int lines = 60_000;
        client().commands(List.of(agent("s1").replace('"', '\'')));
        try (Wire wire = Wire.stream(server().address())) {
            String block = (signIn("s1") + "\n").repeat(100);
            for (int i = 0; i < lines / 100; i++) {
                wire.chunk(block);
            }
            wire.lastChunk();
            wire.readHead().expect(200);
            StringBuilder answers = new StringBuilder();
            for (String chunk = wire.readChunk(); !chunk.isEmpty(); chunk = wire.readChunk()) {
                answers.append(chunk);
            }
            assertThat(answers.toString().lines()).hasSize(lines);
        }
    }

    @Test
    void a_sender_that_goes_away_leaves_what_was_taken_in_and_troubles_nobody() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (Wire wire = Wire.stream(server().address())) {
                wire.chunk(agent("g" + i) + "\n");
                wire.readHead().expect(200);
                assertThat(wire.readChunk()).contains("APPLIED");
                wire.chunk((signIn("g" + i) + "\n").repeat(500) + "{\"type\":");
            }
        }
        for (int i = 0; i < 20; i++) {
            String id = "g" + i;
            assertThat(client().get("/v1/agents/" + id).status()).isEqualTo(200);
        }
    }

    @Test
    void a_stream_that_is_silent_for_too_long_is_answered_and_ended() throws IOException {
        Path own = Files.createDirectory(folder.resolve("silent"));
        String connector = "{type: http, bindHost: 127.0.0.1, port: 0";
        try (ServerProcess impatient = ServerProcess.start(
                        own,
                        TestDatabases.SQLITE.fresh(own),
                        "server: {applicationConnectors: [" + connector + ", idleTimeout: 1s}], adminConnectors: ["
                                + connector + "}], gzip: {enabled: false}, requestLog: {appenders: []}}");
                Wire wire = Wire.stream(impatient.address())) {
            wire.chunk(agent("s1") + "\n" + signIn("s1") + "\n" + signIn("s1"));
            wire.readHead().expect(200);
            String answers = wire.readChunk();
            assertThat(answers.lines())
                    .as("what was not finished with a line feed is no command yet")
                    .hasSize(2);
            assertThat(wire.readChunk()).isEmpty();
            assertThat(wire.ended()).isTrue();
            assertThat(impatient
                            .client()
                            .get("/v1/agents/s1")
                            .json()
                            .path("version")
                            .asInt())
                    .isEqualTo(2);
            assertThat(impatient.log()).doesNotContain("ERROR ", "WARN ");
        }
    }

    @Test
    void many_streams_at_once_wait_for_room_and_lose_nothing() throws Exception {
        int streams = 12;
        int lines = 3_000;
        ExecutorService senders = Executors.newFixedThreadPool(streams);
        try {
            List<Future<List<JsonNode>>> answers = IntStream.range(0, streams)
                    .mapToObj(stream -> senders.submit(() -> {
                        List<String> commands = new ArrayList<>(List.of(agent("m" + stream)));
                        for (int i = 1; i < lines; i++) {
                            commands.add(
                                    i % 2 == 1
                                            ? signIn("m" + stream)
                                            : "{\"type\":\"SIGN_OUT\",\"agent\":\"m" + stream + "\"}");
                        }
                        return client().commands(commands);
                    }))
                    .toList();
            for (int stream = 0; stream < streams; stream++) {
                List<JsonNode> came = answers.get(stream).get();
                assertThat(came).hasSize(lines);
                assertThat(came)
                        .allSatisfy(answer -> assertThat(answer.path("outcome").asText())
                                .as(answer.toString())
                                .isEqualTo("APPLIED"));
                assertThat(client().get("/v1/agents/m" + stream)
                                .json()
                                .path("version")
                                .asInt())
                        .isEqualTo(lines);
            }
        } finally {
            senders.shutdownNow();
        }
    }

    @Test
    void a_full_loop_answers_a_single_command_with_retry_after() throws Exception {
        client().commands(List.of(agent("o1").replace('"', '\'')));
        ExecutorService senders = Executors.newFixedThreadPool(8);
        List<Future<?>> streams = new ArrayList<>();
        // While another has the database the loop stands still, for less than its answerTimeout.
        try (Connection other = database().connect();
                Statement lock = other.createStatement()) {
            lock.execute("begin immediate");
            for (int i = 0; i < 4; i++) {
                streams.add(senders.submit(() -> client().commands(IntStream.range(0, 40_000)
                        .mapToObj(n -> signIn("o1"))
                        .toList())));
            }
            await().until(() -> waitingCommands() >= CAPACITY);
            Reply refused = client().post("/v1/agents/o1/sign-in");
            refused.expectProblem(503, "OVERLOADED");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(client().get("/v1/agents/o1").status())
                    .as("questions go on")
                    .isEqualTo(200);
            lock.execute("rollback");
            for (Future<?> stream : streams) {
                stream.get();
            }
        } finally {
            senders.shutdownNow();
        }
        client().post("/v1/agents/o1/sign-in").expect(200);
    }

    @Test
    void any_bytes_at_all_get_a_line_for_a_line() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            byte[] bytes = new byte[random.nextInt(5_000)];
            random.nextBytes(bytes);
            int feeds = 0;
            for (byte b : bytes) {
                feeds += b == '\n' ? 1 : 0;
            }
            boolean open = bytes.length > 0 && bytes[bytes.length - 1] != '\n';
            String text = client().stream(BodyPublishers.ofByteArray(bytes))
                    .expect(200)
                    .text();
            assertThat(text.lines()).as("seed " + seed).hasSize(feeds + (open ? 1 : 0));
        }
    }
}
