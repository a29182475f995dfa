/**
 * What was accepted, kept: the journal of commands and the snapshots that bound a restart.
 *
 * <p>Nothing outside this package knows what stores a command. {@link presence.journal.JournalConfiguration#open()}
 * gives a {@link presence.journal.Journal}; behind it stands a SQLite file or a PostgreSQL database.
 */
@NullMarked
package presence.journal;

import org.jspecify.annotations.NullMarked;
