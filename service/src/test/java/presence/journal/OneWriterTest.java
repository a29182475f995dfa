package presence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static presence.journal.Entries.another;
import static presence.journal.Entries.append;
import static presence.journal.Entries.entriesAfter;
import static presence.journal.Entries.entry;
import static presence.journal.Failures.failureOf;
import static presence.journal.JournalException.Code.JOURNAL_TAKEN_OVER;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two processes never write to the same journal. */
class OneWriterTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void a_second_writer_is_refused_until_the_first_is_gone(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        try (Journal first = database.open()) {
            append(first, 1, 1);

            JournalException failure = failureOf(database::open);
            assertThat(failure.code()).isEqualTo(JOURNAL_TAKEN_OVER);
            assertThat(failure)
                    .hasMessageStartingWith("The database ")
                    .hasMessageContaining(database.configuration().url().replace("jdbc:sqlite:", ""))
                    .hasMessageContaining("is in use by");

            append(first, 2, 2);
        }

        // A server lets go of a lock a moment after the connection is closed.
        Awaitility.await().ignoreExceptions().untilAsserted(() -> {
            try (Journal second = database.open()) {
                assertThat(second.lastNumber()).isEqualTo(2);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void another_process_is_refused_as_well(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        Journal first = database.open();
        // Asking from this process must not make it lose its lock.
        failureOf(database::open);

        try (WritingProcess.Child other = WritingProcess.start(database)) {
            assertThat(other.nextLine())
                    .startsWith("failed JOURNAL_TAKEN_OVER")
                    .contains(
                            databases == TestDatabases.SQLITE
                                    ? "another process (process "
                                            + ProcessHandle.current().pid() + ")"
                                    : "another process (connected from 127.0.0.1");
            assertThat(other.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        first.close();
    }

    @ParameterizedTest
    @EnumSource
    void an_entry_written_by_somebody_else_stops_this_writer_for_good(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        try (Journal journal = database.open()) {
            append(journal, 1, 1);
            insert(database, another(2));

            assertThat(failureOf(() -> journal.append(entry(2))).code()).isEqualTo(JOURNAL_TAKEN_OVER);
            assertThat(failureOf(() -> journal.append(entry(2))).code()).isEqualTo(JOURNAL_TAKEN_OVER);
            assertThat(failureOf(journal::check).code()).isEqualTo(JOURNAL_TAKEN_OVER);
            assertThat(failureOf(() -> journal.prune(0)).code()).isEqualTo(JOURNAL_TAKEN_OVER);
            assertThat(entriesAfter(journal, 0)).containsExactly(entry(1), another(2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void even_the_very_same_entry_is_a_sign_of_another_writer_when_nothing_is_in_doubt(TestDatabases databases)
            throws Exception {
        TestDatabase database = databases.fresh(folder);
        try (Journal journal = database.open()) {
            insert(database, entry(1));

            assertThat(failureOf(() -> journal.append(entry(1))).code()).isEqualTo(JOURNAL_TAKEN_OVER);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_check_notices_that_another_became_the_writer(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        try (Journal journal = database.open()) {
            journal.check();
            database.execute("update journal_writer set token = 'another'");

            assertThat(failureOf(journal::check).code()).isEqualTo(JOURNAL_TAKEN_OVER);
            assertThat(failureOf(() -> journal.append(entry(1))).code()).isEqualTo(JOURNAL_TAKEN_OVER);
        }
    }

    @Test
    void who_lost_its_postgresql_connection_to_another_writer_stops() throws Exception {
        TestDatabase database = TestDatabases.POSTGRESQL.fresh(folder);
        try (Journal first = database.open()) {
            append(first, 1, 1);
            endConnectionsOf(database);
            try (Journal second = database.open()) {
                assertThat(failureOf(() -> first.append(entry(2))).code()).isEqualTo(JOURNAL_TAKEN_OVER);
                append(second, 2, 2);
            }
            assertThat(failureOf(() -> first.append(entry(2))).code()).isEqualTo(JOURNAL_TAKEN_OVER);
            assertThat(entriesAfter(first, 0)).containsExactly(entry(1), entry(2));
        }
    }

    static void endConnectionsOf(TestDatabase database) throws Exception {
        database.execute("""
                select pg_terminate_backend(pid, 5000) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid()
                """);
    }

    private static void insert(TestDatabase database, JournalEntry entry) throws Exception {
        try (Connection connection = database.connect();
                PreparedStatement insert =
                        connection.prepareStatement("insert into journal_entry values (?, ?, ?, ?, ?)")) {
            insert.setLong(1, entry.number());
            insert.setLong(2, entry.atEpochMilli());
            insert.setInt(3, entry.commands());
            insert.setBytes(4, entry.body());
            insert.setLong(5, Checksum.of(entry.number(), entry.atEpochMilli(), entry.commands(), entry.body()));
            insert.execute();
        }
    }
}
