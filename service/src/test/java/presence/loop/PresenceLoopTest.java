package presence.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import presence.command.AgentDefinition;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.ErrorCode;
import presence.command.Outcome;
import presence.command.ProfileDefinition;
import presence.facts.Capability;
import presence.facts.OnReturn;
import presence.facts.ProfileType;
import presence.facts.Status;
import presence.journal.JournalEntry;
import presence.journal.TestDatabase;
import presence.journal.TestDatabases;
import presence.state.PresenceEvent;

/** What the loop promises while its journal works. */
class PresenceLoopTest {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    private final MovedClock clock = new MovedClock("2026-03-02T08:00:00Z");
    private TestDatabase database;

    @BeforeEach
    void fresh() {
        database = TestDatabases.SQLITE.fresh(folder);
    }

    static Command agent(String id) {
        return new Command.PutAgent(new AgentDefinition(
                id, "Agent " + id, ZoneId.of("Europe/Helsinki"), List.of(), java.util.Set.of(Capability.CHAT)));
    }

    static Command lunch() {
        return new Command.PutProfile(new ProfileDefinition(
                "lunch", "Lunch", ProfileType.AWAY, null, null, 1, TEN_MINUTES, null, null, OnReturn.KEEP, null, null));
    }

    private static Command select(String agent) {
        return new Command.SelectProfile(agent, "lunch", null);
    }

    @Test
    void what_waits_together_becomes_durable_with_one_commit_in_the_order_of_arrival() throws Exception {
        try (Running running = new Running(database, clock)) {
            List<CompletableFuture<List<Outcome>>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                answers.add(running.handIn(agent("a" + i)));
            }
            running.start();
            for (CompletableFuture<List<Outcome>> answer : answers) {
                assertThat(answer.get(20, TimeUnit.SECONDS)).containsExactly(Outcome.APPLIED);
            }
        }

