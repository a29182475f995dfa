package presence.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import presence.ShippedJar;
import presence.journal.TestDatabase;

/**
 * The jar as it is shipped, in a process of its own, with the shipped flags but a smaller heap, on a database of the test's
 * own. It can be stopped, killed and started again on the same data. Ports are the system's choice, so a client asks for the
 * address anew with each request.
 */
public final class ServerProcess implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Path FLAGS = Path.of("..", "jvm.options").toAbsolutePath();

    private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

    private final Path folder;
    private final Path configuration;
    private final List<String> arguments;
    private final List<Path> logs = new ArrayList<>();
    private Process process;
    private volatile URI application = NOWHERE;
    private volatile URI admin = NOWHERE;

    private ServerProcess(Path folder, Path configuration, List<String> arguments) {
        this.folder = folder;
        this.configuration = configuration;
        this.arguments = arguments;
        this.process = launch();
        // A test's JVM that is ended takes its servers with it.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> process.destroyForcibly()));
    }

    /**
     * Starts a server and waits until it is healthy.
     *
     * @param folder where its settings, its logs and perhaps its data go
     * @param settings lines of {@code config.yml}, each a top-level setting, which replaces the fixture's own
     */
    public static ServerProcess start(Path folder, TestDatabase database, String... settings) {
        ServerProcess server = launch(folder, database, settings);
        server.awaitHealthy();
        return server;
    }

    /** Starts a server and waits for nothing. */
    public static ServerProcess launch(Path folder, TestDatabase database, String... settings) {
        Path configuration = configuration(folder, database, settings);
        return new ServerProcess(folder, configuration, List.of("server", configuration.toString()));
    }

    /** Starts the demo, whose day goes by as fast as a real one, and waits until it is healthy. */
    public static ServerProcess demo(Path folder, long seed) {
        String data = folder.resolve("data").toString();
        ServerProcess demo = new ServerProcess(
                folder,
                folder.resolve("config.yml"),
                List.of("demo", "--port", "0", "--data", data, "--seed", Long.toString(seed)));
        demo.awaitHealthy();
        return demo;
    }

    private static Path configuration(Path folder, TestDatabase database, String... settings) {
        Map<String, String> lines = new LinkedHashMap<>();
        put(
                lines,
                "server: {applicationConnectors: [{type: http, bindHost: 127.0.0.1, port: 0}],"
                        + " adminConnectors: [{type: http, bindHost: 127.0.0.1, port: 0}],"
                        + " gzip: {enabled: false}, requestLog: {appenders: []}}");
        put(
                lines,
                "logging: {level: INFO, loggers: {org.drools: ERROR,"
                        + " org.eclipse.jetty.ee10.servlet.ServletChannelState: ERROR}}");
        put(lines, databaseSetting(database, ""));
        for (String setting : settings) {
            put(lines, setting);
        }
        try {
            return Files.writeString(folder.resolve("config.yml"), String.join("\n", lines.values()) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The line of {@code config.yml} that leads to the database, with more of its settings. */
    static String databaseSetting(TestDatabase database, String more) {
        String user = database.user() == null
                ? ""
                : ", user: " + database.user() + ", password: '" + database.password() + "'";
        return "database: {url: '" + database.url() + "'" + user + more + "}";
    }

    private static void put(Map<String, String> lines, String line) {
        lines.put(line.substring(0, line.indexOf(':')), line);
    }

    private Process launch() {
        Path log = folder.resolve("server-" + (logs.size() + 1) + ".log");
        logs.add(log);
        List<String> command = ShippedJar.command(List.of("@" + FLAGS, "-Xms64m", "-Xmx384m"), arguments);
        try {
            return new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again after its end, on the same data, and waits until it is healthy. */
    public void startAgain() {
        assertThat(process.isAlive())
                .as("the server that is to be started again")
                .isFalse();
        process = launch();
        awaitHealthy();
    }

    void awaitHealthy() {
        application = addressOf("Started application@.*\\{|Page: +http://");
        admin = addressOf("Started admin@.*\\{|admin: http://");
        Client operations = operations();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> operations.get("/healthcheck").status() == 200);
    }

    private URI addressOf(String before) {
        Pattern line = Pattern.compile("(?:" + before + ")127\\.0\\.0\\.1:(\\d+)[}/]");
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .failFast(() -> assertThat(process.isAlive())
                        .as(() -> "the server ended early:\n" + log())
                        .isTrue())
                .until(
                        () -> {
                            Matcher matcher = line.matcher(log());
                            return matcher.find() ? URI.create("http://127.0.0.1:" + matcher.group(1)) : NOWHERE;
                        },
                        address -> !address.equals(NOWHERE));
    }

    /** Where the API is now. */
    public URI address() {
        return application;
    }

    /** What {@code keys} of the jar says to these arguments, in a process beside this one. */
    public String keys(String... arguments) {
        List<String> command = new ArrayList<>(List.of("keys"));
        command.addAll(List.of(arguments));
        command.add(configuration.toString());
        try {
            Process keys = new ProcessBuilder(ShippedJar.command(command))
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(keys.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            assertThat(keys.waitFor()).as(said).isZero();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A client of the API; it follows the server over restarts. */
    public Client client() {
        return new Client(() -> application);
    }

    /** A client of the admin port. */
    public Client operations() {
        return new Client(() -> admin);
    }

    /** What the process has written since it was started last. */
    String log() {
        try {
            return Files.readString(logs.get(logs.size() - 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a loss of power does to it: SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** As operations stop it: SIGTERM. It is not waited for. */
    public void terminate() {
        process.destroy();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Waits for the end; answers the exit code. */
    int exitCode() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> !process.isAlive());
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
