package presence.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * A program for tests that need a process to kill, or one that runs under other conditions: it appends entries and says
 * so. After a failure it waits for a line on its input before it goes on; a line {@code stop} ends it.
 */
public final class WritingProcess {

    private WritingProcess() {}

    /**
     * Runs the program.
     *
     * @param arguments URL, user, password (empty when there is none), bytes of a body, a file to be deleted when it is
     *     told to go on
     */
    public static void main(String... arguments) throws Exception {
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger("ROOT")).setLevel(ch.qos.logback.classic.Level.WARN);
        JournalConfiguration configuration = TestDatabases.configuration(arguments[0], arguments[1], arguments[2]);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Journal journal = configuration.open()) {
            long number = journal.lastNumber() + 1;
            while (true) {
                try {
                    journal.append(entry(number, Integer.parseInt(arguments[3])));
                    System.out.println("acknowledged " + number);
                    number++;
                    if (input.ready()) {
                        break;
                    }
                } catch (JournalException e) {
                    System.out.println("failed " + e.code() + " " + e.getMessage());
                    if (!e.isTransient() || "stop".equals(input.readLine())) {
                        break;
                    }
                    Files.deleteIfExists(Path.of(arguments[4]));
                }
            }
        } catch (JournalException e) {
            System.out.println("failed " + e.code() + " " + e.getMessage());
        }
        try (Journal journal = configuration.open()) {
            long[] found = new long[1];
            journal.read(0, entry -> {
                if (entry.equals(entry(entry.number(), Integer.parseInt(arguments[3])))) {
                    found[0]++;
                }
            });
            System.out.println("found " + found[0]);
        } catch (JournalException e) {
            System.out.println("failed " + e.code() + " " + e.getMessage());
        }
    }

    static JournalEntry entry(long number, int bytes) {
        byte[] body = new byte[bytes];
        body[(int) (number % bytes)] = 1;
        return new JournalEntry(number, number, 1, body);
    }

    static Child start(TestDatabase database) throws IOException {
        return start(List.of(), System.getProperty("java.class.path"), database, 100, Path.of("no-such-file"));
    }

    /** Starts the program, as the last arguments of another one when there are words to stand before it. */
    static Child start(List<String> before, String classPath, TestDatabase database, int bytes, Path toDelete)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                WritingProcess.class.getName(),
                database.url(),
                database.user() == null ? "" : database.user(),
                database.password() == null ? "" : database.password(),
                Integer.toString(bytes),
                toDelete.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new Child(process, process.inputReader(StandardCharsets.UTF_8));
    }

    /** The running program. */
    record Child(Process process, BufferedReader output) implements AutoCloseable {

        String nextLine() throws IOException {
            String line = output.readLine();
            if (line == null) {
                throw new IOException("The process ended, though another line was expected of it.");
            }
            return line;
        }

        /** Reads until a line begins so. */
        String lineBeginning(String beginning) throws IOException {
            String line = nextLine();
            while (!line.startsWith(beginning)) {
                line = nextLine();
            }
            return line;
        }

        void say(String line) throws IOException {
            Writer input = process.outputWriter(StandardCharsets.UTF_8);
            input.write(line + "\n");
            input.flush();
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }
}
