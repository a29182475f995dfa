package presence.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static presence.loop.PresenceLoopTest.agent;
import static presence.loop.PresenceLoopTest.lunch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.ErrorCode;
import presence.command.Outcome;
import presence.journal.JournalException.Code;
import presence.journal.TestDatabase;
import presence.journal.TestDatabases;
import presence.state.Described;
import presence.state.PresenceEvent;

/** What the loop does when its journal fails. */
class JournalFaultTest {
    @TempDir
    Path folder;

    private final MovedClock clock = new MovedClock("2026-03-02T08:00:00Z");
    private TestDatabase database;

    @BeforeEach
    void fresh() {
        database = TestDatabases.SQLITE.fresh(folder);
    }

    private Running atLunch() throws Exception {
        Running running = new Running(database, clock).start();
        running.submit(
                agent("ada"),
                agent("bo"),
                lunch(),
                new Command.SignIn("ada"),
                new Command.SignIn("bo"),
                new Command.SelectProfile("ada", "lunch", null));
        return running;
    }

    private static Unavailable refused(Running running, Command command) {
        Unavailable refusal = catchThrowableOfType(Unavailable.class, () -> running.submit(command));
        assertThat(refusal).as("a refusal was expected").isNotNull();
        return refusal;
    }

    /** Moves the clock until the journal has been asked again. */
    private void untilWritable(Running running) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    clock.move(Duration.ofMillis(250));
                    return running.loop.journalFault().isEmpty();
                });
    }

    @Test
    void while_the_journal_is_away_commands_are_refused_and_reads_and_deadlines_go_on() throws Exception {
        try (Running running = atLunch()) {
            Map<String, String> before = Described.agents(running.index());
            running.journal.away(Code.JOURNAL_UNAVAILABLE);

            Unavailable refusal = refused(running, new Command.Ready("bo", null));

            assertThat(refusal.code()).isEqualTo(ErrorCode.JOURNAL_UNAVAILABLE);
            assertThat(refusal.retryAfterSeconds()).isPositive();
            assertThat(refusal).hasMessageContaining("JOURNAL_UNAVAILABLE");
            assertThat(Described.agents(running.index()))
                    .as("refused is not applied")
                    .isEqualTo(before);
            assertThat(refused(running, new Command.Ready("bo", null)).code()).isEqualTo(ErrorCode.JOURNAL_UNAVAILABLE);
            running.move(Duration.ofMinutes(10));
            assertThat(running.agent("ada").profile()).as("the deadline").isEqualTo("available");
            assertThat(running.loop.journalFault()).isPresent();
            running.journal.back();
        }
    }

    @Test
    void it_recovers_by_itself_and_what_was_refused_was_never_applied() throws Exception {
        try (Running running = atLunch()) {
            running.journal.away(Code.JOURNAL_FULL);
            refused(running, agent("cy"));
            running.journal.back();
            untilWritable(running);

            assertThat(running.agent("cy")).isNull();
            assertThat(running.submit(new Command.Ready("bo", null))).containsExactly(Outcome.APPLIED);
            String bo = Described.agent(running.agent("bo"));
            running.kill();
            try (Running again = new Running(database, clock)) {
                assertThat(again.agent("cy")).isNull();
                assertThat(Described.agent(again.agent("bo"))).isEqualTo(bo);
            }
        }
    }

    @Test
    void a_repeat_with_the_same_id_after_a_failure_is_applied_once() throws Exception {
        Envelope ready = new Envelope(new Command.Ready("bo", null), "id-1", null);
        for (boolean arrives : List.of(false, true)) {
            fresh();
            try (Running running = atLunch()) {
                if (arrives) {
                    running.journal.loseTheNextAnswer();
                } else {
                    running.journal.away(Code.JOURNAL_UNAVAILABLE);
                }
                assertThat(catchThrowableOfType(Unavailable.class, () -> running.submit(ready)))
                        .isNotNull();
                long version = 2;
                running.journal.back();
                untilWritable(running);

                assertThat(running.submit(ready)).isEqualTo(Outcome.APPLIED);
                assertThat(running.agent("bo").version()).isEqualTo(version + 1);
            }
        }
    }

    @Test
    void an_entry_that_arrived_although_its_answer_was_lost_becomes_part_of_the_state() throws Exception {
        try (Running running = atLunch()) {
            running.journal.loseTheNextAnswer();
            refused(running, new Command.Ready("bo", null));
            assertThat(running.agent("bo").ready()).isFalse();

            running.journal.back();
            untilWritable(running);

            assertThat(running.agent("bo").ready()).isTrue();
            assertSameAfterRestart(running);
        }
    }

    @Test
    void the_state_is_what_a_restart_gives_even_if_deadlines_went_on_meanwhile() throws Exception {
        try (Running running = atLunch()) {
            clock.move(Duration.ofMinutes(9));
            running.journal.loseTheNextAnswer();
            refused(running, new Command.SelectProfile("ada", "lunch", null));
            running.move(Duration.ofMinutes(2));
            assertThat(running.agent("ada").profile()).as("as far as is known").isEqualTo("available");

            running.journal.back();
            untilWritable(running);

            assertThat(running.agent("ada").profile())
                    .as("lunch was chosen again in time")
                    .isEqualTo("lunch");
            assertSameAfterRestart(running);
        }
    }

    @Test
    void a_journal_that_goes_away_again_while_the_state_is_read_anew_loses_nothing() throws Exception {
        try (Running running = atLunch()) {
            running.journal.loseTheNextAnswer();
            refused(running, new Command.Ready("bo", null));
            running.move(Duration.ofSeconds(1));
            running.journal.failTheNextReading();

            running.journal.back();
            untilWritable(running);

            assertThat(running.agent("bo").ready()).isTrue();
            assertSameAfterRestart(running);
        }
    }

    @Test
    void what_was_told_before_is_not_told_again_when_the_state_is_read_anew() throws Exception {
        try (Running running = atLunch()) {
            running.move(Duration.ofMinutes(11));
            running.submit(new Command.SelectProfile("bo", "lunch", null));
            running.journal.loseTheNextAnswer();
            refused(running, new Command.Ready("ada", null));
            running.move(Duration.ofMinutes(11));
            running.journal.back();
            untilWritable(running);

            assertThat(running.agent("ada").ready()).isTrue();
            assertThat(running.events)
                    .filteredOn(PresenceEvent.ProfileExpired.class::isInstance)
                    .hasSize(2);
            assertThat(running.events).doesNotHaveDuplicates();
            assertThat(running.events)
                    .as("what the entry did is told")
                    .anyMatch(event -> event instanceof PresenceEvent.StateChanged changed
                            && changed.agent().equals("ada")
                            && changed.status() == presence.facts.Status.FREE);
        }
    }

    @Test
    void what_happens_while_an_entry_is_in_doubt_is_recorded_as_the_journal_has_it() throws Exception {
        List<String> recorded;
        try (Running running = atLunch()) {
            running.submit(new Command.SelectProfile("bo", "lunch", null));
            running.journal.loseTheNextAnswer();
            refused(running, new Command.SelectProfile("ada", "available", null));
            running.move(Duration.ofMinutes(11));
            int before = running.noted.happenings().size();
            running.move(Duration.ofMinutes(30));
            assertThat(running.noted.happenings()).as("held back").hasSize(before);
            running.journal.back();
            untilWritable(running);
            recorded = texts(running);
            running.kill();
        }
        try (Running again = new Running(database, clock)) {
            assertThat(texts(again)).isEqualTo(recorded);
        }
    }

    private static List<String> texts(Running running) {
        return running.noted.happenings().stream().map(Object::toString).toList();
    }

    @Test
    void what_cannot_be_recorded_in_time_keeps_commands_out() throws Exception {
        try (Running running = atLunch()) {
            running.noted.full = true;
            assertThatThrownBy(() -> running.submit(new Command.Ready("ada", null)))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("recorded");
            running.noted.full = false;
            running.submit(new Command.Ready("ada", null));
            assertThat(running.agent("ada").ready()).isTrue();
        }
    }

    @Test
    void once_another_writer_has_taken_over_no_command_is_taken_in_any_more() throws Exception {
        try (Running running = atLunch()) {
            running.journal.away(Code.JOURNAL_TAKEN_OVER);
            assertThat(refused(running, agent("cy"))).hasMessageContaining("JOURNAL_TAKEN_OVER");
            running.journal.back();
            running.move(Duration.ofMinutes(10));

            assertThat(running.loop.journalFault())
                    .hasValueSatisfying(fault -> assertThat(fault.isTransient()).isFalse());
            refused(running, agent("cy"));
            assertThat(running.agent("ada").profile()).isEqualTo("available");
        }
    }

    private void assertSameAfterRestart(Running running) throws Exception {
        running.catchUp();
        Map<String, String> agents = Described.agents(running.index());
        Map<String, Object> answers = Described.answers(running.index());
        running.kill();
        try (Running again = new Running(database, clock)) {
            assertThat(Described.agents(again.index())).isEqualTo(agents);
            assertThat(Described.answers(again.index())).isEqualTo(answers);
        }
    }
}
