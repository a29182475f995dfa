package presence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static presence.journal.Entries.append;
import static presence.journal.Entries.snapshot;
import static presence.journal.Failures.failureOf;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A snapshot is there whole or not at all. */
class SnapshotTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void a_snapshot_comes_back_with_its_parts_in_order(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        try (Journal journal = database.open()) {
            append(journal, 1, 3);
            snapshot(journal, 3, "one", "", "three");
        }

        try (Journal journal = database.open()) {
            SnapshotReader snapshot = journal.latestSnapshot().orElseThrow();
            assertThat(snapshot.coversNumber()).isEqualTo(3);
            assertThat(snapshot.atEpochMilli()).isEqualTo(3000);
            assertThat(snapshot.parts()).isEqualTo(3);
            assertThat(texts(snapshot)).containsExactly("one", "", "three");
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_newest_complete_snapshot_counts(TestDatabases databases) throws Exception {
        try (Journal journal = databases.fresh(folder).open()) {
            snapshot(journal, 0);
            assertThat(texts(journal.latestSnapshot().orElseThrow())).isEmpty();

            append(journal, 1, 5);
            snapshot(journal, 2, "older");
            snapshot(journal, 5, "newer");
            snapshot(journal, 4, "late but older");

            assertThat(texts(journal.latestSnapshot().orElseThrow())).containsExactly("newer");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_snapshot_that_was_cut_off_never_was(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        try (Journal journal = database.open()) {
            append(journal, 1, 2);
            snapshot(journal, 1, "whole");
            SnapshotWriter cutOff = journal.beginSnapshot(2, 2000);
            cutOff.part(bytes("torn"));
            assertThat(texts(journal.latestSnapshot().orElseThrow())).containsExactly("whole");
        }

        try (Journal journal = database.open()) {
            assertThat(texts(journal.latestSnapshot().orElseThrow())).containsExactly("whole");

            snapshot(journal, 2, "next");
            assertThat(texts(journal.latestSnapshot().orElseThrow())).containsExactly("next");
            assertThat(Entries.count(database, "snapshot_part")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_snapshot_whose_parts_went_missing_cannot_be_completed(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        try (Journal journal = database.open();
                SnapshotWriter snapshot = journal.beginSnapshot(0, 0)) {
            snapshot.part(bytes("one"));
            snapshot.part(bytes("two"));
            database.execute("delete from snapshot_part where part = 1");

            assertThat(failureOf(snapshot::commit).isTransient()).isFalse();
            assertThat(Entries.count(database, "snapshot")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_damaged_part_is_not_read_as_if_it_were_sound(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        try (Journal journal = database.open()) {
            snapshot(journal, 0, "one", "two");
            database.execute("update snapshot_part set checksum = checksum + 1 where part = 2");

            List<byte[]> read = new ArrayList<>();
            JournalException failure =
                    failureOf(() -> journal.latestSnapshot().orElseThrow().read(read::add));

            assertThat(failure.code()).isEqualTo(JournalException.Code.JOURNAL_DAMAGED);
            assertThat(failure).hasMessageStartingWith("Part 2 of 2 of the snapshot of entry 0");
            assertThat(read).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void one_snapshot_is_written_at_a_time_and_nothing_follows_its_commit(TestDatabases databases) throws Exception {
        try (Journal journal = databases.fresh(folder).open()) {
            SnapshotWriter first = journal.beginSnapshot(0, 0);
            assertThatIllegalStateException().isThrownBy(() -> journal.beginSnapshot(0, 0));
            first.close();

            SnapshotWriter second = journal.beginSnapshot(0, 0);
            second.commit();
            assertThatIllegalStateException().isThrownBy(() -> second.part(bytes("late")));
            assertThatIllegalStateException().isThrownBy(second::commit);

            // The one closed long ago does not end the one that is being written.
            SnapshotWriter third = journal.beginSnapshot(0, 0);
            first.close();
            second.close();
            assertThatIllegalStateException().isThrownBy(() -> journal.beginSnapshot(0, 0));
            third.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_snapshot_covers_no_entry_that_is_not_there(TestDatabases databases) throws Exception {
        try (Journal journal = databases.fresh(folder).open()) {
            append(journal, 1, 1);

            assertThatIllegalArgumentException().isThrownBy(() -> journal.beginSnapshot(2, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> journal.beginSnapshot(-1, 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void entries_are_appended_while_a_snapshot_is_written(TestDatabases databases) throws Exception {
        try (Journal journal = databases.fresh(folder).open()) {
            append(journal, 1, 1);
            try (SnapshotWriter snapshot = journal.beginSnapshot(1, 1000)) {
                Thread writing = new Thread(() -> {
                    try {
                        for (int part = 0; part < 50; part++) {
                            snapshot.part(new byte[64 << 10]);
                        }
                        snapshot.commit();
                    } catch (JournalException e) {
                        throw new IllegalStateException(e);
                    }
                });
                writing.start();
                append(journal, 2, 100);
                writing.join();
            }

            assertThat(journal.latestSnapshot().orElseThrow().parts()).isEqualTo(50);
            assertThat(Entries.entriesAfter(journal, 1)).hasSize(99);
        }
    }

    private static List<String> texts(SnapshotReader snapshot) throws JournalException {
        List<String> texts = new ArrayList<>();
        snapshot.read(part -> texts.add(new String(part, StandardCharsets.UTF_8)));
        return texts;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
