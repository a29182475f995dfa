package presence.journal;

import static presence.journal.JournalException.Code.JOURNAL_DAMAGED;
import static presence.journal.JournalException.Code.JOURNAL_MISCONFIGURED;
import static presence.journal.JournalException.Code.JOURNAL_TAKEN_OVER;
import static presence.journal.JournalException.Code.JOURNAL_UNAVAILABLE;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import presence.journal.EntryStatements.EntryRow;
import presence.journal.EntryStatements.EntrySize;
import presence.journal.SnapshotStatements.SnapshotPartName;
import presence.journal.SnapshotStatements.SnapshotPartRow;
import presence.journal.SnapshotStatements.SnapshotRow;

/**
 * The journal in a relational database: a row for each entry, committed by itself.
 *
 * <p>Two writers are kept apart three times over: by the database's lock, by the name of the writer in
 * {@code journal_writer}, and by the primary key of {@code journal_entry}.
 */
final class DatabaseJournal implements Journal {

    /** How much is deleted by one commit, or read into memory at once; a single entry may be larger. */
    private static final int BITE_ROWS = 256;

    private static final long BITE_BYTES = 4 << 20;

    private static final int SNAPSHOTS_KEPT = 2;

    private final Database database;
    private final Access writer;
    private final Access maintenance;
    private final AtomicLong snapshotBeingWritten = new AtomicLong();
    private final AtomicBoolean snapshotBegun = new AtomicBoolean();
    private volatile boolean opened;
    private volatile long lastNumber;
    private volatile @Nullable JournalException fatal;

    /** The entry whose append failed, until it is known whether it is in the journal. The loop's alone. */
    private @Nullable JournalEntry inDoubt;

    private DatabaseJournal(Database database) {
        this.database = database;
        writer = new Access(database, database.writerLock(), database::connectWriter, this::welcomeWriter);
        maintenance = new Access(database, database.maintenanceLock(), database::connect, this::welcome);
    }

