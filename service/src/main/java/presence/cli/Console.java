package presence.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command's results and complaints go, as bytes: text is UTF-8 whatever the locale.
 *
 * @param out standard output; its failures are seen, unlike those of {@link System#out}
 * @param err standard error
 */
public record Console(OutputStream out, OutputStream err) {

    /** The streams of this process. */
    public static Console ofProcess() {
        return new Console(new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err));
    }

    /** Writes a line to standard output. That nobody reads it is no fault. */
    void say(String line) {
        write(out, line);
    }

    /** Writes a line to standard error. */
    void complain(String line) {
        write(err, line);
    }

    /** Standard error for those who need a print stream. */
    PrintStream errors() {
        return new PrintStream(err, true, StandardCharsets.UTF_8);
    }

    private static void write(OutputStream stream, String line) {
        try {
            stream.write((line + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
            stream.flush();
        } catch (IOException e) {
            // There is nobody left to tell.
            return;
        }
    }
}
