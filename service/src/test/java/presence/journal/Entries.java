package presence.journal;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Entries for tests: what an entry holds follows from its number, and one is a second after the other. */
final class Entries {

    private Entries() {}

    static JournalEntry entry(long number) {
        String body = "{\"type\":\"READY\",\"agent\":\"agent-" + number + "\"}\n";
        return new JournalEntry(number, number * 1000, (int) (number % 7), body.getBytes(StandardCharsets.UTF_8));
    }

    /** Another entry of the same number. */
    static JournalEntry another(long number) {
        return new JournalEntry(number, number * 1000, 1, new byte[] {1, 2, 3});
    }

    static List<JournalEntry> entriesAfter(Journal journal, long number) throws JournalException {
        List<JournalEntry> entries = new ArrayList<>();
        journal.read(number, entries::add);
        return entries;
    }

    static void append(Journal journal, long from, long to) throws JournalException {
        for (long number = from; number <= to; number++) {
            journal.append(entry(number));
        }
    }

    static void snapshot(Journal journal, long coversNumber, String... parts) throws JournalException {
        try (SnapshotWriter snapshot = journal.beginSnapshot(coversNumber, coversNumber * 1000)) {
            for (String part : parts) {
                snapshot.part(part.getBytes(StandardCharsets.UTF_8));
            }
            snapshot.commit();
        }
    }

    /** How many rows a table has. */
    static long count(TestDatabase database, String table) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from " + table)) {
            count.next();
            return count.getLong(1);
        }
    }
}
