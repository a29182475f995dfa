package presence.journal;

import java.nio.charset.StandardCharsets;
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
}
