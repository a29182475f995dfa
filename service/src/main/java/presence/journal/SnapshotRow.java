package presence.journal;

/** A row of {@code snapshot}: it stands for a complete snapshot. */
record SnapshotRow(long id, long coversNumber, long atEpochMilli, int parts) {}
