package presence.journal;

import static presence.journal.JournalException.Code.JOURNAL_DAMAGED;
import static presence.journal.JournalException.Code.JOURNAL_FULL;
import static presence.journal.JournalException.Code.JOURNAL_MISCONFIGURED;
import static presence.journal.JournalException.Code.JOURNAL_READ_ONLY;
import static presence.journal.JournalException.Code.JOURNAL_UNAVAILABLE;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/**
 * A SQLite file. It has a write-ahead log that is synchronised at every commit, so what is committed survives a loss of
 * power. SQLite lets one connection write at a time; the journal's threads take turns by a fair lock instead of by
 * SQLite's own waiting, which sleeps.
 */
final class SqliteDatabase implements Database {

    private static final int WRITE_AHEAD_LOG_BYTES_KEPT = 64 << 20;

    private final Path file;
    private final WriterLockFile lockFile;
    private final SQLiteDataSource dataSource;
    private final String token = UUID.randomUUID().toString();
    private final ReentrantLock lock = new ReentrantLock(true);
    private volatile @Nullable Object fileKey;

    private SqliteDatabase(Path file, WriterLockFile lockFile, Duration answerTimeout) {
        this.file = file;
        this.lockFile = lockFile;
        SQLiteConfig config = new SQLiteConfig();
        // The file was made by open(); one that went missing must not be replaced by an empty one.
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(Math.toIntExact(answerTimeout.toMillis()));
        config.setJournalSizeLimit(WRITE_AHEAD_LOG_BYTES_KEPT);
        dataSource = new SQLiteDataSource(config);
        dataSource.setUrl("jdbc:sqlite:" + file);
    }

    /**
     * Makes the folder and the file where they are missing, readable by nobody else, and becomes the writer.
     *
     * @throws JournalException when that cannot be, or another process is the writer
     */
    static SqliteDatabase open(Path path, Duration answerTimeout) throws JournalException {
        Path file = path.toAbsolutePath().normalize();
        try {
            Path folder = Objects.requireNonNull(file.getParent(), "a database file lies in a folder");
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, privately(folder, "rwx------"));
            }
            Path inPlace = folder.toRealPath().resolve(file.getFileName());
            if (Files.isDirectory(inPlace)) {
                throw new JournalException(
                        JOURNAL_MISCONFIGURED,
                        "database.url: " + file + " is a folder, expected a file. Maybe add a file name, such as "
                                + file + "/presence.db.");
            }
            WriterLockFile lockFile = WriterLockFile.take(inPlace);
            try {
                createPrivately(inPlace);
                if (!Files.isReadable(inPlace) || !Files.isWritable(inPlace)) {
                    throw new AccessDeniedException(inPlace.toString());
                }
                return new SqliteDatabase(inPlace, lockFile, answerTimeout);
            } catch (IOException e) {
                lockFile.close();
                throw e;
            }
        } catch (AccessDeniedException e) {
            throw new JournalException(
                    JOURNAL_MISCONFIGURED,
                    "database.url: " + e.getFile()
                            + " cannot be read and written: permission denied. Maybe it belongs to"
                            + " another user than " + System.getProperty("user.name") + ".",
                    e);
        } catch (FileAlreadyExistsException e) {
            throw new JournalException(
                    JOURNAL_MISCONFIGURED, "database.url: " + e.getFile() + " is a file, expected a folder.", e);
        } catch (IOException e) {
            throw new JournalException(
                    JOURNAL_MISCONFIGURED, "database.url: " + file + " cannot be opened: " + oneLine(e) + ".", e);
        }
    }

    private static void createPrivately(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        // SQLite gives its own files beside this one the same permissions.
        Files.createFile(file, privately(file, "rw-------"));
    }

    static FileAttribute<?>[] privately(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public String token() {
        return token;
    }

    @Override
    public Map<String, String> placeholders() {
        // Exactly "integer" makes the primary key SQLite's row id: no second index, always at the end of the table.
        return Map.of("number", "integer", "bytes", "blob");
    }

    @Override
    public DataSource unlimited() {
        return dataSource;
    }

    @Override
    public Connection connectWriter() throws SQLException, JournalException {
        return connect();
    }

    @Override
    public Connection connect() throws SQLException, JournalException {
        Object key = keyOfFile();
        Connection connection = dataSource.getConnection();
        fileKey = key;
        return connection;
    }

    @Override
    public ReentrantLock writerLock() {
        return lock;
    }

    @Override
    public ReentrantLock maintenanceLock() {
        return lock;
    }

    /** SQLite goes on writing to a file that was deleted, and would acknowledge what nobody can ever read. */
    @Override
    public void requireInPlace() throws JournalException {
        if (!Objects.equals(keyOfFile(), fileKey)) {
            throw new JournalException(
                    JOURNAL_UNAVAILABLE, "The database file " + file + " was replaced while it was in use.");
        }
    }

    private @Nullable Object keyOfFile() throws JournalException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, new LinkOption[0])
                    .fileKey();
        } catch (NoSuchFileException e) {
            throw new JournalException(
                    JOURNAL_UNAVAILABLE,
                    "The database file " + file + " is not there any more. Maybe it was moved, or its disk is not"
                            + " mounted; put it back.",
                    e);
        } catch (IOException e) {
            throw new JournalException(
                    JOURNAL_UNAVAILABLE, "The database file " + file + " cannot be reached: " + oneLine(e) + ".", e);
        }
    }

    @Override
    public boolean isBrokenConnection(JournalException failure) {
        return false;
    }

    @Override
    public boolean isDuplicateKey(SQLException cause) {
        return cause instanceof SQLiteException exception
                && (exception.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_CONSTRAINT.code;
    }

    @Override
    public JournalException explain(String doing, SQLException cause) {
        String what = "Could not " + doing + " in " + file + ": ";
        SQLiteErrorCode code =
                cause instanceof SQLiteException exception ? exception.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
        // The low byte of SQLite's extended codes is the plain code.
        int plain = code.code & 0xff;
        if (plain == SQLiteErrorCode.SQLITE_FULL.code) {
            return new JournalException(JOURNAL_FULL, what + "there is no room left on its disk.", cause);
        }
        if (plain == SQLiteErrorCode.SQLITE_BUSY.code || plain == SQLiteErrorCode.SQLITE_LOCKED.code) {
            return new JournalException(
                    JOURNAL_UNAVAILABLE,
                    what + "it is locked. Maybe another program, such as a database tool, has it open for writing.",
                    cause);
        }
        if (plain == SQLiteErrorCode.SQLITE_READONLY.code
                || plain == SQLiteErrorCode.SQLITE_PERM.code
                || plain == SQLiteErrorCode.SQLITE_CANTOPEN.code) {
            return new JournalException(
                    JOURNAL_READ_ONLY,
                    what + "it cannot be opened for writing (" + code + "). Maybe the permissions of the file or of its"
                            + " folder were changed.",
                    cause);
        }
        if (plain == SQLiteErrorCode.SQLITE_CORRUPT.code || plain == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return new JournalException(
                    JOURNAL_DAMAGED,
                    what + "it is not a sound SQLite database (" + code + "). Maybe restore it from a backup.",
                    cause);
        }
        return new JournalException(JOURNAL_UNAVAILABLE, what + oneLine(cause) + ".", cause);
    }

    private static String oneLine(Exception e) {
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("").strip();
    }

    @Override
    public void close() {
        lockFile.close();
    }
}
