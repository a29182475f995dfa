package presence.cli;

import io.dropwizard.core.setup.Bootstrap;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipException;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;
import presence.engine.InvalidRulesException;
import presence.engine.RuleBook;
import presence.engine.RuleFault;
import presence.engine.RuleFiles;
import presence.replay.Replay;
import presence.replay.ReplayFile;

/** {@code replay FILE [--rules DIR]}: answers the questions in a file of commands, with no server and no database. */
final class ReplayCommand extends QuietCommand {

    ReplayCommand(Console console) {
        super("replay", "Runs a file of commands under its own time and answers the questions in it", console);
    }

    @Override
    public void configure(Subparser parser) {
        parser.addArgument("file")
                .metavar("FILE")
                .help(
                        "commands and questions, a JSON object a line, each with its time 'at', in the order of their times;"
                                + " plain or gzipped");
        parser.addArgument("--rules")
                .metavar("DIR")
                .help("the folder of rules to ask instead of those that the program brings with it");
        parser.epilog("Answers go to standard output as NDJSON, {\"line\":n,\"answer\":{…}}. A refused command goes to"
                + " standard error with its line number, and the run goes on."
                + " Exit code: 0 when the whole file was run, also when commands were refused or nobody reads the"
                + " answers any more; 2 when the file cannot be read, a line has no readable time, time runs"
                + " backwards, or the rules have faults (each is listed).");
    }

    @Override
    void runQuietly(Bootstrap<?> bootstrap, Namespace arguments) throws Exception {
        Path path = Path.of(arguments.getString("file"));
        Answers answers = new Answers(console.out());
        PrintStream refusals = new PrintStream(new BufferedOutputStream(console.err()), false, StandardCharsets.UTF_8);
        // The file is read while the rules compile.
        try (ReplayFile file = open(path)) {
            replay(path, file, rules(arguments.getString("rules")), answers, refusals);
        } finally {
            refusals.flush();
        }
    }

    private static void replay(Path path, ReplayFile file, RuleBook rules, Answers answers, PrintStream refusals)
            throws Exception {
        try (Replay replay = new Replay(rules, answers, refusals)) {
            file.replay(replay, refusals::flush);
        } catch (Answers.NobodyReads e) {
            return;
        } catch (ReplayFile.ReadFailed e) {
            throw new CommandFailed(
                    CommandFailed.UNUSABLE, path + " cannot be read to its end: " + reason(e.getCause()) + ".");
        } catch (ReplayFile.UnreadableLine | Replay.TimeRunsBackwards e) {
            throw new CommandFailed(CommandFailed.UNUSABLE, path + ": " + e.getMessage());
        } catch (IOException e) {
            throw new CommandFailed(CommandFailed.UNUSABLE, "The answers cannot be written: " + reason(e) + ".");
        }
    }

    private static ReplayFile open(Path path) throws CommandFailed {
        try {
            if (Files.isDirectory(path)) {
                throw new CommandFailed(CommandFailed.UNUSABLE, path + " is a folder; expected a file of commands.");
            }
            return ReplayFile.open(path);
        } catch (IOException e) {
            throw new CommandFailed(CommandFailed.UNUSABLE, path + " cannot be read: " + reason(e) + ".");
        }
    }

    private static RuleBook rules(@Nullable String folder) throws CommandFailed {
        if (folder == null) {
            return RuleBook.shipped();
        }
        try {
            return RuleBook.compile(RuleFiles.in(Path.of(folder)));
        } catch (InvalidRulesException e) {
            throw new CommandFailed(
                    CommandFailed.UNUSABLE,
                    e.faults().stream().map(RuleFault::toString).toList());
        }
    }

    private static String reason(@Nullable Throwable failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file";
        } else if (failure instanceof AccessDeniedException) {
            return "permission denied";
        } else if (failure instanceof java.io.EOFException || failure instanceof ZipException) {
            return "its gzip is cut off or damaged (" + failure.getMessage() + ")";
        }
        return failure == null ? "no reason given" : String.valueOf(failure.getMessage());
    }

    /** Where the answers go. When nobody reads them any more, the run ends. */
    private static final class Answers extends OutputStream {
        private final OutputStream out;

        Answers(OutputStream out) {
            this.out = new BufferedOutputStream(out, 1 << 16);
        }

        @Override
        public void write(int b) throws IOException {
            try {
                out.write(b);
            } catch (IOException e) {
                throw told(e);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                throw told(e);
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException e) {
                throw told(e);
            }
        }

        private static IOException told(IOException e) {
            return String.valueOf(e.getMessage()).contains("roken pipe") ? new NobodyReads(e) : e;
        }

        /** The other end of the pipe is closed, as {@code head} does. */
        static final class NobodyReads extends IOException {
            private static final long serialVersionUID = 1L;

            NobodyReads(IOException cause) {
                super(cause);
            }
        }
    }
}
