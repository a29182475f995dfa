package presence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static presence.journal.Entries.append;
import static presence.journal.Entries.entriesAfter;
import static presence.journal.Entries.entry;
import static presence.journal.Entries.snapshot;
import static presence.journal.Failures.failureOf;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may be forgotten, and what never. */
class PruneTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void without_a_snapshot_nothing_is_deleted(TestDatabases databases) throws Exception {
        try (Journal journal = databases.fresh(folder).open()) {
            append(journal, 1, 5);
            journal.beginSnapshot(5, 5000).close();

            journal.prune(Long.MAX_VALUE);

            assertThat(entriesAfter(journal, 0)).hasSize(5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_the_newest_snapshot_does_not_cover_stays(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        try (Journal journal = database.open()) {
            append(journal, 1, 10);
            snapshot(journal, 7, "state");

            journal.prune(Long.MAX_VALUE);

            assertThat(entriesAfter(journal, 7)).containsExactly(entry(8), entry(9), entry(10));
            assertThat(Entries.count(database, "journal_entry")).isEqualTo(3);
            assertThat(failureOf(() -> entriesAfter(journal, 6))).hasMessageContaining("The entries 7 to 7 are not");
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_young_enough_stays(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        try (Journal journal = database.open()) {
            append(journal, 1, 10);
            snapshot(journal, 10, "state");

            journal.prune(entry(4).atEpochMilli());

            assertThat(entriesAfter(journal, 3)).hasSize(7).startsWith(entry(4));
            assertThat(Entries.count(database, "journal_entry")).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_last_entry_stays_so_that_numbers_go_on_after_a_restart(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        try (Journal journal = database.open()) {
            append(journal, 1, 3);
            snapshot(journal, 3, "state");
            journal.prune(Long.MAX_VALUE);
            journal.prune(Long.MAX_VALUE);
        }

        try (Journal journal = database.open()) {
            assertThat(journal.lastNumber()).isEqualTo(3);
            assertThat(Entries.count(database, "journal_entry")).isEqualTo(1);
            append(journal, 4, 5);
            assertThat(entriesAfter(journal, 3)).containsExactly(entry(4), entry(5));
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_newest_two_snapshots_stay_and_no_part_of_another(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        try (Journal journal = database.open()) {
            append(journal, 1, 4);
            snapshot(journal, 1, "a", "b");
            snapshot(journal, 2, "c");
            snapshot(journal, 3, "d");
            snapshot(journal, 4, "e", "f");
            try (SnapshotWriter writing = journal.beginSnapshot(4, 4000)) {
                writing.part(new byte[] {1});
                journal.prune(0);
                assertThat(Entries.count(database, "snapshot")).isEqualTo(2);
                assertThat(Entries.count(database, "snapshot_part")).isEqualTo(4);
                writing.commit();
            }
            assertThat(journal.latestSnapshot().orElseThrow().coversNumber()).isEqualTo(4);
            assertThat(entriesAfter(journal, 0)).hasSize(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void many_and_large_entries_are_deleted_in_bites(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        try (Journal journal = database.open()) {
            append(journal, 1, 600);
            for (int number = 601; number <= 605; number++) {
                journal.append(new JournalEntry(number, number * 1000L, 1, new byte[3 << 20]));
            }
            append(journal, 606, 606);
            snapshot(journal, 606, "state");

            journal.prune(Long.MAX_VALUE);

            assertThat(Entries.count(database, "journal_entry")).isEqualTo(1);
        }
    }
}
