package presence.journal;

import java.util.function.Consumer;

/** A complete snapshot. It holds no connection open; any thread may use it. */
public interface SnapshotReader {

    /** The last entry whose effect the snapshot holds, 0 when it holds none. */
    long coversNumber();

    /** The time of the state it holds, in milliseconds since 1970-01-01T00:00Z. */
    long atEpochMilli();

    /** How many parts it has, 0 or more. */
    int parts();

    /**
     * Hands the parts to the reader, in the order in which they were written, one in memory at a time.
     *
     * @throws JournalException fatal when a part is missing or damaged
     */
    void read(Consumer<byte[]> reader) throws JournalException;
}
