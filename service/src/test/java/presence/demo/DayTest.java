package presence.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import presence.command.Command;
import presence.command.Outcome;
import presence.engine.RuleBook;
import presence.facts.Capability;
import presence.facts.Status;
import presence.index.Ranking;
import presence.state.AgentState;
import presence.state.PresenceEvent;

/** A simulated day on real rules, real state and a real index; only the clock is the test's. */
final class DayTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/Helsinki");
    private static final RuleBook RULES = RuleBook.shipped();
    private static final long HOUR = 3_600_000;

    private final List<FloorOfItsOwn> floors = new ArrayList<>();

    @AfterEach
    void close() {
        floors.forEach(FloorOfItsOwn::close);
    }

    @Test
    void a_day_looks_like_a_contact_centres_day() throws Exception {
        Map<Integer, Map<Status, Integer>> byHour = new TreeMap<>();
        Set<String> profilesSeen = new HashSet<>();
        long midnight = instant("2026-03-02T00:00");
        Run run = begin(120, 7, midnight);
        run.until(midnight + 26 * HOUR, now -> {
            int hour = (int) ((now - midnight) / HOUR);
            Map<Status, Integer> counts = byHour.computeIfAbsent(hour, first -> new EnumMap<>(Status.class));
            for (AgentState agent : run.floor.agents()) {
                counts.merge(agent.verdict().status(), 1, Integer::sum);
                if (agent.signedIn()) {
                    profilesSeen.add(String.valueOf(agent.profile()));
                }
            }
        });

        assertThat(share(byHour, 3, Status.OFFLINE))
                .as("at night nobody is there")
                .isEqualTo(1);
        assertThat(share(byHour, 25, Status.OFFLINE))
                .as("nor in the next night")
                .isEqualTo(1);
        assertThat(share(byHour, 10, Status.BUSY)).as("busy at the peak").isBetween(0.15, 0.6);
        assertThat(share(byHour, 10, Status.FREE)).as("free at the peak").isBetween(0.02, 0.5);
        assertThat(share(byHour, 12, Status.AWAY)).as("away at noon").isBetween(0.02, 0.4);
        assertThat(profilesSeen)
                .contains("available", "support", "sales", "service", "lunch", "break", "meeting", "back-office")
                .contains("training");

        assertThat(run.floor.events)
                .as("lunches end by themselves")
                .filteredOn(event -> event instanceof PresenceEvent.ProfileExpired expired
                        && expired.profile().equals(Scenery.LUNCH))
                .hasSizeGreaterThan(30);
        assertThat(run.floor.events)
                .as("lost connections end sessions")
                .hasAtLeastOneElementOfType(PresenceEvent.ConnectionLost.class);
        assertThat(run.floor.refused).as("no command is refused").isEmpty();

        Customers customers = run.day.customers();
        assertThat(customers.arrived()).isGreaterThan(2_000);
        assertThat(customers.answered()).isGreaterThan(customers.arrived() * 8 / 10);
        assertThat(customers.gaveUp()).as("some give up").isBetween(1L, customers.arrived() * 2 / 10);
        assertThat(customers.answered() + customers.gaveUp() + customers.waitingNow())
                .isEqualTo(customers.arrived());
    }

    @Test
    void nothing_grows_from_day_to_day() throws Exception {
        long start = instant("2026-03-28T04:00"); // the clocks change in the second night
        Run run = begin(30, 11, start);
        run.until(start + 24 * HOUR, now -> {});
        int planned = run.day.timeline().size();

        run.until(start + 4 * 24 * HOUR, now -> {});

        assertThat(run.day.timeline().size()).isLessThan(planned + 30);
        assertThat(run.floor.centre.pendingDeadlines()).isLessThan(30);
        assertThat(run.floor.refused).isEmpty();
    }

    @Test
    void the_same_seed_gives_the_same_commands_and_another_seed_others() throws Exception {
        long start = instant("2026-03-02T08:30");

        assertThat(commands(5, start)).isEqualTo(commands(5, start)).isNotEqualTo(commands(6, start));
    }

    private List<Command> commands(long seed, long start) throws Exception {
        Run run = begin(40, seed, start);
        run.until(start + HOUR, now -> {});
        assertThat(run.floor.commands).hasSizeGreaterThan(200);
        return run.floor.commands;
    }

    @Test
    void in_the_middle_of_the_morning_the_floor_is_alive_within_the_lead() throws Exception {
        long start = instant("2026-03-02T09:45");
        Run run = begin(100, 3, start);

        run.until(start + Conductor.LEAD, now -> {});

        assertThat(run.floor.agents()).filteredOn(AgentState::signedIn).hasSizeBetween(30, 75);
        assertThat(run.floor.agents())
                .filteredOn(agent -> agent.verdict().status() == Status.BUSY)
                .hasSizeGreaterThan(8);
        assertThat(run.floor.agents())
                .filteredOn(agent -> agent.verdict().status() == Status.FREE)
                .hasSizeGreaterThan(5);
    }

    @Test
    void it_goes_on_when_somebody_takes_its_agents_profiles_and_queues_away() throws Exception {
        long start = instant("2026-03-02T09:00");
        Run run = begin(30, 13, start);
        run.until(start + HOUR, now -> {});
        long answered = run.day.customers().answered();
        List<Command> mischief = new ArrayList<>(List.of(
                new Command.DeleteProfile(Scenery.LUNCH),
                new Command.DeleteProfile("support"),
                new Command.DeleteQueueGroup("support"),
                new Command.DeleteQueue("technical")));
        run.floor.agents().stream().limit(5).forEach(agent -> mischief.add(new Command.DeleteAgent(agent.id())));
        run.floor.agents().stream().skip(5).limit(5).forEach(agent -> mischief.add(new Command.SignOut(agent.id())));
        assertThat(run.floor.run(mischief)).noneMatch(Outcome::refused);

        run.until(start + 30 * HOUR, now -> {});

        assertThat(run.day.customers().answered()).isGreaterThan(answered + 100);
        assertThat(run.floor.agents()).hasSize(25);
        assertThat(run.day.desk().refused().keySet())
                .as("what was taken away is missed, and nothing else")
                .allSatisfy(
                        code -> assertThat(code.name()).isIn("PROFILE_RETIRED", "UNKNOWN_PROFILE", "UNKNOWN_AGENT"));
    }

    @Test
    void a_conversation_goes_to_the_first_whom_the_service_calls_eligible() throws Exception {
        long start = instant("2026-03-02T10:00");
        Run run = begin(40, 17, start);
        run.until(start + HOUR, now -> {});
        Ranking before = Objects.requireNonNull(run.floor.eligible("sales", Capability.PHONE));

        assertThat(before).allSatisfy(candidate -> {
            AgentState agent = Objects.requireNonNull(run.floor.agent(candidate.agent()));
            assertThat(agent.queues()).contains("sales");
            assertThat(agent.verdict().eligible(Capability.PHONE)).isTrue();
        });
        assertThat(run.floor.agents())
                .as("nobody has more than the policy allows, but for transfers of the same moment")
                .allSatisfy(agent -> assertThat(agent.conversations()).hasSizeLessThan(7));
    }

    private Run begin(int agents, long seed, long start) throws Exception {
        FloorOfItsOwn floor = new FloorOfItsOwn(RULES, start);
        floors.add(floor);
        Chance chance = new Chance(seed);
        Day day = new Day(Scenery.of(agents, ZONE, chance), floor, chance, start);
        day.begin();
        return new Run(floor, day);
    }

    private static final class Run {
        private static final long STEP = 1_000;
        private static final long LOOK = 10 * 60_000;
        private final FloorOfItsOwn floor;
        private final Day day;

        Run(FloorOfItsOwn floor, Day day) {
            this.floor = floor;
            this.day = day;
        }

        void until(long end, Consumer<Long> look) throws InterruptedException {
            long now = floor.centre.now();
            while (now < end) {
                // Like a clock that ticks in seconds; a night in which nothing happens takes one tick.
                now = Math.min(end, Math.max(now + STEP, Math.min(day.next(), (now / LOOK + 1) * LOOK)));
                floor.advance(now);
                day.runUntil(now);
                if (now % LOOK < STEP) {
                    look.accept(now);
                }
            }
        }
    }

    private static double share(Map<Integer, Map<Status, Integer>> byHour, int hour, Status status) {
        Map<Status, Integer> counts = Objects.requireNonNull(byHour.get(hour));
        double all = counts.values().stream().mapToInt(Integer::intValue).sum();
        return counts.getOrDefault(status, 0) / all;
    }

    private static long instant(String local) {
        return LocalDateTime.parse(local).atZone(ZONE).toInstant().toEpochMilli();
    }

    @Test
    void the_demo_is_where_people_are_at_work() {
        for (int hour = 0; hour < 24; hour++) {
            Instant now = Instant.parse("2026-03-02T00:20:00Z").plusSeconds(hour * 3600L);
            int there = now.atZone(HomeTown.at(now, ZoneId.of("UTC"))).getHour();
            assertThat(there).as("at %s", now).isBetween(8, 16);
        }
        Instant noon = Instant.parse("2026-03-02T10:00:00Z");
        assertThat(HomeTown.at(noon, ZONE)).isEqualTo(ZONE);
    }
}
