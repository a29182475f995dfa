package presence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static presence.journal.Entries.append;
import static presence.journal.Failures.failureOf;
import static presence.journal.JournalException.Code.JOURNAL_DAMAGED;
import static presence.journal.JournalException.Code.JOURNAL_MISCONFIGURED;
import static presence.journal.JournalException.Code.JOURNAL_NEWER;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which databases a program may use. */
class MigrationsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void a_database_of_a_newer_program_is_refused_and_not_touched(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        try (Journal journal = database.open()) {
            append(journal, 1, 1);
        }
        database.execute("""
                insert into flyway_schema_history
                    (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                values (99, '12', 'later', 'SQL', 'V12__later.sql', 1, 'presence', 1, true)
                """);
        String writerBefore = writer(database);

        JournalException failure = failureOf(database::open);

        assertThat(failure.code()).isEqualTo(JOURNAL_NEWER);
        assertThat(failure)
                .hasMessageStartingWith("The database ")
                .hasMessageContaining("is of a newer version, 12, than this program")
                .hasMessageContaining("which knows versions up to 1.");
        assertThat(writer(database)).isEqualTo(writerBefore);
    }

    private static String writer(TestDatabase database) throws Exception {
        try (var connection = database.connect();
                var token = connection.createStatement().executeQuery("select token from journal_writer")) {
            token.next();
            return token.getString(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_database_of_another_program_is_refused_and_not_touched(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        database.execute("create table recipe (name varchar(10))");

        JournalException failure = failureOf(database::open);

        assertThat(failure.code()).isEqualTo(JOURNAL_MISCONFIGURED);
        assertThat(failure).hasMessageContaining("Maybe database.url names a database of another program");
        assertThat(Entries.count(database, "recipe")).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void tables_made_by_other_scripts_are_refused(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        database.open().close();
        database.execute("update flyway_schema_history set checksum = 7 where version = '1'");

        JournalException failure = failureOf(database::open);

        assertThat(failure.code()).isEqualTo(JOURNAL_DAMAGED);
        assertThat(failure).hasMessageContaining("were made by other scripts than this program's");
    }
}
