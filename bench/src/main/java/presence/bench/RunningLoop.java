package presence.bench;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import presence.command.Envelope;
import presence.command.Outcome;
import presence.engine.RuleBook;
import presence.index.PresenceIndex;
import presence.journal.Journal;
import presence.journal.JournalConfiguration;
import presence.loop.Chronicle;
import presence.loop.LoopConfiguration;
import presence.loop.LoopObserver;
import presence.loop.PresenceLoop;
import presence.loop.Submission;
import presence.state.RuleSource;

/** The loop as the server runs it, on a SQLite journal of its own, without HTTP. */
final class RunningLoop implements AutoCloseable {
    private static final int TOGETHER = 1_000;

    private final Scratch scratch = new Scratch();
    private final Journal journal;
    private final PresenceLoop loop;

    RunningLoop(LoopObserver observer, Clock clock) throws Exception {
        journal = JournalConfiguration.of("jdbc:sqlite:" + scratch.path("presence.db"), null, null, null, null)
                .open();
        loop = new PresenceLoop(
                RuleSource.always(RuleBook.shipped()),
                journal,
                LoopConfiguration.defaults(),
                observer,
                Chronicle.NONE,
                clock);
        loop.start();
    }

    PresenceIndex index() {
        return loop.index();
    }

    PresenceLoop loop() {
        return loop;
    }

    /** Takes commands in, and returns once all of them are durable and visible. A refused one is a fault. */
    void load(List<String> lines) {
        apply(lines.stream().map(Fleet::read).toList());
    }

    private void apply(List<Envelope> commands) {
        List<CompletableFuture<List<Outcome>>> answers = new ArrayList<>();
        for (int from = 0; from < commands.size(); from += TOGETHER) {
            Submission submission = Submission.of(commands.subList(from, Math.min(from + TOGETHER, commands.size())));
            loop.submit(submission);
            answers.add(submission.outcomes());
            if (answers.size() == 10) {
                // No more than the loop's queue takes.
                check(answers.remove(0).join());
            }
        }
        answers.forEach(answer -> check(answer.join()));
    }

    /** Takes commands in as one sender would, and returns once they are answered, be they refused or not. */
    int applyWhatever(List<Envelope> commands) {
        List<CompletableFuture<List<Outcome>>> answers = new ArrayList<>();
        for (int from = 0; from < commands.size(); from += TOGETHER) {
            Submission submission = Submission.of(commands.subList(from, Math.min(from + TOGETHER, commands.size())));
            loop.submit(submission);
            answers.add(submission.outcomes());
        }
        return answers.stream().mapToInt(answer -> answer.join().size()).sum();
    }

    private static void check(List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            if (outcome.refused()) {
                throw new IllegalStateException("A command was refused: " + outcome);
            }
        }
    }

    @Override
    public void close() {
        loop.close();
        journal.close();
        scratch.close();
    }
}
