package presence.journal;

/** A row of {@code snapshot_part}. */
@SuppressWarnings("ArrayRecordComponent") // a row is never compared
record SnapshotPartRow(long snapshotId, int part, byte[] body, long checksum) {}
