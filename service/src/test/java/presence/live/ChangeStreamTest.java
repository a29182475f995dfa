package presence.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.dropwizard.util.Duration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import presence.TestRules;
import presence.api.BadInput;
import presence.command.AgentDefinition;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.ErrorCode;
import presence.command.QueueDefinition;
import presence.command.RulesRelease;
import presence.facts.Capability;
import presence.facts.Channel;
import presence.index.PresenceIndex;
import presence.index.Ranking;
import presence.journal.FaultyJournal;
import presence.journal.JournalException;
import presence.journal.TestDatabases;
import presence.loop.Chronicle;
import presence.loop.LoopConfiguration;
import presence.loop.MovedClock;
import presence.loop.PresenceLoop;
import presence.loop.Submission;
import presence.loop.Unavailable;
import presence.state.RuleSource;

/** The stream over a real loop, rules and journal, with subscribers who take what they are sent when the test says so. */
@Timeout(120)
class ChangeStreamTest {
    private static final List<String> QUEUES = List.of("q1", "q2", "q3");
    private static final int HISTORY = 200;

    @TempDir
    private Path folder;

    private final MovedClock clock = new MovedClock("2026-03-02T08:00:00Z");
    private FaultyJournal journal;
    private PresenceLoop loop;
    private Turns turns;
    private ChangeStream stream;

    @BeforeEach
    void start() throws JournalException {
        journal = new FaultyJournal(TestDatabases.SQLITE.fresh(folder).open());
        begin();
        QUEUES.forEach(queue -> run(new Command.PutQueue(new QueueDefinition(queue, queue, false))));
    }

    private void begin() throws JournalException {
        begin(Duration.minutes(5));
    }

    private void begin(Duration keepAlive) throws JournalException {
        turns = new Turns();
        loop = new PresenceLoop(
                RuleSource.always(TestRules.SHIPPED),
                journal,
                LoopConfiguration.defaults(),
                turns,
                Chronicle.NONE,
                clock);
        stream = new ChangeStream(new StreamConfiguration(20, keepAlive, HISTORY), turns, loop, clock);
        loop.start();
        stream.start();
    }

    @AfterEach
    void stop() {
        stream.close();
        loop.close();
        journal.close();
    }

