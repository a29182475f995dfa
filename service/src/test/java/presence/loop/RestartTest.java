package presence.loop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static presence.loop.PresenceLoopTest.agent;
import static presence.loop.PresenceLoopTest.lunch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import presence.TestRules;
import presence.command.AgentDefinition;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.Outcome;
import presence.facts.Capability;
import presence.facts.Channel;
import presence.index.PresenceIndex;
import presence.journal.Journal;
import presence.journal.JournalEntry;
import presence.journal.TestDatabase;
import presence.journal.TestDatabases;
import presence.model.RandomCommands;
import presence.state.AgentState;
import presence.state.ContactCentre;
import presence.state.Described;
import presence.state.PresenceEvent;

/** After a restart everything is what it was. */
class RestartTest {
    @TempDir
    Path folder;

    private final MovedClock clock = new MovedClock("2026-03-29T00:10:00Z");

    /** A twin that never stops is given the same commands at the same instants. */
    @ParameterizedTest(name = "{0}, seed {1}")
    @CsvSource({"SQLITE, 1", "SQLITE, 2", "POSTGRESQL, 4"})
    void at_whatever_moment_it_stops_it_goes_on_as_if_it_had_not(TestDatabases databases, long seed) throws Exception {
        TestDatabase database = databases.fresh(folder);
        Random random = new Random(seed);
        RandomCommands commands = new RandomCommands(random);
        try (ContactCentre twin = new ContactCentre(TestRules.SHIPPED, clock.millis(), event -> {})) {
            PresenceIndex expected = new PresenceIndex(twin);
            Running running = new Running(database, clock, Running.snapshotEvery(60)).start();
            List<Envelope> beginnings =
                    commands.beginnings().stream().map(Envelope::of).toList();
            assertThat(running.submitAll(beginnings)).isEqualTo(applied(twin, beginnings));
            for (int leg = 0; leg < 6; leg++) {
                for (int turn = 0; turn < 20; turn++) {
                    Long deadline = twin.nextDeadline() == Long.MAX_VALUE ? null : twin.nextDeadline();
                    clock.set(Math.max(
                            clock.millis(),
                            deadline != null && random.nextBoolean()
                                    ? deadline - 1 + random.nextInt(3)
                                    : clock.millis() + random.nextInt(random.nextInt(200) == 0 ? 90_000_000 : 60_000)));
                    List<CompletableFuture<List<Outcome>>> answers = new ArrayList<>();
                    List<Outcome> expectedAnswers = new ArrayList<>();
                    twin.advance(clock.millis());
                    for (int i = random.nextInt(4); i >= 0; i--) {
                        List<Envelope> together = new ArrayList<>();
                        for (int j = random.nextInt(3); j >= 0; j--) {
                            together.add(commands.next(id -> {
                                AgentState known = twin.agent(id);
                                return known == null ? 0 : known.version();
                            }));
                        }
                        answers.add(running.handIn(together));
                        expectedAnswers.addAll(applied(twin, together));
                    }
                    List<Outcome> outcomes = new ArrayList<>();
                    for (CompletableFuture<List<Outcome>> answer : answers) {
                        outcomes.addAll(answer.get(20, TimeUnit.SECONDS));
                    }
                    assertThat(outcomes)
                            .as("seed %d, leg %d, turn %d", seed, leg, turn)
                            .isEqualTo(expectedAnswers);
                }
                if (leg % 3 == 0) {
                    running.close();
                } else {
                    running.kill();
                }
                clock.move(Duration.ofSeconds(random.nextInt(leg % 2 == 0 ? 2 : 2_000)));
                twin.advance(clock.millis());
                expected.publish(twin);
                running = new Running(database, clock, Running.snapshotEvery(60)).start();
                assertThat(Described.agents(running.index()))
                        .as("seed %d, leg %d", seed, leg)
                        .isEqualTo(Described.agents(expected));
                assertThat(Described.answers(running.index())).isEqualTo(Described.answers(expected));
                assertThat(running.loop.pendingDeadlines()).isEqualTo(twin.pendingDeadlines());
            }
            running.close();
        }
        try (Journal journal = database.open()) {
            assertThat(journal.latestSnapshot()).isPresent();
            assertThat(journal.latestSnapshot().get().coversNumber()).isEqualTo(journal.lastNumber());
        }
    }

    private static List<Outcome> applied(ContactCentre twin, List<Envelope> commands) {
        return commands.stream().map(twin::apply).toList();
    }

    @ParameterizedTest(name = "killed: {0}")
    @CsvSource({"true", "false"})
    void deadlines_that_passed_meanwhile_happen_first_in_their_order_and_at_their_own_instants(boolean killed)
            throws Exception {
        TestDatabase database = TestDatabases.SQLITE.fresh(folder);
        long start = clock.millis();
        Running running = new Running(database, clock).start();
        running.submit(lunch(), agent("ada"), agent("bo"), agent("cy"));
        for (String id : List.of("ada", "bo", "cy")) {
            running.submit(new Command.SignIn(id));
        }
        running.submit(new Command.SelectProfile("ada", "lunch", Duration.ofMinutes(30)));
        running.submit(new Command.SelectProfile("bo", "lunch", Duration.ofMinutes(20)));
        running.submit(new Command.Disconnect("cy"));
        if (killed) {
            running.kill();
        } else {
            running.close();
        }
        clock.move(Duration.ofHours(5));

        try (Running again = new Running(database, clock)) {
            assertThat(again.events)
                    .filteredOn(event -> !(event instanceof PresenceEvent.StateChanged))
                    .containsExactly(
                            new PresenceEvent.ConnectionLost("cy", start + 60_000),
                            new PresenceEvent.ProfileExpired("bo", "lunch", start + 20 * 60_000),
                            new PresenceEvent.ProfileExpired("ada", "lunch", start + 30 * 60_000));
            assertThat(again.agent("ada").profileSince()).isEqualTo(start + 30 * 60_000);
            assertThat(again.index().publishedAt()).isEqualTo(clock.millis());
        }
    }

