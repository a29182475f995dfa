package presence.journal;

import static presence.journal.JournalException.Code.JOURNAL_DAMAGED;
import static presence.journal.JournalException.Code.JOURNAL_FULL;
import static presence.journal.JournalException.Code.JOURNAL_MISCONFIGURED;
import static presence.journal.JournalException.Code.JOURNAL_READ_ONLY;
import static presence.journal.JournalException.Code.JOURNAL_TAKEN_OVER;
import static presence.journal.JournalException.Code.JOURNAL_UNAVAILABLE;

import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL database. The connection that appends also holds the lock that makes it the only writer, a session
 * advisory lock: when the connection is lost so is the lock, and nothing can be appended without it. And who has the
 * lock again after that knows that the old connection is gone from the server, with everything it may have been doing.
 */
final class PostgresqlDatabase implements Database {

    /** The two numbers of the advisory lock: "pres" in ASCII, and the first of our locks. */
    private static final String LOCK = "1886545267, 1";

    private static final int LOCK_ATTEMPTS = 10;
    private static final double LOCK_PAUSE_SECONDS = 0.1;

    /** The server is asked to give up first, so that its answer says why; the socket is the last resort. */
    private static final Duration SOCKET_GRACE = Duration.ofSeconds(2);

    private final String url;
    private final @Nullable String user;
    private final @Nullable String password;
    private final Duration connectTimeout;
    private final Duration answerTimeout;
    private final String token = UUID.randomUUID().toString();
    private final ReentrantLock writerLock = new ReentrantLock();
    private final ReentrantLock maintenanceLock = new ReentrantLock();
    private final DataSource limited;
    private final DataSource unlimited;

    PostgresqlDatabase(
            String url,
            @Nullable String user,
            @Nullable String password,
            Duration connectTimeout,
            Duration answerTimeout)
            throws JournalException {
        this.url = url;
        this.user = user;
        this.password = password;
        this.connectTimeout = connectTimeout;
        this.answerTimeout = answerTimeout;
        limited = dataSource(Math.toIntExact(answerTimeout.plus(SOCKET_GRACE).toSeconds()));
        unlimited = dataSource(0);
    }

    private PGSimpleDataSource dataSource(int socketTimeoutSeconds) throws JournalException {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        try {
            dataSource.setURL(url);
        } catch (IllegalArgumentException e) {
            throw new JournalException(
                    JOURNAL_MISCONFIGURED,
                    "database.url: " + url + " is not understood, expected jdbc:postgresql://HOST:PORT/DATABASE.",
                    e);
        }
        if (user != null) {
            dataSource.setUser(user);
        }
        if (password != null) {
            dataSource.setPassword(password);
        }
        dataSource.setConnectTimeout(Math.toIntExact(connectTimeout.toSeconds()));
        dataSource.setLoginTimeout(Math.toIntExact(connectTimeout.toSeconds()));
        dataSource.setSocketTimeout(socketTimeoutSeconds);
        dataSource.setTcpKeepAlive(true);
        dataSource.setApplicationName("presence " + token);
        return dataSource;
    }

    @Override
    public String name() {
        return url;
    }

    @Override
    public String token() {
        return token;
    }

    @Override
    public Map<String, String> placeholders() {
        return Map.of("number", "bigint", "bytes", "bytea");
    }

    @Override
    public DataSource unlimited() {
        return unlimited;
    }

    /**
     * Becomes the writer. The server may need a moment to see that a process has ended and to let go of its lock, so a lock
     * that another process holds is asked for again before it is taken to be in use.
     */
    private void lock(Connection connection, Statement statement) throws SQLException, JournalException {
        for (int attempt = 1; !isTrue(statement, "select pg_try_advisory_lock(" + LOCK + ")"); attempt++) {
            try {
                displaceOurselves(connection);
                return;
            } catch (JournalException e) {
                if (attempt == LOCK_ATTEMPTS) {
                    throw e;
                }
                statement.execute("select pg_sleep(" + LOCK_PAUSE_SECONDS + ")");
            }
        }
    }

