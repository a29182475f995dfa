package presence.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static presence.http.Reply.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import presence.journal.TestDatabase;
import presence.journal.TestDatabases;

/**
 * A service or a database that is killed while many clients write loses nothing that was acknowledged and applies nothing
 * twice. {@code -Dpresence.kills} says how many times a server is killed: a build has no time for more than five, a soak
 * has.
 */
final class KilledIT {
    private static final int KILLS = Integer.getInteger("presence.kills", 5);
    private static final int WRITERS = 6;

    @TempDir
    private Path folder;

    @Test
    void a_service_killed_under_load_loses_and_repeats_nothing_on_sqlite() throws Exception {
        // Snapshots come often, so that kills meet them too.
        try (ServerProcess server =
                ServerProcess.start(folder, TestDatabases.SQLITE.fresh(folder), "loop: {snapshotCommands: 1000}")) {
            killUnderLoad(server, KILLS, server::kill, server::startAgain);
        }
    }

    @Test
    void a_service_killed_under_load_loses_and_repeats_nothing_on_postgresql() throws Exception {
        try (ServerProcess server =
                ServerProcess.start(folder, TestDatabases.POSTGRESQL.fresh(folder), "loop: {snapshotCommands: 1000}")) {
            killUnderLoad(server, Math.max(1, KILLS / 5), server::kill, server::startAgain);
        }
    }

    @Test
    void a_database_killed_under_load_comes_back_with_everything_acknowledged() throws Exception {
        try (TestDatabases.Server postgresql = TestDatabases.Server.start(folder)) {
            TestDatabase database = postgresql.fresh();
            try (ServerProcess server = ServerProcess.start(
                    folder, database, ServerProcess.databaseSetting(database, ", answerTimeout: 2s"))) {
                killUnderLoad(server, Math.max(1, KILLS / 7), () -> io(postgresql::kill), () -> {
                    assertThat(server.client().get("/v1/agents").status()).isEqualTo(200);
                    io(postgresql::startAgain);
                });
                Map<String, JsonNode> before = documents(server.client());
                server.kill();
                server.startAgain();
                assertThat(documents(server.client()))
                        .as("what memory held is what the journal holds")
                        .isEqualTo(before);
            }
        }
    }

    private interface Io {
        void run() throws IOException;
    }

