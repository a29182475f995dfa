package presence.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static presence.rulebook.ReleasedLoop.shippedBut;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import presence.command.AgentDefinition;
import presence.command.Cause;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.ProfileDefinition;
import presence.command.QueueDefinition;
import presence.command.RulesRelease;
import presence.engine.InvalidRulesException;
import presence.engine.RuleFile;
import presence.facts.Capability;
import presence.facts.OnReturn;
import presence.facts.ProfileType;
import presence.facts.Status;
import presence.journal.TestDatabase;
import presence.journal.TestDatabases;
import presence.loop.MovedClock;
import presence.model.RandomCommands;
import presence.state.AgentState;
import presence.state.Described;
import presence.state.Happening;
import presence.state.PresenceEvent;

/** A release concludes from one turn to the next, for everybody, and stays over whatever happens to the service. */
class ActivationTest {
    private static final List<RuleFile> NOT_READY_IS_BUSY = shippedBut(
            "status/status.drl",
            "verdict.status( Status.AWAY, Reason.NOT_READY )",
            "verdict.status( Status.BUSY, Reason.NOT_READY )");

    private static final List<RuleFile> LUNCH_RETURNS_NOT_READY =
            shippedBut("profiles/expiry.drl", "verdict.returnToDefault( $end )", "verdict.returnNotReady( $end )");

    private static final List<RuleFile> NO_OVERFLOW =
            shippedBut("eligibility/overflow.drl", "overflowToTentative", "!overflowToTentative, overflowToTentative");

    @TempDir
    Path folder;

    private final MovedClock clock = new MovedClock("2026-03-29T00:10:00Z");
    private TestDatabase database;

    @BeforeEach
    void fresh() {
        database = TestDatabases.SQLITE.fresh(folder);
    }

    private static Command agent(String id) {
        return new Command.PutAgent(new AgentDefinition(
                id, "Agent " + id, ZoneId.of("Europe/Helsinki"), List.of("sales"), Set.of(Capability.CHAT), Set.of()));
    }

    private static Command lunch() {
        return new Command.PutProfile(new ProfileDefinition(
                "lunch",
                "Lunch",
                ProfileType.AWAY,
                null,
                null,
                1,
                Duration.ofMinutes(10),
                null,
                null,
                OnReturn.KEEP,
                null,
                null));
    }

    private static Command profile(String id, ProfileType type) {
        return new Command.PutProfile(
                new ProfileDefinition(id, id, type, null, null, 2, null, null, null, OnReturn.KEEP, null, null));
    }

