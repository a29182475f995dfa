package presence.journal;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * The durable record of every accepted command, in order, and the snapshots that keep a restart short.
 *
 * <p>A journal has one writer: while it is open no other process can open it. Entries are numbered from 1 without gaps.
 *
 * <p><b>When a database is away</b> every method throws a {@link JournalException} that says whether it is worth trying
 * again ({@link JournalException#isTransient()}). Nothing needs to be reopened: the next call finds the database again.
 * After a fatal one every further {@code append}, {@code settle} and {@code check} throws the same again; the process
 * should end.
 *
 * <p><b>Threads.</b> {@link #append}, {@link #settle} and {@link #lastNumber} belong to one thread, the loop. Every other
 * method may be called from any thread, at the same time as those; one snapshot is written at a time.
 */
public interface Journal extends AutoCloseable {

    /**
     * Appends an entry and returns once it is durable: it survives a kill of this process, of the database, and a loss
     * of power.
     *
     * <p>When this throws a transient exception, the entry may be durable all the same: the answer to a commit can be
     * lost on its way. So before a different entry is appended, the failed one must be settled, in one of two ways:
     * append the very same entry again until that succeeds (it is then in the journal once), or call {@link #settle}.
     *
     * @param entry its number must be {@link #lastNumber()} + 1
     * @throws JournalException transient: database away, full, locked, read-only; fatal: another writer took over,
     *     acknowledged entries are gone, or the storage is damaged
     * @throws IllegalArgumentException when the number is not the next one
     * @throws IllegalStateException when another entry of this number has failed and is not settled
     */
    void append(JournalEntry entry) throws JournalException;

    /**
     * Finds out what became of the entry whose {@link #append} failed, for good: after {@code false} it can no longer
     * arrive late.
     *
     * @return true when it is in the journal; {@link #lastNumber()} is its number from now on. False when it is not, or
     *     when no append is in doubt
     * @throws JournalException when the database cannot tell yet; the entry stays in doubt
     */
    boolean settle() throws JournalException;

    /** The number of the last entry known to be durable, 0 when there is none. */
    long lastNumber();

    /**
     * Hands every entry after a number to the reader, in order, as it comes from the database: at most a few are in
     * memory at once. Entries appended meanwhile may or may not be seen.
     *
     * @param afterNumber 0 or more; the first entry read is the one after it
     * @param reader an exception it throws ends the reading and is passed on
     * @throws JournalException fatal when an entry is missing (pruned ones too) or damaged
     */
    void read(long afterNumber, Consumer<JournalEntry> reader) throws JournalException;

    /** The newest complete snapshot, or nothing. One that was never committed does not exist. */
    Optional<SnapshotReader> latestSnapshot() throws JournalException;

    /**
     * Begins a snapshot, to be written a part at a time. It exists once it is committed; closed before that, or cut off
     * by a crash, it never was.
     *
     * @param coversNumber the last entry whose effect the snapshot holds, 0 to {@link #lastNumber()}
     * @param atEpochMilli the time of the state it holds, in milliseconds since 1970-01-01T00:00Z
     * @throws IllegalStateException when another snapshot is being written
     */
    SnapshotWriter beginSnapshot(long coversNumber, long atEpochMilli) throws JournalException;

    /**
     * Makes room: deletes the entries that the newest complete snapshot covers and that are older than a time, then
     * every complete snapshot but the newest two, then what cut-off snapshots left behind. It works in small bites, so
     * that an append never waits for long. The last entry always stays.
     *
     * @param keepFromEpochMilli entries of this time or later stay, in milliseconds since 1970-01-01T00:00Z
     */
    void prune(long keepFromEpochMilli) throws JournalException;

    /**
     * Returns when the storage can be written right now: it makes a small durable change to find out.
     *
     * @throws JournalException what {@link #append} would say
     */
    void check() throws JournalException;

    /** Lets go of the storage, so that another process may open it. Never throws; a second call does nothing. */
    @Override
    void close();
}
