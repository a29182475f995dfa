package presence.journal;

import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The statements on the one row that names the writer. */
interface WriterStatements {

    @SqlUpdate("""
            insert into journal_writer (id, token, checks) values (1, :token, 0)
            on conflict (id) do update set token = excluded.token
            """)
    void become(@Bind("token") String token);

    @SqlQuery("select token from journal_writer where id = 1")
    Optional<String> token();

    @SqlUpdate("update journal_writer set checks = checks + 1 where id = 1 and token = :token")
    int check(@Bind("token") String token);
}
