package presence.journal;

import org.jdbi.v3.core.mapper.reflect.JdbiConstructor;

/** A row of {@code journal_entry}. */
@SuppressWarnings("ArrayRecordComponent") // a row is never compared
record EntryRow(long number, long atEpochMilli, int commands, byte[] body, long checksum) {

    @JdbiConstructor
    EntryRow {}

    /** Whether the row is what was written for this entry. */
    boolean holds(JournalEntry entry) {
        return new JournalEntry(number, atEpochMilli, commands, body).equals(entry);
    }

    /**
     * The entry, once the checksum has shown that it is what was written.
     *
     * @throws JournalException fatal when it is not
     */
    JournalEntry entry(String database) throws JournalException {
        long found = Checksum.of(number, atEpochMilli, commands, body);
        if (found != checksum) {
            throw new JournalException(
                    JournalException.Code.JOURNAL_DAMAGED,
                    "Entry " + number + " in " + database + " is damaged: its checksum is " + found + ", expected "
                            + checksum + ". Maybe the disk is failing, or the row was edited by hand.");
        }
        return new JournalEntry(number, atEpochMilli, commands, body);
    }
}
