package presence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static presence.journal.Entries.append;
import static presence.journal.Entries.entriesAfter;
import static presence.journal.Entries.entry;
import static presence.journal.Entries.snapshot;
import static presence.journal.Failures.failureOf;
import static presence.journal.JournalException.Code.JOURNAL_DAMAGED;
import static presence.journal.JournalException.Code.JOURNAL_READ_ONLY;
import static presence.journal.JournalException.Code.JOURNAL_UNAVAILABLE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database that is away is reported, and when it comes back the journal goes on by itself with nothing lost. */
class DatabaseAwayTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void a_locked_database_is_waited_for_then_reported_then_used_again(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        try (Journal journal = database.open()) {
            append(journal, 1, 1);
            try (Connection other = database.connect();
                    Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute(
                        databases == TestDatabases.SQLITE
                                ? "update journal_writer set checks = checks"
                                : "lock table journal_entry, journal_writer in access exclusive mode");

                assertThat(failureOf(() -> journal.append(entry(2))).code()).isEqualTo(JOURNAL_UNAVAILABLE);
                assertThat(failureOf(journal::check).code()).isEqualTo(JOURNAL_UNAVAILABLE);
            }

            journal.check();
            append(journal, 2, 3);
            assertThat(entriesAfter(journal, 0)).containsExactly(entry(1), entry(2), entry(3));
        }
    }

    @Test
    void a_postgresql_server_restarted_between_two_entries_is_not_even_noticed() throws Exception {
        TestDatabase database = TestDatabases.POSTGRESQL.fresh(folder);
        try (Journal journal = database.open()) {
            append(journal, 1, 1);
            OneWriterTest.endConnectionsOf(database);
            append(journal, 2, 2);
            assertThat(entriesAfter(journal, 0)).containsExactly(entry(1), entry(2));
        }
    }

    @Test
    void a_postgresql_server_killed_while_it_is_written_to_comes_back_with_every_acknowledged_entry() throws Exception {
        try (TestDatabases.Server server = TestDatabases.Server.start(folder)) {
            TestDatabase database = server.fresh();
            try (Journal journal = database.open()) {
                append(journal, 1, 100);
                snapshot(journal, 50, "state");
                CompletableFuture<Void> killing = CompletableFuture.runAsync(() -> {
                    try {
                        server.kill();
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                });
                long number = appendUntilItFails(journal, 101);
                killing.join();
                assertThat(failureOf(() -> journal.append(entry(number))).isTransient())
                        .isTrue();
                assertThat(failureOf(journal::check).code()).isEqualTo(JOURNAL_UNAVAILABLE);
                assertThat(failureOf(() -> journal.read(0, entry -> {})).isTransient())
                        .isTrue();
                assertThat(failureOf(() -> journal.beginSnapshot(1, 1)).isTransient())
                        .isTrue();

                server.startAgain();

                Awaitility.await().ignoreExceptions().until(() -> {
                    journal.append(entry(number));
                    return true;
                });
                append(journal, number + 1, number + 100);
                snapshot(journal, number, "newer state");
                journal.check();
                assertThat(entriesAfter(journal, 0))
                        .hasSize((int) number + 100)
                        .allSatisfy(entry -> assertThat(entry).isEqualTo(entry(entry.number())));
            }
        }
    }

    private static long appendUntilItFails(Journal journal, long from) {
        for (long number = from; number < 1_000_000; number++) {
            try {
                journal.append(entry(number));
            } catch (JournalException e) {
                assertThat(e.isTransient()).isTrue();
                return number;
            }
        }
        throw new AssertionError("The server was to be killed long before.");
    }

    @Test
    void a_full_disk_refuses_and_room_on_it_is_all_that_sqlite_needs() throws Exception {
        // A small disk of its own, in a name space of its own, which an ordinary user may make as well.
        List<String> smallDisk = List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs -o size=8m tmpfs \"$0\" && head -c 4m /dev/zero > \"$0/filler\" && exec \"$@\"",
                folder.toString());
        assumeThat(new ProcessBuilder("unshare", "--user", "--map-root-user", "--mount", "true")
                        .start()
                        .waitFor())
                .as("user name spaces are allowed here")
                .isZero();
        TestDatabase database = TestDatabases.SQLITE.fresh(folder);

        try (WritingProcess.Child child = WritingProcess.start(
                smallDisk, System.getProperty("java.class.path"), database, 50_000, folder.resolve("filler"))) {
            String failure = child.lineBeginning("failed");
            assertThat(failure).startsWith("failed JOURNAL_FULL").contains("no room left");
            child.say("go on");
            long acknowledged = numberOf(child.lineBeginning("acknowledged"));
            child.lineBeginning("failed JOURNAL_FULL");
            child.say("stop");
            long found = numberOf(child.lineBeginning("found"));

            assertThat(found).isGreaterThan(acknowledged);
            assertThat(child.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static long numberOf(String line) {
        return Long.parseLong(line.substring(line.indexOf(' ') + 1));
    }

    @Test
    void a_sqlite_file_that_is_moved_away_takes_no_entry_until_it_is_back() throws Exception {
        TestDatabase database = TestDatabases.SQLITE.fresh(folder);
        Path elsewhere = folder.resolve("elsewhere");
        try (Journal journal = database.open()) {
            append(journal, 1, 2);
            Files.move(database.file(), elsewhere);

            assertThat(failureOf(() -> journal.append(entry(3))))
                    .hasMessageContaining("is not there any more")
                    .matches(JournalException::isTransient);
            assertThat(failureOf(journal::check).isTransient()).isTrue();
            assertThat(database.file()).doesNotExist();

            Files.move(elsewhere, database.file());
            append(journal, 3, 3);
            assertThat(entriesAfter(journal, 0)).containsExactly(entry(1), entry(2), entry(3));
        }
    }

    @Test
    void a_sqlite_file_that_cannot_be_written_is_reported_and_used_again_when_it_can() throws Exception {
        TestDatabase database = TestDatabases.SQLITE.fresh(folder);
        try (Journal journal = database.open()) {
            append(journal, 1, 1);
        }
        // A link to a place where nobody, not even root, can write stands for permissions taken away.
        try (Journal journal = database.open()) {
            Path elsewhere = folder.resolve("elsewhere");
            Files.move(database.file(), elsewhere);
            Files.createSymbolicLink(database.file(), Path.of("/proc/version"));

            JournalException failure = failureOf(() -> journal.append(entry(2)));
            assertThat(failure.code()).isIn(JOURNAL_READ_ONLY, JOURNAL_UNAVAILABLE);

            Files.delete(database.file());
            Files.move(elsewhere, database.file());
            append(journal, 2, 2);
            assertThat(entriesAfter(journal, 0)).containsExactly(entry(1), entry(2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void acknowledged_entries_that_are_gone_are_noticed_when_the_database_is_back(TestDatabases databases)
            throws Exception {
        TestDatabase real = databases.fresh(folder);
        LossyDatabase database = new LossyDatabase(real);
        try (Journal journal = database.open()) {
            append(journal, 1, 3);
            real.execute("delete from journal_entry where number = 3");
            database.lose(LossyDatabase.Loss.COMMAND);
            database.away(true);
            assertThat(failureOf(() -> journal.append(entry(4))).isTransient()).isTrue();
            database.away(false);

            JournalException failure = failureOf(() -> journal.append(entry(4)));

            assertThat(failure.code()).isEqualTo(JOURNAL_DAMAGED);
            assertThat(failure).hasMessageContaining("its last is 2, though 3 was acknowledged");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_process_killed_while_it_writes_leaves_every_acknowledged_entry(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        long acknowledged = 0;
        try (WritingProcess.Child child = WritingProcess.start(database)) {
            while (acknowledged < 200) {
                acknowledged = numberOf(child.lineBeginning("acknowledged"));
            }
            child.process().toHandle().destroyForcibly();
            String line = child.output().readLine();
            while (line != null) {
                acknowledged = line.matches("acknowledged \\d+") ? numberOf(line) : acknowledged;
                line = child.output().readLine();
            }
        }

        Journal[] journal = new Journal[1];
        // A server sees that the other process is gone after a moment.
        Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            journal[0] = database.open();
            return true;
        });
        try (Journal open = journal[0]) {
            assertThat(entriesAfter(open, 0))
                    .hasSizeGreaterThanOrEqualTo((int) acknowledged)
                    .allSatisfy(entry -> assertThat(entry).isEqualTo(WritingProcess.entry(entry.number(), 100)));
        }
    }
}
