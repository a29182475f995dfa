package presence.resources;

import static presence.command.ErrorCode.BODY_TOO_LARGE;
import static presence.command.ErrorCode.OVERLOADED;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import presence.api.BadInput;
import presence.api.CommandReader;
import presence.api.CommandWriter;
import presence.api.Instants;
import presence.command.Envelope;
import presence.command.ErrorCode;
import presence.command.Outcome;
import presence.door.Admission;
import presence.door.Forbidden;
import presence.loop.PresenceLoop;
import presence.loop.Submission;
import presence.loop.Unavailable;

/**
 * Runs the lines of one request. Lines are handed to the loop in blocks, several blocks at a time, and answered in order; a
 * bad line is refused by itself.
 *
 * <p>No thread waits, neither for the sender, nor for the loop, nor for whoever reads the answers: each of them, when it has
 * something or has room again, has {@link #move} go on from where it stopped. Answers are sent as soon as they are there. A
 * sender that does not read them is read from until {@value #HELD_ANSWERS} bytes of answers wait here beside what the
 * network holds, and no further.
 *
 * <p>Safe for use by several threads.
 */
final class CommandStream implements CommandLines.Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(CommandStream.class);

    /** The most bytes of answers that wait to be sent. */
    static final int HELD_ANSWERS = 4 << 20;

    private static final int BLOCK = 500;
    private static final int BLOCK_BYTES = 1 << 20;
    private static final int BLOCKS_UNDER_WAY = 8;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** How soon a full loop is asked again: about the time it takes to make a batch durable. */
    private static final Duration ROOM_ASKED_AFTER = Duration.ofMillis(2);

    private final PresenceLoop loop;
    private final AsyncContext context;
    private final Admission admission;
    private final ServletInputStream in;
    private final ServletOutputStream out;
    private final Executor steps;
    private final Consumer<CommandStream> whenOver;

    private final CommandLines lines = new CommandLines(this);
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
    private final Deque<Block> underWay = new ArrayDeque<>();
    private Block block = new Block();
    private long answered;

    /** Whether the container will call when there is something to read. */
    private boolean readAwaited;

    /** Whether the container will call when there is room to write. */
    private boolean writeAwaited;

    /** Whether the head, or answers, have been written and not sent off. */
    private boolean unsent = true;

    /** Whether nothing more is read. */
    private boolean ended;

    /** When a full loop was met first, in nanoseconds; null when it was not. */
    private @Nullable Long fullSince;

    /** Whether a full loop will be asked again. */
    private boolean asking;

    private boolean over;

    /**
     * @param context the request, whose answer has its head already
     * @param admission lets each command through, or does not
     * @param steps runs what is to be done when the loop has answered
     * @param whenOver called when everything is answered, or nobody is there to read it
     */
    CommandStream(
            PresenceLoop loop,
            AsyncContext context,
            Admission admission,
            Executor steps,
            Consumer<CommandStream> whenOver)
            throws IOException {
        this.loop = loop;
        this.context = context;
        this.admission = admission;
        this.in = context.getRequest().getInputStream();
        this.out = context.getResponse().getOutputStream();
        this.steps = steps;
        this.whenOver = whenOver;
    }

    /** Commands handed in together; a line that could not be read has its outcome already. */
    private static final class Block {
        private final List<@Nullable Outcome> outcomes = new ArrayList<>();
        private final List<Envelope> commands = new ArrayList<>();
        private final List<byte[]> lines = new ArrayList<>();
        private final CompletableFuture<List<Outcome>> came = new CompletableFuture<>();
        private int bytes;

        boolean full() {
            return outcomes.size() >= BLOCK || bytes >= BLOCK_BYTES;
        }
    }

    /** Begins to read and to answer. */
    void begin() {
        readAwaited = true;
        writeAwaited = true;
        out.setWriteListener(new WriteListener() {
            @Override
            public void onWritePossible() {
                canWrite();
            }

            @Override
            public void onError(Throwable failure) {
                finish();
            }
        });
        in.setReadListener(new ReadListener() {
            @Override
            public void onDataAvailable() {
                canRead();
            }

            @Override
            public void onAllDataRead() {
                allRead();
            }

            @Override
            public void onError(Throwable failure) {
                readNoMore(failure);
            }
        });
    }

    /** Reads no more, and answers what has been read: the service stops. */
    synchronized void end() {
        ended = true;
        move();
    }

    private synchronized void canWrite() {
        writeAwaited = false;
        move();
    }

    private synchronized void canRead() {
        readAwaited = false;
        move();
    }

    private synchronized void allRead() {
        seeEnd();
        move();
    }

    /** The sender has gone, or has been silent for too long: then it gets the answers that are still due. */
    private synchronized void readNoMore(Throwable failure) {
        ended = true;
        if (failure instanceof TimeoutException || failure.getCause() instanceof TimeoutException) {
            move();
        } else {
            finish();
        }
    }

    // --- one step after the other, as far as they go

    private synchronized void move() {
        if (over) {
            return;
        }
        try {
            boolean moved = true;
            while (moved) {
                moved = read() | submit() | collect() | send();
            }
            if (ended && block.outcomes.isEmpty() && underWay.isEmpty() && !writeAwaited) {
                finish();
            }
        } catch (IOException e) {
            // Nobody is there to be told.
            finish();
        } catch (RuntimeException e) {
            // Whoever has it go on looks at no failure, and a stream that stands still would be open for ever.
            LOG.error("A stream of commands met a fault of the service", e);
            finish();
        }
    }

    private synchronized void finish() {
        if (!over) {
            over = true;
            context.complete();
            whenOver.accept(this);
        }
    }

    private boolean read() throws IOException {
        boolean some = false;
        while (!ended && !readAwaited && !block.full() && answers.size() < HELD_ANSWERS) {
            if (!in.isReady()) {
                readAwaited = true;
                break;
            }
            int bytes = in.read(lines.buffer(), lines.filled(), lines.room());
            if (bytes < 0) {
                seeEnd();
                break;
            }
            lines.came(bytes);
            some = true;
        }
        return some;
    }

    /** The sender has sent everything; what it has not ended with a line feed is a line too. */
    private void seeEnd() {
        if (!ended) {
            ended = true;
            lines.end();
        }
    }

    @Override
    public void line(byte[] bytes, int from, int length) {
        try {
            Envelope sent = CommandReader.command(CommandReader.json(bytes, from, length));
            Envelope command = admission.admit(sent);
            byte[] line = command.equals(sent) ? CommandLines.copy(bytes, from, length) : CommandWriter.line(command);
            block.commands.add(command);
            block.lines.add(line);
            block.bytes += line.length;
            block.outcomes.add(null);
        } catch (BadInput e) {
            refuse(e.code(), String.valueOf(e.getMessage()));
        } catch (Forbidden e) {
            refuse(e.code(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void tooLong() {
        refuse(BODY_TOO_LARGE, "The line has more than " + CommandLines.LONGEST + " bytes, the most it can have.");
    }

    private void refuse(ErrorCode code, String detail) {
        block.outcomes.add(Outcome.refused(code, detail));
    }

    /** Hands in the block when it is full or the sender pauses. A full loop is asked again, and meanwhile nothing is read. */
    private boolean submit() {
        boolean due = block.full() || readAwaited || ended;
        if (block.outcomes.isEmpty() || !due || underWay.size() >= BLOCKS_UNDER_WAY) {
            return false;
        }
        try {
            if (block.commands.isEmpty()) {
                block.came.complete(List.of());
            } else {
                loop.submit(new Submission(block.commands, block.lines, block.came));
            }
        } catch (Unavailable e) {
            if (e.code() == OVERLOADED && !waitedEnough()) {
                askAgain();
                return false;
            }
            block.came.completeExceptionally(e);
        }
        handedIn();
        return true;
    }

    private void askAgain() {
        if (!asking) {
            asking = true;
            CompletableFuture.delayedExecutor(ROOM_ASKED_AFTER.toMillis(), TimeUnit.MILLISECONDS, steps)
                    .execute(this::roomPerhaps);
        }
    }

    private synchronized void roomPerhaps() {
        asking = false;
        move();
    }

    private boolean waitedEnough() {
        long now = System.nanoTime();
        if (fullSince == null) {
            fullSince = now;
        }
        return now - fullSince > LONGEST_WAIT.toNanos();
    }

    private void handedIn() {
        fullSince = null;
        underWay.addLast(block);
        if (!block.came.isDone()) {
            // The loop's thread has better to do than to write answers.
            var unused = block.came.whenCompleteAsync((outcomes, failure) -> move(), steps);
        }
        block = new Block();
    }

    private boolean collect() throws IOException {
        boolean some = false;
        while (!underWay.isEmpty() && underWay.peekFirst().came.isDone() && answers.size() < HELD_ANSWERS) {
            Block oldest = underWay.removeFirst();
            List<Outcome> came = outcomes(oldest);
            int next = 0;
            for (Outcome known : oldest.outcomes) {
                if (known == null) {
                    admission.done(oldest.commands.get(next), came.get(next));
                }
                answer(known != null ? known : came.get(next++));
            }
            some = true;
        }
        return some;
    }

    private static List<Outcome> outcomes(Block block) {
        return block.came
                .handle((outcomes, failure) -> {
                    if (outcomes != null) {
                        return outcomes;
                    }
                    Outcome refused = failure instanceof Unavailable unavailable
                            ? Outcome.refused(unavailable.code(), String.valueOf(unavailable.getMessage()))
                            : Outcome.refused(ErrorCode.INTERNAL, "The command met a fault of the service.");
                    return block.commands.stream().map(command -> refused).toList();
                })
                .join();
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
        if (outcome.offer() != null) {
            // Ids need no quoting.
            text.append("\",\"offer\":\"").append(outcome.offer().offer());
            text.append("\",\"agent\":\"").append(outcome.offer().agent());
            text.append("\",\"expiresAt\":\"")
                    .append(Instants.text(outcome.offer().expiresAt()));
        }
        text.append("\"}\n");
        answers.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private boolean send() throws IOException {
        boolean some = false;
        while (!writeAwaited && (answers.size() > 0 || unsent || ended)) {
            if (!out.isReady()) {
                writeAwaited = true;
            } else if (answers.size() > 0) {
                // The bytes are the container's until it has room again.
                out.write(answers.toByteArray());
                answers.reset();
                unsent = true;
                some = true;
            } else if (unsent) {
                out.flush();
                unsent = false;
            } else {
                break;
            }
        }
        return some;
    }
}