    private void run(Command... commands) {
        Submission submission = Submission.of(
                java.util.Arrays.stream(commands).map(Envelope::of).toList());
        loop.submit(submission);
        submission.outcomes().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static Command agent(String id, List<String> queues) {
        return new Command.PutAgent(
                new AgentDefinition(id, id, java.time.ZoneOffset.UTC, queues, EnumSet.allOf(Capability.class)));
    }

    private static StreamFilter everything() {
        return new StreamFilter(Set.of(), Set.of(), MessageKind.choice());
    }

    private Listener listener(StreamFilter filter) {
        Listener listener = new Listener(filter);
        listener.connect(stream);
        return listener;
    }

    /** Takes until it has heard so many of this kind. */
    private static void hear(Listener listener, String kind, int times) {
        await().pollInterval(java.time.Duration.ofMillis(1)).until(() -> {
            listener.take();
            return listener.heard.stream().filter(kind::equals).count() >= times;
        });
    }

    /** Takes until the listener's picture is the index's. */
    private void hearAll(Listener listener, String why) {
        AtomicReference<Object> shown = new AtomicReference<>();
        try {
            await().pollInterval(java.time.Duration.ofMillis(1))
                    .atMost(java.time.Duration.ofSeconds(20))
                    .until(() -> {
                        while (listener.take()) {
                            // There may be more.
                        }
                        shown.set(listener.agents + " " + listener.staffed);
                        return listener.complete() && shown.get().equals(expected(listener.filter));
                    });
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            assertThat(shown.get()).as(why).isEqualTo(expected(listener.filter));
            throw e;
        }
    }

    private String expected(StreamFilter filter) {
        PresenceIndex index = loop.index();
        Map<String, Long> agents = new TreeMap<>();
        if (filter.kinds().contains(MessageKind.PRESENCE)) {
            index.agentsAfter("").forEach(agent -> {
                if (filter.shows(agent)) {
                    agents.put(agent.id(), agent.version());
                }
            });
        }
        Set<String> staffed = new TreeSet<>();
        for (String queue : QUEUES) {
            for (Channel channel : Channel.values()) {
                Ranking eligible = index.eligible(queue, channel.capability());
                if (filter.kinds().contains(MessageKind.STAFFING)
                        && filter.staffing(queue)
                        && eligible != null
                        && !eligible.isEmpty()
                        && index.catalogue().policy().handles(channel)) {
                    staffed.add(queue + " " + channel);
                }
            }
        }
        return agents + " " + staffed;
    }

    // --- whatever happens

    private Command anything(Random random, int agents) {
        String id = "a" + random.nextInt(agents);
        String queue = QUEUES.get(random.nextInt(QUEUES.size()));
        String conversation = "c" + random.nextInt(20);
        return switch (random.nextInt(14)) {
            case 0 -> agent(id, List.of(queue));
            case 1 -> random.nextInt(4) > 0 ? agent(id, List.of()) : new Command.DeleteAgent(id);
            case 2, 3 -> new Command.SignIn(id);
            case 4 -> new Command.SignOut(id);
            case 5, 6, 7 -> new Command.Ready(id, null);
            case 8 -> new Command.NotReady(id, null);
            case 9, 10 -> new Command.JoinQueue(id, queue);
            case 11 -> new Command.LeaveQueue(id, queue);
            case 12 -> new Command.StartConversation(conversation, id, Channel.PHONE, queue, false);
            default -> new Command.HandleConversation(conversation);
        };
    }

    private static StreamFilter anyFilter(Random random) {
        Set<String> queues = random.nextInt(3) == 0 ? Set.of(QUEUES.get(random.nextInt(2)), "q3") : Set.of();
        Set<String> agents = random.nextInt(4) == 0 ? Set.of("a1", "a2", "a177") : Set.of();
        Set<MessageKind> kinds = random.nextInt(4) == 0
                ? Set.of(MessageKind.PRESENCE, MessageKind.AGENT_DELETED)
                : random.nextInt(6) == 0 ? Set.of(MessageKind.STAFFING) : MessageKind.choice();
        return new StreamFilter(queues, agents, kinds);
    }

    @Test
    void whatever_happens_every_subscriber_ends_with_the_picture_that_questions_give_and_no_version_goes_back() {
        long seed = Long.getLong("presence.seed", System.nanoTime());
        Random random = new Random(seed);
        int agents = 250;
        List<Listener> listeners = new ArrayList<>();
        int cuts = 0;
        for (int step = 0; step < 2_000; step++) {
            if (step % 100 == 0) {
                listeners.add(listener(anyFilter(random)));
            }
            Command[] batch = IntStream.range(0, 1 + random.nextInt(random.nextInt(10) == 0 ? 300 : 5))
                    .mapToObj(i -> anything(random, agents))
                    .toArray(Command[]::new);
            run(batch);
            for (int i = 0; i < listeners.size(); i++) {
                Listener listener = listeners.get(i);
                // The first take everything at once, the last hardly anything.
                if (random.nextInt(1 + i * i) == 0) {
                    listener.take();
                }
                if (random.nextInt(200) == 0 && listener.cut()) {
                    cuts++;
                    listener.connect(stream);
                }
            }
        }
        for (Listener listener : listeners) {
            hearAll(listener, "seed " + seed + ", " + listener.filter);
        }
        assertThat(stream.resyncs()).as("seed %s", seed).isGreaterThan(10);
        assertThat(cuts).as("seed %s", seed).isGreaterThan(20);
    }

    // --- one thing each

    @Test
    void who_comes_back_hears_what_was_missed_and_no_snapshot() {
        run(agent("anna", List.of("q1")));
        Listener listener = listener(everything());
        hearAll(listener, "the beginning");
        run(new Command.SignIn("anna"));
        hear(listener, "PRESENCE", 1);
        run(new Command.Ready("anna", null));
        await().until(listener::cut);
        run(new Command.NotReady("anna", null));
        listener.heard.clear();

        listener.connect(stream);

        hear(listener, "PRESENCE", 2);
        assertThat(listener.heard).doesNotContain("SNAPSHOT", "RESYNC");
        hearAll(listener, "what was missed");
    }

    @Test
    void who_takes_nothing_holds_nobody_up_and_begins_anew() {
        run(agent("anna", List.of("q1")));
        Listener slow = listener(everything());
        Listener quick = listener(everything());
        hearAll(slow, "the beginning");
        hearAll(quick, "the beginning");
        for (int i = 0; i < HISTORY; i++) {
            run(new Command.SignIn("anna"));
            run(new Command.SignOut("anna"));
            hear(quick, "PRESENCE", 2 * i + 2);
        }
        assertThat(quick.resyncs()).isZero();

        hearAll(slow, "after a snapshot");

        assertThat(slow.resyncs()).isEqualTo(1);
        assertThat(slow.heard).hasSizeLessThan(HISTORY);
    }

    @Test
    void a_snapshot_of_many_comes_in_parts_and_what_becomes_of_those_shown_meanwhile_comes_between() {
        run(IntStream.range(100, 450).mapToObj(i -> agent("a" + i, List.of())).toArray(Command[]::new));
        Listener listener = listener(everything());
        hear(listener, "SNAPSHOT", 1);
        run(new Command.SignIn("a100"), new Command.SignIn("a449"));
        run(new Command.DeleteAgent("a101"), new Command.DeleteAgent("a448"));

        hearAll(listener, "the snapshot");

        assertThat(listener.heard.stream().filter("SNAPSHOT"::equals)).hasSizeBetween(4, 5);
        assertThat(listener.heard.stream().filter("PRESENCE"::equals))
                .as("the one who had been shown; the other was shown as he is")
                .hasSize(1);
        assertThat(listener.heard.stream().filter("AGENT_DELETED"::equals)).hasSize(1);
    }

    @Test
    void who_subscribes_after_an_answer_finds_it_in_the_snapshot() {
        hearAll(listener(everything()), "somebody listens all the time");
        for (int i = 0; i < 200; i++) {
            run(agent("a" + i, List.of("q1")));
            Listener listener = listener(new StreamFilter(Set.of("q1"), Set.of(), MessageKind.choice()));
            await().pollInterval(java.time.Duration.ofMillis(1)).until(() -> {
                listener.take();
                return listener.complete();
            });
            assertThat(listener.agents).as("agent %s", i).containsKey("a" + i);
            turns.released(release(i));
            await().pollInterval(java.time.Duration.ofMillis(1)).until(listener::cut);
        }
    }

    @Test
    void a_state_that_was_read_anew_is_a_snapshot_for_everybody() {
        run(agent("anna", List.of("q1")), agent("ben", List.of("q1")));
        run(new Command.SignIn("anna"));
        Listener listener = listener(everything());
        hearAll(listener, "the beginning");
        journal.loseTheNextAnswer();
        assertThatExceptionOfType(Exception.class).isThrownBy(() -> run(new Command.Ready("anna", null)));
        // The time goes on, so that the entry that did arrive comes too late to be applied as if nothing was.
        clock.move(java.time.Duration.ofSeconds(5));
        await().until(() -> loop.index().publishedAt() >= clock.millis());
        journal.back();
        await().until(() -> {
            clock.move(java.time.Duration.ofMillis(300));
            return loop.journalFault().isEmpty();
        });

        hear(listener, "RESYNC", 1);
        hearAll(listener, "the state read anew");
        run(new Command.SignIn("ben"));
        hearAll(listener, "and on from there");
    }

    private static PresenceLoop.Released release(int number) {
        return new PresenceLoop.Released(new RulesRelease(number, "abc"), TestRules.SHIPPED);
    }

    @Test
    void other_rules_are_told_to_those_who_listen_and_to_those_who_come() {
        Listener listener = listener(everything());
        hear(listener, "RULES_RELEASE", 1);
        turns.released(release(2));
        hear(listener, "RULES_RELEASE", 2);
        hear(listener(everything()), "RULES_RELEASE", 1);
    }

    @Test
    void ids_grow_over_a_restart_even_when_the_clock_was_set_back() throws Exception {
        run(agent("anna", List.of()));
        clock.move(java.time.Duration.ofHours(1));
        run(new Command.SignIn("anna"));
        Listener listener = listener(everything());
        hearAll(listener, "before");
        long before = listener.lastId();
        stream.close();
        assertThat(listener.over()).as("the stream ends when the service does").isTrue();
        loop.close();
        clock.move(java.time.Duration.ofHours(-1));
        begin();

        listener.connect(stream);

        hear(listener, "RESYNC", 1);
        hearAll(listener, "after");
        assertThat(listener.lastId()).isGreaterThan(before);
    }

    @Test
    void an_id_from_the_future_is_refused_and_counts_for_no_subscriber() {
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> stream.subscribe(everything(), Long.MAX_VALUE, new NoOutlet()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.FUTURE_EVENT_ID));
        assertThat(stream.subscribers()).isZero();
    }