    @Override
    public Connection connectWriter() throws SQLException, JournalException {
        Connection connection = connect();
        try (Statement statement = connection.createStatement()) {
            // When this machine vanishes from the net, the server lets go of the lock after half a minute, not hours.
            statement.execute("set tcp_keepalives_idle = 15");
            statement.execute("set tcp_keepalives_interval = 5");
            statement.execute("set tcp_keepalives_count = 3");
            lock(connection, statement);
            return connection;
        } catch (SQLException | JournalException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Somebody has the lock. If that is an old connection of ours, which the server has not yet missed, it is ended
     * there and the lock is waited for.
     */
    private void displaceOurselves(Connection connection) throws SQLException, JournalException {
        try (PreparedStatement holders = connection.prepareStatement("""
                        select pid, application_name, coalesce(host(client_addr), 'its own machine') as address,
                               application_name = ? as ours
                        from pg_locks join pg_stat_activity using (pid)
                        where locktype = 'advisory' and granted and objsubid = 2
                          and (classid::bigint, objid::bigint) = (%s)
                          and database = (select oid from pg_database where datname = current_database())
                        """.formatted(LOCK));
                Statement statement = connection.createStatement()) {
            holders.setString(1, "presence " + token);
            try (ResultSet holder = holders.executeQuery()) {
                if (holder.next()) {
                    if (!holder.getBoolean("ours")) {
                        throw new JournalException(
                                JOURNAL_TAKEN_OVER,
                                "The database " + url + " is in use by another process (connected from "
                                        + holder.getString("address") + " as \"" + holder.getString("application_name")
                                        + "\"). Only one process at a time may write to it. Maybe stop the other one,"
                                        + " or set another database.url.");
                    }
                    statement.execute("select pg_terminate_backend(" + holder.getInt("pid") + ")");
                }
            }
            statement.execute("select pg_advisory_lock(" + LOCK + ")");
        }
    }

    private static boolean isTrue(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            return result.next() && result.getBoolean(1);
        }
    }

    @Override
    public Connection connect() throws SQLException {
        Connection connection = limited.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("set statement_timeout = " + answerTimeout.toMillis());
            // An acknowledged command is never lost, whatever the default of this server is.
            if (isTrue(statement, "select current_setting('synchronous_commit') = 'off'")) {
                statement.execute("set synchronous_commit = on");
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public ReentrantLock writerLock() {
        return writerLock;
    }

    @Override
    public ReentrantLock maintenanceLock() {
        return maintenanceLock;
    }

    @Override
    public void requireInPlace() {
        // Only the server knows, and it says so.
    }

    @Override
    public boolean isBrokenConnection(JournalException failure) {
        return failure.getCause() instanceof SQLException cause
                && (state(cause).startsWith("08") || state(cause).startsWith("57P"))
                && !(cause.getCause() instanceof SocketTimeoutException);
    }

    @Override
    public boolean isDuplicateKey(SQLException cause) {
        return state(cause).equals("23505");
    }

    private static String state(SQLException e) {
        String state = e.getSQLState();
        return state == null ? "" : state;
    }

    @Override
    public JournalException explain(String doing, SQLException cause) {
        String what = "Could not " + doing + " in " + url + ": ";
        String state = state(cause);
        if (state.startsWith("28")) {
            return new JournalException(
                    JOURNAL_MISCONFIGURED,
                    "database.user, database.password: " + url + " refuses this user or password (" + oneLine(cause)
                            + ").",
                    cause);
        }
        if (state.equals("3D000")) {
            return new JournalException(
                    JOURNAL_MISCONFIGURED, "database.url: " + url + " names a database that is not there.", cause);
        }
        if (state.equals("53100")) {
            return new JournalException(JOURNAL_FULL, what + "there is no room left on its disk.", cause);
        }
        if (state.equals("25006") || state.equals("42501")) {
            return new JournalException(
                    JOURNAL_READ_ONLY,
                    what + oneLine(cause) + ". Maybe it is a standby, or this user may not write.",
                    cause);
        }
        if (state.equals("XX001") || state.equals("XX002")) {
            return new JournalException(JOURNAL_DAMAGED, what + oneLine(cause) + ".", cause);
        }
        return new JournalException(JOURNAL_UNAVAILABLE, what + oneLine(cause) + ".", cause);
    }

    private static String oneLine(SQLException e) {
        String message = e.getMessage();
        String line =
                message == null ? "" : message.lines().findFirst().orElse("").strip();
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    @Override
    public void close() {
        // The lock went with the writer's connection.
    }
}
