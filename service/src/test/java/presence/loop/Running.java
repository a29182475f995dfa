package presence.loop;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import presence.TestRules;
import presence.command.Command;
import presence.command.CommandType;
import presence.command.Envelope;
import presence.command.Outcome;
import presence.index.PresenceIndex;
import presence.journal.FaultyJournal;
import presence.journal.JournalEntry;
import presence.journal.JournalException;
import presence.journal.TestDatabase;
import presence.state.AgentState;
import presence.state.Happening;
import presence.state.PresenceEvent;
import presence.state.RuleSource;

/** A loop on a real journal, with a clock that the test moves. */
final class Running implements AutoCloseable {
    final FaultyJournal journal;
    final PresenceLoop loop;
    final MovedClock clock;
    final List<PresenceEvent> events = new CopyOnWriteArrayList<>();
    final NotedChronicle noted = new NotedChronicle();

    Running(TestDatabase database, MovedClock clock) throws JournalException {
        this(database, clock, LoopConfiguration.defaults());
    }

    /** Not started yet. */
    Running(TestDatabase database, MovedClock clock, LoopConfiguration configuration) throws JournalException {
        this.clock = clock;
        journal = new FaultyJournal(database.open());
        loop = new PresenceLoop(
                RuleSource.always(TestRules.SHIPPED), journal, configuration, new Observer(), noted, clock);
    }

    Running start() {
        loop.start();
        return this;
    }

    static LoopConfiguration snapshotEvery(int commands) {
        return new LoopConfiguration(20_000, 2_000, commands, io.dropwizard.util.Duration.days(30));
    }

    /** Hands the commands in together and waits for their outcomes. */
    List<Outcome> submit(Command... commands) {
        return submitAll(Arrays.stream(commands).map(Envelope::of).toList());
    }

    Outcome submit(Envelope command) {
        return submitAll(List.of(command)).get(0);
    }

    List<Outcome> submitAll(List<Envelope> commands) {
        try {
            return handIn(commands).orTimeout(20, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Unavailable unavailable) {
                throw unavailable;
            }
            throw e;
        }
    }

    CompletableFuture<List<Outcome>> handIn(List<Envelope> commands) {
        Submission submission = Submission.of(commands);
        loop.submit(submission);
        return submission.outcomes();
    }

    CompletableFuture<List<Outcome>> handIn(Command command) {
        return handIn(List.of(Envelope.of(command)));
    }

    PresenceIndex index() {
        return loop.index();
    }

    AgentState agent(String id) {
        return loop.index().agent(id);
    }

    /** Moves the clock and waits until the loop has seen it. */
    void move(Duration by) {
        clock.move(by);
        catchUp();
    }

    void catchUp() {
        long now = clock.millis();
        await().pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(20))
                .until(() -> loop.index().publishedAt() >= now);
    }

    /** As a kill does: nothing is finished, nothing more reaches the journal. */
    void kill() {
        journal.away(JournalException.Code.JOURNAL_TAKEN_OVER);
        loop.close();
        journal.close();
    }

    static List<JournalEntry> entries(TestDatabase database) throws JournalException {
        try (var journal = database.open()) {
            List<JournalEntry> entries = new java.util.ArrayList<>();
            journal.read(0, entries::add);
            return entries;
        }
    }

    @Override
    public void close() {
        loop.close();
        journal.close();
    }

    private final class Observer implements LoopObserver {
        @Override
        public void applied(CommandType type, Outcome outcome) {}

        @Override
        public void happened(Happening happening) {
            events.add(happening.event());
        }

        @Override
        public void turned(int commands, long journalNanos, long applyNanos, long publishNanos) {}
    }
}
