/**
 * What is kept beside the journal: keys of the API, the audit log and other records. Routing never waits for it: the
 * journal's writer has another file or other connections, and what is needed all day long is held in memory.
 *
 * <p>{@link presence.records.RecordsDatabase} leads to it; a class for each kind of record reads and writes its tables. The
 * scripts in {@code db/records} make them.
 */
@NullMarked
package presence.records;

import org.jspecify.annotations.NullMarked;
