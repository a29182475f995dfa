package presence.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import presence.api.Instants;
import presence.command.AgentDefinition;
import presence.command.Cause;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.OfferMode;
import presence.command.PolicyChange;
import presence.command.ProfileDefinition;
import presence.command.QueueDefinition;
import presence.facts.Capability;
import presence.facts.Channel;
import presence.facts.OnReturn;
import presence.facts.ProfileType;
import presence.facts.Reason;
import presence.facts.Status;
import presence.history.Report.By;
import presence.journal.TestDatabase;
import presence.journal.TestDatabases;
import presence.loop.MovedClock;
import presence.loop.Unavailable;
import presence.state.Offer;

/** What is recorded, what is asked of it, and what becomes of it when something fails. */
class HistoryTest {
    private static final long MINUTE = 60_000;

    @TempDir
    private Path folder;

    private final MovedClock clock = new MovedClock("2026-03-02T08:00:00.000Z");
    private final long begin = clock.millis();

    private static Command agent(String id, String... queues) {
        return new Command.PutAgent(new AgentDefinition(
                id, "Agent " + id, ZoneId.of("UTC"), List.of(queues), Set.of(Capability.PHONE, Capability.CHAT)));
    }

    private static Command queue(String id) {
        return new Command.PutQueue(new QueueDefinition(id, id, false));
    }

    private static Command lunch(OnReturn onReturn) {
        return new Command.PutProfile(new ProfileDefinition(
                "lunch",
                "Lunch",
                ProfileType.AWAY,
                null,
                null,
                1,
                Duration.ofMinutes(30),
                null,
                null,
                onReturn,
                null,
                null));
    }

    private static Command call(String id, String agent, @Nullable String queue) {
        return new Command.StartConversation(id, agent, Channel.PHONE, queue, false);
    }

    private void after(RecordedLoop running, long minutes) {
        running.move(Duration.ofMinutes(minutes));
    }

