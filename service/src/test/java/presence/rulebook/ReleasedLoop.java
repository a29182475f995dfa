package presence.rulebook;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import presence.command.Command;
import presence.command.CommandType;
import presence.command.Envelope;
import presence.command.Outcome;
import presence.engine.RuleFile;
import presence.engine.RuleFiles;
import presence.journal.FaultyJournal;
import presence.journal.JournalException;
import presence.journal.TestDatabase;
import presence.loop.Chronicle;
import presence.loop.LoopConfiguration;
import presence.loop.LoopObserver;
import presence.loop.MovedClock;
import presence.loop.PresenceLoop;
import presence.loop.Submission;
import presence.records.RecordsDatabase;
import presence.records.RulesRecords;
import presence.state.AgentState;
import presence.state.Happening;

/** A loop on a real journal whose rules come from releases in real tables, with a clock that the test moves. */
final class ReleasedLoop implements AutoCloseable {
    /** The rules and scenarios of the program. */
    static final List<RuleFile> SHIPPED = Stream.concat(
                    RuleFiles.shipped().stream(), RuleFiles.shipped(RuleFiles.SCENARIOS).stream())
            .toList();

    final List<Happening> happenings = new CopyOnWriteArrayList<>();
    final List<PresenceLoop.Released> released = new CopyOnWriteArrayList<>();
    final RulesRecords rules;
    final Releases releases;
    final Rulebook rulebook;
    final PresenceLoop loop;
    final Activation activation;
    private final MovedClock clock;
    private final FaultyJournal journal;
    private final RecordsDatabase records;

    ReleasedLoop(TestDatabase database, MovedClock clock) throws Exception {
        this.clock = clock;
        journal = new FaultyJournal(database.open());
        records = RecordsDatabase.open(database.configuration());
        rules = new RulesRecords(records);
        releases = new Releases(rules, SHIPPED, clock);
        rulebook = new Rulebook(releases);
        loop = new PresenceLoop(
                rulebook,
                journal,
                new LoopConfiguration(20_000, 2_000, 40, io.dropwizard.util.Duration.days(30)),
                new Observer(),
                Chronicle.NONE,
                clock);
        activation = new Activation(releases, rulebook, loop);
        loop.start();
    }

    /** The program's files, with a text in one of them replaced. */
    static List<RuleFile> shippedBut(String path, String text, String by) {
        List<RuleFile> files = new ArrayList<>();
        for (RuleFile file : SHIPPED) {
            if (file.path().equals(path)) {
                if (!file.text().contains(text)) {
                    throw new IllegalArgumentException(text);
                }
                files.add(new RuleFile(path, file.text().replace(text, by)));
            } else {
                files.add(file);
            }
        }
        return files;
    }

    /** Makes a release, whatever a check would say of it. */
    Release release(List<RuleFile> files) throws Exception {
        Draft draft = releases.replaceDraft(files, 0, "vera", 0).orElseThrow();
        return releases.release(draft, "vera", "for a test", List.of(), number -> "{}")
                .orElseThrow();
    }

    List<Outcome> submit(Command... commands) {
        return submit(Arrays.stream(commands).map(Envelope::of).toList());
    }

    List<Outcome> submit(List<Envelope> commands) {
        Submission submission = Submission.of(commands);
        loop.submit(submission);
        return submission.outcomes().orTimeout(20, TimeUnit.SECONDS).join();
    }

    AgentState agent(String id) {
        return loop.index().agent(id);
    }

    /** Moves the clock and waits until the loop has seen it. */
    void move(Duration by) {
        clock.move(by);
        long now = clock.millis();
        await().pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(20))
                .until(() -> loop.index().publishedAt() >= now);
    }

    /** As a kill does: nothing is finished, nothing more reaches the journal. */
    void kill() {
        journal.away(JournalException.Code.JOURNAL_TAKEN_OVER);
        close();
    }

    @Override
    public void close() {
        activation.close();
        loop.close();
        records.close();
        journal.close();
    }

    private final class Observer implements LoopObserver {
        @Override
        public void applied(CommandType type, Outcome outcome) {}

        @Override
        public void happened(Happening happening) {
            happenings.add(happening);
        }

        @Override
        public void released(PresenceLoop.Released by) {
            released.add(by);
        }

        @Override
        public void turned(int commands, long journalNanos, long applyNanos, long publishNanos) {}
    }
}
