package presence.resources;

import static presence.command.ErrorCode.BODY_TOO_LARGE;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import presence.api.BadInput;
import presence.api.CommandReader;
import presence.command.Envelope;
import presence.command.ErrorCode;
import presence.command.Outcome;
import presence.loop.PresenceLoop;
import presence.loop.Submission;
import presence.loop.Unavailable;

/**
 * Runs the lines of one request. Lines are handed to the loop in blocks, several blocks at a time, and answered in order; a
 * bad line is refused by itself.
 *
 * <p>Answers are sent when the sender pauses, and when {@value #HELD_ANSWERS} bytes of them are held. A sender that neither
 * pauses nor reads is thus read from until the answers have filled that and the network's own buffers, and no further. One
 * thread: that of the request.
 */
final class CommandStream {
    /** The longest line, in bytes, without its line feed. */
    static final int LONGEST_LINE = 64 << 10;

    /** The most bytes of answers held back. */
    static final int HELD_ANSWERS = 4 << 20;

    private static final int BLOCK = 500;
    private static final int BLOCK_BYTES = 1 << 20;
    private static final int BLOCKS_UNDER_WAY = 8;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** How soon a full loop is asked again: about the time it takes to make a batch durable. */
    private static final Duration ROOM_ASKED_AFTER = Duration.ofMillis(2);

    private final PresenceLoop loop;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[LONGEST_LINE + 2];
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
    private final Deque<Block> underWay = new ArrayDeque<>();
    private Block block = new Block();
    private long answered;

    CommandStream(PresenceLoop loop, InputStream in, OutputStream out) {
        this.loop = loop;
        this.in = in;
        this.out = out;
    }

    /** Commands handed in together; a line that could not be read has its outcome already. */
    private static final class Block {
        private final List<@Nullable Outcome> outcomes = new ArrayList<>();
        private final List<Envelope> commands = new ArrayList<>();
        private final List<byte[]> lines = new ArrayList<>();
        private @Nullable Submission submission;
        private int bytes;

        boolean full() {
            return outcomes.size() >= BLOCK || bytes >= BLOCK_BYTES;
        }
    }

    void run() throws IOException {
        int filled = 0;
        boolean skipping = false;
        while (true) {
            int read = in.read(buffer, filled, buffer.length - filled);
            if (read < 0) {
                break;
            }
            int end = filled + read;
            int from = 0;
            for (int i = filled; i < end; i++) {
                if (buffer[i] == '\n') {
                    if (skipping) {
                        skipping = false;
                    } else {
                        take(from, i);
                    }
                    from = i + 1;
                }
            }
            filled = end - from;
            if (skipping) {
                filled = 0;
            } else if (filled > LONGEST_LINE) {
                tooLong();
                skipping = true;
                filled = 0;
            } else {
                System.arraycopy(buffer, from, buffer, 0, filled);
            }
            if (in.available() == 0) {
                settle();
            }
        }
        if (filled > 0) {
            take(0, filled);
        }
        settle();
    }

    private void take(int from, int to) throws IOException {
        int end = to > from && buffer[to - 1] == '\r' ? to - 1 : to;
        if (end - from > LONGEST_LINE) {
            refuse(BODY_TOO_LARGE, tooLongDetail());
        } else {
            read(from, end);
        }
        if (block.full()) {
            submit();
        }
    }

    private void read(int from, int end) {
        try {
            Envelope command = CommandReader.command(CommandReader.json(buffer, from, end - from));
            byte[] bytes = Arrays.copyOfRange(buffer, from, end + 1);
            bytes[bytes.length - 1] = '\n';
            block.commands.add(command);
            block.lines.add(bytes);
            block.bytes += bytes.length;
            block.outcomes.add(null);
        } catch (BadInput e) {
            refuse(e.code(), String.valueOf(e.getMessage()));
        }
    }

    private void tooLong() throws IOException {
        refuse(BODY_TOO_LARGE, tooLongDetail());
        if (block.full()) {
            submit();
        }
    }

    private static String tooLongDetail() {
        return "The line has more than " + LONGEST_LINE + " bytes, the most it can have.";
    }

    private void refuse(ErrorCode code, String detail) {
        block.outcomes.add(Outcome.refused(code, detail));
    }

    /** Hands the block in. A full loop is waited for, and meanwhile nothing more is read from the sender. */
    private void submit() throws IOException {
        while (underWay.size() >= BLOCKS_UNDER_WAY) {
            answerOldest();
        }
        long patience = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!block.commands.isEmpty() && block.submission == null) {
            Submission submission = new Submission(block.commands, block.lines, new CompletableFuture<>());
            try {
                loop.submit(submission);
                block.submission = submission;
            } catch (Unavailable e) {
                if (e.code() != ErrorCode.OVERLOADED || System.nanoTime() - patience > 0) {
                    submission.outcomes().completeExceptionally(e);
                    block.submission = submission;
                } else if (underWay.isEmpty()) {
                    LockSupport.parkNanos(ROOM_ASKED_AFTER.toNanos());
                } else {
                    answerOldest();
                }
            }
        }
        underWay.addLast(block);
        block = new Block();
    }

    /** Answers everything that has come in so far. */
    private void settle() throws IOException {
        if (!block.outcomes.isEmpty()) {
            submit();
        }
        while (!underWay.isEmpty()) {
            answerOldest();
        }
        send();
    }

    private void send() throws IOException {
        if (answers.size() > 0) {
            answers.writeTo(out);
            answers.reset();
        }
        out.flush();
    }

    private void answerOldest() throws IOException {
        Block oldest = underWay.removeFirst();
        List<Outcome> came = outcomes(oldest);
        int next = 0;
        for (Outcome known : oldest.outcomes) {
            answer(known != null ? known : came.get(next++));
        }
        if (answers.size() >= HELD_ANSWERS) {
            send();
        }
    }

    private static List<Outcome> outcomes(Block block) {
        Submission submission = block.submission;
        if (submission == null) {
            return List.of();
        }
        try {
            return CommandGateway.await(submission);
        } catch (Unavailable e) {
            Outcome refused = Outcome.refused(e.code(), String.valueOf(e.getMessage()));
            return block.commands.stream().map(command -> refused).toList();
        }
    }

    private void answer(Outcome outcome) throws IOException {
        answered++;
        StringBuilder text = new StringBuilder(64);
        text.append("{\"line\":").append(answered).append(",\"outcome\":\"").append(outcome.kind());
        if (outcome.code() != null) {
            text.append("\",\"code\":\"").append(outcome.code());
        }
        if (outcome.detail() != null) {
            text.append("\",\"detail\":\"");
            JsonStringEncoder.getInstance().quoteAsString(outcome.detail(), text);
        }
        text.append("\"}\n");
        answers.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
