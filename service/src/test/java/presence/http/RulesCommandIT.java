package presence.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import presence.ShippedJar;
import presence.journal.TestDatabases;

/** A team that keeps its rules in a folder: {@code rules pull|push} of the jar against the jar. */
final class RulesCommandIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SHIPPED = Path.of("..", "rules", "presence");
    private static final String RULES = "status/status.drl";
    private static final String SCENARIOS = "status/status.scenarios.yml";

    @TempDir
    private Path folder;

    private String server = "";
    private String key = "";
    private String out = "";
    private String err = "";

    @Test
    void a_change_in_a_folder_reaches_the_agents_and_a_broken_one_reaches_nobody() throws Exception {
        try (ServerProcess running = started()) {
            Client client = running.client();
            client.agent("anna", "");
            client.post("/v1/agents/anna/sign-in").expect(200);
            client.ready("anna", false);

            assertThat(rules("pull")).as(err).isZero();
            assertThat(out)
                    .endsWith("holds release 0, the rules that the program or its settings bring (files written: "
                            + contents(SHIPPED).size() + ", the same already: 0).\n");
            assertThat(contents(team())).as("byte for byte").isEqualTo(contents(SHIPPED));
            assertThat(rules("push", "--comment", "Nothing")).isZero();
            assertThat(out).startsWith("Nothing to change: ").hasLineCount(1);

            notReadyIsBusy();
            assertThat(rules("push", "--comment", "Not Ready shows as Busy", "--activate"))
                    .as(out + err)
                    .isZero();
            assertThat(out)
                    .contains(
                            "files, based on release 0.\n",
                            " scenarios passed, ",
                            " cases tried, 0 faults\nIt would change 1 of 1 agents; status: 1 from AWAY to BUSY.\n",
                            "\nMade release 1, by '",
                            ": Not Ready shows as Busy.\nRelease 1 is active; agents decided again: 1. To roll back: rules"
                                    + " activate 0.\n");
            assertThat(client.get("/v1/agents/anna").json().path("status").asText())
                    .isEqualTo("BUSY");

            change(RULES, "profileType == ProfileType.AWAY, work == 0", "profileTipe == ProfileType.AWAY, work == 0");
            assertThat(rules("push", "--comment", "Broken", "--activate")).isEqualTo(1);
            String pushed = out;
            exit(List.of("check-rules", team().toString()));
            String checked = out;
            assertThat(pushed).contains(checked).endsWith("Nothing was released, and the draft was taken back.\n");
            assertThat(checked).containsPattern("(?m)^status/status\\.drl:\\d+:\\d+: .*Maybe");
            assertThat(rules("push", "--comment", "Broken", "--format", "sarif"))
                    .isEqualTo(1);
            assertThat(JSON.readTree(out).at("/runs/0/results"))
                    .as("and nothing else")
                    .isNotEmpty();
            assertThat(err).endsWith("Nothing was released, and the draft was taken back.\n");
            client.get("/v1/rules/draft").expectProblem(404, "UNKNOWN_DRAFT");
            assertThat(client.get("/v1/rules").json().path("release").asInt()).isEqualTo(1);
            assertThat(client.get("/v1/rules/releases").each("releases", "release"))
                    .containsExactly("1", "0");

            assertThat(rules("pull")).isEqualTo(1);
            assertThat(err).contains(RULES + " differs from release 1").hasLineCount(1);
            assertThat(rules("pull", "--release", "0", "--force")).as(err).isZero();
            assertThat(contents(team())).isEqualTo(contents(SHIPPED));
            assertThat(activate("0")).as(err).isZero();
            assertThat(out)
                    .isEqualTo("Release 0 is active; agents decided again: 1. To roll back: rules activate 1.\n");
            assertThat(client.get("/v1/agents/anna").json().path("status").asText())
                    .isEqualTo("AWAY");
            assertThat(activate("0")).isZero();
            assertThat(out).isEqualTo("Release 0 was active already.\n");
            assertThat(activate("9")).isEqualTo(1);
            assertThat(err).contains("404 UNKNOWN_RELEASE").hasLineCount(1);
            assertThat(activate("-1")).isEqualTo(2);

            assertThat(rules("pull", "--release", "9")).isEqualTo(1);
            assertThat(err).contains("404 UNKNOWN_RELEASE").hasLineCount(1);
        }
    }

    @Test
    void somebody_elses_draft_is_left_alone_unless_it_is_to_be_replaced() throws Exception {
        try (ServerProcess running = started()) {
            Client client = running.client();
            rules("pull");
            String theirs = "{'basedOn':0,'files':[{'path':'status/theirs.drl','text':'// theirs'}]}";
            client.put("/v1/rules/draft", theirs, "Command-By", "ann").expect(200);
            notReadyIsBusy();

            assertThat(rules("push", "--comment", "Mine")).isEqualTo(1);
            assertThat(err)
                    .startsWith("There is a draft already, by 'ann' at 20")
                    .contains("--replace-draft")
                    .hasLineCount(1);
            assertThat(client.get("/v1/rules/draft").json().path("author").asText())
                    .isEqualTo("ann");

            change(RULES, "Agent( signedIn", "Agent( signedInn");
            assertThat(rules("push", "--comment", "Mine", "--replace-draft")).isEqualTo(1);
            assertThat(out).endsWith("the draft has the content again that it had before.\n");
            assertThat(client.get("/v1/rules/draft").each("files", "path")).containsExactly("status/theirs.drl");

            change(RULES, "Agent( signedInn", "Agent( signedIn");
            assertThat(rules("push", "--comment", "Mine", "--replace-draft"))
                    .as(out + err)
                    .isZero();
            assertThat(out).endsWith("It does not conclude yet: rules activate 1 makes it.\n");
            client.get("/v1/rules/draft").expectProblem(404, "UNKNOWN_DRAFT");
            assertThat(client.get("/v1/rules").json().path("release").asInt()).isZero();

            assertThat(rules("push", "--comment", "Mine", "--activate"))
                    .as(out + err)
                    .isZero();
            assertThat(out)
                    .startsWith("No release was made: ")
                    .endsWith("Release 1 is active; agents decided again: 0. To roll back: rules activate 0.\n");
        }
    }

    @Test
    void a_locked_service_asks_for_the_key_of_an_analyst_and_is_trusted_by_its_certificate() throws Exception {
        Path store = folder.resolve("presence.p12");
        keytool(
                "-genkeypair",
                store,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1");
        Path certificate = folder.resolve("presence.pem");
        keytool("-exportcert", store, "-rfc", "-file", certificate.toString());
        try (ServerProcess running = ServerProcess.launch(
                folder,
                TestDatabases.SQLITE.fresh(folder),
                "authentication: {mode: KEYS}",
                "server: {applicationConnectors: [{type: https, bindHost: 127.0.0.1, port: 0, keyStorePath: '" + store
                        + "', keyStoreType: PKCS12, keyStorePassword: 'cool moon 7'}],"
                        + " adminConnectors: [{type: http, bindHost: 127.0.0.1, port: 0}]}")) {
            running.awaitHealthy();
            server = "https://127.0.0.1:" + running.address().getPort();

            assertThat(rules("pull")).isEqualTo(1);
            assertThat(err).contains(" cannot be trusted: ", "--ca-file").hasLineCount(1);
            String[] trusting = {"--ca-file", certificate.toString()};
            assertThat(rules("pull", trusting)).isEqualTo(1);
            assertThat(err).contains("401 UNAUTHENTICATED", "PRESENCE_KEY").hasLineCount(1);
            key = made("router", "ROUTING");
            await().atMost(ServerProcess.PATIENCE).until(() -> rules("pull", trusting) == 1 && err.contains("403"));
            assertThat(err)
                    .contains("403 FORBIDDEN", "It takes a key with the role ANALYST.")
                    .hasLineCount(1);
            key = made("ann", "ANALYST");
            await().atMost(ServerProcess.PATIENCE).until(() -> rules("pull", trusting) == 0);

            notReadyIsBusy();
            Path file = Files.writeString(folder.resolve("key"), key + "\n");
            key = "";
            assertThat(rules("push", "--comment", "Mine", "--key-file", file.toString(), trusting[0], trusting[1]))
                    .as(out + err)
                    .isZero();
            assertThat(out).contains("Made release 1, by '").contains("ann");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pull", "push"})
    void each_has_help_that_tells_its_exit_codes(String command) throws Exception {
        assertThat(exit(List.of("rules", command, "--help"))).isZero();

        assertThat(out.replaceAll("\\s+", " ")).contains("Exit code:", "PRESENCE_KEY", "--key-file");
    }

    private ServerProcess started() {
        ServerProcess running = ServerProcess.start(folder, TestDatabases.SQLITE.fresh(folder));
        server = running.address().toString();
        return running;
    }

    // --- the folder

    private Path team() {
        return folder.resolve("team");
    }

    private void notReadyIsBusy() throws IOException {
        change(
                RULES,
                "verdict.status( Status.AWAY, Reason.NOT_READY )",
                "verdict.status( Status.BUSY, Reason.NOT_READY )");
        change(SCENARIOS, "{ status: AWAY, reasons: NOT_READY }", "{ status: BUSY, reasons: NOT_READY }");
    }

    private void change(String path, String from, String to) throws IOException {
        Path file = team().resolve(path);
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    private static Map<String, String> contents(Path root) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }

    // --- the commands

    private int rules(String command, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("rules", command, team().toString(), "--server", server));
        arguments.addAll(List.of(more));
        return exit(arguments);
    }

    private int activate(String release) throws Exception {
        return exit(List.of("rules", "activate", release, "--server", server));
    }

    private int exit(List<String> arguments) throws Exception {
        Path outFile = folder.resolve("out");
        Path errFile = folder.resolve("err");
        ProcessBuilder process = new ProcessBuilder(ShippedJar.command(arguments))
                .redirectOutput(outFile.toFile())
                .redirectError(errFile.toFile());
        process.environment().remove("PRESENCE_KEY");
        if (!key.isEmpty()) {
            process.environment().put("PRESENCE_KEY", key);
        }
        int exitCode = process.start().waitFor();
        out = Files.readString(outFile);
        err = Files.readString(errFile);
        if (!key.isEmpty()) {
            assertThat(out + err).doesNotContain(key);
        }
        return exitCode;
    }

    private String made(String name, String role) throws Exception {
        key = "";
        assertThat(exit(List.of(
                        "keys",
                        "add",
                        name,
                        "--role",
                        role,
                        folder.resolve("config.yml").toString())))
                .as(err)
                .isZero();
        return out.strip();
    }

    private void keytool(String doing, Path store, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                ShippedJar.program("keytool"),
                doing,
                "-alias",
                "presence",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "cool moon 7"));
        command.addAll(List.of(more));
        Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(made.waitFor()).as(said).isZero();
    }
}
