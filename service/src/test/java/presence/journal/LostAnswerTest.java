package presence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static presence.journal.Entries.another;
import static presence.journal.Entries.append;
import static presence.journal.Entries.entriesAfter;
import static presence.journal.Entries.entry;
import static presence.journal.Failures.failureOf;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import presence.journal.LossyDatabase.Loss;

/** An entry whose append failed is in the journal once, or not at all, and the loop can tell which. */
class LostAnswerTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void an_entry_that_got_in_unheard_is_in_once_after_it_is_appended_again(TestDatabases databases) throws Exception {
        LossyDatabase database = new LossyDatabase(databases.fresh(folder));
        try (Journal journal = database.open()) {
            append(journal, 1, 1);
            fail(database, journal, Loss.ANSWER, entry(2));
            assertThat(journal.lastNumber()).isEqualTo(1);

            append(journal, 2, 3);

            assertThat(journal.lastNumber()).isEqualTo(3);
            assertThat(entriesAfter(journal, 0)).containsExactly(entry(1), entry(2), entry(3));
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_entry_that_never_arrived_is_in_once_after_it_is_appended_again(TestDatabases databases) throws Exception {
        LossyDatabase database = new LossyDatabase(databases.fresh(folder));
        try (Journal journal = database.open()) {
            append(journal, 1, 1);
            fail(database, journal, Loss.COMMAND, entry(2));

            append(journal, 2, 3);

            assertThat(entriesAfter(journal, 0)).containsExactly(entry(1), entry(2), entry(3));
        }
    }

    @ParameterizedTest
    @EnumSource
    void settling_tells_that_an_entry_got_in(TestDatabases databases) throws Exception {
        LossyDatabase database = new LossyDatabase(databases.fresh(folder));
        try (Journal journal = database.open()) {
            fail(database, journal, Loss.ANSWER, entry(1));

            assertThat(journal.settle()).isTrue();
            assertThat(journal.lastNumber()).isEqualTo(1);
            assertThat(journal.settle()).isFalse();
            append(journal, 2, 2);
            assertThat(entriesAfter(journal, 0)).containsExactly(entry(1), entry(2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void settling_tells_that_an_entry_did_not_get_in_and_another_may_take_its_number(TestDatabases databases)
            throws Exception {
        LossyDatabase database = new LossyDatabase(databases.fresh(folder));
        try (Journal journal = database.open()) {
            fail(database, journal, Loss.COMMAND, entry(1));

            assertThat(journal.settle()).isFalse();
            journal.append(another(1));

            assertThat(entriesAfter(journal, 0)).containsExactly(another(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void no_other_entry_takes_the_number_of_one_in_doubt(TestDatabases databases) throws Exception {
        LossyDatabase database = new LossyDatabase(databases.fresh(folder));
        try (Journal journal = database.open()) {
            fail(database, journal, Loss.ANSWER, entry(1));

            assertThatIllegalStateException().isThrownBy(() -> journal.append(another(1)));

            assertThat(journal.settle()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_entry_stays_in_doubt_while_the_database_cannot_tell(TestDatabases databases) throws Exception {
        LossyDatabase database = new LossyDatabase(databases.fresh(folder));
        try (Journal journal = database.open()) {
            fail(database, journal, Loss.ANSWER, entry(1));

            database.away(true);
            assertThat(failureOf(journal::settle).isTransient()).isTrue();
            assertThat(failureOf(() -> journal.append(entry(1))).isTransient()).isTrue();
            assertThatIllegalStateException().isThrownBy(() -> journal.append(another(1)));

            database.away(false);
            append(journal, 1, 2);
            assertThat(entriesAfter(journal, 0)).containsExactly(entry(1), entry(2));
        }
    }

    @Test
    void a_postgresql_connection_that_breaks_is_replaced_without_anybody_noticing() throws Exception {
        LossyDatabase database = new LossyDatabase(TestDatabases.POSTGRESQL.fresh(folder));
        try (Journal journal = database.open()) {
            database.lose(Loss.ANSWER);
            append(journal, 1, 2);
            database.lose(Loss.COMMAND);
            append(journal, 3, 4);

            assertThat(entriesAfter(journal, 0)).containsExactly(entry(1), entry(2), entry(3), entry(4));
        }
    }

    @Test
    void an_old_postgresql_connection_of_ours_that_the_server_has_not_missed_is_ended_there() throws Exception {
        LossyDatabase database = new LossyDatabase(TestDatabases.POSTGRESQL.fresh(folder));
        try (Journal journal = database.open()) {
            database.linger(true);
            fail(database, journal, Loss.ANSWER, entry(1));
            database.linger(false);

            assertThat(journal.settle()).isTrue();
            append(journal, 2, 2);

            assertThat(entriesAfter(journal, 0)).containsExactly(entry(1), entry(2));
        }
    }

    private static void fail(LossyDatabase database, Journal journal, Loss loss, JournalEntry entry) {
        database.lose(loss);
        database.away(true);
        assertThat(failureOf(() -> journal.append(entry)).isTransient()).isTrue();
        database.away(false);
    }
}