    /**
     * Becomes the writer, brings the tables up to date and finds the last entry.
     *
     * @throws JournalException in any other case; the database is then closed
     */
    static DatabaseJournal open(Database database) throws JournalException {
        DatabaseJournal journal = new DatabaseJournal(database);
        try {
            journal.writer.use("read the last entry", handle -> true);
            journal.opened = true;
            return journal;
        } catch (JournalException | RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    /** A new connection to append with: is what it leads to still ours, and did the entry in doubt get in? */
    private void welcomeWriter(Handle handle) throws JournalException {
        EntryStatements entries = handle.attach(EntryStatements.class);
        WriterStatements writers = handle.attach(WriterStatements.class);
        if (!opened) {
            new Migrations(database).apply();
            writers.become(database.token());
            lastNumber = entries.lastNumber();
            return;
        }
        long found = entries.lastNumber();
        JournalEntry doubtful = inDoubt;
        if (doubtful != null
                && found == doubtful.number()
                && entries.entry(found).filter(row -> row.holds(doubtful)).isPresent()) {
            lastNumber = found;
            inDoubt = null;
        } else if (found > lastNumber) {
            throw takenOver("it holds entry " + found + ", though " + lastNumber + " was the last one of this process");
        } else if (found < lastNumber) {
            throw new JournalException(
                    JOURNAL_DAMAGED,
                    "The database " + database.name() + " has lost entries: its last is " + found + ", though "
                            + lastNumber + " was acknowledged. Maybe it was restored from a backup.");
        }
        requireToken(writers.token().orElse(""));
    }

    /** A new connection for anything else. */
    private void welcome(Handle handle) throws JournalException {
        requireToken(handle.attach(WriterStatements.class).token().orElse(""));
    }

    private void requireToken(String token) throws JournalException {
        if (!token.equals(database.token())) {
            throw takenOver("another process has become its writer");
        }
    }

    private JournalException takenOver(String sign) {
        return new JournalException(
                JOURNAL_TAKEN_OVER,
                "The database " + database.name() + " was taken over: " + sign
                        + ". Only one process at a time may write to it. Maybe stop the other one.");
    }

    @Override
    public void append(JournalEntry entry) throws JournalException {
        JournalEntry doubtful = inDoubt;
        if (doubtful != null) {
            if (!doubtful.equals(entry)) {
                throw new IllegalStateException(
                        entry + " cannot be appended before " + doubtful + " is settled, whose append failed.");
            }
            if (settle()) {
                return;
            }
        }
        if (entry.number() != lastNumber + 1) {
            throw new IllegalArgumentException("The next entry's number is " + (lastNumber + 1) + ", not "
                    + entry.number() + ". Maybe an entry was appended twice.");
        }
        boolean idleBefore = writer.isOpen();
        try {
            insert(entry);
        } catch (JournalException e) {
            if (!idleBefore || !database.isBrokenConnection(e)) {
                throw e;
            }
            // The database was restarted since the last entry and may well be there again.
            if (!settle()) {
                insert(entry);
            }
        }
    }

    private void insert(JournalEntry entry) throws JournalException {
        long checksum = Checksum.of(entry.number(), entry.atEpochMilli(), entry.commands(), entry.body());
        act(writer, "append entry " + entry.number(), handle -> {
            inDoubt = entry;
            try {
                handle.attach(EntryStatements.class)
                        .insert(entry.number(), entry.atEpochMilli(), entry.commands(), entry.body(), checksum);
            } catch (JdbiException e) {
                if (e.getCause() instanceof SQLException cause && database.isDuplicateKey(cause)) {
                    throw takenOver("it holds an entry " + entry.number() + " that this process did not write");
                }
                throw e;
            }
        });
        lastNumber = entry.number();
        inDoubt = null;
    }

    @Override
    public boolean settle() throws JournalException {
        JournalEntry doubtful = inDoubt;
        if (doubtful == null) {
            return false;
        }
        // The failure closed the connection, so this opens another one, whose welcome looks for the entry.
        act(writer, "settle entry " + doubtful.number(), handle -> {});
        inDoubt = null;
        return lastNumber == doubtful.number();
    }

    @Override
    public long lastNumber() {
        return lastNumber;
    }

    @Override
    public void check() throws JournalException {
        act(maintenance, "write", handle -> {
            if (handle.attach(WriterStatements.class).check(database.token()) != 1) {
                throw takenOver("another process has become its writer");
            }
        });
    }

    /** Does what a journal that was taken over or damaged must never do again. */
    private <T> T ask(Access access, String doing, Access.Work<T> work) throws JournalException {
        JournalException before = fatal;
        if (before != null) {
            throw new JournalException(before.code(), before.getMessage(), before);
        }
        try {
            return access.use(doing, work);
        } catch (JournalException e) {
            if (e.code() == JOURNAL_MISCONFIGURED) {
                // It was right when the journal was opened: somebody changed it there, and may change it back.
                throw new JournalException(JOURNAL_UNAVAILABLE, e.getMessage(), e);
            }
            if (!e.isTransient()) {
                fatal = e;
            }
            throw e;
        }
    }

    private void act(Access access, String doing, Access.Action action) throws JournalException {
        ask(access, doing, asWork(action));
    }

    private static Access.Work<Boolean> asWork(Access.Action action) {
        return handle -> {
            action.with(handle);
            return true;
        };
    }

    @Override
    public void read(long afterNumber, Consumer<JournalEntry> reader) throws JournalException {
        long last = lastNumber;
        if (afterNumber > last) {
            throw new JournalException(
                    JOURNAL_DAMAGED,
                    "The database " + database.name() + " was asked for the entries after " + afterNumber
                            + ", but its last is " + last
                            + ". Maybe its entries and its snapshots are not of one backup.");
        }
        reading("read the entries after " + afterNumber, handle -> {
            EntryStatements entries = handle.attach(EntryStatements.class);
            long next = afterNumber + 1;
            long upTo = biteOf(entries.sizes(afterNumber, Long.MAX_VALUE, BITE_ROWS), Long.MAX_VALUE);
            while (upTo > 0) {
                for (EntryRow row : entries.entries(next - 1, upTo)) {
                    if (row.number() != next) {
                        throw missing(next, row.number() - 1);
                    }
                    reader.accept(row.entry(database.name()));
                    next++;
                }
                upTo = biteOf(entries.sizes(upTo, Long.MAX_VALUE, BITE_ROWS), Long.MAX_VALUE);
            }
            if (next <= last) {
                throw missing(next, last);
            }
        });
    }

    private JournalException missing(long first, long last) {
        return new JournalException(
                JOURNAL_DAMAGED,
                "The entries " + first + " to " + last + " are not in the database " + database.name()
                        + ". Maybe they were pruned: start from the newest snapshot.");
    }

    /** With a connection of its own, so that nobody waits for it. */
    private void reading(String doing, Access.Action action) throws JournalException {
        try (Access access = new Access(database, new ReentrantLock(), database::connect, handle -> {})) {
            access.use(doing, asWork(action));
        }
    }

    @Override
    public Optional<SnapshotReader> latestSnapshot() throws JournalException {
        return completeSnapshots().stream().findFirst().map(StoredSnapshot::new);
    }

    private List<SnapshotRow> completeSnapshots() throws JournalException {
        return ask(
                maintenance,
                "look for snapshots",
                handle -> handle.attach(SnapshotStatements.class).complete());
    }

    @Override
    public SnapshotWriter beginSnapshot(long coversNumber, long atEpochMilli) throws JournalException {
        if (coversNumber < 0 || coversNumber > lastNumber) {
            throw new IllegalArgumentException(
                    "A snapshot covers an entry from 0 to " + lastNumber + ", not " + coversNumber + ".");
        }
        if (!snapshotBegun.compareAndSet(false, true)) {
            throw new IllegalStateException("Another snapshot is being written. Maybe it was not closed.");
        }
        boolean begun = false;
        try {
            deleteOrphans();
            long id = ask(
                    maintenance,
                    "begin a snapshot",
                    handle -> handle.attach(SnapshotStatements.class).nextId());
            snapshotBeingWritten.set(id);
            begun = true;
            return new GrowingSnapshot(id, coversNumber, atEpochMilli);
        } finally {
            if (!begun) {
                snapshotBegun.set(false);
            }
        }
    }

    @Override
    public void prune(long keepFromEpochMilli) throws JournalException {
        List<SnapshotRow> snapshots = completeSnapshots();
        if (snapshots.isEmpty()) {
            return;
        }
        long upToNumber = Math.min(snapshots.get(0).coversNumber(), lastNumber - 1);
        long afterNumber = 0;
        boolean more = true;
        while (more) {
            long after = afterNumber;
            List<EntrySize> sizes = ask(
                    maintenance,
                    "look for old entries",
                    handle -> handle.attach(EntryStatements.class).sizes(after, upToNumber, BITE_ROWS));
            long biteUpTo = biteOf(sizes, keepFromEpochMilli);
            more = biteUpTo > 0;
            if (more) {
                act(maintenance, "delete old entries", handle -> {
                    handle.attach(EntryStatements.class).delete(after, biteUpTo);
                });
                afterNumber = biteUpTo;
            }
        }
        for (SnapshotRow old : snapshots.subList(Math.min(SNAPSHOTS_KEPT, snapshots.size()), snapshots.size())) {
            // Without its head it is no snapshot any more, and its parts are orphans.
            act(maintenance, "delete an old snapshot", handle -> {
                handle.attach(SnapshotStatements.class).deleteHead(old.id());
            });
        }
        deleteOrphans();
    }

    /** The last of the entries, all of them older than a time, that make one bite; 0 when there is none. */
    private static long biteOf(List<EntrySize> sizes, long beforeEpochMilli) {
        long upTo = 0;
        long bytes = 0;
        for (EntrySize entry : sizes) {
            bytes += entry.bytes();
            if (entry.atEpochMilli() >= beforeEpochMilli || (upTo > 0 && bytes > BITE_BYTES)) {
                break;
            }
            upTo = entry.number();
        }
        return upTo;
    }

    private void deleteOrphans() throws JournalException {
        boolean more = true;
        while (more) {
            more = ask(maintenance, "delete parts of old snapshots", handle -> {
                SnapshotStatements snapshots = handle.attach(SnapshotStatements.class);
                Optional<SnapshotPartName> orphan = snapshots.orphan(snapshotBeingWritten.get());
                orphan.ifPresent(part -> snapshots.deletePart(part.snapshotId(), part.part()));
                return orphan.isPresent();
            });
        }
    }

    @Override
    public void close() {
        writer.close();
        maintenance.close();
        database.close();
    }

    /** A complete snapshot, known by its head. */
    private final class StoredSnapshot implements SnapshotReader {

        private final SnapshotRow head;

        StoredSnapshot(SnapshotRow head) {
            this.head = head;
        }

        @Override
        public long coversNumber() {
            return head.coversNumber();
        }

        @Override
        public long atEpochMilli() {
            return head.atEpochMilli();
        }

        @Override
        public int parts() {
            return head.parts();
        }

        @Override
        public void read(Consumer<byte[]> reader) throws JournalException {
            reading("read the snapshot of entry " + head.coversNumber(), handle -> {
                SnapshotStatements snapshots = handle.attach(SnapshotStatements.class);
                for (int part = 1; part <= head.parts(); part++) {
                    reader.accept(soundPart(snapshots.part(head.id(), part), part));
                }
            });
        }

        private byte[] soundPart(Optional<SnapshotPartRow> row, int part) throws JournalException {
            SnapshotPartRow found = row.orElse(null);
            if (found == null || Checksum.of(head.id(), head.coversNumber(), part, found.body()) != found.checksum()) {
                throw new JournalException(
                        JOURNAL_DAMAGED,
                        "Part " + part + " of " + head.parts() + " of the snapshot of entry " + head.coversNumber()
                                + " in " + database.name() + " is " + (found == null ? "missing" : "damaged")
                                + ". Maybe the disk is failing, or the row was edited by hand.");
            }
            return found.body();
        }
    }

    /** A snapshot that is being written. */
    private final class GrowingSnapshot implements SnapshotWriter {

        private final long id;
        private final long coversNumber;
        private final long atEpochMilli;
        private int parts;
        private boolean open = true;
        private boolean failed;

        GrowingSnapshot(long id, long coversNumber, long atEpochMilli) {
            this.id = id;
            this.coversNumber = coversNumber;
            this.atEpochMilli = atEpochMilli;
        }

        @Override
        public void part(byte[] body) throws JournalException {
            if (body.length > MAXIMUM_PART_BYTES) {
                throw new IllegalArgumentException(
                        "A part of a snapshot has at most " + MAXIMUM_PART_BYTES + " bytes, not " + body.length + ".");
            }
            int part = parts + 1;
            write("write part " + part + " of a snapshot", snapshots -> {
                snapshots.insertPart(id, part, body, Checksum.of(id, coversNumber, part, body));
                return true;
            });
            parts = part;
        }

        @Override
        public void commit() throws JournalException {
            write("complete a snapshot", snapshots -> snapshots.insertHead(id, coversNumber, atEpochMilli, parts) == 1);
            close();
        }

        private void write(String doing, Predicate<SnapshotStatements> statement) throws JournalException {
            if (!open || failed) {
                throw new IllegalStateException(
                        "Nothing can be added to a snapshot that is complete, closed or failed.");
            }
            failed = true;
            act(maintenance, doing, handle -> {
                if (!statement.test(handle.attach(SnapshotStatements.class))) {
                    throw takenOver("parts of a snapshot were deleted while it was being written");
                }
            });
            failed = false;
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                snapshotBeingWritten.set(0);
                snapshotBegun.set(false);
            }
        }
    }
}
