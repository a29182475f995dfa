package presence.history;

import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import presence.state.Happening;

/**
 * Keeps something of its own of what happens, in the very transaction that records it. So it is told of each happening
 * exactly once, whatever ends when, and what it writes is there if and only if the happening is recorded.
 *
 * <p>Called by one thread, in the order of the numbers.
 */
public interface Recorder {
    /**
     * Writes what it keeps. A transaction that fails is done anew until it succeeds, and then this is called again with the
     * same happenings: only {@link #committed} says that they are over. What is thrown holds up the history itself, so
     * nothing may be but what the database throws.
     *
     * @param handle leads to the records, within the transaction
     * @param happenings what happened, in the order of the numbers
     */
    void record(Handle handle, List<Happening> happenings) throws SQLException;

    /** What was written last is durable. It must not wait and must not throw. */
    void committed();
}
