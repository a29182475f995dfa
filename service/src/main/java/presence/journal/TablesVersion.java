package presence.journal;

import org.jspecify.annotations.Nullable;

/**
 * Which version a database's tables have.
 *
 * @param database what an operator knows the database by; it never holds a password
 * @param found the version that was found; null for a database without tables
 * @param known the version that this program brings them to
 */
public record TablesVersion(String database, @Nullable String found, String known) {
    /** Stands for the newest version where nothing was there to compare with. */
    static final String NEWEST = "the newest";

    /** Whether nothing had to be done. */
    public boolean upToDate() {
        return known.equals(found);
    }
}