        List<JournalEntry> entries = Running.entries(database);
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).commands()).isEqualTo(100);
        assertThat(entries.get(0).atEpochMilli()).isEqualTo(clock.millis());
        List<String> lines = new String(entries.get(0).body(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(lines).hasSize(100);
        assertThat(lines.get(42)).contains("\"a42\"");
    }

    @Test
    void a_batch_is_no_larger_than_the_settings_say() throws Exception {
        try (Running running = new Running(
                database, clock, new LoopConfiguration(20_000, 10, 1_000, io.dropwizard.util.Duration.days(1)))) {
            List<CompletableFuture<List<Outcome>>> answers = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                answers.add(running.handIn(agent("a" + i)));
            }
            running.start();
            answers.forEach(answer -> answer.orTimeout(20, TimeUnit.SECONDS).join());
        }

        assertThat(Running.entries(database)).extracting(JournalEntry::commands).containsExactly(10, 10, 5);
    }

    @Test
    void commands_handed_in_together_are_applied_in_order_and_answered_each() throws Exception {
        try (Running running = new Running(database, clock).start()) {
            List<Outcome> outcomes = running.submit(
                    new Command.SignIn("ada"),
                    agent("ada"),
                    agent("ada"),
                    new Command.Ready("ada", null),
                    new Command.SignIn("ada"),
                    new Command.Ready("ada", null));

            assertThat(outcomes)
                    .extracting(outcome -> outcome.code() == null ? outcome.kind() : outcome.code())
                    .containsExactly(
                            ErrorCode.UNKNOWN_AGENT,
                            Outcome.Kind.APPLIED,
                            Outcome.Kind.UNCHANGED,
                            ErrorCode.AGENT_SIGNED_OUT,
                            Outcome.Kind.APPLIED,
                            Outcome.Kind.APPLIED);
            assertThat(running.agent("ada").verdict().status()).isEqualTo(Status.FREE);
        }
    }

    @Test
    void what_was_answered_can_be_read_at_once() throws Exception {
        try (Running running = new Running(database, clock).start()) {
            for (int i = 0; i < 200; i++) {
                running.submit(agent("a" + i));
                assertThat(running.agent("a" + i)).isNotNull();
            }
        }
    }

    @Test
    void nothing_has_happened_a_millisecond_before_a_deadline_and_everything_at_it() throws Exception {
        try (Running running = new Running(database, clock).start()) {
            running.submit(agent("ada"), lunch(), new Command.SignIn("ada"), select("ada"));
            long ends = running.agent("ada").profileEnd().at();

            running.move(TEN_MINUTES.minusMillis(1));
            assertThat(running.events).noneMatch(PresenceEvent.ProfileExpired.class::isInstance);
            assertThat(running.agent("ada").profile()).isEqualTo("lunch");

            running.move(Duration.ofMillis(1));
            assertThat(running.events).contains(new PresenceEvent.ProfileExpired("ada", "lunch", ends));
            assertThat(running.agent("ada").profile()).isEqualTo("available");
        }
    }

    @Test
    void a_deadline_comes_before_a_command_of_the_same_instant() throws Exception {
        try (Running running = new Running(database, clock).start()) {
            running.submit(agent("ada"), lunch(), new Command.SignIn("ada"), select("ada"));
            long first = running.agent("ada").profileEnd().at();

            clock.set(first);
            running.submit(select("ada"));

            assertThat(running.events).contains(new PresenceEvent.ProfileExpired("ada", "lunch", first));
            assertThat(running.agent("ada").profileEnd().at()).isEqualTo(first + TEN_MINUTES.toMillis());
        }
    }

    @Test
    void an_overdue_deadline_is_stamped_with_its_own_instant() throws Exception {
        try (Running running = new Running(database, clock).start()) {
            running.submit(agent("ada"), lunch(), new Command.SignIn("ada"), select("ada"));
            long ends = running.agent("ada").profileEnd().at();

            running.move(Duration.ofHours(3));

            assertThat(running.events).contains(new PresenceEvent.ProfileExpired("ada", "lunch", ends));
            assertThat(running.agent("ada").profileSince()).isEqualTo(ends);
        }
    }

    @Test
    void when_the_clock_is_set_back_the_engine_waits() throws Exception {
        try (Running running = new Running(database, clock).start()) {
            running.submit(agent("ada"), lunch(), new Command.SignIn("ada"), select("ada"));
            long ends = running.agent("ada").profileEnd().at();
            running.move(Duration.ofMinutes(5));
            long then = clock.millis();

            clock.move(Duration.ofHours(-1));
            running.submit(new Command.Ready("ada", null));

            assertThat(running.index().publishedAt()).isEqualTo(then);
            assertThat(running.agent("ada").idleSince()).isEqualTo(then);
            clock.set(ends - 1);
            running.catchUp();
            assertThat(running.agent("ada").profile()).isEqualTo("lunch");
            clock.set(ends);
            running.catchUp();
            assertThat(running.agent("ada").profile()).isEqualTo("available");
        }
        assertThat(Running.entries(database))
                .extracting(JournalEntry::atEpochMilli)
                .isSorted()
                .last()
                .isEqualTo(Instant.parse("2026-03-02T08:05:00Z").toEpochMilli());
    }

    // --- ids

    @Test
    void a_repeat_of_an_id_is_answered_as_the_first_was_and_applied_once() throws Exception {
        Envelope put = new Envelope(agent("ada"), "id-1", null);
        Envelope signIn = new Envelope(new Command.SignIn("bo"), "id-2", null);
        try (Running running = new Running(database, clock).start()) {
            assertThat(running.submit(put)).isEqualTo(Outcome.APPLIED);
            assertThat(running.submit(put)).isEqualTo(Outcome.APPLIED);
            Outcome refused = running.submit(signIn);
            assertThat(refused.code()).isEqualTo(ErrorCode.UNKNOWN_AGENT);
            running.submit(agent("bo"));

            assertThat(running.submit(signIn))
                    .as("refused once is refused again")
                    .isEqualTo(refused);
            assertThat(running.agent("bo").signedIn()).isFalse();
            assertThat(running.agent("ada").version()).isEqualTo(1);

            Outcome reused = running.submit(new Envelope(new Command.SignIn("ada"), "id-1", null));
            assertThat(reused.code()).isEqualTo(ErrorCode.ID_REUSED);
            assertThat(reused.detail()).contains("id-1");
        }
    }

    @Test
    void ids_are_remembered_over_a_restart_and_a_kill() throws Exception {
        Envelope put = new Envelope(agent("ada"), "id-1", null);
        Envelope signIn = new Envelope(new Command.SignIn("bo"), "id-2", null);
        Outcome refused;
        try (Running running = new Running(database, clock).start()) {
            running.submit(put);
            refused = running.submit(signIn);
        }
        for (int restart = 0; restart < 2; restart++) {
            Running running = new Running(database, clock).start();
            if (restart == 0) {
                running.submit(agent("bo"));
            }
            assertThat(running.submit(put)).isEqualTo(Outcome.APPLIED);
            assertThat(running.submit(signIn)).isEqualTo(refused);
            assertThat(running.submit(new Envelope(new Command.SignIn("ada"), "id-1", null))
                            .code())
                    .isEqualTo(ErrorCode.ID_REUSED);
            assertThat(running.agent("ada").version()).isEqualTo(1);
            running.kill();
        }
    }

    @Test
    void an_id_is_remembered_for_24_hours_and_then_forgotten() throws Exception {
        try (Running running = new Running(database, clock).start()) {
            running.submit(agent("ada"));
            Envelope signIn = new Envelope(new Command.SignIn("ada"), "id-1", null);
            running.submit(signIn);

            clock.move(Duration.ofHours(24));
            assertThat(running.submit(signIn)).isEqualTo(Outcome.APPLIED);
            clock.move(Duration.ofMillis(1));
            assertThat(running.submit(signIn)).isEqualTo(Outcome.UNCHANGED);
        }
    }

    // --- fullness and the end

    @Test
    void a_full_loop_refuses_at_once_and_recovers() throws Exception {
        LoopConfiguration small = new LoopConfiguration(100, 2_000, 1_000, io.dropwizard.util.Duration.days(1));
        try (Running running = new Running(database, clock, small)) {
            List<CompletableFuture<List<Outcome>>> taken = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                taken.add(running.handIn(agent("a" + i)));
            }

            Unavailable refusal = catchThrowableOfType(Unavailable.class, () -> running.handIn(agent("more")));
            assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED);
            assertThat(refusal.retryAfterSeconds()).isPositive();
            assertThat(refusal).hasMessageContaining("100");
            assertThat(running.loop.waitingCommands()).isEqualTo(100);

            running.start();
            taken.forEach(answer -> answer.orTimeout(20, TimeUnit.SECONDS).join());
            assertThat(running.loop.waitingCommands()).isZero();
            assertThat(running.submit(agent("more"))).containsExactly(Outcome.APPLIED);
            assertThat(running.agent("a99")).isNotNull();
        }
    }

    @Test
    void closing_finishes_what_waits_and_refuses_the_rest_without_losing_an_answer() throws Exception {
        Map<String, CompletableFuture<List<Outcome>>> answers = new HashMap<>();
        List<String> refusedAtTheDoor = new ArrayList<>();
        Running running = new Running(database, clock).start();
        ExecutorService senders = Executors.newFixedThreadPool(4);
        CountDownLatch begun = new CountDownLatch(200);
        IntStream.range(0, 4)
                .forEach(sender -> senders.execute(() -> {
                    for (int i = 0; i < 2_000; i++) {
                        String id = "a" + sender + "-" + i;
                        try {
                            CompletableFuture<List<Outcome>> answer = running.handIn(agent(id));
                            synchronized (answers) {
                                answers.put(id, answer);
                            }
                        } catch (Unavailable e) {
                            synchronized (answers) {
                                refusedAtTheDoor.add(id);
                            }
                        }
                        begun.countDown();
                    }
                }));
        begun.await();
        running.close();
        senders.shutdown();
        assertThat(senders.awaitTermination(20, TimeUnit.SECONDS)).isTrue();

        try (Running again = new Running(database, clock)) {
            assertThat(answers.values()).as("every one is answered").allMatch(CompletableFuture::isDone);
            answers.forEach((id, answer) -> {
                boolean acknowledged = !answer.isCompletedExceptionally();
                assertThat(again.agent(id) != null).as("agent %s", id).isEqualTo(acknowledged);
            });
            refusedAtTheDoor.forEach(id -> assertThat(again.agent(id)).isNull());
            assertThat(again.index().agentCount()).isPositive();
        }
    }

    @Test
    void a_closed_loop_takes_nothing_in_and_can_be_closed_again() throws Exception {
        Running running = new Running(database, clock).start();
        running.submit(agent("ada"));
        running.loop.close();

        Unavailable refusal = catchThrowableOfType(Unavailable.class, () -> running.handIn(agent("bo")));
        assertThat(refusal.code()).isEqualTo(ErrorCode.STOPPING);
        assertThat(running.loop.alive()).isFalse();
        assertThat(running.agent("ada")).as("reads go on").isNotNull();
        running.close();
    }

    @Test
    void a_loop_that_never_started_can_be_closed_and_answers_what_waits() throws Exception {
        Running running = new Running(database, clock);
        CompletableFuture<List<Outcome>> answer = running.handIn(agent("ada"));
        running.close();

        assertThat(answer).isCompletedExceptionally();
        assertThat(Running.entries(database)).isEmpty();
    }

    @Test
    void the_loop_says_how_it_is() throws Exception {
        try (Running running = new Running(database, clock).start()) {
            running.submit(agent("ada"), lunch(), new Command.SignIn("ada"), select("ada"));
            assertThat(running.loop.alive()).isTrue();
            assertThat(running.loop.journalFault()).isEmpty();
            assertThat(running.loop.pendingDeadlines()).isEqualTo(1);
            await().atMost(Duration.ofSeconds(20)).until(() -> running.loop.lag() == 0);
        }
    }
}
