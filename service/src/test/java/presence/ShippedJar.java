package presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How tests start the jar as it is shipped, again and again, in little of the processor's time: with the quick compiler alone,
 * and with an archive of what the JVM has read and verified of the jar, which the first start of a run of tests makes.
 */
public final class ShippedJar {
    private static final Path JAR = Path.of(System.getProperty("presence.jar"));
    private static final String QUICK = "-XX:TieredStopAtLevel=1";
    private static final List<String> START = start();

    private ShippedJar() {}

    /** A program of the JDK that runs the tests: {@code java}, {@code keytool}. */
    public static String program(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    /** The command that runs the jar with these arguments. */
    public static List<String> command(List<String> arguments) {
        return command(List.of(), arguments);
    }

    /** The same with flags of the JVM of the test's own. */
    public static List<String> command(List<String> flags, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program("java")));
        command.addAll(flags);
        command.addAll(START);
        command.addAll(arguments);
        return command;
    }

    private static List<String> start() {
        // One for each of the JVMs that run tests side by side.
        Path archive = JAR.resolveSibling("presence-" + System.getProperty("surefire.forkNumber", "1") + ".jsa");
        try {
            Files.deleteIfExists(archive);
            serveOnce("-XX:ArchiveClassesAtExit=" + archive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // A JVM passes over an archive that is not there, as where a process cannot be asked to end.
        return List.of(QUICK, "-XX:SharedArchiveFile=" + archive, "-jar", JAR.toString());
    }

    /**
     * Starts the demo with this flag and ends it as operations do. No class is unloaded meanwhile: a JVM 17 that meets one
     * while it writes its archive crashes now and then.
     */
    private static void serveOnce(String flag) throws IOException {
        List<String> command = List.of(
                program("java"),
                QUICK,
                "-XX:-ClassUnloading",
                flag,
                "-jar",
                JAR.toString(),
                "demo",
                "--port",
                "0",
                "--agents",
                "10");
        Process demo = new ProcessBuilder(command)
                .directory(JAR.getParent().toFile())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said = demo.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = new ArrayList<>();
            String line = said.readLine();
            while (line != null && !line.startsWith("Page:")) {
                lines.add(line);
                line = said.readLine();
            }
            assertThat(line).as(() -> String.join("\n", lines)).isNotNull();
            // By its handle, which leaves its output open: it would wait for somebody to read it.
            demo.toHandle().destroy();
            said.lines().forEach(lines::add);
        }
        demo.onExit().join();
    }
}
