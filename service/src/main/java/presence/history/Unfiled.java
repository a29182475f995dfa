package presence.history;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import presence.records.RecordsDatabase;
import presence.records.RecordsException;
import presence.state.Happening;

/**
 * What is recorded and not filed under its agents yet. To file a row takes a place of its own in a large table, which in a
 * rush would take the disk from the journal; to put many rows down one after the other takes hardly anything. So in a rush
 * they are put down, and filed when it is over or somebody asks. For one thread, but for {@link #upTo}.
 */
final class Unfiled {
    private final RecordsDatabase records;
    private int parts;

    /** The number of the last event that is filed, while there are parts. */
    private volatile long filed;

    private volatile boolean any;

    Unfiled(RecordsDatabase records) throws RecordsException {
        this.records = records;
        parts = records.read(
                "read what is to be filed",
                handle -> handle.createQuery("select count(*) from records_unfiled")
                        .mapTo(Integer.class)
                        .one());
        any = parts > 0;
    }

    boolean any() {
        return any;
    }

    /**
     * Up to which event everything is filed.
     *
     * @param recorded the number of the last event recorded
     */
    long upTo(long recorded) {
        return any ? Math.min(filed, recorded) : recorded;
    }

    /** Puts down what happened, within a transaction; {@link #put} says that it is over. */
    void put(Handle handle, List<Happening> batch) {
        RowBytes rows = new RowBytes();
        batch.forEach(happening -> Rows.of(happening, rows));
        long last = batch.get(batch.size() - 1).number();
        // There already, if the answer to the transaction was lost.
        handle.execute(
                "insert into records_unfiled (last_number, content) values (?, ?) on conflict do nothing",
                last,
                rows.bytes());
    }

    /** What was put down last is durable. */
    void put(long before) {
        if (parts == 0) {
            filed = before;
        }
        parts++;
        any = true;
    }

    @SuppressWarnings("ArrayRecordComponent") // a row is never compared
    private record Part(long last, byte[] content) {}

    /** Files what was put down first. */
    void file() throws RecordsException {
        Optional<Part> filing = records.write("file what happened", this::fileFirst);
        // None, if the answer to the transaction that filed the last one was lost.
        parts = filing.isPresent() ? parts - 1 : 0;
        filing.ifPresent(part -> filed = part.last);
        any = parts > 0;
    }

    private Optional<Part> fileFirst(Handle handle) throws SQLException {
        Optional<Part> first = handle.createQuery(
                        "select last_number, content from records_unfiled order by last_number limit 1")
                .map((row, context) -> new Part(row.getLong(1), row.getBytes(2)))
                .findOne();
        if (first.isPresent()) {
            Part part = first.get();
            HistoryTables.write(handle, records.isPostgresql(), sheet -> RowBytes.read(part.content, sheet));
            handle.execute("delete from records_unfiled where last_number = ?", part.last);
        }
        return first;
    }
}