    private static void io(Io action) {
        try {
            action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void killUnderLoad(ServerProcess server, int kills, Runnable kill, Runnable startAgain)
            throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Client client = server.client();
        client.put("/v1/policy", "{'capacity':{'CHAT':1000}}").expect(200);
        List<Writer> writers = IntStream.range(0, WRITERS)
                .mapToObj(number -> new Writer(number, server))
                .toList();
        writers.forEach(Writer::begin);
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            for (int round = 0; round < kills; round++) {
                long before = acknowledged(writers);
                List<Future<?>> running = new ArrayList<>();
                writers.forEach(writer -> running.add(threads.submit(writer)));
                await().pollInterval(Duration.ofMillis(5)).until(() -> acknowledged(writers) > before + 100);
                // Somewhere in a batch, wherever that is: this is what is random, not a wait for something.
                TimeUnit.MICROSECONDS.sleep(random.nextInt(60_000));
                kill.run();
                await().pollInterval(Duration.ofMillis(5))
                        .until(() -> writers.stream().allMatch(writer -> writer.failed));
                startAgain.run();
                for (Future<?> writer : running) {
                    writer.get(2, TimeUnit.MINUTES);
                }
                for (Writer writer : writers) {
                    writer.settle();
                    writer.check("seed " + seed + ", kill " + (round + 1));
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static long acknowledged(List<Writer> writers) {
        return writers.stream().mapToLong(writer -> writer.acknowledged.get()).sum();
    }

    private static Map<String, JsonNode> documents(Client client) {
        Map<String, JsonNode> documents = new TreeMap<>();
        client.get("/v1/agents?limit=500").expect(200).json().path("agents").forEach(agent -> {
            ((ObjectNode) agent).remove("at");
            documents.put(agent.path("agent").asText(), agent);
        });
        return documents;
    }

    /**
     * Writes about an agent of its own, one command after the other, each with an id: half of the writers over REST, half
     * over a stream. Command n starts conversation n, or ends conversation n − 1 (n even, odd), so that the agent's version
     * counts the commands, and a command lost or applied twice shows.
     */
    private static final class Writer implements Runnable {
        private final int number;
        private final String agent;
        private final ServerProcess server;
        private final Client client;

        /** How many commands were acknowledged: all up to this one. */
        private final AtomicLong acknowledged = new AtomicLong();

        private volatile boolean failed;

        Writer(int number, ServerProcess server) {
            this.number = number;
            this.agent = "writer-" + number;
            this.server = server;
            this.client = server.client();
        }

        void begin() {
            client.readyAgent(agent, "");
        }

        @Override
        public void run() {
            failed = false;
            while (!failed) {
                try {
                    if (number % 2 == 0) {
                        overRest();
                    } else {
                        overStream();
                    }
                } catch (IOException | UncheckedIOException e) {
                    failed = true;
                }
            }
        }

        private void overRest() {
            Reply reply = rest(acknowledged.get() + 1);
            if (reply.status() == 503) {
                failed = true;
            } else {
                reply.expect(200);
                acknowledged.incrementAndGet();
            }
        }

        private Reply rest(long n) {
            return n % 2 == 1
                    ? client.put(
                            "/v1/conversations/" + conversation(n),
                            "{'agent':'" + agent + "','channel':'CHAT'}",
                            "Idempotency-Key",
                            id(n))
                    : client.post("/v1/conversations/" + conversation(n) + "/end", "Idempotency-Key", id(n));
        }

        private void overStream() throws IOException {
            try (Wire wire = Wire.stream(server.address())) {
                StringBuilder lines = new StringBuilder();
                for (int i = 1; i <= 20; i++) {
                    lines.append(line(acknowledged.get() + i)).append('\n');
                }
                wire.chunk(lines.toString()).lastChunk();
                Reply head = wire.readHead();
                if (head.status() == 503) {
                    // It is stopping, and takes no new requests.
                    failed = true;
                    return;
                }
                head.expect(200);
                StringBuilder answers = new StringBuilder();
                int read = 0;
                for (String chunk = wire.readChunk(); !chunk.isEmpty(); chunk = wire.readChunk()) {
                    answers.append(chunk);
                    for (int end = answers.indexOf("\n", read); end >= 0; end = answers.indexOf("\n", read)) {
                        JsonNode answer = json(answers.substring(read, end));
                        read = end + 1;
                        if (answer.path("code").asText().equals("JOURNAL_UNAVAILABLE")) {
                            failed = true;
                            return;
                        }
                        assertThat(answer.path("outcome").asText())
                                .as(answer.toString())
                                .isEqualTo("APPLIED");
                        acknowledged.incrementAndGet();
                    }
                }
            }
        }

        private String line(long n) {
            String conversation = "\"conversation\":\"" + conversation(n) + "\",\"id\":\"" + id(n) + "\"}";
            return n % 2 == 1
                    ? "{\"type\":\"START_CONVERSATION\",\"agent\":\"" + agent + "\",\"channel\":\"CHAT\","
                            + conversation
                    : "{\"type\":\"END_CONVERSATION\"," + conversation;
        }

        private String conversation(long n) {
            return agent + "-c" + (n + 1) / 2;
        }

        private String id(long n) {
            return agent + "-" + n;
        }

        /**
         * Repeats what was not answered, with the same ids: what of it had been applied is not applied again. A stream may
         * have had up to 20 commands under way.
         */
        void settle() {
            long upTo = acknowledged.get() + (number % 2 == 0 ? 1 : 20);
            while (acknowledged.get() < upTo) {
                long next = acknowledged.get() + 1;
                await().until(() -> {
                    Reply reply = rest(next);
                    return reply.status() != 503 && reply.expect(200).status() == 200;
                });
                acknowledged.incrementAndGet();
            }
        }

        void check(String when) {
            JsonNode document = client.get("/v1/agents/" + agent).expect(200).json();
            assertThat(document.path("version").asLong())
                    .as(when + ": put, signed in, ready, and one for each command: " + document)
                    .isEqualTo(3 + acknowledged.get());
            assertThat(document.path("work"))
                    .as(when)
                    .isEqualTo(json(acknowledged.get() % 2 == 1 ? "{'CHAT':1}" : "{}"));
            long last = acknowledged.get();
            for (long n = Math.max(1, last - 40); n <= last; n++) {
                assertThat(client.get("/v1/conversations/" + conversation(n))
                                .json()
                                .path("state")
                                .asText())
                        .as(when + ": conversation of command " + n + " of " + last)
                        .isEqualTo((n + 1) / 2 * 2 <= last ? "HANDLED" : "ACTIVE");
            }
            Reply repeated = rest(Math.max(1, last / 2));
            repeated.expect(200);
            assertThat(client.get("/v1/agents/" + agent).json().path("version").asLong())
                    .as(when + ": a repeat changes nothing")
                    .isEqualTo(3 + acknowledged.get());
        }
    }

    // --- time goes on while the service is down

    @ParameterizedTest
    @EnumSource
    void deadlines_that_pass_while_the_service_is_down_happen_at_their_own_instants(TestDatabases databases) {
        try (ServerProcess server = ServerProcess.start(folder, databases.fresh(folder))) {
            Client client = server.client();
            client.put("/v1/profiles/tea", "{'name':'Tea','type':'AWAY','duration':'PT1.5S'}")
                    .expect(200);
            client.put("/v1/policy", "{'connectionGrace':'PT1.6S','wrapUp':{'CHAT':'PT1.7S'}}")
                    .expect(200);
            client.readyAgent("tea", "");
            client.readyAgent("lost", "");
            client.readyAgent("chat", "");
            client.conversation("c", "chat", "CHAT");
            Instant ends = instant(
                    client.put("/v1/agents/tea/profile", "{'profile':'tea'}").json(), "expiresAt");
            Instant disconnected =
                    instant(client.post("/v1/agents/lost/disconnect").json(), "at");
            Instant ended = instant(client.post("/v1/conversations/c/end").json(), "changedAt");
            server.kill();
            await().until(() -> Instant.now().isAfter(ended.plusMillis(1700)));
            server.startAgain();

            JsonNode tea = client.get("/v1/agents/tea").json();
            assertThat(tea.path("status").asText()).isEqualTo("FREE");
            assertThat(instant(tea, "since")).isEqualTo(ends);
            JsonNode lost = client.get("/v1/agents/lost").json();
            assertThat(lost.path("reasons")).isEqualTo(json("['CONNECTION_LOST']"));
            assertThat(instant(lost, "since"))
                    .isBetween(disconnected.plusMillis(1600 - 1000), disconnected.plusMillis(1600));
            assertThat(instant(client.get("/v1/conversations/c").json(), "changedAt"))
                    .isEqualTo(ended.plusMillis(1700));
            assertThat(instant(client.get("/v1/agents/chat").json(), "since")).isEqualTo(ended.plusMillis(1700));
        }
    }

    private static Instant instant(JsonNode document, String field) {
        return Instant.parse(document.path(field).asText());
    }

    @Test
    void a_service_told_to_stop_under_load_answers_what_it_has_taken_in_and_ends_soon() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, TestDatabases.SQLITE.fresh(folder));
                Wire idle = Wire.stream(server.address())) {
            // A stream that a client leaves open does not keep the service from stopping.
            idle.chunk("{\"type\":\"DELETE_QUEUE\",\"queue\":\"none\"}\n").readHead();
            server.client().put("/v1/policy", "{'capacity':{'CHAT':1000}}").expect(200);
            List<Writer> writers = IntStream.range(0, WRITERS)
                    .mapToObj(number -> new Writer(number, server))
                    .toList();
            writers.forEach(Writer::begin);
            ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
            List<Future<?>> running = new ArrayList<>();
            writers.forEach(writer -> running.add(threads.submit(writer)));
            await().until(() -> acknowledged(writers) > 500);
            Instant told = Instant.now();
            server.terminate();
            assertThat(server.exitCode()).isIn(0, 143);
            assertThat(Duration.between(told, Instant.now())).isLessThan(Duration.ofSeconds(20));
            for (Future<?> writer : running) {
                writer.get(1, TimeUnit.MINUTES);
            }
            threads.shutdown();
            assertThat(server.log()).doesNotContain("ERROR ", "\tat ", "! at ");
            server.startAgain();
            for (Writer writer : writers) {
                writer.settle();
                writer.check("after the restart");
            }
        }
    }
}
