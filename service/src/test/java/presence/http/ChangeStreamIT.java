package presence.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import presence.http.Events.Event;
import presence.journal.TestDatabases;

/** The change stream as subscribers see it, from the jar as it is shipped. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(90)
final class ChangeStreamIT {
    @TempDir
    private static Path folder;

    private @Nullable ServerProcess running;

    @BeforeAll
    void start() {
        running = ServerProcess.start(
                folder, TestDatabases.SQLITE.fresh(folder), "stream: {keepAlive: 1s, history: 1000, subscribers: 40}");
    }

    @AfterAll
    void no_fault_was_logged() {
        server().close();
        assertThat(server().log()).doesNotContain("ERROR ", "WARN ", "\tat ", "! at ");
    }

    private ServerProcess server() {
        if (running == null) {
            throw new IllegalStateException("no server");
        }
        return running;
    }

    private Client client() {
        return server().client();
    }

    private Events open(String query) throws IOException {
        return Events.open(server().address(), query);
    }

    private Events goOn(String query, String lastId) throws IOException {
        return Events.goOn(server().address(), query, lastId);
    }

    /** The document without the times of asking. */
    private static JsonNode timeless(JsonNode document) {
        ObjectNode timeless = document.deepCopy();
        timeless.remove(List.of("at", "cause", "by"));
        return timeless;
    }

    // --- snapshot, changes, going on

    @Test
    void a_snapshot_and_then_every_change_as_the_document_has_it() throws IOException {
        client().queue("a-queue");
        client().readyAgent("a-anna", "a-queue");
        client().readyAgent("a-ben", "a-queue");
        try (Events events = open("?queue=a-queue")) {
            assertThat(events.head().header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(events.head().header("Cache-Control")).isEqualTo("no-store");
            Map<String, JsonNode> agents = events.snapshot();
            assertThat(agents).containsOnlyKeys("a-anna", "a-ben");
            assertThat(timeless(agents.get("a-anna")))
                    .isEqualTo(timeless(client().get("/v1/agents/a-anna").json()));

            client().ready("a-anna", false);
            Event change = events.next("PRESENCE");
            assertThat(change.data().path("agent").asText()).isEqualTo("a-anna");
            assertThat(change.data().path("cause").asText()).isEqualTo("API");
            assertThat(timeless(change.data()))
                    .isEqualTo(timeless(client().get("/v1/agents/a-anna").json()));

            client().delete("/v1/agents/a-ben").expect(204);
            assertThat(events.next("AGENT_DELETED").agent()).isEqualTo("a-ben");
        }
    }

    @Test
    void says_which_rules_conclude_and_how_soon_to_come_back() throws IOException {
        client().queue("b-queue");
        String release = client().get("/v1/queues/b-queue/eligible?channel=PHONE")
                .json()
                .path("rulesRelease")
                .asText();
        try (Events events = open("?queue=b-queue")) {
            assertThat(events.block()).startsWith("retry: ");
            assertThat(events.next("RULES_RELEASE").data().path("rulesRelease").asText())
                    .isEqualTo(release);
        }
    }

    @Test
    void who_comes_back_misses_nothing_and_hears_nothing_twice() throws IOException {
        client().readyAgent("c-anna", "");
        String lastId;
        try (Events events = open("?agent=c-anna")) {
            assertThat(events.snapshot()).containsOnlyKeys("c-anna");
            client().ready("c-anna", false);
            lastId = events.next("PRESENCE").id();
        }
        client().ready("c-anna", true);
        client().conversation("c-call", "c-anna", "PHONE");
        client().post("/v1/conversations/c-call/handled").expect(200);
        client().ready("c-anna", false);
        for (String way : List.of("header", "address")) {
            try (Events events = way.equals("header")
                    ? goOn("?agent=c-anna", lastId)
                    : open("?agent=c-anna&lastEventId=" + lastId)) {
                List<Event> missed = events.until("PRESENCE", "status", "AWAY");
                assertThat(missed)
                        .as(way)
                        .filteredOn(event -> !event.kind().equals("RULES_RELEASE"))
                        .extracting(
                                Event::kind,
                                event -> event.data().path("status").asText())
                        .containsExactly(
                                tuple("PRESENCE", "FREE"),
                                tuple("PRESENCE", "BUSY"),
                                tuple("PRESENCE", "FREE"),
                                tuple("PRESENCE", "AWAY"));
            }
        }
    }

    @Test
    void who_was_away_for_too_long_is_told_so_and_gets_a_snapshot() throws IOException {
        client().readyAgent("d-anna", "");
        String lastId;
        try (Events events = open("?agent=d-anna")) {
            events.snapshot();
            lastId = events.lastId();
            turnAround("d-anna", 1_100);
        }
        try (Events events = goOn("?agent=d-anna", lastId)) {
            assertThat(events.nextBut("RULES_RELEASE").kind()).isEqualTo("RESYNC");
            assertThat(timeless(events.snapshot().get("d-anna")))
                    .isEqualTo(timeless(client().get("/v1/agents/d-anna").json()));
        }
    }

    /** Makes the agent ready and not ready again, so often. */
    private void turnAround(String agent, int times) {
        // One after the other: what happens in one turn is one message.
        for (int i = 0; i < times; i++) {
            client().ready(agent, i % 2 == 1);
        }
    }

    // --- what it tells

    @Test
    void what_administrators_change_is_told_so_that_pages_read_it_again() throws IOException {
        try (Events events = open("?kind=DEFINITIONS_CHANGED")) {
            events.snapshot();
            client().put("/v1/profiles/d-tea", "{'name':'Tea','type':'AWAY'}").expect(200);
            JsonNode put = events.next("DEFINITIONS_CHANGED").data();
            assertThat(put.path("what").asText()).isEqualTo("PROFILE");
            assertThat(put.path("id").asText()).isEqualTo("d-tea");
            assertThat(put.path("deleted").asBoolean()).isFalse();

            client().put("/v1/profiles/d-tea", "{'name':'Tea','type':'AWAY'}").expect(200);
            client().put("/v1/policy", "{'capacity':{'CHAT':5}}").expect(200);
            JsonNode policy = events.next("DEFINITIONS_CHANGED").data();
            assertThat(policy.path("what").asText())
                    .as("what changed nothing is not told")
                    .isEqualTo("POLICY");
            assertThat(policy.has("id")).isFalse();

            client().delete("/v1/profiles/d-tea").expect(204);
            assertThat(events.next("DEFINITIONS_CHANGED").data().path("deleted").asBoolean())
                    .isTrue();

            List<String> many = new ArrayList<>();
            for (int i = 0; i < 101; i++) {
                many.add("{'type':'PUT_QUEUE','definition':{'id':'d-" + i + "','name':'Queue'}}");
            }
            client().commands(many);
            int told = 0;
            for (JsonNode queue = events.next().data(); ; queue = events.next().data()) {
                assertThat(queue.path("what").asText()).isEqualTo("QUEUE");
                if (!queue.has("id") || ++told == 101) {
                    break;
                }
            }
        }
    }

    @Test
    void a_profile_that_ends_by_itself_is_told_with_its_cause() throws IOException {
        client().put("/v1/profiles/e-pause", "{'name':'Pause','type':'AWAY','duration':'PT0.3S'}")
                .expect(200);
        client().readyAgent("e-anna", "");
        try (Events events = open("?agent=e-anna")) {
            events.snapshot();
            client().profile("e-anna", "e-pause");
            assertThat(events.next("PRESENCE").data().path("status").asText()).isEqualTo("AWAY");
            Event expired = events.next();
            assertThat(expired.kind()).isEqualTo("PROFILE_EXPIRED");
            assertThat(expired.data().path("profile").asText()).isEqualTo("e-pause");
            assertThat(expired.data().path("cause").asText()).isEqualTo("TIMEOUT");
            assertThat(expired.data().path("by").asText()).startsWith("EXPIRY-");
            Event back = events.next();
            assertThat(back.kind()).isEqualTo("PRESENCE");
            assertThat(back.data().path("status").asText()).isEqualTo("FREE");
            assertThat(back.data().path("cause").asText()).isEqualTo("TIMEOUT");
        }
    }

    @Test
    void who_joins_or_leaves_a_queue_is_told_to_who_watches_it() throws IOException {
        client().queue("f-queue");
        client().queue("f-other");
        client().agent("f-anna", "");
        client().agent("f-ben", "f-other");
        try (Events events = open("?queue=f-queue")) {
            assertThat(events.snapshot()).isEmpty();
            client().put("/v1/agents/f-ben/queues/f-queue").expect(200);
            Event joined = events.next();
            assertThat(joined.kind()).isEqualTo("QUEUES_CHANGED");
            assertThat(joined.data().path("joined")).hasToString("[\"f-queue\"]");
            assertThat(events.next().agent()).isEqualTo("f-ben");
            client().post("/v1/agents/f-anna/sign-in").expect(200);
            client().delete("/v1/agents/f-ben/queues/f-queue").expect(200);
            Event left = events.next();
            assertThat(left.kind()).isEqualTo("QUEUES_CHANGED");
            assertThat(left.data().path("left")).hasToString("[\"f-queue\"]");
            Event last = events.next();
            assertThat(last.kind()).isEqualTo("PRESENCE");
            assertThat(last.data().path("queues")).hasToString("[\"f-other\"]");
            client().post("/v1/agents/f-ben/sign-in").expect(200);
            client().put("/v1/agents/f-anna/queues/f-queue").expect(200);
            assertThat(events.next().agent())
                    .as("who has left is told of no more")
                    .isEqualTo("f-anna");
        }
    }

    @Test
    void what_becomes_of_an_offer_is_told() throws IOException {
        client().queue("o-queue");
        client().readyAgent("o-anna", "o-queue");
        try (Events events = open("?queue=o-queue&kind=OFFER")) {
            assertThat(events.snapshot()).isEmpty();
            String offer = client().postJson("/v1/offers", "{'conversation':'o-1','channel':'PHONE','queue':'o-queue'}")
                    .expect(201)
                    .json()
                    .path("offer")
                    .asText();
            client().postJson("/v1/offers/" + offer + "/accept", "{'agent':'o-anna'}")
                    .expect(200);
            for (String state : List.of("OPEN", "ACCEPTED")) {
                Event event = events.next();
                assertThat(event.kind()).isEqualTo("OFFER");
                assertThat(event.agent()).isEqualTo("o-anna");
                assertThat(event.data().path("offer").asText()).isEqualTo(offer);
                assertThat(event.data().path("state").asText()).isEqualTo(state);
            }
        }
    }

    @Test
    void a_queue_that_gets_its_first_agent_or_loses_its_last_is_told() throws IOException {
        client().queue("g-queue");
        client().readyAgent("g-anna", "g-queue");
        try (Events events = open("?queue=g-queue&kind=STAFFING")) {
            assertThat(events.snapshot()).isEmpty();
            assertThat(events.lastSnapshot().data().path("staffing"))
                    .extracting(staffing -> staffing.path("channel").asText() + " "
                            + staffing.path("available").asText() + " "
                            + staffing.path("eligible").asText())
                    .contains("PHONE true 1", "CHAT true 1");
            client().readyAgent("g-ben", "g-queue");
            client().ready("g-anna", false);
            client().delete("/v1/agents/g-ben/capabilities/PHONE").expect(200);
            Event gone = events.next();
            assertThat(gone.kind()).isEqualTo("STAFFING");
            assertThat(List.of(
                            gone.data().path("queue").asText(),
                            gone.data().path("channel").asText(),
                            gone.data().path("available").asText(),
                            gone.data().path("eligible").asText()))
                    .as("the second who comes and the first who goes of two change nothing")
                    .containsExactly("g-queue", "PHONE", "false", "0");
            client().ready("g-anna", true);
            Event back = events.next();
            assertThat(back.data().path("channel").asText()).isEqualTo("PHONE");
            assertThat(back.data().path("available").asBoolean()).isTrue();
            client().delete("/v1/queues/g-queue").expect(204);
            assertThat(events.next().data().path("available").asBoolean())
                    .as("a queue that is deleted has nobody")
                    .isFalse();
        }
    }

    @Test
    void a_quiet_stream_has_comments() throws IOException {
        client().agent("h-anna", "");
        try (Events events = open("?agent=h-anna")) {
            events.snapshot();
            while (events.comments() < 2) {
                events.block();
            }
        }
    }

    // --- who reads slowly, and many

    @Test
    void who_reads_slowly_begins_anew_and_holds_nobody_up() throws IOException {
        client().queue("i-queue");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            lines.add("{'type':'PUT_AGENT','definition':{'id':'i-" + i + "','name':'" + "i".repeat(200)
                    + "','timeZone':'UTC','queues':['i-queue'],'capabilities':['CHAT']}}");
        }
        client().commands(lines)
                .forEach(answer -> assertThat(answer.path("outcome").asText()).isEqualTo("APPLIED"));
        try (Events slow = open("?queue=i-queue");
                Events quick = open("?queue=i-queue&kind=PRESENCE")) {
            assertThat(slow.snapshot()).hasSize(500);
            quick.snapshot();
            // More than the history and the network hold for who does not read.
            for (int round = 0; round < 60; round++) {
                String type = round % 2 == 0 ? "SIGN_IN" : "SIGN_OUT";
                client().commands(java.util.stream.IntStream.range(0, 500)
                        .mapToObj(i -> "{'type':'" + type + "','agent':'i-" + i + "'}")
                        .toList());
                for (int i = 0; i < 500; i++) {
                    assertThat(quick.next().kind())
                            .as("who reads is not held up")
                            .isEqualTo("PRESENCE");
                }
            }
            slow.next("RESYNC");
            Map<String, JsonNode> agents = slow.snapshot();
            assertThat(agents).hasSize(500);
            assertThat(agents.get("i-7").path("version"))
                    .isEqualTo(client().get("/v1/agents/i-7").json().path("version"));
        }
        assertThat(server().operations().get("/prometheus").text())
                .containsPattern("presence_stream_resyncs_total [1-9]");
    }

    @Test
    void more_subscribers_than_there_may_be_are_told_to_come_later() throws IOException {
        awaitNobody();
        List<Events> open = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                open.add(open("?kind=RULES_RELEASE"));
            }
            Reply refused = client().get("/v1/stream").expectProblem(503, "TOO_MANY_STREAMS");
            assertThat(refused.header("Retry-After")).isNotEmpty();
        } finally {
            for (Events events : open) {
                events.close();
            }
        }
        awaitNobody();
        try (Events again = open("?kind=RULES_RELEASE")) {
            again.snapshot();
        }
    }

    /** The next comments find out who has gone. */
    private void awaitNobody() {
        await().until(() -> server().operations().get("/prometheus").text().contains("presence_stream_subscribers 0"));
    }

    // --- bad input

    @Test
    void an_id_that_no_message_has_had_yet_is_refused() {
        Reply refused = client().get("/v1/stream", "Last-Event-ID", "999999999999999999")
                .expectProblem(400, "FUTURE_EVENT_ID");
        assertThat(refused.json().path("detail").asText()).contains("999999999999999999", "Maybe");
        client().get("/v1/stream?lastEventId=999999999999999999").expectProblem(400, "FUTURE_EVENT_ID");
    }

    @Test
    void what_is_no_id_no_filter_or_no_event_stream_is_refused() {
        client().get("/v1/stream", "Last-Event-ID", "-1").expectProblem(400, "INVALID_VALUE");
        client().get("/v1/stream", "Last-Event-ID", "1e9").expectProblem(400, "INVALID_VALUE");
        client().get("/v1/stream?lastEventId=99999999999999999999").expectProblem(400, "INVALID_VALUE");
        client().get("/v1/stream?kind=PRESENSE").expectProblem(400, "INVALID_VALUE");
        client().get("/v1/stream?kind=SNAPSHOT").expectProblem(400, "INVALID_VALUE");
        client().get("/v1/stream?queues=sales").expectProblem(400, "UNKNOWN_FIELD");
        client().get("/v1/stream?queue=not%20one").expectProblem(400, "INVALID_ID");
        client().get("/v1/stream?queue=nobody").expectProblem(404, "UNKNOWN_QUEUE");
        client().get("/v1/stream?agent=nobody").expectProblem(404, "UNKNOWN_AGENT");
        client().get("/v1/stream?agent=" + "a&agent=".repeat(100) + "a").expectProblem(400, "INVALID_VALUE");
        client().get("/v1/stream", "Accept", "application/json").expectProblem(406, "NOT_ACCEPTABLE");
        client().post("/v1/stream").expectProblem(405, "METHOD_NOT_ALLOWED");
    }
}
