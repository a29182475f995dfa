package presence.replay;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import presence.api.BadInput;
import presence.api.ReplayLine;

/**
 * A file for replay, read by a thread of its own, which is ahead by a few batches of lines at most: a file of any length
 * takes the same memory.
 *
 * <p>{@link #replay} belongs to one thread.
 */
public final class ReplayFile implements AutoCloseable {
    /** The longest line, in bytes. */
    static final int LONGEST_LINE = 1 << 20;

    private static final int BLOCK = 1 << 17;
    private static final int BATCHES_AHEAD = 16;
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private final InputStream in;
    private final BlockingQueue<Batch> ahead = new ArrayBlockingQueue<>(BATCHES_AHEAD);
    private final Thread reader = new Thread(this::read, "replay-reader");

    private ReplayFile(InputStream in) {
        this.in = in;
        reader.setDaemon(true);
    }

    /**
     * Lines that have been read.
     *
     * @param numbers the number of each line in its file, from 1
     * @param lines the lines
     * @param end why nothing comes after them: empty for the end of the file; null if more is to come
     */
    private record Batch(
            long[] numbers,
            List<ReplayLine> lines,
            @Nullable End end) {}

    /** Why no more lines come; a fault of null is the end of the file. */
    private record End(@Nullable Exception fault) {}

    /**
     * Opens a file, plain or gzipped: its first bytes tell. Reading ahead begins at once.
     *
     * @throws IOException if it cannot be read
     */
    public static ReplayFile open(Path path) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(path), BLOCK);
        try {
            in.mark(2);
            boolean gzipped = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
            in.reset();
            ReplayFile file = new ReplayFile(gzipped ? new GZIPInputStream(in, BLOCK) : in);
            file.reader.start();
            return file;
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /**
     * Runs every line.
     *
     * @param betweenBatches called now and then, so that what has been written can be passed on
     * @throws UnreadableLine if a line has no time, or is too long
     * @throws Replay.TimeRunsBackwards if a line's time is before that of an earlier one
     * @throws IOException if the rest of the file cannot be read, or answers cannot be written
     */
    public void replay(Replay replay, Runnable betweenBatches) throws IOException, InterruptedException {
        End end;
        do {
            Batch batch = ahead.take();
            for (int i = 0; i < batch.lines.size(); i++) {
                replay.run(batch.numbers[i], batch.lines.get(i));
            }
            betweenBatches.run();
            end = batch.end;
        } while (end == null);
        Exception fault = end.fault;
        if (fault instanceof UnreadableLine unreadable) {
            throw unreadable;
        } else if (fault instanceof IOException unreadable) {
            throw new ReadFailed(unreadable);
        } else if (fault != null) {
            throw new IllegalStateException("The reader of the file has failed", fault);
        }
    }

    @Override
    public void close() throws IOException {
        reader.interrupt();
        in.close();
    }

    // --- the reader's thread

    private void read() {
        try {
            readBlocks();
        } catch (InterruptedException e) {
            // Nobody takes what is read any more.
            return;
        }
    }

    private void readBlocks() throws InterruptedException {
        byte[] block = new byte[BLOCK];
        int filled = 0;
        long number = 0;
        while (true) {
            LineBatch batch = new LineBatch(number);
            try {
                if (filled == block.length) {
                    if (block.length > LONGEST_LINE) {
                        throw new UnreadableLine(number + 1, "is longer than " + LONGEST_LINE + " bytes");
                    }
                    block = Arrays.copyOf(block, block.length * 2);
                }
                int read = in.read(block, filled, block.length - filled);
                filled += Math.max(read, 0);
                int done = batch.add(block, filled, read < 0);
                System.arraycopy(block, done, block, 0, filled - done);
                filled -= done;
                number = batch.number;
                if (read < 0 || !batch.lines.isEmpty()) {
                    ahead.put(batch.with(read < 0 ? new End(null) : null));
                }
                if (read < 0) {
                    return;
                }
            } catch (IOException | RuntimeException e) {
                ahead.put(batch.with(new End(e)));
                return;
            }
        }
    }

    /** Lines as they are read. */
    private static final class LineBatch {
        private final List<ReplayLine> lines = new ArrayList<>(1024);
        private long[] numbers = new long[1024];
        private long number;

        LineBatch(long number) {
            this.number = number;
        }

        /** Adds every whole line; the last one of a file need not have a line feed. Returns where the rest begins. */
        int add(byte[] bytes, int length, boolean last) {
            int from = 0;
            for (int at = 0; at < length; at++) {
                if (bytes[at] == '\n') {
                    add(bytes, from, at);
                    from = at + 1;
                }
            }
            if (last && from < length) {
                add(bytes, from, length);
                return length;
            }
            return from;
        }

        private void add(byte[] bytes, int from, int to) {
            number++;
            if (isBlank(bytes, from, to)) {
                return;
            }
            ReplayLine line;
            try {
                line = ReplayLine.read(bytes, from, to - from);
            } catch (BadInput e) {
                throw new UnreadableLine(number, "cannot be read: " + e.getMessage());
            }
            if (lines.size() == numbers.length) {
                numbers = Arrays.copyOf(numbers, numbers.length * 2);
            }
            numbers[lines.size()] = number;
            lines.add(line);
        }

        private static boolean isBlank(byte[] bytes, int from, int to) {
            for (int at = from; at < to; at++) {
                if (bytes[at] != ' ' && bytes[at] != '\t' && bytes[at] != '\r') {
                    return false;
                }
            }
            return true;
        }

        Batch with(@Nullable End end) {
            return new Batch(numbers, lines, end);
        }
    }

    /** A line that nothing after it can be trusted without. */
    public static final class UnreadableLine extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableLine(long line, String what) {
            super("Line " + line + " " + what);
        }
    }

    /** The file could be read up to some place, but not after it. */
    public static final class ReadFailed extends IOException {
        private static final long serialVersionUID = 1L;

        ReadFailed(IOException cause) {
            super(cause);
        }
    }
}
