package presence.journal;

import static presence.journal.JournalException.Code.JOURNAL_TAKEN_OVER;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to write to a SQLite file: a lock of the operating system on a small file beside it, which goes away with
 * the process however it ends. The file itself stays, and names the process that last held it.
 */
final class WriterLockFile implements AutoCloseable {

    /**
     * What this process holds. The operating system's lock is between processes, and a process that merely opens and
     * closes such a file a second time loses the lock on it.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;

    private WriterLockFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Takes the lock for a database, or says who has it.
     *
     * @throws JournalException fatal when somebody has it
     */
    static WriterLockFile take(Path database) throws IOException, JournalException {
        Path path = database.resolveSibling(database.getFileName() + ".lock");
        if (!HELD_HERE.add(path)) {
            throw inUse(database, "this same process");
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    SqliteDatabase.privately(path, "rw-------"));
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(database, "another process (" + holder(channel) + ")");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(("process " + ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new WriterLockFile(path, channel);
        } catch (IOException | JournalException e) {
            if (channel != null) {
                channel.close();
            }
            HELD_HERE.remove(path);
            throw e;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(64);
        channel.read(text, 0);
        return StandardCharsets.US_ASCII.decode(text.flip()).toString();
    }

    private static JournalException inUse(Path database, String holder) {
        return new JournalException(
                JOURNAL_TAKEN_OVER,
                "The database " + database + " is in use by " + holder + ". Only one process at a time may write to it."
                        + " Maybe stop the other one, or set another database.url.");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The operating system gives the lock back all the same, at the latest when the process ends.
            return;
        } finally {
            HELD_HERE.remove(path);
        }
    }
}
