package presence.journal;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The statements on journal entries. The rows are in here because members of an interface are public, as JDBI needs them. */
interface EntryStatements {

    @SqlUpdate("""
            insert into journal_entry (number, at_epoch_milli, commands, body, checksum)
            values (:number, :atEpochMilli, :commands, :body, :checksum)
            """)
    void insert(
            @Bind("number") long number,
            @Bind("atEpochMilli") long atEpochMilli,
            @Bind("commands") int commands,
            @Bind("body") byte[] body,
            @Bind("checksum") long checksum);

    @SqlQuery("select coalesce(max(number), 0) from journal_entry")
    long lastNumber();

    @SqlQuery("select * from journal_entry where number = :number")
    @RegisterConstructorMapper(EntryRow.class)
    Optional<EntryRow> entry(@Bind("number") long number);

    @SqlQuery("select * from journal_entry where number > :afterNumber and number <= :upToNumber order by number")
    @RegisterConstructorMapper(EntryRow.class)
    List<EntryRow> entries(@Bind("afterNumber") long afterNumber, @Bind("upToNumber") long upToNumber);

    @SqlQuery("""
            select number, at_epoch_milli, octet_length(body) as bytes from journal_entry
            where number > :afterNumber and number <= :upToNumber
            order by number
            limit :limit
            """)
    @RegisterConstructorMapper(EntrySize.class)
    List<EntrySize> sizes(
            @Bind("afterNumber") long afterNumber, @Bind("upToNumber") long upToNumber, @Bind("limit") int limit);

    @SqlUpdate("delete from journal_entry where number > :afterNumber and number <= :upToNumber")
    void delete(@Bind("afterNumber") long afterNumber, @Bind("upToNumber") long upToNumber);

    /** A row of {@code journal_entry}. */
    @SuppressWarnings("ArrayRecordComponent") // a row is never compared
    record EntryRow(long number, long atEpochMilli, int commands, byte[] body, long checksum) {

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

    /** How much room a row of {@code journal_entry} takes. */
    record EntrySize(long number, long atEpochMilli, long bytes) {}
}
