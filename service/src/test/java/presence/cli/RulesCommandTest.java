package presence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.util.JarLocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import presence.PresenceApplication;
import presence.PresenceConfiguration;
import presence.engine.RuleBook;
import presence.engine.RuleFile;

/**
 * {@code rules pull|push} before there is a service, and against somebody else who answers at its address: what a service of
 * ours never says. How they work with one is shown over the jar.
 */
final class RulesCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final ch.qos.logback.classic.Level level = root().getLevel();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private HttpServer stranger;

    @BeforeEach
    void answerAtTheAddress() throws IOException {
        stranger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stranger.start();
    }

    @AfterEach
    void asItWas() {
        stranger.stop(0);
        root().setLevel(level);
    }

    // --- arguments

    @Test
    void without_what_they_need_they_end_with_2() throws IOException {
        assertThat(run("rules")).isEqualTo(2);
        assertThat(run("rules", "pull")).isEqualTo(2);
        assertThat(run("rules", "push", folder)).isEqualTo(2);
        assertThat(err()).contains("--comment");
        assertThat(run("rules", "push", folder, "--comment", "c", "--format", "xml"))
                .isEqualTo(2);
        assertThat(run("rules", "push", folder, "--comment", "c", "--override-promise", "AWAY-IS-AWY"))
                .isEqualTo(2);
        assertThat(err()).contains("Maybe 'AWAY-IS-AWAY'.");
        assertThat(run("rules", "pull", folder, "--release", "newest", "--server", address()))
                .isEqualTo(2);
        assertThat(err()).isEqualTo("--release is 'newest'; expected the number of a release, active or draft.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8080", "ftp://127.0.0.1", "http://", "http://127.0.0.1/?x=y", "http://a b"})
    void the_server_is_an_address(String server) {
        assertThat(run("rules", "pull", folder, "--server", server)).isEqualTo(2);
        assertThat(err())
                .startsWith("--server is '" + server.replaceAll("/+$", ""))
                .hasLineCount(1);
    }

    // --- keys

    @Test
    void a_key_comes_from_a_file_or_else_the_environment_and_is_never_shown() throws IOException {
        answer(401, "application/problem+json", "{\"code\":\"UNAUTHENTICATED\",\"detail\":\"No.\"}");
        Path file = Files.writeString(folder.resolve("key"), "from-the-file\n");

        assertThat(run(Map.of("PRESENCE_KEY", "of-the-shell"), "pull", "--key-file", file.toString()))
                .isEqualTo(1);
        assertThat(run(Map.of("PRESENCE_KEY", "of-the-shell"), "pull")).isEqualTo(1);
        assertThat(err())
                .contains("answers 401 UNAUTHENTICATED: No. Maybe the key is revoked")
                .hasLineCount(1);
        assertThat(run(Map.of(), "pull")).isEqualTo(1);
        assertThat(err()).contains("Maybe give a key: in PRESENCE_KEY").hasLineCount(1);

        assertThat(keys).containsExactly("Bearer from-the-file", "Bearer of-the-shell", "none");
        assertThat(err() + out()).doesNotContain("of-the-shell", "from-the-file");
    }

    @Test
    void what_is_no_key_is_neither_sent_nor_shown() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "two\nlines\n");

        assertThat(run(Map.of(), "pull", "--key-file", file.toString())).isEqualTo(2);
        assertThat(err()).isEqualTo(file + " holds no key; expected one line without blanks.\n");
        assertThat(run(Map.of("PRESENCE_KEY", "a key"), "pull")).isEqualTo(2);
        assertThat(err()).startsWith("PRESENCE_KEY holds no key").doesNotContain("a key");
        assertThat(run(Map.of(), "pull", "--key-file", folder.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(err()).contains("there is no such file").hasLineCount(1);
        assertThat(run("rules", "pull", folder, "--server", "http://ann:secret@127.0.0.1"))
                .isEqualTo(2);
        assertThat(err()).contains("PRESENCE_KEY").doesNotContain("secret");
        assertThat(keys).isEmpty();
    }

    @Test
    void a_key_goes_to_no_other_machine_in_the_clear() {
        assertThat(command(Map.of("PRESENCE_KEY", "k"), "rules", "pull", folder, "--server", "http://presence.example"))
                .isEqualTo(2);
        assertThat(err()).contains("over http", "--plain-http").hasLineCount(1);
    }

    @Test
    void a_key_does_not_follow_where_a_server_sends() throws IOException {
        stranger.createContext("/elsewhere", exchange -> keys.add("followed"));
        stranger.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });

        assertThat(run(Map.of("PRESENCE_KEY", "k"), "pull")).isEqualTo(1);
        assertThat(err()).contains("answers 307: it sends elsewhere").hasLineCount(1);
        assertThat(keys).isEmpty();
    }

    // --- who answers

    @Test
    void a_server_that_is_away_is_told_in_a_line() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        assertThat(run("rules", "pull", folder, "--server", "http://127.0.0.1:" + free))
                .isEqualTo(1);
        assertThat(err())
                .startsWith("There is no answer from http://127.0.0.1:" + free)
                .contains("Maybe the service does not run")
                .hasLineCount(1);
    }

    @Test
    void something_else_than_JSON_is_told_in_a_line() throws IOException {
        answer(200, "text/html", "<h1>Welcome</h1>");
        assertThat(run(Map.of(), "pull")).isEqualTo(1);
        assertThat(err())
                .contains("was answered 200 with text/html; expected JSON")
                .hasLineCount(1);

        for (String body : List.of("{", "{} {}", "{\"hash\":1,\"hash\":2}")) {
            answer(200, "application/json", body);
            assertThat(run(Map.of(), "pull")).as(body).isEqualTo(1);
            assertThat(err()).contains("was answered 200 with what is no JSON").hasLineCount(1);
        }
    }

    @Test
    void a_busy_service_says_when_to_come_again() throws IOException {
        stranger.createContext("/", exchange -> {
            byte[] body = "{\"code\":\"OVERLOADED\",\"detail\":\"Busy.\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/problem+json");
            exchange.getResponseHeaders().add("Retry-After", "5");
            exchange.sendResponseHeaders(503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });

        assertThat(run(Map.of(), "pull")).isEqualTo(1);
        assertThat(err())
                .endsWith("answers 503 OVERLOADED: Busy. Try again in 5 s.\n")
                .hasLineCount(1);
    }

    // --- files from elsewhere

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../out.drl",
                "/tmp/out.drl",
                "a/../../out.drl",
                "a\\..\\out.drl",
                "out.sh",
                ".git/hooks/out.drl",
                ""
            })
    void nothing_is_written_outside_the_folder(String path) throws IOException {
        answer(200, "application/json", release(new RuleFile("status/good.drl", "good"), new RuleFile(path, "bad")));

        assertThat(run(Map.of(), "pull")).isEqualTo(1);
        assertThat(err())
                .startsWith("The service's files cannot be kept in a folder: ")
                .hasLineCount(1);
        assertThat(written()).isEmpty();
    }

    @Test
    void nothing_is_written_through_a_link() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path target = Files.writeString(outside.resolve("target.drl"), "kept");
        Files.createDirectories(rules());
        Files.createSymbolicLink(rules().resolve("status"), outside);
        answer(200, "application/json", release(new RuleFile("status/target.drl", "bad")));

        assertThat(run(Map.of(), "pull", "--force")).isEqualTo(1);
        assertThat(err()).contains("is a link").hasLineCount(1);

        Files.delete(rules().resolve("status"));
        Files.createDirectory(rules().resolve("status"));
        Files.createSymbolicLink(rules().resolve("status").resolve("target.drl"), target);
        assertThat(run(Map.of(), "pull", "--force")).isEqualTo(1);
        assertThat(err()).contains("is a link").hasLineCount(1);
        assertThat(target).hasContent("kept");
    }

    @Test
    void files_that_are_not_those_that_were_released_are_not_written() throws IOException {
        String released = release(new RuleFile("status/status.drl", "released"));
        answer(200, "application/json", released.replace("\"text\":\"released\"", "\"text\":\"changed\""));

        assertThat(run(Map.of(), "pull")).isEqualTo(1);
        assertThat(err()).contains("its files have another hash").hasLineCount(1);
        assertThat(written()).isEmpty();
    }

    @Test
    void what_differs_is_left_alone_unless_forced_and_what_is_not_of_the_release_unless_pruned() throws IOException {
        write("status/status.drl", "mine");
        write("status/same.drl", "same");
        write("mine.scenarios.yml", "mine");
        write("notes.txt", "mine");
        write(".git/refs/heads/rules.drl", "a branch");
        answer(
                200,
                "application/json",
                release(
                        new RuleFile("a/new.drl", "Grüße\r\n\ud83d\ude00"),
                        new RuleFile("status/same.drl", "same"),
                        new RuleFile("status/status.drl", "theirs")));

        assertThat(run(Map.of(), "pull")).isEqualTo(1);
        assertThat(err())
                .startsWith(rules().resolve("status/status.drl") + " differs from release 7")
                .hasLineCount(1);
        assertThat(rules().resolve("a")).doesNotExist();

        assertThat(run(Map.of(), "pull", "--force")).isZero();
        assertThat(out())
                .isEqualTo("wrote a/new.drl\nwrote status/status.drl\n" + rules()
                        + " holds release 7, by 'ann' at 2026-03-02T08:00:00.000Z: Better (files written: 2, the same"
                        + " already: 1).\n");
        assertThat(err()).startsWith("mine.scenarios.yml is not of release 7").hasLineCount(1);
        assertThat(Files.readAllBytes(rules().resolve("a/new.drl")))
                .isEqualTo("Grüße\r\n\ud83d\ude00".getBytes(StandardCharsets.UTF_8));

        assertThat(run(Map.of(), "pull", "--prune")).isZero();
        assertThat(out()).contains("removed mine.scenarios.yml\n");
        assertThat(written())
                .containsExactly(
                        ".git/refs/heads/rules.drl", "a/new.drl", "notes.txt", "status/same.drl", "status/status.drl");
    }

    // --- what the tests say

    private Path rules() {
        return folder.resolve("rules");
    }

    private void write(String path, String text) throws IOException {
        Path file = rules().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private List<String> written() throws IOException {
        if (!Files.exists(rules())) {
            return List.of();
        }
        try (var files = Files.walk(rules())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> rules().relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static String release(RuleFile... files) {
        ObjectNode release = JSON.createObjectNode()
                .put("release", 7)
                .put("hash", RuleBook.hash(List.of(files)))
                .put("author", "ann")
                .put("comment", "Better")
                .put("releasedAt", "2026-03-02T08:00:00.000Z");
        var list = release.putArray("files");
        List.of(files).forEach(file -> list.addObject().put("path", file.path()).put("text", file.text()));
        return release.toString();
    }

    /** Everything is answered like this from now on. */
    private void answer(int status, String type, String body) {
        try {
            stranger.removeContext("/");
        } catch (IllegalArgumentException e) {
            // It is the first answer.
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        stranger.createContext("/", exchange -> {
            keys.add(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                    .orElse("none"));
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private String address() {
        return "http://127.0.0.1:" + stranger.getAddress().getPort();
    }

    private int run(Map<String, String> environment, String command, String... more) {
        List<Object> arguments = new ArrayList<>(List.of("rules", command, rules(), "--server", address()));
        arguments.addAll(List.of(more));
        return command(environment, arguments.toArray());
    }

    private int run(Object... arguments) {
        return command(Map.of(), arguments);
    }

    private int command(Map<String, String> environment, Object... arguments) {
        out.reset();
        err.reset();
        String[] texts = new String[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            texts[i] = arguments[i].toString();
        }
        Bootstrap<PresenceConfiguration> bootstrap = new Bootstrap<>(new PresenceApplication());
        bootstrap.addCommand(new RulesCommand(new Console(out, err), new TreeMap<>(environment)));
        Optional<Throwable> failure = new Cli(new JarLocation(getClass()), bootstrap, out, err).run(texts);
        return failure.map(StartFault::exitCode).orElse(0);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static ch.qos.logback.classic.Logger root() {
        return (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
