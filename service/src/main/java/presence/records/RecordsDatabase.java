package presence.records;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import presence.journal.JournalConfiguration;

/**
 * Leads to the records, by the same settings as the journal: a second file beside a SQLite journal, tables named {@code
 * records_…} beside the journal's in PostgreSQL. Connections are few, are made anew after a failure, and are none of the
 * journal's. Several processes may have it open.
 *
 * <p>Any thread. Whoever must not wait for a disk does not call this.
 */
public final class RecordsDatabase implements AutoCloseable {
    /** Enough for a writer, a pruner and two readers; everybody else waits for one of them. */
    private static final int CONNECTIONS = 4;

    private final String name;
    private final @Nullable SqliteRecords file;
    private final HikariDataSource connections;
    private final Jdbi jdbi;

    /** SQLite lets one write at a time, and its own waiting sleeps; PostgreSQL needs no turns. */
    private final @Nullable ReentrantLock turns;

    private volatile @Nullable Object identity;

    private RecordsDatabase(String name, @Nullable SqliteRecords file, HikariDataSource connections) {
        this.name = name;
        this.file = file;
        this.connections = connections;
        this.jdbi = Jdbi.create(connections).installPlugin(new SqlObjectPlugin());
        this.turns = file == null ? null : new ReentrantLock(true);
        this.identity = file == null ? null : file.identity();
    }

    /** What is done with a connection. It may be run by itself or in a transaction, and must not keep the handle. */
    @FunctionalInterface
    public interface Work<T> {
        T with(Handle handle) throws SQLException;
    }

    /** The same, when nothing comes of it. */
    @FunctionalInterface
    public interface Action {
        void with(Handle handle) throws SQLException;
    }

    /**
     * Opens the records, making them where they are missing and bringing their tables up to date.
     *
     * @throws RecordsException with one line that names the setting, the file or the database
     */
    public static RecordsDatabase open(JournalConfiguration settings) throws RecordsException {
        Path journal = settings.sqliteFile();
        SqliteRecords file = journal == null ? null : new SqliteRecords(journal);
        String name = file == null ? settings.url() : file.file().toString();
        if (file != null) {
            file.make();
        }
        Duration patience = settings.answerTimeout().toJavaDuration();
        try {
            DataSource source = file == null ? postgresql(settings, Duration.ZERO) : file.dataSource(patience);
            new RecordsMigrations(name, source, file == null ? POSTGRESQL : SQLITE).apply();
            return new RecordsDatabase(name, file, pool(settings, file));
        } catch (SQLException e) {
            throw explain(name, "open the records", e);
        } catch (PoolInitializationException | IllegalArgumentException e) {
            throw explain(name, "open the records", e);
        }
    }

    // Exactly "integer" makes a primary key SQLite's row id; numbers that were deleted are not given again.
    private static final Map<String, String> SQLITE = Map.of(
            "identity", "integer primary key autoincrement",
            "number", "integer",
            "bytes", "blob",
            "id", "text",
            "clustered", "without rowid",
            "unfiled-as-it-is", "");

    private static final Map<String, String> POSTGRESQL = Map.of(
            "identity", "bigint generated always as identity primary key",
            "number", "bigint",
            "bytes", "bytea",
            // In the order of their bytes, whatever the language of the server is, as ids are ordered everywhere.
            "id", "text collate \"C\"",
            "clustered", "",
            // To compress it costs more than to write it.
            "unfiled-as-it-is", "alter table records_unfiled alter column content set storage external;");

    private static HikariDataSource pool(JournalConfiguration settings, @Nullable SqliteRecords file) {
        Duration patience = settings.answerTimeout().toJavaDuration();
        HikariConfig config = new HikariConfig();
        config.setPoolName("records");
        config.setDataSource(file == null ? postgresql(settings, patience.plusSeconds(2)) : file.dataSource(patience));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(Math.max(
                settings.connectTimeout().toMilliseconds(),
                settings.answerTimeout().toMilliseconds()));
        if (file == null) {
            // Whatever the defaults of this server are.
            config.setConnectionInitSql(
                    "set statement_timeout = " + patience.toMillis() + "; set synchronous_commit = on");
        }
        return new HikariDataSource(config);
    }

    private static DataSource postgresql(JournalConfiguration settings, Duration socketTimeout) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(settings.url());
        if (settings.user() != null) {
            source.setUser(settings.user());
        }
        if (settings.password() != null) {
            source.setPassword(settings.password());
        }
        source.setConnectTimeout(Math.toIntExact(settings.connectTimeout().toSeconds()));
        source.setLoginTimeout(Math.toIntExact(settings.connectTimeout().toSeconds()));
        source.setSocketTimeout(Math.toIntExact(socketTimeout.toSeconds()));
        source.setTcpKeepAlive(true);
        source.setApplicationName("presence records");
        return source;
    }

    /** What an operator knows the records by: the file, or the URL. It never holds a password. */
    public String name() {
        return name;
    }

    /** Whether they are kept by PostgreSQL, for statements that have to differ. */
    public boolean isPostgresql() {
        return file == null;
    }

    /**
     * Reads. Each statement is by itself; work that writes belongs to {@link #write}.
     *
     * @param doing what it is, for the message when it fails, such as "read the keys"
     * @throws RecordsException when the records are away, or do not answer in time
     */
    public <T> T read(String doing, Work<T> work) throws RecordsException {
        return use(doing, () -> jdbi.withHandle(work::with));
    }

    /**
     * Does everything of this work or nothing, in one transaction that is on disk when this returns.
     *
     * @param doing what it is, for the message when it fails, such as "add a key"
     * @throws RecordsException when the records are away, or do not answer in time
     */
    public <T> T write(String doing, Work<T> work) throws RecordsException {
        ReentrantLock lock = turns;
        if (lock == null) {
            return use(doing, () -> jdbi.inTransaction(work::with));
        }
        lock.lock();
        try {
            return use(doing, () -> jdbi.inTransaction(work::with));
        } finally {
            lock.unlock();
        }
    }

    /** The same, when nothing comes of it. */
    public void change(String doing, Action action) throws RecordsException {
        Boolean unused = write(doing, handle -> {
            action.with(handle);
            return true;
        });
    }

    /** Something done with the pool. */
    @FunctionalInterface
    private interface Step<T> {
        T run() throws SQLException;
    }

    private <T> T use(String doing, Step<T> step) throws RecordsException {
        requireInPlace(doing);
        try {
            return step.run();
        } catch (SQLException | JdbiException e) {
            throw explain(name, doing, e);
        }
    }

    /** SQLite goes on writing to a file that was deleted. One that was put in its place is taken. */
    private void requireInPlace(String doing) throws RecordsException {
        SqliteRecords there = file;
        if (there == null) {
            return;
        }
        Object now = there.identity();
        if (now == null) {
            throw new RecordsException(
                    "Could not " + doing + ": the file " + name + " is not there any more. Maybe it was moved; put it"
                            + " back.",
                    null);
        }
        if (!Objects.equals(now, identity)) {
            connections.getHikariPoolMXBean().softEvictConnections();
            identity = now;
        }
    }

    private static RecordsException explain(String name, String doing, Exception e) {
        Throwable root = e;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                root = cause;
            }
        }
        String message = String.valueOf(root.getMessage());
        String line = message.lines().findFirst().orElse("").strip();
        return new RecordsException(
                "Could not " + doing + " in " + name + ": "
                        + (line.endsWith(".") ? line.substring(0, line.length() - 1) : line) + ".",
                e);
    }

    /** Lets go of the connections. */
    @Override
    public void close() {
        connections.close();
    }
}
