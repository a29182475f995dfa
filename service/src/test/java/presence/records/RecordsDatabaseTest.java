package presence.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import presence.journal.TestDatabase;
import presence.journal.TestDatabases;

/** The records beside the journal, on both databases. */
class RecordsDatabaseTest {
    private static final String ADD = "insert into records_audit (at_epoch_milli, principal, roles, action, subject,"
            + " outcome, address, times) values (1, ?, '', '', '', '', '', 1)";

    @TempDir
    private Path folder;

    private static void add(RecordsDatabase records, String principal) throws RecordsException {
        records.change("add a row", handle -> handle.execute(ADD, principal));
    }

    private static List<String> principals(RecordsDatabase records) throws RecordsException {
        return records.read(
                "read the rows",
                handle -> handle.createQuery("select principal from records_audit order by number")
                        .mapTo(String.class)
                        .list());
    }

    @ParameterizedTest
    @EnumSource
    void what_was_written_is_there_when_they_are_opened_again(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        try (RecordsDatabase records = RecordsDatabase.open(database.configuration())) {
            add(records, "ann");
        }
        try (RecordsDatabase records = RecordsDatabase.open(database.configuration())) {
            assertThat(principals(records)).containsExactly("ann");
        }
    }

    @ParameterizedTest
    @EnumSource
    void work_that_fails_leaves_nothing(TestDatabases databases) throws Exception {
        try (RecordsDatabase records =
                RecordsDatabase.open(databases.fresh(folder).configuration())) {
            assertThatExceptionOfType(RecordsException.class)
                    .isThrownBy(() -> records.change("add two rows", handle -> {
                        handle.execute(ADD, "ann");
                        handle.execute("insert into records_nothing values (1)");
                    }))
                    .withMessageStartingWith("Could not add two rows in " + records.name() + ": ")
                    .withMessageNotContaining("\n");
            assertThat(principals(records)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void two_processes_may_write_while_the_journal_is_in_use(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        try (var journal = database.open();
                RecordsDatabase one = RecordsDatabase.open(database.configuration());
                RecordsDatabase other = RecordsDatabase.open(database.configuration())) {
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (RecordsDatabase records : List.of(one, other, one, other)) {
                writers.add(CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 20; i++) {
                        try {
                            add(records, "somebody");
                        } catch (RecordsException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                }));
            }
            writers.forEach(CompletableFuture::join);
            assertThat(principals(one)).hasSize(80);
            assertThat(journal.lastNumber()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void they_may_be_made_before_the_journal(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        try (RecordsDatabase records = RecordsDatabase.open(database.configuration())) {
            add(records, "ann");
        }
        database.open().close();
        try (var journal = database.open();
                RecordsDatabase records = RecordsDatabase.open(database.configuration())) {
            assertThat(journal.lastNumber()).isZero();
            assertThat(principals(records)).containsExactly("ann");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tables_of_a_newer_program_and_databases_of_others_are_refused(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        try (RecordsDatabase records = RecordsDatabase.open(database.configuration())) {
            records.change(
                    "pretend",
                    handle -> handle.execute("insert into records_schema_history (installed_rank,"
                            + " version, description, type, script, checksum, installed_by, execution_time, success)"
                            + " values (99, '9000', 'later', 'SQL', 'V9000__later.sql', 1, 'presence', 1, true)"));
        }
        assertThatExceptionOfType(RecordsException.class)
                .isThrownBy(() -> RecordsDatabase.open(database.configuration()).close())
                .withMessageContaining("are of a newer version, 9000,");
    }

    @Test
    void another_programs_postgresql_is_not_touched() throws Exception {
        TestDatabase database = TestDatabases.POSTGRESQL.fresh(folder);
        database.execute("create table recipe (name varchar(10))");

        assertThatExceptionOfType(RecordsException.class)
                .isThrownBy(() -> RecordsDatabase.open(database.configuration()).close())
                .withMessageContaining("Maybe database.url names a database of another program");
    }

    @Test
    void the_file_lies_beside_the_journals_and_is_nobody_elses() throws Exception {
        TestDatabase database = TestDatabases.SQLITE.fresh(folder.resolve("data"));
        try (RecordsDatabase records = RecordsDatabase.open(database.configuration())) {
            Path file = Path.of(records.name());
            assertThat(file.getFileName().toString()).matches("presence-\\d+\\.records\\.db");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void a_file_that_was_moved_is_missed_and_found_again() throws Exception {
        TestDatabase database = TestDatabases.SQLITE.fresh(folder);
        try (RecordsDatabase records = RecordsDatabase.open(database.configuration())) {
            add(records, "ann");
            records.read(
                    "settle",
                    handle -> handle.createQuery("pragma wal_checkpoint(truncate)")
                            .mapToMap()
                            .list());
            Path file = Path.of(records.name());
            Path away = file.resolveSibling("away");
            Files.move(file, away);
            assertThatExceptionOfType(RecordsException.class)
                    .isThrownBy(() -> add(records, "bob"))
                    .withMessageContaining("is not there any more");
            Files.move(away, file);
            add(records, "eve");
            assertThat(principals(records)).containsExactly("ann", "eve");
        }
    }
}
