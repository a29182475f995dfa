package presence.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

    /** Commands as they come from a caller. */
    public static Submission of(List<Envelope> commands) {
        List<byte[]> lines = new ArrayList<>(commands.size());
        for (Envelope command : commands) {
            lines.add(CommandWriter.line(command));
        }
        return new Submission(commands, lines, new CompletableFuture<>());
    }

    int bytes() {
        int bytes = 0;
        for (byte[] line : lines) {
            bytes += line.length;
        }
        return bytes;
    }
}
