package presence.journal;

/** A snapshot being written. One thread at a time uses it. */
public interface SnapshotWriter extends AutoCloseable {

    /** The largest part, in bytes: 16 MiB. Parts of 256 KiB to 1 MiB keep appends waiting the least. */
    int MAXIMUM_PART_BYTES = 16 << 20;

    /**
     * Adds the next part and returns once it is stored. After an exception the snapshot can only be closed; begin
     * another one later.
     */
    void part(byte[] body) throws JournalException;

    /** Makes the snapshot complete and durable, in one commit. Nothing can be added to it afterwards. */
    void commit() throws JournalException;

    /** Ends the writing. Without a commit the snapshot never was. Never throws. */
    @Override
    void close();
}
