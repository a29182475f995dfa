package presence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static presence.journal.Entries.entriesAfter;
import static presence.journal.Entries.entry;
import static presence.journal.Failures.failureOf;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a journal promises while nothing goes wrong. */
class JournalTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void a_fresh_journal_is_empty(TestDatabases databases) throws Exception {
        try (Journal journal = databases.fresh(folder).open()) {
            assertThat(journal.lastNumber()).isZero();
            assertThat(entriesAfter(journal, 0)).isEmpty();
            assertThat(journal.latestSnapshot()).isEmpty();
            assertThat(journal.settle()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void entries_come_back_in_order_with_their_content(TestDatabases databases) throws Exception {
        try (Journal journal = databases.fresh(folder).open()) {
            List<JournalEntry> entries = new ArrayList<>();
            for (int number = 1; number <= 50; number++) {
                JournalEntry entry = entry(number);
                entries.add(entry);
                journal.append(entry);
                assertThat(journal.lastNumber()).isEqualTo(number);
            }

            assertThat(entriesAfter(journal, 0)).containsExactlyElementsOf(entries);
            assertThat(entriesAfter(journal, 47)).containsExactlyElementsOf(entries.subList(47, 50));
            assertThat(entriesAfter(journal, 50)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_restart_finds_every_entry_and_goes_on_after_the_last(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        try (Journal journal = database.open()) {
            journal.append(entry(1));
            journal.append(entry(2));
        }

        try (Journal journal = database.open()) {
            assertThat(journal.lastNumber()).isEqualTo(2);
            journal.append(entry(3));
            assertThat(entriesAfter(journal, 0)).containsExactly(entry(1), entry(2), entry(3));
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_entry_out_of_turn_is_refused_and_changes_nothing(TestDatabases databases) throws Exception {
        try (Journal journal = databases.fresh(folder).open()) {
            journal.append(entry(1));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> journal.append(entry(3)))
                    .withMessageContaining("next entry's number is 2, not 3");
            assertThatIllegalArgumentException().isThrownBy(() -> journal.append(entry(1)));

            assertThat(entriesAfter(journal, 0)).containsExactly(entry(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_body_may_be_empty_or_16_MiB(TestDatabases databases) throws Exception {
        byte[] large = new byte[16 << 20];
        new Random(7).nextBytes(large);
        try (Journal journal = databases.fresh(folder).open()) {
            journal.append(new JournalEntry(1, 5, 0, new byte[0]));
            journal.append(new JournalEntry(2, 6, 100_000, large));

            assertThat(entriesAfter(journal, 0))
                    .containsExactly(new JournalEntry(1, 5, 0, new byte[0]), new JournalEntry(2, 6, 100_000, large));
        }
    }

    @ParameterizedTest
    @EnumSource
    void reading_stops_when_the_reader_throws_and_the_journal_goes_on(TestDatabases databases) throws Exception {
        try (Journal journal = databases.fresh(folder).open()) {
            journal.append(entry(1));

            assertThatIllegalStateException()
                    .isThrownBy(() -> journal.read(0, entry -> {
                        throw new IllegalStateException("enough");
                    }))
                    .withMessage("enough");

            journal.append(entry(2));
            assertThat(entriesAfter(journal, 0)).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void more_than_fits_into_memory_is_read_all_the_same(TestDatabases databases) throws Exception {
        int bytes = 8 << 20;
        // The process reads everything once it is told to stop, with a heap of 256 MiB.
        try (WritingProcess.Child child = WritingProcess.start(
                List.of(),
                System.getProperty("java.class.path"),
                databases.fresh(folder),
                bytes,
                folder.resolve("no-such-file"))) {
            child.lineBeginning("acknowledged 40");
            child.say("stop");

            String found = child.lineBeginning("f");
            assertThat(found).matches("found [4-9]\\d");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_check_writes_without_leaving_an_entry(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        try (Journal journal = database.open()) {
            journal.check();
            journal.check();

            assertThat(journal.lastNumber()).isZero();
            assertThat(entriesAfter(journal, 0)).isEmpty();
            try (var connection = database.connect();
                    var checks = connection.createStatement().executeQuery("select checks from journal_writer")) {
                assertThat(checks.next()).isTrue();
                assertThat(checks.getInt(1)).isEqualTo(2);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_closed_journal_does_nothing_more(TestDatabases databases) throws Exception {
        Journal journal = databases.fresh(folder).open();
        journal.close();
        journal.close();

        assertThatIllegalStateException().isThrownBy(() -> journal.append(entry(1)));
    }

    @ParameterizedTest
    @EnumSource
    void a_damaged_entry_is_not_read_as_if_it_were_sound(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        try (Journal journal = database.open()) {
            journal.append(entry(1));
            journal.append(entry(2));
            database.execute("update journal_entry set at_epoch_milli = at_epoch_milli + 1 where number = 2");

            JournalException failure = failureOf(() -> journal.read(0, entry -> {}));

            assertThat(failure.code()).isEqualTo(JournalException.Code.JOURNAL_DAMAGED);
            assertThat(failure).hasMessageStartingWith("Entry 2 in ").hasMessageContaining("is damaged");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_missing_entry_is_noticed(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        try (Journal journal = database.open()) {
            for (int number = 1; number <= 5; number++) {
                journal.append(entry(number));
            }
            database.execute("delete from journal_entry where number in (3, 4)");
            assertThat(failureOf(() -> journal.read(0, entry -> {})))
                    .hasMessageStartingWith("The entries 3 to 4 are not");

            database.execute("delete from journal_entry where number = 5");
            assertThat(failureOf(() -> journal.read(2, entry -> {})))
                    .hasMessageStartingWith("The entries 3 to 5 are not");
            assertThat(failureOf(() -> journal.read(6, entry -> {}))).hasMessageContaining("its last is 5");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_password_is_in_no_text(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        byte[] text = (database.configuration()
                        + database.configuration().database().name())
                .getBytes(StandardCharsets.UTF_8);

        assertThat(new String(text, StandardCharsets.UTF_8)).doesNotContain(TestDatabases.Server.PASSWORD);
    }
}
