package presence.records;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/** The file of the records, beside the journal's. Several processes may have it open: a command writes while the service runs. */
final class SqliteRecords {
    private static final int WRITE_AHEAD_LOG_BYTES_KEPT = 64 << 20;

    private final Path file;

    /** @param journal the journal's file */
    SqliteRecords(Path journal) {
        file = beside(journal.toAbsolutePath().normalize());
    }

    /** {@code presence.db} has {@code presence.records.db} beside it. */
    private static Path beside(Path journal) {
        String name = String.valueOf(journal.getFileName());
        int dot = name.lastIndexOf('.');
        return journal.resolveSibling(
                dot <= 0 ? name + ".records" : name.substring(0, dot) + ".records" + name.substring(dot));
    }

    Path file() {
        return file;
    }

    /** Makes the file and its folder where they are missing, readable by nobody else. */
    void make() throws RecordsException {
        try {
            Path folder = Objects.requireNonNull(file.getParent(), "a file lies in a folder");
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, privately("rwx------"));
            }
            if (!Files.exists(file)) {
                // SQLite gives its own files beside this one the same permissions.
                Files.createFile(file, privately("rw-------"));
            }
        } catch (FileAlreadyExistsException e) {
            if (!Files.isRegularFile(file)) {
                throw new RecordsException("database.url: " + e.getFile() + " is a file, expected a folder.", e);
            }
            // Another process was quicker.
        } catch (IOException e) {
            throw new RecordsException("database.url: " + file + " cannot be made: " + e + ".", e);
        }
    }

    private FileAttribute<?>[] privately(String permissions) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    DataSource dataSource(Duration answerTimeout) {
        SQLiteConfig config = new SQLiteConfig();
        // A file that went missing must not be replaced by an empty one.
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(Math.toIntExact(answerTimeout.toMillis()));
        config.setJournalSizeLimit(WRITE_AHEAD_LOG_BYTES_KEPT);
        // A transaction that begins with a read and then writes cannot wait for another writer; one that means to write
        // can.
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        SQLiteDataSource dataSource = new SQLiteDataSource(config);
        dataSource.setUrl("jdbc:sqlite:" + file);
        return dataSource;
    }

    /** What tells this file from another that was put in its place; null when it is not there. */
    @Nullable Object identity() {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null;
        }
    }
}