    @Test
    void no_more_subscribers_than_there_may_be_and_who_goes_makes_room() {
        List<Listener> listeners =
                IntStream.range(0, 20).mapToObj(i -> listener(everything())).toList();
        assertThatExceptionOfType(Unavailable.class)
                .isThrownBy(() -> listener(everything()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_MANY_STREAMS));
        await().until(listeners.get(3)::cut);
        hear(listener(everything()), "SNAPSHOT", 1);
        assertThat(stream.subscribers()).isEqualTo(20);
    }

    @Test
    void who_is_known_no_longer_is_sent_away_even_while_there_is_always_something_to_tell() throws Exception {
        stream.close();
        loop.close();
        begin(Duration.seconds(1));
        run(agent("anna", List.of("q1")));
        Listener gone = listener(everything());
        Listener known = listener(everything());
        hearAll(gone, "before");
        hearAll(known, "before");

        gone.nobodyKnowsIt();

        await().until(() -> {
            run(new Command.SignIn("anna"), new Command.SignOut("anna"));
            gone.take();
            known.take();
            return gone.over();
        });
        hearAll(known, "the others stay");
    }

    private static final class NoOutlet implements Outlet {
        @Override
        public void send(List<byte[]> texts, java.util.function.Consumer<Throwable> sent) {
            throw new AssertionError("nothing is to be sent");
        }

        @Override
        public boolean mayStay() {
            return true;
        }

        @Override
        public void end() {}

        @Override
        public void cut() {}
    }
}