    @ParameterizedTest
    @EnumSource
    void an_interval_says_what_was_why_and_by_whom(TestDatabases databases) throws Exception {
        try (RecordedLoop running = new RecordedLoop(databases.fresh(folder), clock)) {
            running.submit(agent("ada"), new Command.SignIn("ada"));
            after(running, 1);
            running.submit(List.of(new Envelope(new Command.NotReady("ada", "training"), null, null, "sue", null)));
            after(running, 1);

            List<Interval> intervals = running.intervals("ada", 0, clock.millis());

            assertThat(intervals)
                    .containsExactly(
                            new Interval(
                                    begin,
                                    begin + MINUTE,
                                    Status.AWAY,
                                    List.of(Reason.NOT_READY),
                                    false,
                                    null,
                                    true,
                                    "available",
                                    null,
                                    Cause.API,
                                    null),
                            new Interval(
                                    begin + MINUTE,
                                    begin + 2 * MINUTE,
                                    Status.AWAY,
                                    List.of(Reason.NOT_READY),
                                    false,
                                    "training",
                                    true,
                                    "available",
                                    null,
                                    Cause.SUPERVISOR,
                                    "sue"));
            assertThat(running.intervals("ada", begin + MINUTE - 1, begin + MINUTE))
                    .singleElement()
                    .satisfies(cut -> assertThat(cut.to() - cut.from()).isEqualTo(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_agent_is_shown_as_it_was(TestDatabases databases) throws Exception {
        try (RecordedLoop running = new RecordedLoop(databases.fresh(folder), clock)) {
            running.submit(
                    queue("sales"),
                    queue("support"),
                    agent("ada", "sales"),
                    agent("bo"),
                    new Command.SignIn("ada"),
                    new Command.SignIn("bo"),
                    new Command.Ready("ada", null));
            after(running, 1);
            running.submit(call("c1", "ada", "sales"));
            after(running, 1);
            running.submit(new Command.JoinQueue("ada", "support"), call("c1", "bo", "sales"));
            running.submit(new Command.RemoveCapability("ada", Capability.CHAT));
            after(running, 1);
            running.submit(new Command.DeleteAgent("ada"));
            after(running, 1);
            running.submit(agent("ada"));

            assertThat(running.history.at("ada", begin - 1)).isEmpty();
            assertThat(running.history.at("ada", begin + MINUTE - 1).orElseThrow())
                    .satisfies(was -> {
                        assertThat(was.state().status()).isEqualTo(Status.FREE);
                        assertThat(was.since()).isEqualTo(begin);
                        assertThat(was.queues()).containsExactly("sales");
                        assertThat(was.capabilities()).containsExactly(Capability.PHONE, Capability.CHAT);
                        assertThat(was.conversations()).isEmpty();
                    });
            assertThat(running.history.at("ada", begin + MINUTE).orElseThrow()).satisfies(was -> {
                assertThat(was.state().status()).isEqualTo(Status.BUSY);
                assertThat(was.conversations())
                        .containsExactly(new History.OpenConversation(
                                "c1", Channel.PHONE, "sales", false, begin + MINUTE, null));
            });
            assertThat(running.history.at("ada", begin + 2 * MINUTE).orElseThrow())
                    .satisfies(was -> {
                        assertThat(was.queues()).containsExactly("sales", "support");
                        assertThat(was.capabilities()).containsExactly(Capability.PHONE);
                        assertThat(was.conversations()).isEmpty();
                    });
            assertThat(running.history
                            .at("bo", begin + 2 * MINUTE)
                            .orElseThrow()
                            .conversations())
                    .hasSize(1);
            assertThat(running.history.at("ada", begin + 3 * MINUTE)).isEmpty();
            assertThat(running.history
                            .at("ada", begin + 4 * MINUTE)
                            .orElseThrow()
                            .queues())
                    .isEmpty();
            assertThat(running.intervals("ada", begin, begin + 5 * MINUTE))
                    .as("no time while there was no such agent")
                    .extracting(Interval::to)
                    .doesNotContain(begin + 4 * MINUTE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_report_adds_up_by_agent_queue_and_profile(TestDatabases databases) throws Exception {
        try (RecordedLoop running = new RecordedLoop(databases.fresh(folder), clock)) {
            running.submit(
                    queue("sales"),
                    lunch(OnReturn.NOT_READY),
                    agent("ada", "sales"),
                    agent("bo"),
                    new Command.SignIn("ada"),
                    new Command.Ready("ada", null));
            after(running, 10);
            running.submit(call("c1", "ada", "sales"), new Command.JoinQueue("bo", "sales"));
            after(running, 5);
            running.submit(new Command.HandleConversation("c1"));
            running.submit(new Command.SelectProfile("ada", "lunch", null));
            // Lunch ends after 30 minutes; she is back after 37.
            after(running, 37);
            running.submit(new Command.LeaveQueue("ada", "sales"), new Command.Ready("ada", null));
            after(running, 8);
            Report report = new Report(running.records, running.chronicle);

            Map<String, TimeInState> agents =
                    report.timesInState(By.AGENT, begin, clock.millis(), "", 10).rows();
            TimeInState ada = agents.get("ada");
            assertThat(ada.total()).isEqualTo(60 * MINUTE);
            assertThat(ada.in(Status.FREE)).isEqualTo(18 * MINUTE);
            assertThat(ada.in(Status.BUSY)).isEqualTo(5 * MINUTE);
            assertThat(ada.in(Status.AWAY)).isEqualTo(37 * MINUTE);
            assertThat(ada.ready()).isEqualTo(53 * MINUTE);
            assertThat(ada.notReady()).isEqualTo(7 * MINUTE);
            assertThat(ada.profiles())
                    .containsOnly(Map.entry("available", 30 * MINUTE), Map.entry("lunch", 30 * MINUTE));
            assertThat(ada.handling())
                    .containsOnly(
                            Map.entry(Channel.PHONE, new TimeInState.Handling(1, 0, 0, 5 * MINUTE, 0, 5 * MINUTE)));
            assertThat(ada.stays())
                    .containsOnly(Map.entry(
                            "lunch", new TimeInState.Stays(1, 30 * MINUTE, 37 * MINUTE, 7 * MINUTE, 7 * MINUTE)));
            assertThat(agents.get("bo").profiles()).containsOnly(Map.entry("", 60 * MINUTE));

            TimeInState sales = report.timesInState(By.QUEUE, begin, clock.millis(), "", 10)
                    .rows()
                    .get("sales");
            assertThat(sales.total()).as("ada for 52 minutes, bo for 50").isEqualTo(102 * MINUTE);
            assertThat(sales.in(Status.OFFLINE)).isEqualTo(50 * MINUTE);
            assertThat(sales.handling().get(Channel.PHONE).handled()).isEqualTo(1);

            Map<String, TimeInState> profiles = report.timesInState(By.PROFILE, begin, clock.millis(), "", 10)
                    .rows();
            assertThat(profiles.get("lunch").in(Status.AWAY)).isEqualTo(30 * MINUTE);
            assertThat(profiles.get("lunch").stays().get("lunch").over()).isEqualTo(7 * MINUTE);

            Map<String, TimeInState> times = report.timesInState(
                            new Report.Slices(begin, clock.millis(), 25 * MINUTE, null))
                    .rows();
            assertThat(times.keySet())
                    .containsExactly(
                            Instants.text(begin),
                            Instants.text(begin + 25 * MINUTE),
                            Instants.text(begin + 50 * MINUTE));
            List<TimeInState> slices = List.copyOf(times.values());
            assertThat(slices)
                    .extracting(TimeInState::total)
                    .as("two agents, the last slice is shorter")
                    .containsExactly(50 * MINUTE, 50 * MINUTE, 20 * MINUTE);
            assertThat(slices)
                    .extracting(slice -> slice.in(Status.AWAY))
                    .containsExactly(10 * MINUTE, 25 * MINUTE, 2 * MINUTE);
            assertThat(slices).extracting(slice -> slice.handling().size()).containsExactly(1, 0, 0);
            assertThat(slices).extracting(slice -> slice.stays().size()).containsExactly(0, 0, 1);
            assertThat(report.timesInState(new Report.Slices(begin, clock.millis(), 25 * MINUTE, "sales"))
                            .rows()
                            .values())
                    .as("ada until she leaves it, bo from ten past on")
                    .extracting(TimeInState::total)
                    .containsExactly(40 * MINUTE, 50 * MINUTE, 12 * MINUTE);

            Report.TimesInState first = report.timesInState(By.AGENT, begin, clock.millis(), "", 1);
            assertThat(first.rows()).containsOnlyKeys("ada");
            assertThat(first.next()).isEqualTo("ada");
            Report.TimesInState second = report.timesInState(By.AGENT, begin, clock.millis(), "ada", 1);
            assertThat(second.rows()).containsOnlyKeys("bo");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_lunch_that_is_cut_short_or_ends_with_the_agent_ready_is_not_over_its_plan(TestDatabases databases)
            throws Exception {
        try (RecordedLoop running = new RecordedLoop(databases.fresh(folder), clock)) {
            running.submit(
                    lunch(OnReturn.KEEP), agent("ada"), new Command.SignIn("ada"), new Command.Ready("ada", null));
            running.submit(new Command.SelectProfile("ada", "lunch", null));
            after(running, 10);
            running.submit(new Command.SelectProfile("ada", "available", null));
            after(running, 10);
            running.submit(new Command.SelectProfile("ada", "lunch", null));
            after(running, 40);

            assertThat(new Report(running.records, running.chronicle)
                            .timesInState(By.AGENT, begin, clock.millis(), "", 10)
                            .rows()
                            .get("ada")
                            .stays()
                            .get("lunch"))
                    .isEqualTo(new TimeInState.Stays(2, 60 * MINUTE, 40 * MINUTE, 0, 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_offer_that_nobody_answers_is_missed_by_its_agent_and_its_queue(TestDatabases databases) throws Exception {
        try (RecordedLoop running = new RecordedLoop(databases.fresh(folder), clock)) {
            running.submit(
                    queue("sales"), agent("ada", "sales"), new Command.SignIn("ada"), new Command.Ready("ada", null));
            running.submit(new Command.MakeOffer(
                    "c1", Channel.PHONE, "sales", null, OfferMode.PREFERRED, Duration.ofSeconds(20), List.of()));
            after(running, 1);
            Report report = new Report(running.records, running.chronicle);

            for (By by : List.of(By.AGENT, By.QUEUE)) {
                TimeInState row = report.timesInState(by, begin, clock.millis(), "", 10)
                        .rows()
                        .get(by == By.AGENT ? "ada" : "sales");
                assertThat(row.offers(Offer.State.MISSED)).isEqualTo(1);
                assertThat(row.offers(Offer.State.ACCEPTED)).isZero();
            }
        }
    }

    @Test
    void a_suspect_conversation_is_nobodys_until_there_is_word_of_it_and_is_counted_once() throws Exception {
        try (RecordedLoop running = new RecordedLoop(TestDatabases.SQLITE.fresh(folder), clock)) {
            running.submit(
                    new Command.PutPolicy(PolicyChange.staleAfter(Map.of(Capability.PHONE, Duration.ofMinutes(10)))),
                    agent("ada"),
                    new Command.SignIn("ada"),
                    call("c1", "ada", null));
            after(running, 5);
            running.submit(call("c1", "ada", null));
            after(running, 15);
            running.submit(call("c1", "ada", null));
            after(running, 5);
            running.submit(new Command.HandleConversation("c1"));
            after(running, 1);

            assertThat(running.history
                            .at("ada", begin + 14 * MINUTE)
                            .orElseThrow()
                            .conversations())
                    .as("the word after 5 minutes kept it")
                    .hasSize(1);
            assertThat(running.history
                            .at("ada", begin + 16 * MINUTE)
                            .orElseThrow()
                            .conversations())
                    .isEmpty();
            assertThat(running.history
                            .at("ada", begin + 21 * MINUTE)
                            .orElseThrow()
                            .conversations())
                    .hasSize(1);
            assertThat(new Report(running.records, running.chronicle)
                            .timesInState(By.AGENT, begin, clock.millis(), "", 10)
                            .rows()
                            .get("ada")
                            .handling())
                    .hasEntrySatisfying(
                            Channel.PHONE, phone -> assertThat(phone.handled()).isEqualTo(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_happens_in_a_rush_can_be_asked_about_all_the_same_and_outlives_a_kill(TestDatabases databases)
            throws Exception {
        TestDatabase database = databases.fresh(folder);
        int many = 4_000;
        try (RecordedLoop running = new RecordedLoop(database, clock)) {
            running.submit(each(many, id -> agent(id)));
            running.submit(each(many, id -> new Command.SignIn(id)));
            after(running, 1);
            running.submit(each(many, id -> new Command.Ready(id, null)));
            after(running, 1);

            assertThat(states(running, "agent-0")).containsExactly(Status.AWAY, Status.FREE);
            assertThat(states(running, "agent-" + (many - 1))).containsExactly(Status.AWAY, Status.FREE);

            running.submit(each(many, id -> new Command.NotReady(id, null)));
            running.kill();
        }
        try (RecordedLoop running = new RecordedLoop(database, clock)) {
            after(running, 1);

            for (int number = 0; number < many; number += 500) {
                assertThat(states(running, "agent-" + number)).containsExactly(Status.AWAY, Status.FREE, Status.AWAY);
            }
            assertThat(running.chronicle.toBeFiled()).isZero();
        }
    }

    private static List<Envelope> each(int many, java.util.function.Function<String, Command> command) {
        return IntStream.range(0, many)
                .mapToObj(number -> Envelope.of(command.apply("agent-" + number)))
                .toList();
    }

    private List<Status> states(RecordedLoop running, String agent) throws Exception {
        return running.intervals(agent, begin, clock.millis()).stream()
                .map(Interval::status)
                .toList();
    }

    // --- when something fails

    @Test
    void while_the_records_are_away_events_wait_then_commands_are_refused_and_all_of_it_is_recorded_later()
            throws Exception {
        TestDatabase database = TestDatabases.SQLITE.fresh(folder);
        Path file = Path.of(database.url().substring("jdbc:sqlite:".length()).replace(".db", ".records.db"));
        Path elsewhere = folder.resolve("elsewhere.db");
        try (RecordedLoop running = new RecordedLoop(
                database, clock, new HistoryConfiguration(io.dropwizard.util.Duration.days(90), 1_000))) {
            running.submit(agent("ada"), new Command.SignIn("ada"));
            assertThat(running.intervals("ada", begin, begin + 1)).hasSize(1);
            Files.move(file, elsewhere);
            int[] changes = {0};
            assertThatThrownBy(() -> {
                        for (; changes[0] < 20_000; changes[0]++) {
                            clock.move(Duration.ofMillis(1));
                            running.submit(
                                    changes[0] % 2 == 0
                                            ? new Command.Ready("ada", null)
                                            : new Command.NotReady("ada", null));
                        }
                    })
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("cannot be recorded");
            assertThat(changes[0]).isGreaterThanOrEqualTo(999);
            assertThat(running.chronicle.fault()).isPresent();
            assertThat(running.chronicle.recorded(running.loop.told(), Duration.ofMillis(1)))
                    .isFalse();

            Files.move(elsewhere, file);

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> running.chronicle.fault().isEmpty() && !running.chronicle.full());
            assertThat(running.intervals("ada", begin, clock.millis())).hasSize(changes[0] + 1);
            running.submit(agent("bo"));
        }
    }

    @Test
    void a_history_that_was_lost_goes_on_from_the_state_as_it_is() throws Exception {
        TestDatabase journals = TestDatabases.SQLITE.fresh(folder);
        try (RecordedLoop running = new RecordedLoop(journals, clock)) {
            running.submit(queue("sales"), agent("ada", "sales"), new Command.SignIn("ada"), call("c1", "ada", null));
        }
        clock.move(Duration.ofHours(1));
        TestDatabase empty = TestDatabases.SQLITE.fresh(folder);
        try (RecordedLoop again =
                new RecordedLoop(journals, empty, clock, HistoryConfiguration.defaults(), presence.TestRules.SHIPPED)) {
            again.move(Duration.ofMinutes(1));
            assertThat(again.intervals("ada", begin, clock.millis()))
                    .singleElement()
                    .satisfies(found -> {
                        assertThat(found.from()).isEqualTo(begin + 60 * MINUTE);
                        assertThat(found.status()).isEqualTo(Status.BUSY);
                        assertThat(found.cause()).isNull();
                    });
            History.AsItWas now = again.history.at("ada", clock.millis()).orElseThrow();
            assertThat(now.since()).isEqualTo(begin);
            assertThat(now.queues()).containsExactly("sales");
            assertThat(now.conversations())
                    .extracting(History.OpenConversation::startedAt)
                    .containsExactly(begin);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_journal_restored_from_an_older_backup_is_followed(TestDatabases databases) throws Exception {
        TestDatabase records = databases.fresh(folder);
        try (RecordedLoop running = new RecordedLoop(
                TestDatabases.SQLITE.fresh(folder),
                records,
                clock,
                HistoryConfiguration.defaults(),
                presence.TestRules.SHIPPED)) {
            running.submit(agent("ada"), agent("bo"), new Command.SignIn("ada"), call("c1", "ada", null));
            assertThat(running.intervals("ada", begin, begin + 1)).hasSize(1);
        }
        clock.move(Duration.ofHours(1));
        // The journal knows nothing of all that.
        try (RecordedLoop again = new RecordedLoop(
                TestDatabases.SQLITE.fresh(folder),
                records,
                clock,
                HistoryConfiguration.defaults(),
                presence.TestRules.SHIPPED)) {
            again.submit(agent("bo"));
            again.move(Duration.ofMinutes(1));
            assertThat(again.intervals("ada", begin, clock.millis()))
                    .extracting(Interval::to)
                    .as("gone from the restart on")
                    .containsExactly(begin + 60 * MINUTE);
            assertThat(again.history.at("ada", clock.millis())).isEmpty();
            assertThat(again.intervals("bo", begin, clock.millis())).isNotEmpty();
        }
    }

    // --- what is too old

    @ParameterizedTest
    @EnumSource
    void what_is_too_old_is_deleted_and_what_stood_at_the_edge_stays(TestDatabases databases) throws Exception {
        HistoryConfiguration twoDays = new HistoryConfiguration(io.dropwizard.util.Duration.days(2), 100_000);
        try (RecordedLoop running = new RecordedLoop(databases.fresh(folder), clock, twoDays)) {
            running.submit(new Command.PutPolicy(PolicyChange.NOTHING_STALE));
            running.submit(queue("sales"), agent("ada", "sales"), agent("gone"), new Command.SignIn("ada"));
            running.submit(call("old", "ada", null), call("long", "ada", null));
            for (int day = 0; day < 5; day++) {
                running.move(Duration.ofDays(1));
                running.submit(
                        day % 2 == 0 ? new Command.Ready("ada", null) : new Command.NotReady("ada", null),
                        day == 0 ? new Command.DeleteAgent("gone") : new Command.HandleConversation("old"));
            }
            long edge = clock.millis() - Duration.ofDays(2).toMillis();
            running.move(Duration.ofHours(2));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> running.history.keptSince() >= edge
                            && running.history.firstAt("gone").isEmpty());

            long keptSince = running.history.keptSince();
            List<Interval> kept = running.intervals("ada", keptSince, clock.millis());
            assertThat(kept.stream().mapToLong(of -> of.to() - of.from()).sum()).isEqualTo(clock.millis() - keptSince);
            assertThat(running.history.firstAt("ada").orElseThrow())
                    .as("the last beginning up to the edge")
                    .isBetween(edge - Duration.ofDays(1).toMillis(), edge);
            History.AsItWas now = running.history.at("ada", keptSince).orElseThrow();
            assertThat(now.queues()).containsExactly("sales");
            assertThat(now.conversations())
                    .extracting(History.OpenConversation::conversation)
                    .containsExactly("long");
            assertThat(Instant.ofEpochMilli(now.conversations().get(0).startedAt()))
                    .isEqualTo(Instant.ofEpochMilli(begin));
        }
    }
}
