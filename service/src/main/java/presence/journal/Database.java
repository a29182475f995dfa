package presence.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/** Where a journal is kept, and what is different between one kind of database and the other. Any thread may use it. */
interface Database extends AutoCloseable {

    /** What an operator knows it by: the file, or the URL. It never holds a password. */
    String name();

    /** Unique to this opening of the database: tells our own connections, and our own lock, from another process's. */
    String token();

    /** What the migration scripts call {@code ${…}}. */
    Map<String, String> placeholders();

    /** Plain connections, without a time limit, for the migrations. */
    DataSource unlimited();

    /**
     * A connection to append with. As long as it is open no other process can get one.
     *
     * @throws JournalException fatal when another process is the writer
     */
    Connection connectWriter() throws SQLException, JournalException;

    /** A connection for everything else. */
    Connection connect() throws SQLException, JournalException;

    /** Held while appending. */
    ReentrantLock writerLock();

    /** Held while writing anything else; the same lock where the database lets only one write at a time. */
    ReentrantLock maintenanceLock();

    /**
     * Finds out, without asking the database, that an open connection no longer leads to it.
     *
     * @throws JournalException when it does not
     */
    void requireInPlace() throws JournalException;

    /** Whether this looks like a connection that broke while nobody used it, so that a new one may do at once. */
    boolean isBrokenConnection(JournalException failure);

    /** Whether a row of this key is there already. */
    boolean isDuplicateKey(SQLException cause);

    /** Says in one line what happened, and whether it may pass. */
    JournalException explain(String doing, SQLException cause);

    /** Lets another process be the writer. Connections are closed already. */
    @Override
    void close();
}
