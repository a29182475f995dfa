package presence.loop;

import static presence.command.ErrorCode.OVERLOADED;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import presence.api.CommandWriter;
import presence.command.Envelope;
import presence.command.Outcome;

/**
 * Commands that one sender hands in together. They are applied in order, in one batch, and answered together.
 *
 * @param commands the commands
 * @param lines the same commands as the journal keeps them: a line each, with its line feed
 * @param outcomes completed once everything is durable and visible, with an outcome for each command; or with an {@link
 *     Unavailable} if none of it was taken in
 */
public record Submission(List<Envelope> commands, List<byte[]> lines, CompletableFuture<List<Outcome>> outcomes) {
    private static final long LONGEST_WAIT_SECONDS = 30;

    /** Commands as they come from a caller. */
    public static Submission of(List<Envelope> commands) {
        List<byte[]> lines = new ArrayList<>(commands.size());
        for (Envelope command : commands) {
            lines.add(CommandWriter.line(command));
        }
        return new Submission(commands, lines, new CompletableFuture<>());
    }

    /**
     * The outcomes for who waits no longer than a request should: complete when {@link #outcomes} are, or with {@link
     * Unavailable}.
     */
    public CompletableFuture<List<Outcome>> answers() {
        return outcomes.orTimeout(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS).handle((answers, failure) -> {
            if (answers == null) {
                throw unavailable(failure);
            }
            return answers;
        });
    }

    private static RuntimeException unavailable(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return new Unavailable(
                    OVERLOADED,
                    "The command was not answered within " + LONGEST_WAIT_SECONDS
                            + " s. It may still be applied; repeated with the same id it is applied once.",
                    5);
        }
        return failure instanceof Unavailable unavailable ? unavailable : new IllegalStateException(failure);
    }

    /** Waits for what comes of answers, and throws what kept it from coming. */
    public static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    int bytes() {
        int bytes = 0;
        for (byte[] line : lines) {
            bytes += line.length;
        }
        return bytes;
    }
}