    @Test
    void a_snapshot_is_taken_while_the_loop_turns_and_entries_before_it_are_not_read_again() throws Exception {
        TestDatabase database = TestDatabases.SQLITE.fresh(folder);
        Running running = new Running(database, clock, Running.snapshotEvery(50)).start();
        for (int i = 0; i < 60; i++) {
            running.submit(agent("a" + i));
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> running.journal.latestSnapshot().isPresent());
        running.kill();

        try (Journal journal = database.open()) {
            assertThat(journal.latestSnapshot().orElseThrow().coversNumber()).isBetween(50L, 60L);
        }
        try (Running again = new Running(database, clock)) {
            assertThat(again.index().agentCount()).isEqualTo(60);
        }
    }

    @ParameterizedTest(name = "a snapshot after {0} commands")
    @CsvSource({"1000000", "25"})
    void what_happened_is_told_again_with_the_same_numbers(int commandsOfASnapshot) throws Exception {
        TestDatabase database = TestDatabases.SQLITE.fresh(folder);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        RandomCommands commands = new RandomCommands(random);
        Running running = new Running(database, clock, Running.snapshotEvery(commandsOfASnapshot)).start();
        running.submitAll(commands.beginnings().stream().map(Envelope::of).toList());
        for (int i = 0; i < 200; i++) {
            running.move(Duration.ofMillis(random.nextInt(400_000)));
            running.submit(commands.next(id -> 0));
        }
        // No snapshot covers this, or a last one might leave nothing to be told again.
        running.noted.recording = false;
        running.submit(agent("last"));
        List<String> before = texts(running);
        running.kill();

        try (Running again = new Running(database, clock)) {
            List<String> after = texts(again);
            assertThat(after).as("seed %d", seed).isNotEmpty();
            assertThat(after.get(after.size() - 1)).as("seed %d", seed).isEqualTo(before.get(before.size() - 1));
            assertThat(before).as("seed %d", seed).endsWith(after.toArray(String[]::new));
        }
    }

    private static List<String> texts(Running running) {
        return running.noted.happenings().stream().map(Object::toString).toList();
    }

    @Test
    void no_snapshot_is_taken_of_what_is_not_recorded() throws Exception {
        TestDatabase database = TestDatabases.SQLITE.fresh(folder);
        try (Running running = new Running(database, clock, Running.snapshotEvery(10)).start()) {
            running.noted.recording = false;
            for (int i = 0; i < 30; i++) {
                running.submit(agent("a" + i));
            }
        }
        try (Journal journal = database.open()) {
            assertThat(journal.latestSnapshot()).isEmpty();
        }
    }

    @Test
    void a_command_that_this_version_does_not_read_is_named_and_not_skipped() throws Exception {
        TestDatabase database = TestDatabases.SQLITE.fresh(folder);
        try (Journal journal = database.open()) {
            journal.append(new JournalEntry(
                    1, clock.millis(), 1, "{\"type\":\"TELEPORT\",\"agent\":\"ada\"}\n".getBytes(UTF_8)));
        }

        assertThatThrownBy(() -> new Running(database, clock))
                .isInstanceOf(UnreadableEntry.class)
                .hasMessageContaining("Entry 1")
                .hasMessageContaining("TELEPORT")
                .hasMessageContaining("Maybe another version wrote it");
    }

    @Test
    void a_loop_with_nothing_new_takes_no_snapshot_at_its_end() throws Exception {
        TestDatabase database = TestDatabases.SQLITE.fresh(folder);
        new Running(database, clock).start().close();

        try (Journal journal = database.open()) {
            assertThat(journal.latestSnapshot()).isEmpty();
        }
    }

    @Test
    void a_start_at_a_clock_behind_the_journal_waits_instead_of_running_backwards() throws Exception {
        TestDatabase database = TestDatabases.SQLITE.fresh(folder);
        long then = clock.millis();
        try (Running running = new Running(database, clock).start()) {
            running.submit(agent("ada"), new Command.SignIn("ada"));
        }
        clock.move(Duration.ofHours(-2));

        try (Running again = new Running(database, clock).start()) {
            again.submit(new Command.Ready("ada", null));
            assertThat(again.agent("ada").idleSince()).isEqualTo(then);
        }
    }

    @Test
    void names_outside_ascii_zones_and_every_kind_of_conversation_survive() throws Exception {
        TestDatabase database = TestDatabases.SQLITE.fresh(folder);
        Map<String, String> before;
        try (Running running = new Running(database, clock).start()) {
            running.submit(
                    new Command.PutAgent(new AgentDefinition(
                            "ada",
                            "Åsa 山 \uD83D\uDE00 \"\\",
                            ZoneId.of("Asia/Kathmandu"),
                            List.of(),
                            Set.of(Capability.values()))),
                    new Command.SignIn("ada"),
                    new Command.NotReady("ada", "väntar"),
                    new Command.StartConversation("c1", "ada", Channel.CHAT, null, true),
                    new Command.StartConversation("c2", "ada", Channel.EMAIL, null, false),
                    new Command.Disconnect("ada"));
            before = Described.agents(running.index());
        }
        try (Running again = new Running(database, clock)) {
            assertThat(Described.agents(again.index())).isEqualTo(before);
            assertThat(again.agent("ada").name()).isEqualTo("Åsa 山 \uD83D\uDE00 \"\\");
        }
    }
}
