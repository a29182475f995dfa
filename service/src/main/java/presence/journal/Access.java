package presence.journal;

import static presence.journal.JournalException.Code.JOURNAL_UNAVAILABLE;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.jspecify.annotations.Nullable;

/**
 * One long-lived connection for one kind of work, opened when it is first needed and again after a failure: any failure
 * closes it, so that no half-done state is ever carried on. Any thread may use it; they take turns.
 */
final class Access implements AutoCloseable {

    /** Makes the connection. */
    @FunctionalInterface
    interface Connector {
        Connection connect() throws SQLException, JournalException;
    }

    /** Looks at the database over a connection just made, before anything is done with it. */
    @FunctionalInterface
    interface Welcome {
        void accept(Handle handle) throws JournalException;
    }

    /** What is done with the connection. */
    @FunctionalInterface
    interface Work<T> {
        T with(Handle handle) throws JournalException;
    }

    /** The same, when nothing comes of it. */
    @FunctionalInterface
    interface Action {
        void with(Handle handle) throws JournalException;
    }

    private final Database database;
    private final ReentrantLock lock;
    private final Connector connector;
    private final Welcome welcome;
    private @Nullable Handle handle;
    private boolean closed;

    Access(Database database, ReentrantLock lock, Connector connector, Welcome welcome) {
        this.database = database;
        this.lock = lock;
        this.connector = connector;
        this.welcome = welcome;
    }

    /**
     * Does the work.
     *
     * @param doing what it is, for the message when it fails, such as "append entry 7"
     */
    <T> T use(String doing, Work<T> work) throws JournalException {
        boolean done = false;
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("The journal is closed.");
            }
            T result = work.with(openHandle());
            done = true;
            return result;
        } catch (JdbiException e) {
            throw explain(database, doing, e);
        } catch (SQLException e) {
            throw database.explain(doing, e);
        } finally {
            if (!done) {
                abandon();
            }
            lock.unlock();
        }
    }

    private Handle openHandle() throws SQLException, JournalException {
        Handle open = handle;
        if (open != null) {
            try {
                database.requireInPlace();
                return open;
            } catch (JournalException e) {
                // Perhaps another file has been put in its place: what that one holds is for the welcome to judge.
                abandon();
            }
        }
        Connection connection = connector.connect();
        Handle fresh;
        try {
            fresh = sqlObjects(connection).open();
        } catch (JdbiException e) {
            connection.close();
            throw e;
        }
        handle = fresh;
        welcome.accept(fresh);
        return fresh;
    }

    static Jdbi sqlObjects(Connection connection) {
        return Jdbi.create(connection).installPlugin(new SqlObjectPlugin());
    }

    static JournalException explain(Database database, String doing, JdbiException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException exception) {
                return database.explain(doing, exception);
            }
        }
        return new JournalException(
                JOURNAL_UNAVAILABLE, "Could not " + doing + " in " + database.name() + ": " + e + ".", e);
    }

    boolean isOpen() {
        lock.lock();
        try {
            return handle != null;
        } finally {
            lock.unlock();
        }
    }

    /** Closes the connection; the next use opens another one. */
    void abandon() {
        lock.lock();
        try {
            Handle open = handle;
            handle = null;
            if (open != null) {
                open.getConnection().close();
            }
        } catch (SQLException e) {
            // It was of no more use anyway, and the server drops what it held.
            return;
        } finally {
            lock.unlock();
        }
    }

    /** For good. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            abandon();
        } finally {
            lock.unlock();
        }
    }
}
