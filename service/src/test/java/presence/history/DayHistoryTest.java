package presence.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import presence.TestRules;
import presence.api.ReplayLine;
import presence.api.Timers;
import presence.command.Envelope;
import presence.facts.Status;
import presence.index.PresenceIndex;
import presence.journal.TestDatabase;
import presence.journal.TestDatabases;
import presence.loop.MovedClock;
import presence.state.AgentState;
import presence.state.ContactCentre;
import presence.state.Happening;
import presence.state.PresenceEvent;

/** A whole day of 150 agents through the loop: what is recorded is the day, to the millisecond. */
class DayHistoryTest {
    private static final Path DAY = Path.of("src/test/resources/replay/day-150.ndjson.gz");
    private static final long BEGIN = Instant.parse("2026-03-02T00:00:00.000Z").toEpochMilli();
    private static final long END = Instant.parse("2026-03-03T00:00:00.000Z").toEpochMilli();

    /** Commands closer together than this, in milliseconds, are handed in together, so that the test waits for fewer commits. */
    private static final long STEP = 30_000;

    @TempDir
    private Path folder;

    /** Commands of one instant. */
    private record Step(long at, List<Envelope> commands) {}

    private static List<Step> day() throws IOException {
        List<Step> steps = new ArrayList<>();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(DAY))) {
            byte[] bytes = in.readAllBytes();
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (byte character : bytes) {
                if (character != '\n') {
                    line.write(character);
                    continue;
                }
                ReplayLine read = ReplayLine.read(line.toByteArray(), 0, line.size());
                line.reset();
                if (read.command() == null) {
                    continue;
                }
                Step last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
                if (last == null || read.at() / STEP != last.at() / STEP) {
                    steps.add(new Step(read.at(), new ArrayList<>(List.of(read.command()))));
                } else {
                    last.commands().add(read.command());
                }
            }
        }
        return steps;
    }

    /** What a contact centre that is never killed says of the same day. */
    private static List<Happening> told(List<Step> steps) {
        List<Happening> told = new ArrayList<>();
        try (ContactCentre centre = new ContactCentre(TestRules.SHIPPED, BEGIN, told::add)) {
            for (Step step : steps) {
                centre.advance(step.at());
                step.commands().forEach(centre::apply);
            }
            centre.advance(END);
        }
        return told;
    }

    private static Map<String, List<Interval>> expected(List<Happening> told) {
        Map<String, List<PresenceEvent.StateChanged>> changes = new TreeMap<>();
        Map<PresenceEvent, Happening> why = new HashMap<>();
        for (Happening happening : told) {
            if (happening.event() instanceof PresenceEvent.StateChanged changed) {
                changes.computeIfAbsent(changed.agent(), agent -> new ArrayList<>())
                        .add(changed);
                why.put(changed, happening);
            }
        }
        Map<String, List<Interval>> intervals = new TreeMap<>();
        changes.forEach((agent, own) -> {
            List<Interval> of = new ArrayList<>();
            for (int i = 0; i < own.size(); i++) {
                PresenceEvent.StateChanged change = own.get(i);
                long to = i + 1 < own.size() ? own.get(i + 1).at() : END;
                if (to > change.at()) {
                    of.add(new Interval(
                            change.at(),
                            to,
                            change.status(),
                            change.reasons(),
                            change.ready(),
                            change.notReadyReason(),
                            change.connected(),
                            change.profile(),
                            change.expiresAt(),
                            why.get(change).cause(),
                            why.get(change).by()));
                }
            }
            intervals.put(agent, of);
        });
        return intervals;
    }

    @ParameterizedTest
    @EnumSource
    void the_intervals_of_every_agent_are_the_day_without_gap_or_overlap_though_the_service_was_killed(
            TestDatabases databases) throws Exception {
        List<Step> steps = day();
        Map<String, List<Interval>> expected = expected(told(steps));
        assertThat(expected).hasSize(150);
        TestDatabase database = databases.fresh(folder);
        MovedClock clock = new MovedClock("2026-03-02T00:00:00.000Z");
        RecordedLoop running = new RecordedLoop(database, clock);
        for (int i = 0; i < steps.size(); i++) {
            if (i == steps.size() / 3 || i == steps.size() * 2 / 3) {
                running.kill();
                running = new RecordedLoop(database, clock);
            }
            clock.set(steps.get(i).at());
            running.submit(steps.get(i).commands());
        }
        running.move(Duration.ofMillis(END - clock.millis()));

        for (Map.Entry<String, List<Interval>> agent : expected.entrySet()) {
            List<Interval> found = running.intervals(agent.getKey(), BEGIN, END);
            assertThat(found).as(agent.getKey()).isEqualTo(agent.getValue());
            assertThat(found.get(0).from()).isEqualTo(BEGIN);
            for (int i = 1; i < found.size(); i++) {
                assertThat(found.get(i).from()).isEqualTo(found.get(i - 1).to());
            }
            assertThat(found.stream().mapToLong(of -> of.to() - of.from()).sum())
                    .as("milliseconds of the day of %s", agent.getKey())
                    .isEqualTo(Duration.ofDays(1).toMillis());
            timersAgree(running, agent.getKey(), found);
        }
        running.close();
    }

    /** The live document counts from the same instants as the history. */
    private static void timersAgree(RecordedLoop running, String id, List<Interval> day) throws Exception {
        PresenceIndex index = running.index();
        AgentState agent = index.agent(id);
        Interval last = day.get(day.size() - 1);
        assertThat(last.status()).isEqualTo(agent.verdict().status());
        assertThat(running.history.at(id, END - 1).orElseThrow().since()).isEqualTo(agent.statusSince());
        for (Timers.Timer timer : Timers.of(agent, index.catalogue().profileInUse(String.valueOf(agent.profile())))) {
            long since = switch (timer.kind()) {
                case NOT_READY -> beginning(day, of -> !of.ready() && of.status() != Status.OFFLINE);
                case ABSENT ->
                    beginning(day, of -> String.valueOf(agent.profile()).equals(of.profile()));
                case HANDLING ->
                    running.history.at(id, END - 1).orElseThrow().conversations().stream()
                            .filter(open -> open.conversation()
                                    .equals(timer.conversation().id()))
                            .findFirst()
                            .orElseThrow()
                            .startedAt();
            };
            assertThat(timer.startedAt()).as("%s of %s", timer.kind(), id).isEqualTo(since);
        }
    }

    private static long beginning(List<Interval> day, java.util.function.Predicate<Interval> counts) {
        long since = END;
        for (int i = day.size() - 1; i >= 0 && counts.test(day.get(i)); i--) {
            since = day.get(i).from();
        }
        return since;
    }
}
