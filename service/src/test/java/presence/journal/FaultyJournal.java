package presence.journal;

import java.util.Optional;
import java.util.function.Consumer;

/** A journal that fails when it is told to, around a real one. Set from the test's thread, used by the loop's. */
public final class FaultyJournal implements Journal {
    private final Journal journal;
    private volatile JournalException.Code away;
    private volatile boolean answerLost;
    private volatile boolean unanswered;
    private volatile boolean readFails;

    public FaultyJournal(Journal journal) {
        this.journal = journal;
    }

    /** From now on nothing is reached, and nothing is written. */
    public void away(JournalException.Code code) {
        away = code;
    }

    /** Everything is reached again. */
    public void back() {
        away = null;
    }

    /** The next entry becomes durable, and its commit is not answered; nothing is reached after that. */
    public void loseTheNextAnswer() {
        answerLost = true;
    }

    /** The next reading fails half-way. */
    public void failTheNextReading() {
        readFails = true;
    }

    private void reach() throws JournalException {
        JournalException.Code code = away;
        if (code != null) {
            throw new JournalException(code, "The journal is away for a test.");
        }
    }

    @Override
    public void append(JournalEntry entry) throws JournalException {
        reach();
        if (answerLost) {
            answerLost = false;
            journal.append(entry);
            unanswered = true;
            away = JournalException.Code.JOURNAL_UNAVAILABLE;
            reach();
        }
        journal.append(entry);
    }

    @Override
    public boolean settle() throws JournalException {
        reach();
        if (unanswered) {
            unanswered = false;
            return true;
        }
        return journal.settle();
    }

    @Override
    public long lastNumber() {
        return journal.lastNumber() - (unanswered ? 1 : 0);
    }

    @Override
    public void read(long afterNumber, Consumer<JournalEntry> reader) throws JournalException {
        reach();
        journal.read(afterNumber, reader);
        if (readFails) {
            readFails = false;
            throw new JournalException(
                    JournalException.Code.JOURNAL_UNAVAILABLE,
                    "The journal has gone away while it was read, for a test.");
        }
    }

    @Override
    public Optional<SnapshotReader> latestSnapshot() throws JournalException {
        reach();
        return journal.latestSnapshot();
    }

    @Override
    public SnapshotWriter beginSnapshot(long coversNumber, long atEpochMilli) throws JournalException {
        reach();
        return journal.beginSnapshot(coversNumber, atEpochMilli);
    }

    @Override
    public void prune(long keepFromEpochMilli) throws JournalException {
        reach();
        journal.prune(keepFromEpochMilli);
    }

    @Override
    public void check() throws JournalException {
        reach();
        journal.check();
    }

    @Override
    public void close() {
        journal.close();
    }
}
