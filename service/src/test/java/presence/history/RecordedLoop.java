package presence.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import presence.TestRules;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.Outcome;
import presence.engine.RuleBook;
import presence.index.PresenceIndex;
import presence.journal.FaultyJournal;
import presence.journal.JournalException;
import presence.journal.TestDatabase;
import presence.loop.LoopConfiguration;
import presence.loop.LoopObserver;
import presence.loop.MovedClock;
import presence.loop.PresenceLoop;
import presence.loop.Submission;
import presence.records.RecordsDatabase;
import presence.state.RuleSource;

/** A loop on a real journal whose events are recorded in real tables, with a clock that the test moves. */
final class RecordedLoop implements AutoCloseable {
    private final MovedClock clock;
    private final FaultyJournal journal;
    final RecordsDatabase records;
    final HistoryChronicle chronicle;
    final PresenceLoop loop;
    final History history;

    RecordedLoop(TestDatabase database, MovedClock clock) throws Exception {
        this(database, database, clock, HistoryConfiguration.defaults(), TestRules.SHIPPED);
    }

    RecordedLoop(TestDatabase database, MovedClock clock, HistoryConfiguration configuration) throws Exception {
        this(database, database, clock, configuration, TestRules.SHIPPED);
    }

    /** The journal in one database, what is recorded in another. */
    RecordedLoop(
            TestDatabase journals,
            TestDatabase recorded,
            MovedClock clock,
            HistoryConfiguration configuration,
            RuleBook rules)
            throws Exception {
        this.clock = clock;
        journal = new FaultyJournal(journals.open());
        records = RecordsDatabase.open(recorded.configuration());
        chronicle = new HistoryChronicle(records, configuration, List.of(), clock);
        loop = new PresenceLoop(
                RuleSource.always(rules), journal, snapshotEvery(1_000), LoopObserver.NONE, chronicle, clock);
        chronicle.begin(loop.index(), loop.told(), rules.hash());
        history = new History(records, chronicle);
        loop.start();
    }

    private static LoopConfiguration snapshotEvery(int commands) {
        return new LoopConfiguration(20_000, 20_000, commands, io.dropwizard.util.Duration.days(30));
    }

    List<Outcome> submit(Command... commands) {
        return submit(Arrays.stream(commands).map(Envelope::of).toList());
    }

    List<Outcome> submit(List<Envelope> commands) {
        Submission submission = Submission.of(commands);
        loop.submit(submission);
        return submission.outcomes().orTimeout(20, TimeUnit.SECONDS).join();
    }

    PresenceIndex index() {
        return loop.index();
    }

    /** Moves the clock and waits until the loop has seen it. */
    void move(Duration by) {
        clock.move(by);
        long now = clock.millis();
        org.awaitility.Awaitility.await()
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(20))
                .until(() -> loop.index().publishedAt() >= now);
    }

    /** Every interval of the agent in the period, a small page at a time. */
    List<Interval> intervals(String agent, long from, long to) throws Exception {
        List<Interval> intervals = new ArrayList<>();
        History.Place place = null;
        do {
            History.Intervals page = history.intervals(agent, from, to, place, 7);
            intervals.addAll(page.intervals());
            place = page.next();
        } while (place != null);
        return intervals;
    }

    /** As a kill does: nothing is finished, nothing more is recorded or reaches the journal. */
    void kill() {
        chronicle.abandon();
        journal.away(JournalException.Code.JOURNAL_TAKEN_OVER);
        loop.close();
        records.close();
        journal.close();
    }

    @Override
    public void close() {
        loop.close();
        chronicle.close();
        records.close();
        journal.close();
    }
}
