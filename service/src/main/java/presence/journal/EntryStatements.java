package presence.journal;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.FetchSize;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The statements on journal entries. */
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

    /** Few rows at a time, since a row may hold {@link JournalEntry#MAXIMUM_BODY_BYTES}. */
    @SqlQuery("select * from journal_entry where number > :afterNumber order by number")
    @RegisterConstructorMapper(EntryRow.class)
    @FetchSize(8)
    ResultIterator<EntryRow> entriesAfter(@Bind("afterNumber") long afterNumber);

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
}
