package presence.journal;

/** What names a row of {@code snapshot_part}. */
record SnapshotPartName(long snapshotId, int part) {}
