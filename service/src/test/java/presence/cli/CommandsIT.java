package presence.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import presence.ShippedJar;

/** The commands of the jar as it is shipped, in processes of their own. */
final class CommandsIT {
    private static final Path FILES =
            Path.of("src", "test", "resources", "replay").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stopWhatWasStarted() {
        started.forEach(Process::destroyForcibly);
        started.forEach(process -> process.onExit().join());
    }

    @Test
    void replay_gives_the_known_answers_and_the_same_bytes_again_and_nothing_but_them() throws Exception {
        Finished first = run("replay", FILES.resolve("day-150.ndjson.gz"));
        Finished second = run("replay", FILES.resolve("day-150.ndjson.gz"));

        assertThat(first.exitCode).as(first.err).isZero();
        assertThat(lines(first.out)).isEqualTo(lines(unzipped(FILES.resolve("day-150.answers.ndjson.gz"))));
        assertThat(second.out).isEqualTo(first.out);
        assertThat(first.err).as("no word of a library gets onto the streams").isEmpty();
    }

    @Test
    void replay_into_a_closed_pipe_ends_quietly() throws Exception {
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(command("replay", FILES.resolve("mixed-1.ndjson")))
                .redirectError(err.toFile())
                .start();
        started.add(process);
        process.getInputStream().close();

        await().atMost(PATIENCE).until(() -> !process.isAlive());
        assertThat(process.exitValue()).isZero();
        assertThat(err).isEmptyFile();
    }

    @Test
    void faults_end_with_a_line_and_an_exit_code_and_no_stack_trace() throws Exception {
        Finished missing = run("replay", folder.resolve("missing.ndjson"));
        assertThat(missing.exitCode).isEqualTo(2);
        assertThat(missing.err).hasLineCount(1).contains("there is no such file");

        Finished unknown = run("replya");
        assertThat(unknown.exitCode).isEqualTo(2);
        assertThat(unknown.err).hasLineCount(1).contains("Maybe 'replay'");

        Path settings = Files.writeString(folder.resolve("config.yml"), "databse: {}\n");
        Finished typo = run("server", settings);
        assertThat(typo.exitCode).isEqualTo(1);
        assertThat(typo.err).isEqualTo(settings + ": Unrecognized field at: databse. Maybe database.\n");
    }

    @Test
    void a_server_whose_port_is_taken_says_so_in_a_line_and_ends() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Path settings = Files.writeString(
                    folder.resolve("config.yml"), """
                    server:
                      applicationConnectors: [{type: http, bindHost: 127.0.0.1, port: %d}]
                      adminConnectors: [{type: http, bindHost: 127.0.0.1, port: 0}]
                    database:
                      url: jdbc:sqlite:%s
                    """.formatted(taken.getLocalPort(), folder.resolve("presence.db")));

            Finished server = run("server", settings);

            assertThat(server.exitCode).isEqualTo(1);
            assertThat(server.err)
                    .startsWith("Cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": ")
                    .hasLineCount(1);
            assertThat(server.out).doesNotContain("Exception", "\tat ");
        }
    }

    @Test
    void version_is_that_of_the_build() throws Exception {
        Finished version = run("--version");

        assertThat(version.exitCode).isZero();
        assertThat(version.out.strip()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }

    @Test
    void the_demo_answers_over_http_with_a_floor_that_is_alive_and_leaves_nothing_behind() throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process demo = new ProcessBuilder(command("demo", "--port", "0", "--agents", "100", "--seed", "5"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        started.add(demo);
        URI address = URI.create(found(demo, out, "Page: +(http://127\\.0\\.0\\.1:\\d+)/"));
        Path data = Path.of(found(demo, out, "Data: (\\S+),"));

        await("agents at work").atMost(PATIENCE).untilAsserted(() -> {
            assertThat(agents(address, "BUSY")).isNotEmpty();
            assertThat(agents(address, "FREE")).isNotEmpty();
        });
        String curl = found(demo, out, "curl -s '(\\S+/v1/agents/a\\d+)'");
        assertThat(get(URI.create(curl)).statusCode()).isEqualTo(200);
        assertThat(data.resolve("presence.db")).exists();

        demo.destroy();
        await().atMost(PATIENCE).until(() -> !demo.isAlive());
        assertThat(data).as("the temporary folder").doesNotExist();
        assertThat(err).isEmptyFile();
    }

    private static List<JsonNode> agents(URI address, String status) throws Exception {
        HttpResponse<String> response = get(address.resolve("/v1/agents?limit=5&status=" + status));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        List<JsonNode> agents = new ArrayList<>();
        JSON.readTree(response.body()).get("agents").forEach(agents::add);
        return agents;
    }

    private static HttpResponse<String> get(URI address) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    private static String found(Process process, Path output, String pattern) {
        Pattern line = Pattern.compile(pattern);
        return await().atMost(PATIENCE)
                .failFast(() -> assertThat(process.isAlive())
                        .as(() -> "it ended early:\n" + read(output))
                        .isTrue())
                .until(
                        () -> {
                            Matcher matcher = line.matcher(read(output));
                            return matcher.find() ? matcher.group(1) : null;
                        },
                        found -> found != null);
    }

    private record Finished(int exitCode, String out, String err) {}

    private Finished run(Object... arguments) throws IOException {
        Path out = folder.resolve("run.out");
        Path err = folder.resolve("run.err");
        Process process = new ProcessBuilder(command(arguments))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        started.add(process);
        await().atMost(PATIENCE).until(() -> !process.isAlive());
        return new Finished(process.exitValue(), read(out), read(err));
    }

    private static List<String> command(Object... arguments) {
        return ShippedJar.command(
                List.of("-Xmx512m", "-Duser.language=en"),
                Stream.of(arguments).map(Object::toString).toList());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String unzipped(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private static List<JsonNode> lines(String ndjson) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : ndjson.lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}