    /** Anna is ready, ben is not, and so is everybody else. */
    private static void open(ReleasedLoop running, int others) {
        running.submit(new Command.PutQueue(new QueueDefinition("sales", "Sales", true)), lunch());
        running.submit(profile("maybe", ProfileType.TENTATIVE));
        running.submit(agent("anna"), new Command.SignIn("anna"), new Command.Ready("anna", null));
        running.submit(agent("ben"), new Command.SignIn("ben"));
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < others; i++) {
            commands.add(agent("other-" + i));
            commands.add(new Command.SignIn("other-" + i));
        }
        if (!commands.isEmpty()) {
            running.submit(commands.toArray(Command[]::new));
        }
    }

    @Test
    void everybody_is_decided_by_it_and_only_those_who_change_are_told_of() throws Exception {
        try (ReleasedLoop running = new ReleasedLoop(database, clock)) {
            open(running, 500);
            Release release = running.release(NOT_READY_IS_BUSY);
            long annasVersion = running.agent("anna").version();
            running.happenings.clear();

            Activation.Activated activated = running.activation.activate(release, "vera");

            assertThat(activated).isEqualTo(new Activation.Activated(true, 501));
            assertThat(running.agent("ben").verdict().status()).isEqualTo(Status.BUSY);
            assertThat(running.agent("other-499").verdict().status()).isEqualTo(Status.BUSY);
            assertThat(running.agent("anna").verdict().status()).isEqualTo(Status.FREE);
            assertThat(running.agent("anna").version()).isEqualTo(annasVersion);
            assertThat(running.happenings)
                    .hasSize(501)
                    .allMatch(happening -> happening.cause() == Cause.RULE)
                    .extracting(Happening::by)
                    .containsOnly("release:1");
            assertThat(running.released)
                    .extracting(one -> one.release().number())
                    .containsExactly(1);
            assertThat(running.loop.deciding()).isFalse();
            assertThat(running.activation.activate(release, "vera"))
                    .as("once more")
                    .isEqualTo(new Activation.Activated(false, 0));

            running.activation.activate(running.releases.program(), "");
            assertThat(running.agent("ben").verdict().status())
                    .as("rolled back")
                    .isEqualTo(Status.AWAY);
            running.kill();
        }
        try (ReleasedLoop again = new ReleasedLoop(database, clock)) {
            assertThat(again.loop.released().release().number())
                    .as("by nobody in particular")
                    .isZero();
        }
    }

    @Test
    void timers_that_run_end_by_the_new_rules_at_their_own_instant() throws Exception {
        try (ReleasedLoop running = new ReleasedLoop(database, clock)) {
            open(running, 0);
            running.submit(new Command.SelectProfile("anna", "lunch", Duration.ofSeconds(12)));
            running.submit(new Command.Ready("ben", null), new Command.SelectProfile("ben", "lunch", null));
            running.move(Duration.ofSeconds(1));
            running.activation.activate(running.release(LUNCH_RETURNS_NOT_READY), "vera");
            running.happenings.clear();

            // Anna's stood in the session already, ben's waited outside.
            running.move(Duration.ofMillis(10_999));
            assertThat(running.agent("anna").verdict().status()).isEqualTo(Status.AWAY);
            assertThat(running.happenings).isEmpty();
            running.move(Duration.ofMillis(1));
            assertThat(running.agent("anna").ready()).isFalse();
            assertThat(running.agent("anna").profile()).isEqualTo("available");
            running.move(Duration.ofMinutes(10));
            assertThat(running.agent("ben").ready()).isFalse();
            assertThat(running.happenings.stream()
                            .filter(happening -> happening.event() instanceof PresenceEvent.ProfileExpired))
                    .hasSize(2);
        }
    }

    @Test
    void a_reserve_that_other_rules_keep_shut_is_shut_at_once() throws Exception {
        try (ReleasedLoop running = new ReleasedLoop(database, clock)) {
            open(running, 0);
            running.submit(new Command.SelectProfile("anna", "maybe", null));
            assertThat(running.loop.index().eligible("sales", Capability.CHAT)).hasSize(1);

            running.activation.activate(running.release(NO_OVERFLOW), "vera");

            assertThat(running.loop.index().eligible("sales", Capability.CHAT)).isEmpty();
        }
    }

    @Test
    void a_preview_tells_who_would_change_and_which_queue_would_be_left_without_anybody() throws Exception {
        try (ReleasedLoop running = new ReleasedLoop(database, clock)) {
            open(running, 3);
            Workshop workshop = new Workshop();

            Preview busy = workshop.preview(NOT_READY_IS_BUSY, running.loop.index());
            assertThat(busy.agents()).isEqualTo(5);
            assertThat(busy.changes())
                    .extracting(change -> change.agent().id())
                    .containsExactly("ben", "other-0", "other-1", "other-2");
            assertThat(busy.statuses()).isEqualTo(Map.of(Status.AWAY, Map.of(Status.BUSY, 4)));
            assertThat(busy.staffing()).isEmpty();

            running.submit(new Command.SelectProfile("anna", "maybe", null));
            Preview shut = workshop.preview(NO_OVERFLOW, running.loop.index());
            assertThat(shut.changes()).isEmpty();
            assertThat(shut.staffing()).containsExactly(new Preview.Staffing("sales", Capability.CHAT, 1, 0));
            assertThat(workshop.preview(shut.id())).containsSame(shut);
            assertThat(workshop.preview(busy.id())).as("only the last is kept").isEmpty();
        }
    }

    @Test
    void who_tries_again_after_an_activation_was_not_answered_has_everybody_decided() throws Exception {
        try (ReleasedLoop running = new ReleasedLoop(database, clock)) {
            open(running, 10);
            Release release = running.release(NOT_READY_IS_BUSY);
            // Applied, and nobody was there any more to go on.
            running.submit(new Command.ActivateRules(release.named()));

            assertThat(running.activation.activate(release, "vera")).isEqualTo(new Activation.Activated(false, 11));

            assertThat(running.loop.deciding()).isFalse();
            assertThat(running.agent("ben").verdict().status()).isEqualTo(Status.BUSY);
        }
    }

    @Test
    void a_start_finds_the_release_and_goes_on_with_what_a_kill_has_left() throws Exception {
        try (ReleasedLoop running = new ReleasedLoop(database, clock)) {
            open(running, 100);
            Release release = running.release(NOT_READY_IS_BUSY);
            // As far as an activation had come when the process was killed.
            running.submit(new Command.ActivateRules(release.named()));
            assertThat(running.agent("ben").verdict().status()).isEqualTo(Status.AWAY);
            running.submit(agent("late"), new Command.SignIn("late"));
            assertThat(running.agent("late").verdict().status())
                    .as("whoever is decided is decided by the new rules")
                    .isEqualTo(Status.BUSY);
            running.kill();
        }
        try (ReleasedLoop again = new ReleasedLoop(database, clock)) {
            assertThat(again.loop.released().release().number()).isEqualTo(1);
            assertThat(again.loop.deciding()).isTrue();
            assertThat(again.agent("ben").verdict().status()).isEqualTo(Status.AWAY);

            again.activation.resume();

            assertThat(again.loop.deciding()).isFalse();
            assertThat(again.agent("ben").verdict().status()).isEqualTo(Status.BUSY);
            assertThat(again.happenings)
                    .filteredOn(happening -> happening.cause() == Cause.RULE)
                    .hasSize(101);
        }
        try (ReleasedLoop third = new ReleasedLoop(database, clock)) {
            assertThat(third.loop.deciding()).as("from a snapshot").isFalse();
            assertThat(third.loop.released().release().number()).isEqualTo(1);
            assertThat(third.agent("ben").verdict().status()).isEqualTo(Status.BUSY);
        }
    }

    @Test
    void a_release_that_this_version_of_the_program_cannot_use_is_stood_in_for_by_the_last_good_one() throws Exception {
        try (ReleasedLoop running = new ReleasedLoop(database, clock)) {
            open(running, 0);
            running.activation.activate(running.release(NOT_READY_IS_BUSY), "vera");
            Release bad = running.release(List.of(new RuleFile("status/status.drl", "rule \"STATUS-010 Gone bad\"")));
            assertThatExceptionOfType(InvalidRulesException.class)
                    .isThrownBy(() -> running.activation.activate(bad, "vera"));
            assertThat(running.loop.released().release().number())
                    .as("nothing has changed")
                    .isEqualTo(1);
            // An earlier version of the program could use it.
            running.submit(new Command.ActivateRules(bad.named()));
            running.kill();
        }
        try (ReleasedLoop again = new ReleasedLoop(database, clock)) {
            RulesRelease active = again.loop.released().release();
            assertThat(active.number()).isEqualTo(2);
            assertThat(again.rulebook.fault(active)).hasValueSatisfying(fault -> {
                assertThat(fault.standIn()).isEqualTo(1);
                assertThat(fault.reason()).contains("status/status.drl:1");
            });
            again.activation.resume();
            assertThat(again.agent("ben").verdict().status())
                    .as("by the rules of release 1")
                    .isEqualTo(Status.BUSY);

            again.activation.activate(again.releases.program(), "vera");
            assertThat(again.rulebook.fault(again.loop.released().release())).isEmpty();
            assertThat(again.agent("ben").verdict().status()).isEqualTo(Status.AWAY);
        }
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @CsvSource({"SQLITE, 1", "SQLITE, 2", "POSTGRESQL, 3"})
    void the_same_journal_gives_the_same_state_whichever_releases_came_and_went(TestDatabases databases, long seed)
            throws Exception {
        database = databases.fresh(folder);
        Random random = new Random(seed);
        RandomCommands commands = new RandomCommands(random);
        Map<String, String> before = Map.of();
        for (int leg = 0; leg < 4; leg++) {
            try (ReleasedLoop running = new ReleasedLoop(database, clock)) {
                running.activation.resume();
                if (leg == 0) {
                    running.submit(commands.beginnings().toArray(Command[]::new));
                    running.release(NOT_READY_IS_BUSY);
                    running.release(LUNCH_RETURNS_NOT_READY);
                    running.release(NO_OVERFLOW);
                } else {
                    assertThat(Described.agents(running.loop.index())).isEqualTo(before);
                }
                for (int turn = 0; turn < 25; turn++) {
                    clock.move(Duration.ofMillis(random.nextInt(40_000)));
                    List<Envelope> together = new ArrayList<>();
                    for (int i = random.nextInt(8); i >= 0; i--) {
                        together.add(commands.next(id -> {
                            AgentState known = running.agent(id);
                            return known == null ? 0 : known.version();
                        }));
                    }
                    running.submit(together);
                    if (random.nextInt(5) == 0) {
                        running.activation.activate(
                                running.releases.find(random.nextInt(4)).orElseThrow(), "vera");
                    }
                }
                running.move(Duration.ZERO);
                before = Described.agents(running.loop.index());
                if (random.nextBoolean()) {
                    running.kill();
                }
            }
        }
    }
}
