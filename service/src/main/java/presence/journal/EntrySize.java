package presence.journal;

/** How much room a row of {@code journal_entry} takes. */
record EntrySize(long number, long atEpochMilli, long bytes) {}
