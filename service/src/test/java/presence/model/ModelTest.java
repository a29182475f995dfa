package presence.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import presence.TestRules;
import presence.api.Timers;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.Outcome;
import presence.command.ProfileDefinition;
import presence.facts.Capability;
import presence.index.PresenceIndex;
import presence.index.Ranking;
import presence.model.LawfulCentre.Place;
import presence.state.AgentState;
import presence.state.Candidate;
import presence.state.ContactCentre;
import presence.state.PresenceEvent;

/**
 * Whatever commands come at whatever instants, the contact centre concludes what the law says.
 *
 * <p>{@code -Dpresence.model.seeds=FIRST-LAST} and {@code -Dpresence.model.steps=N} ask for more than a build does.
 */
class ModelTest {
    /** Shortly before clocks change somewhere. */
    private static final String[] NIGHTS = {
        "2026-11-01T05:10:00Z", // New York, back
        "2026-03-28T23:40:00Z", // Europe, forward
        "2026-10-25T00:10:00Z", // Europe, back
        "2026-04-04T14:20:00Z", // Lord Howe, half an hour back
        "2026-10-03T15:00:00Z" // Lord Howe, half an hour forward
    };

    private static final int STEPS = Integer.getInteger("presence.model.steps", 1_000);

    static Stream<Long> seeds() {
        String[] asked = System.getProperty("presence.model.seeds", "1-4").split("-");
        return Stream.iterate(Long.parseLong(asked[0]), seed -> seed <= Long.parseLong(asked[1]), seed -> seed + 1);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_contact_centre_concludes_what_the_law_says(long seed) {
        Random random = new Random(seed);
        long start = Instant.parse(NIGHTS[(int) (seed % NIGHTS.length)]).toEpochMilli();
        List<String> events = new ArrayList<>();
        LawfulCentre law = new LawfulCentre(start);
        RandomCommands commands = new RandomCommands(random);
        try (ContactCentre centre =
                new ContactCentre(TestRules.SHIPPED, start, happening -> note(happening.event(), events))) {
            PresenceIndex index = new PresenceIndex(centre);
            for (Command command : commands.beginnings()) {
                assertThat(answer(centre.apply(Envelope.of(command)))).isEqualTo(law.apply(Envelope.of(command)));
            }
            for (int step = 0; step < STEPS; step++) {
                String told = "seed " + seed + ", step " + step + ": ";
                try {
                    if (random.nextInt(4) > 0) {
                        long to = later(law, random);
                        told += "advance to " + Instant.ofEpochMilli(to) + ", ";
                        centre.advance(to);
                        law.advance(to);
                    }
                    if (random.nextInt(5) > 0) {
                        Envelope envelope =
                                commands.next(id -> law.agents.containsKey(id) ? law.agents.get(id).version : 0);
                        told += envelope;
                        assertThat(answer(centre.apply(envelope))).as("answer").isEqualTo(law.apply(envelope));
                    }
                    if (random.nextInt(3) > 0) {
                        // Otherwise several changes reach the index together.
                        index.publish(centre);
                        compareIndex(index, law);
                    }
                    compareState(centre, law, random);
                    assertThat(events).as("events").isEqualTo(law.events);
                    events.clear();
                    law.events.clear();
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError(told, e);
                }
            }
        }
    }

    /** Often a deadline, one millisecond before it or after it; sometimes days later. */
    private static long later(LawfulCentre law, Random random) {
        Long deadline = law.nextDeadline();
        return switch (random.nextInt(deadline == null ? 4 : 9)) {
            case 0 -> law.now + random.nextInt(3);
            case 1, 2 -> law.now + random.nextInt(90_000);
            case 3 -> law.now + random.nextInt(random.nextInt(40) == 0 ? 100_000_000 : 1_200_000);
            case 4, 5 -> Math.max(law.now, deadline - 1);
            case 6 -> deadline + 1;
            default -> deadline;
        };
    }

    private static void compareState(ContactCentre centre, LawfulCentre law, Random random) {
        assertThat(centre.now()).as("time").isEqualTo(law.now);
        assertThat(centre.nextDeadline())
                .as("next deadline")
                .isEqualTo(law.nextDeadline() == null ? Long.MAX_VALUE : law.nextDeadline());
        assertThat(centre.agents().stream().map(AgentState::id).sorted().toList())
                .isEqualTo(List.copyOf(law.agents.keySet()));
        assertThat(new TreeMap<>(centre.catalogue().profiles())).isEqualTo(law.profiles);
        for (LawfulCentre.Agent expected : law.agents.values()) {
            compare(centre.agent(expected.id), expected, centre, law);
        }
        int chosen = random.nextInt(10);
        for (LawfulCentre.Agent agent : law.agents.values()) {
            if (agent.id.endsWith("" + chosen)) {
                for (String queue : law.queues.keySet()) {
                    for (Capability capability : Capability.values()) {
                        assertThat(names(centre.exclusions(centre.agent(agent.id), queue, capability)))
                                .as("why %s takes no %s of %s", agent.id, capability, queue)
                                .isEqualTo(law.exclusions(agent, queue, capability));
                    }
                }
            }
        }
    }

    private static void compare(AgentState agent, LawfulCentre.Agent expected, ContactCentre centre, LawfulCentre law) {
        String id = expected.id;
        List<String> status = new ArrayList<>(List.of(agent.verdict().status().name()));
        status.addAll(names(agent.verdict().reasons()));
        assertThat(status).as("status of %s", id).isEqualTo(law.status(expected));
        assertThat(agent.ready()).as("ready of %s", id).isEqualTo(expected.ready);
        assertThat(agent.notReadyReason()).as("reason of %s", id).isEqualTo(expected.reason);
        assertThat(agent.profile()).as("profile of %s", id).isEqualTo(expected.profile);
        assertThat(agent.profileEnd() == null ? null : (Long) agent.profileEnd().at())
                .as("end of the profile of %s", id)
                .isEqualTo(expected.profileEnd);
        assertThat(new TreeSet<>(agent.queues())).as("queues of %s", id).isEqualTo(expected.queues);
        assertThat(agent.capabilities()).as("capabilities of %s", id).isEqualTo(expected.capabilities);
        assertThat(agent.idleSince()).as("idle since of %s", id).isEqualTo(expected.idleSince);
        assertThat(agent.version()).as("version of %s", id).isEqualTo(expected.version);
        assertThat(agent.verdict().directChat()).as("direct chat with %s", id).isEqualTo(law.directChat(expected));
        ProfileDefinition profile =
                agent.profile() == null ? null : centre.catalogue().profileInUse(agent.profile());
        assertThat(Timers.of(agent, profile).stream()
                        .map(timer -> timer.kind() + " " + timer.startedAt()
                                + (timer.conversation() == null
                                        ? ""
                                        : " " + timer.conversation().id()))
                        .sorted()
                        .toList())
                .as("timers of %s", id)
                .isEqualTo(law.timers(expected));
        for (Capability capability : Capability.values()) {
            assertThat(names(agent.verdict().transferRefusals(capability)))
                    .as("why nothing on %s is transferred to %s", capability, id)
                    .isEqualTo(law.transferRefusals(expected, capability));
        }
    }

    private static void compareIndex(PresenceIndex index, LawfulCentre law) {
        for (Capability capability : Capability.values()) {
            for (String queue : law.queues.keySet()) {
                assertThat(places(index.eligible(queue, capability)))
                        .as("eligible for %s on %s", queue, capability)
                        .isEqualTo(law.eligible(queue, capability));
            }
            assertThat(places(index.transferTargets(capability)))
                    .as("transfer targets on %s", capability)
                    .isEqualTo(law.transferTargets(capability));
        }
        for (String queue : law.queues.keySet()) {
            assertThat(List.copyOf(index.members(queue)))
                    .as("members of %s", queue)
                    .isEqualTo(law.agents.values().stream()
                            .filter(agent -> agent.queues.contains(queue))
                            .map(agent -> agent.id)
                            .toList());
        }
        for (int queue = 0; queue < 6; queue++) {
            if (!law.queues.containsKey("q" + queue)) {
                assertThat(index.eligible("q" + queue, Capability.CHAT))
                        .as("no answer for a queue that is not")
                        .isNull();
            }
        }
    }

    private static List<Place> places(Ranking ranking) {
        return StreamSupport.stream(ranking.spliterator(), false)
                .map((Candidate it) -> new Place(it.agent(), it.rank(), it.load(), it.idleSince()))
                .toList();
    }

    private static String answer(Outcome outcome) {
        return outcome.refused() ? outcome.code().name() : outcome.kind().name();
    }

    private static List<String> names(List<? extends Enum<?>> constants) {
        return constants.stream().map(Enum::name).toList();
    }

    private static void note(PresenceEvent event, List<String> events) {
        if (event instanceof PresenceEvent.StateChanged changed) {
            if (!changed.statusChanged()) {
                return;
            }
            List<String> status = new ArrayList<>(Arrays.asList(changed.status().name()));
            status.addAll(names(changed.reasons()));
            events.add("status " + changed.agent() + " " + status + " " + changed.at());
        } else if (event instanceof PresenceEvent.ProfileExpired expired) {
            events.add("expired " + expired.agent() + " " + expired.profile() + " " + expired.at());
        } else if (event instanceof PresenceEvent.QueuesChanged queues) {
            events.add("queues " + queues.agent() + " +" + queues.joined() + " -" + queues.left() + " " + queues.at());
        } else if (event instanceof PresenceEvent.ConnectionLost lost) {
            events.add("lost " + lost.agent() + " " + lost.at());
        }
    }
}
