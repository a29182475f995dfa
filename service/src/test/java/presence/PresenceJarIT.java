package presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is shipped, in a process of its own. */
final class PresenceJarIT {

    private static final Path JAR = Path.of(System.getProperty("presence.jar"));
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Path CONFIGURATION = Path.of("..", "config.yml").toAbsolutePath();
    private static final Path FLAGS = Path.of("..", "jvm.options").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stopWhatWasStarted() {
        started.forEach(Process::destroyForcibly);
        started.forEach(process -> process.onExit().join());
    }

    @Test
    void serves_with_the_settings_and_flags_as_shipped() throws Exception {
        Path log = folder.resolve("server.log");
        Process server = start(
                log,
                "@" + FLAGS,
                "-Ddw.server.applicationConnectors[0].port=0",
                "-Ddw.server.adminConnectors[0].port=0",
                "-Ddw.database.url=jdbc:sqlite:" + folder.resolve("presence.db"),
                "-jar",
                JAR.toString(),
                "server",
                CONFIGURATION.toString());

        assertThat(get(addressOf("application", server, log), "/no-such-thing").statusCode())
                .as("an address that is not there")
                .isEqualTo(404);
        showsItsPageFromTheJarAlone(addressOf("application", server, log));
        assertThat(read(log).lines())
                .as("a start says little: rules, database, agents restored, addresses")
                .hasSizeLessThan(8)
                .anyMatch(line -> line.contains("Rules release"))
                .anyMatch(line -> line.contains("Restored 0 agents"));
        HttpResponse<String> ping = get(addressOf("admin", server, log), "/ping");
        assertThat(ping.statusCode()).isEqualTo(200);
        assertThat(ping.body()).isEqualToIgnoringNewLines("pong");
    }

    private static void showsItsPageFromTheJarAlone(URI server) throws Exception {
        HttpResponse<String> page = get(server, "/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';");
        assertThat(page.body()).contains("/healthcheck\"").doesNotContain("{{");
        assertThat(get(server, "/docs").body()).isEqualTo(page.body());

        Map<String, String> assets = new LinkedHashMap<>();
        Pattern.compile("(?:href|src)=\"(/[^\"]*)\"")
                .matcher(page.body())
                .results()
                .forEach(link -> assets.put(link.group(1), link.group(1).replaceFirst(".*\\.", "")));
        assertThat(assets).hasSizeGreaterThan(5);
        Map<String, String> types = Map.of(
                "css", "text/css;charset=utf-8",
                "js", "text/javascript;charset=utf-8",
                "svg", "image/svg+xml",
                "yaml", "application/yaml",
                "json", "application/json");
        for (Map.Entry<String, String> asset : assets.entrySet()) {
            HttpResponse<String> answer = get(server, asset.getKey());
            assertThat(answer.statusCode()).as(asset.getKey()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .as(asset.getKey())
                    .hasValue(types.get(asset.getValue()));
            assertThat(answer.headers().firstValue("X-Content-Type-Options"))
                    .as(asset.getKey())
                    .hasValue("nosniff");
            assertThat(answer.body()).as(asset.getKey()).isNotBlank();
        }
        assertThat(get(server, "/docs/page.js").body()
                        + get(server, "/docs/page.css").body()
                        + page.body())
                .as("addresses of other servers")
                .doesNotContainPattern("(?i)(src|href|url|import)[^\\n]{0,3}https?://(?!127\\.0\\.0\\.1)");
    }

    @Test
    void compiles_and_fires_a_rule_with_nothing_but_the_jar() throws Exception {
        Path output = folder.resolve("rule.log");
        String classPath = JAR + System.getProperty("path.separator") + Path.of("target", "test-classes");

        Process process = start(output, "-Xmx512m", "-cp", classPath, CompileOneRule.class.getName());

        await().atMost(PATIENCE).until(() -> !process.isAlive());
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        assertThat(Files.readString(output)).contains("the rule has fired");
    }

    private Process start(Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        started.add(process);
        return process;
    }

    /** The port is the system's choice, so that no two runs get into each other's way; the server's log names it. */
    private static URI addressOf(String connector, Process server, Path log) {
        Pattern line = Pattern.compile("Started " + connector + "@.*\\{127\\.0\\.0\\.1:(\\d+)\\}");
        return await().atMost(PATIENCE)
                .failFast(() -> assertThat(server.isAlive())
                        .as(() -> "the server ended early:\n" + read(log))
                        .isTrue())
                .until(
                        () -> {
                            Matcher matcher = line.matcher(read(log));
                            return matcher.find() ? URI.create("http://127.0.0.1:" + matcher.group(1)) : null;
                        },
                        address -> address != null);
    }

    private static HttpResponse<String> get(URI server, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(server.resolve(path)).build(), BodyHandlers.ofString());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
