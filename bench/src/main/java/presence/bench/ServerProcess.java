package presence.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** The server as it is shipped: the fat jar in a process of its own, with {@code jvm.options} and {@code config.yml}. */
final class ServerProcess implements AutoCloseable {
    /** The system property that has servers recorded by the JVM's flight recorder. */
    static final String RECORDED = "bench.recorded";

    private static final String JAR = "service/target/presence.jar";
    private static final long LONGEST_START_SECONDS = 90;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path safepoints;
    private final Path log;
    private final Process process;
    private final int port;
    private final long startNanos;

    /**
     * Starts a server and returns once it has answered its first question.
     *
     * @param databaseUrl where its journal is
     */
    ServerProcess(Scratch scratch, String databaseUrl) throws Exception {
        port = RedisSweeper.freePort();
        int adminPort = RedisSweeper.freePort();
        String name = "server-" + System.nanoTime();
        safepoints = scratch.path(name + ".safepoints");
        log = scratch.path(name + ".log");
        List<String> command = new ArrayList<>(List.of(
                Machine.java(),
                "@jvm.options",
                "-Xlog:safepoint:file=" + safepoints,
                "-Ddw.server.applicationConnectors[0].port=" + port,
                "-Ddw.server.adminConnectors[0].port=" + adminPort,
                "-Ddw.database.url=" + databaseUrl,
                "-Ddw.logging.level=WARN"));
        if (Boolean.getBoolean(RECORDED)) {
            command.add("-XX:StartFlightRecording=settings=profile,filename=bench/target/" + name + ".jfr");
        }
        if (databaseUrl.startsWith("jdbc:postgresql")) {
            command.add("-Ddw.database.user=postgres");
        }
        // The shipped jar comes first; the constant answer is all that is added.
        command.addAll(List.of(
                "-cp", JAR + ":bench/target/classes", ServerWithConstant.class.getName(), "server", "config.yml"));
        long began = System.nanoTime();
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() - began > LONGEST_START_SECONDS * 1_000_000_000L) {
                process.destroyForcibly();
                throw new IOException("The server did not start: " + Files.readString(log));
            }
            LockSupport.parkNanos(10_000_000);
        }
        startNanos = System.nanoTime() - began;
    }

    int port() {
        return port;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** How long it took from the start of the process to the first answer, in nanoseconds. */
    long startNanos() {
        return startNanos;
    }

    private boolean answers() throws InterruptedException {
        try {
            return get("/v1/queues").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** What the path answers, which must be a success. */
    String body(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = get(path);
        if (response.statusCode() != 200) {
            throw new IOException(path + " is answered by " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    /** Makes the constant answer what is given. */
    void constant(String body) throws IOException, InterruptedException {
        http.send(
                HttpRequest.newBuilder(uri(ServerWithConstant.PATH))
                        .PUT(HttpRequest.BodyPublishers.ofString(body))
                        .header("Content-Type", "application/octet-stream")
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        if (!body(ServerWithConstant.PATH).equals(body)
                || !body(ServerWithConstant.SERVLET).equals(body)) {
            throw new IOException("The constant answer is not what it was told to be.");
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** How long the process stood still, in nanoseconds, since it has run for so many seconds. */
    Histogram pauses(double fromUptime) throws IOException {
        return Safepoints.pauses(safepoints, fromUptime);
    }

    /** How long the process has run, in seconds. */
    double uptime() {
        return process.info()
                .startInstant()
                .map(start -> (System.currentTimeMillis() - start.toEpochMilli()) / 1000.0)
                .orElse(0.0);
    }

    /** Ends it at once, as a loss of power would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
