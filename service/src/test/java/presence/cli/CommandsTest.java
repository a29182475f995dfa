package presence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.util.JarLocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import presence.PresenceApplication;
import presence.PresenceConfiguration;
import presence.engine.RuleFile;
import presence.engine.RuleFiles;
import presence.journal.Journal;
import presence.journal.JournalConfiguration;

/** The commands as a shell sees them: what they write to which stream, and what they end with. */
final class CommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final Locale locale = Locale.getDefault();
    private final ch.qos.logback.classic.Level level = root().getLevel();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void speakEnglish() {
        Locale.setDefault(Locale.ENGLISH);
    }

    @AfterEach
    void asItWas() {
        Locale.setDefault(locale);
        root().setLevel(level);
    }

    // --- replay

    @Test
    void replay_answers_on_standard_output_and_refuses_on_standard_error() {
        Path file = write("file.ndjson", """
                {"at":"2026-03-02T08:00:00.000Z","type":"SIGN_IN","agent":"nobody"}
                {"at":"2026-03-02T08:00:00.000Z","query":"agent","agent":"a1"}
                """);

        assertThat(run("replay", file)).isZero();

        assertThat(out()).isEqualTo("{\"line\":2,\"answer\":{\"error\":\"UNKNOWN_AGENT\"}}\n");
        assertThat(err()).isEqualTo("line 1: UNKNOWN_AGENT There is no agent 'nobody'.\n");
    }

    @Test
    void replay_says_in_one_line_what_is_wrong_with_a_file() {
        Path missing = folder.resolve("missing.ndjson");
        Path backwards = write("backwards.ndjson", """
                {"at":"2026-03-02T08:00:01.000Z","query":"agent","agent":"a1"}
                {"at":"2026-03-02T08:00:00.000Z","query":"agent","agent":"a1"}
                """);
        Path timeless = write("timeless.ndjson", "{\"query\":\"agent\",\"agent\":\"a1\"}\n");

        assertThat(run("replay", missing)).isEqualTo(2);
        assertThat(err()).isEqualTo(missing + " cannot be read: there is no such file.\n");
        assertThat(run("replay", folder)).isEqualTo(2);
        assertThat(err()).isEqualTo(folder + " is a folder; expected a file of commands.\n");
        assertThat(run("replay", backwards)).isEqualTo(2);
        assertThat(err())
                .startsWith(backwards + ": Line 2 is at 2026-03-02T08:00:00Z, before")
                .hasLineCount(1);
        assertThat(out()).as("what came before is answered").startsWith("{\"line\":1,");
        assertThat(run("replay", timeless)).isEqualTo(2);
        assertThat(err())
                .startsWith(timeless + ": Line 1 cannot be read: The time 'at' is missing")
                .hasLineCount(1);
    }

    @Test
    void replay_lists_every_fault_of_the_rules_it_is_given() {
        Path file = write("file.ndjson", "");
        Path rules = brokenRules();

        assertThat(run("replay", file, "--rules", rules)).isEqualTo(2);
        assertThat(err().lines()).hasSize(2).allMatch(line -> line.startsWith("status/status.drl:"));
        assertThat(run("replay", file, "--rules", folder.resolve("nowhere"))).isEqualTo(2);
        assertThat(err()).contains("nowhere").hasLineCount(1);
    }

    @Test
    void replay_runs_no_rules_that_do_more_than_conclude() throws IOException {
        Path file =
                write("file.ndjson", "{\"at\":\"2026-03-02T08:00:00.000Z\",\"type\":\"SIGN_IN\",\"agent\":\"a1\"}\n");
        Path rules = rules("Agent( )", "verdict.directChat(); System.setProperty( \"presence.attacked\", \"yes\" );");

        assertThat(run("replay", file, "--rules", rules)).isEqualTo(2);
        assertThat(err())
                .startsWith("status/status.drl:5:27: A rule only concludes: ")
                .hasLineCount(1);
        assertThat(System.getProperty("presence.attacked")).isNull();
    }

    @Test
    void replay_ends_quietly_when_nobody_reads_its_answers() {
        Path file = write(
                "file.ndjson",
                "{\"at\":\"2026-03-02T08:00:00.000Z\",\"query\":\"agent\",\"agent\":\"a1\"}\n".repeat(9_000));
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        assertThat(run(new Console(closed, err), "replay", file.toString())).isZero();
        assertThat(err()).isEmpty();
    }

    @Test
    void replay_does_not_end_quietly_when_answers_are_lost() {
        Path file =
                write("file.ndjson", "{\"at\":\"2026-03-02T08:00:00.000Z\",\"query\":\"agent\",\"agent\":\"a1\"}\n");
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };

        assertThat(run(new Console(full, err), "replay", file.toString())).isEqualTo(2);
        assertThat(err()).isEqualTo("The answers cannot be written: No space left on device.\n");
    }

    // --- check-rules

    @Test
    void check_rules_counts_what_is_right_with_the_programs_own_rules() {
        assertThat(run("check-rules", Path.of("..", "rules", "presence"))).isZero();
        assertThat(out())
                .contains(" rules in ", " scenarios passed, ", " cases tried, 0 faults")
                .hasLineCount(1);
        assertThat(err()).isEmpty();
    }

    @Test
    void check_rules_names_file_and_line_of_every_fault() {
        assertThat(run("check-rules", brokenRules())).isEqualTo(1);
        assertThat(out().lines().filter(line -> line.matches("status/status\\.drl:\\d+:\\d+: .+")))
                .hasSize(2);
        assertThat(out()).endsWith("2 faults\n");
        assertThat(err()).isEmpty();

        assertThat(run("check-rules", folder.resolve("nowhere"))).isEqualTo(1);
        assertThat(out()).contains("nowhere: ");
    }

    @Test
    void check_rules_gives_the_same_verdict_as_a_document_for_programs() throws Exception {
        assertThat(run("check-rules", brokenRules(), "--format", "json")).isEqualTo(1);
        JsonNode report = JSON.readTree(out());
        assertThat(report.path("sound").asBoolean(true)).isFalse();
        assertThat(report.path("faults")).hasSize(2).allSatisfy(fault -> {
            assertThat(fault.path("file").asText()).isEqualTo("status/status.drl");
            assertThat(fault.path("kind").asText()).isIn("VOCABULARY", "TYPE", "FORM", "SYNTAX", "NAME");
            assertThat(fault.path("endColumn").asInt())
                    .isGreaterThan(fault.path("column").asInt());
        });

        assertThat(run("check-rules", Path.of("..", "rules", "presence"), "--format", "json"))
                .isZero();
        assertThat(JSON.readTree(out()).path("sound").asBoolean()).isTrue();
        assertThat(JSON.readTree(out()).path("faults")).isEmpty();
    }

    /** What the published schema of SARIF 2.1.0 requires of a log, as far as ours has those parts. */
    @Test
    void check_rules_gives_the_same_verdict_as_sarif() throws Exception {
        assertThat(run("check-rules", brokenRules(), "--format", "sarif")).isEqualTo(1);
        JsonNode log = JSON.readTree(out());
        assertThat(log.path("version").asText()).isEqualTo("2.1.0");
        assertThat(log.path("runs")).hasSize(1);
        JsonNode run = log.path("runs").path(0);
        assertThat(run.path("columnKind").asText()).isEqualTo("utf16CodeUnits");
        JsonNode driver = run.path("tool").path("driver");
        assertThat(driver.path("name").asText()).isNotEmpty();
        assertThat(driver.path("rules")).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.path("id").asText()).isNotEmpty();
            assertThat(rule.path("shortDescription").path("text").asText()).isNotEmpty();
        });
        assertThat(run.path("results")).hasSize(2).allSatisfy(result -> {
            assertThat(result.path("message").path("text").asText()).isNotEmpty();
            assertThat(result.path("level").asText()).isEqualTo("error");
            assertThat(driver.path("rules")
                            .path(result.path("ruleIndex").asInt(-1))
                            .path("id"))
                    .isEqualTo(result.path("ruleId"));
            JsonNode place = result.path("locations").path(0).path("physicalLocation");
            assertThat(URI.create(place.path("artifactLocation").path("uri").asText())
                            .getPath())
                    .endsWith("/status/status.drl");
            assertThat(place.path("region").path("startLine").asInt()).isPositive();
            assertThat(place.path("region").path("startColumn").asInt()).isPositive();
        });

        assertThat(run("check-rules", folder.resolve("nowhere"), "--format", "sarif"))
                .isEqualTo(1);
        assertThat(JSON.readTree(out()).at("/runs/0/results")).hasSize(1);
    }

    @Test
    void check_rules_gives_the_same_verdict_as_results_of_tests() throws Exception {
        assertThat(run("check-rules", brokenRules(), "--format", "junit")).isEqualTo(1);
        Element broken = xml(out());
        assertThat(broken.getAttribute("failures")).isEqualTo("2");
        assertThat(broken.getElementsByTagName("failure").getLength()).isEqualTo(2);

        Path weak = rules("Agent( signedIn, ready )", "verdict.directChat();");
        Files.writeString(weak.resolve("status/status.scenarios.yml"), """
                - scenario: A ready agent & a chat
                  fired: STATUS-010
                - scenario: Another < who is not ready
                  agent: { ready: no }
                  fired: STATUS-010
                """);
        assertThat(run("check-rules", weak, "--format", "junit")).isEqualTo(1);
        Element played = xml(out());
        assertThat(failuresOf(played, "A ready agent & a chat")).isZero();
        assertThat(failuresOf(played, "Another < who is not ready")).isEqualTo(1);
        // What proof finds in rules as weak as these are failures of their own.
        assertThat(Integer.parseInt(played.getAttribute("failures"))).isGreaterThan(1);

        assertThat(run("check-rules", Path.of("..", "rules", "presence"), "--format", "junit"))
                .isZero();
        assertThat(xml(out()).getAttribute("failures")).isEqualTo("0");
        assertThat(Integer.parseInt(xml(out()).getAttribute("tests"))).isGreaterThan(100);
    }

    private static int failuresOf(Element suite, String scenario) {
        NodeList cases = suite.getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            Element one = (Element) cases.item(i);
            if (one.getAttribute("name").equals(scenario)) {
                return one.getElementsByTagName("failure").getLength();
            }
        }
        throw new AssertionError("There is no test case '" + scenario + "'");
    }

    @Test
    void check_rules_knows_no_other_format() {
        assertThat(run("check-rules", brokenRules(), "--format", "xml")).isEqualTo(2);
        assertThat(err()).contains("--format");
    }

    private static Element xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(text)))
                .getDocumentElement();
    }

    private Path rules(String conditions, String conclusions) throws IOException {
        Path rules = folder.resolve("weak");
        Files.createDirectories(rules.resolve("status"));
        Files.writeString(
                rules.resolve("status/status.drl"),
                "rule \"STATUS-010 An agent can chat\"\nwhen\n    " + conditions + "\nthen\n    " + conclusions
                        + "\nend\n");
        return rules;
    }

    @Test
    void check_rules_refuses_a_broken_promise_unless_it_is_overridden() throws IOException {
        Path rules = folder.resolve("rules");
        for (String ending : List.of(RuleFiles.RULES, RuleFiles.SCENARIOS)) {
            for (RuleFile file : RuleFiles.shipped(ending)) {
                Path copy = rules.resolve(file.path());
                Files.createDirectories(copy.getParent());
                Files.writeString(
                        copy,
                        file.text()
                                .replace(
                                        "Status.BUSY, Reason.PROFILE_CONFERENCE",
                                        "Status.AWAY, Reason.PROFILE_CONFERENCE")
                                .replace(
                                        "status: BUSY, reasons: PROFILE_CONFERENCE",
                                        "status: AWAY, reasons: PROFILE_CONFERENCE"));
            }
        }
        assertThat(run("check-rules", rules)).isEqualTo(1);
        assertThat(out()).contains("The promise CONFERENCE-IS-BUSY is broken").endsWith(" 1 fault\n");

        assertThat(run("check-rules", "--override-promise", "CONFERENCE-IS-BUSY", rules))
                .isZero();
        assertThat(out()).contains("overridden: CONFERENCE-IS-BUSY").endsWith(" 0 faults\n");

        assertThat(run("check-rules", "--override-promise", "CONFERENCE-IS-BUSSY", rules))
                .isNotZero();
        assertThat(err()).contains("There is no promise 'CONFERENCE-IS-BUSSY'").contains("Maybe 'CONFERENCE-IS-BUSY'.");
    }

    // --- migrate and check

    @Test
    void migrate_says_from_which_version_to_which_and_a_second_time_that_nothing_is_to_be_done() {
        Path settings = settings("");

        assertThat(run("migrate", settings)).as(err()).isZero();
        assertThat(out()).startsWith("The database " + database() + " was brought from nothing to version ");
        assertThat(run("migrate", settings)).isZero();
        assertThat(out()).contains("is at version ").endsWith("already; nothing to do.\n");
    }

    @Test
    void check_finds_nothing_wrong_with_good_settings_and_changes_nothing() {
        assertThat(run("check", settings(""))).as(err()).isZero();

        assertThat(out())
                .startsWith(folder.resolve("config.yml") + ": no faults; ")
                .contains("rules of the program", "is made at the start")
                .hasLineCount(1);
        assertThat(database()).doesNotExist();
    }

    @Test
    void check_says_that_everybody_could_come_in() {
        Path settings = write(
                "config.yml",
                "server:\n  applicationConnectors: [{type: http, port: 0}]\n"
                        + "  adminConnectors: [{type: http, bindHost: 127.0.0.1, port: 0}]\n" + databaseSetting());

        assertThat(run("check", settings)).isEqualTo(1);
        assertThat(err())
                .startsWith(
                        "server.applicationConnectors[0].bindHost: every address can be reached from other machines")
                .hasLineCount(1);
    }

    // --- keys

    @Test
    void keys_are_made_listed_and_revoked_and_shown_once() {
        Path settings = settings("");

        assertThat(run("keys", "add", "anna-desktop", "--role", "AGENT", "--agent", "anna", settings))
                .as(err())
                .isZero();
        String key = out().strip();
        assertThat(key).matches("pk_[0-9a-f]{12}_[0-9a-f]{64}");
        assertThat(run("keys", "list", settings)).isZero();
        assertThat(out().lines().skip(1)).isNotEmpty().allMatch(line -> line.endsWith("  good"));
        assertThat(out())
                .contains("anna-desktop", "AGENT", "never", key.split("_")[1])
                .doesNotContain(key.split("_")[2]);
        assertThat(run("keys", "revoke", key.split("_")[1], settings)).isZero();
        assertThat(out()).contains("is revoked").hasLineCount(1);
        assertThat(run("keys", "revoke", key.split("_")[1], settings)).isZero();
        assertThat(out()).contains("was revoked already");
        assertThat(run("keys", "list", settings)).isZero();
        assertThat(out()).contains("revoked 2");
    }

    @Test
    void keys_that_cannot_be_are_refused_in_a_line() {
        Path settings = settings("");

        assertThat(run("keys", "add", "x", "--role", "king", settings)).isEqualTo(1);
        assertThat(err())
                .contains("There is no role 'king'; expected one of AGENT")
                .hasLineCount(1);
        assertThat(run("keys", "add", "x", "--role", "AGENT", settings)).isEqualTo(1);
        assertThat(err()).contains("Maybe add --agent ID.").hasLineCount(1);
        assertThat(run("keys", "add", "x", "--role", "ADMIN", "--expires", "soon", settings))
                .isEqualTo(1);
        assertThat(err()).contains("The duration is 'soon'").hasLineCount(1);
        assertThat(run("keys", "add", "not one", "--role", "ADMIN", settings)).isEqualTo(1);
        assertThat(err()).contains("The name is 'not one'").hasLineCount(1);
        assertThat(run("keys", "revoke", "nothing", settings)).isEqualTo(1);
        assertThat(err()).contains("There is no key 'nothing'").hasLineCount(1);
    }

    @Test
    void check_tells_the_version_of_the_database() {
        Path settings = settings("");
        run("migrate", settings);

        assertThat(run("check", settings)).isZero();
        assertThat(out()).contains("the database " + database() + " is at version ");
    }

    @Test
    void a_database_of_a_newer_program_is_told_in_a_line() throws SQLException {
        Path settings = settings("");
        run("migrate", settings);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into flyway_schema_history select installed_rank + 1000, '9000', description, type,"
                            + " 'V9000__later.sql', checksum, installed_by, installed_on, execution_time, success"
                            + " from flyway_schema_history where version = '1'");
        }

        assertThat(run("check", settings)).isEqualTo(1);
        assertThat(err()).contains("newer version, 9000").hasLineCount(1);
        assertThat(run("migrate", settings)).isEqualTo(1);
        assertThat(err()).contains("newer version, 9000").hasLineCount(1);
    }

    @Test
    void a_database_that_is_in_use_is_told_in_a_line() throws Exception {
        Path settings = settings("");
        try (Journal journal = JournalConfiguration.of("jdbc:sqlite:" + database(), null, null, null, null)
                .open()) {
            assertThat(journal.lastNumber()).isZero();
            assertThat(run("check", settings)).isEqualTo(1);
            assertThat(err()).contains(database().toString(), "in use").hasLineCount(1);
            assertThat(run("migrate", settings)).isEqualTo(1);
            assertThat(err()).contains(database().toString(), "in use").hasLineCount(1);
        }
    }

    @Test
    void a_port_in_use_is_told_with_its_setting() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Path settings = write(
                    "config.yml",
                    "server:\n  adminConnectors:\n    - {type: http, bindHost: 127.0.0.1, port: " + taken.getLocalPort()
                            + "}\n  applicationConnectors:\n    - {type: http, bindHost: 127.0.0.1, port: 0}\n"
                            + databaseSetting());

            assertThat(run("check", settings)).isEqualTo(1);
            assertThat(err())
                    .startsWith("server.adminConnectors[0]: cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": ")
                    .hasLineCount(1);
        }
    }

    @Test
    void rules_that_do_not_compile_are_told_with_the_setting_and_their_place() {
        assertThat(run("check", settings("rules:\n  folder: " + brokenRules() + "\n")))
                .isEqualTo(1);
        assertThat(err().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("rules.folder: " + folder.resolve("rules") + "/status/status.drl:"));

        assertThat(run("check", settings("rules:\n  folder: " + folder.resolve("nowhere") + "\n")))
                .isEqualTo(1);
        assertThat(err())
                .startsWith("rules.folder: " + folder.resolve("nowhere") + ": ")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "migrate", "server"})
    void settings_that_cannot_be_read_are_told_with_file_and_setting(String command) {
        Path settings = folder.resolve("config.yml");

        assertThat(run(command, settings("databse:\n  url: x\n"))).isEqualTo(1);
        assertThat(err()).isEqualTo(settings + ": Unrecognized field at: databse. Maybe database.\n");
        assertThat(run(command, settings("loop:\n  queueCapacity: 3\n"))).isEqualTo(1);
        assertThat(err())
                .startsWith(settings + ": loop.queueCapacity must be greater than or equal to 100")
                .hasLineCount(1);
        assertThat(run(command, settings("loop:\n  queueCapacity: ${NO_SUCH_VARIABLE}\n")))
                .isEqualTo(1);
        assertThat(err())
                .contains("environment variable NO_SUCH_VARIABLE, which is not set")
                .hasLineCount(1);
        assertThat(run(command, write("config.yml", "server: [\n"))).isEqualTo(1);
        assertThat(err()).startsWith(settings + ": Malformed YAML at line: 1").hasLineCount(1);
        assertThat(run(command, folder.resolve("missing.yml"))).isEqualTo(1);
        assertThat(err())
                .contains("There is no file " + folder.resolve("missing.yml"))
                .hasLineCount(1);
    }

    // --- anything else

    @Test
    void an_unknown_command_is_met_with_a_guess() {
        assertThat(Commands.unknown("replya", "file"))
                .hasValueSatisfying(message -> assertThat(message)
                        .startsWith("There is no command 'replya'. Maybe 'replay'. The commands are server, demo,"));
        assertThat(Commands.unknown("replay")).isEmpty();
        assertThat(Commands.unknown("--version")).isEmpty();
        assertThat(Commands.unknown()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"server", "demo", "check", "migrate", "check-rules", "rules", "replay"})
    void every_command_has_help_that_tells_its_exit_codes(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out().replaceAll("\\s+", " ")).contains("Exit code:");
    }

    @Test
    void arguments_that_a_command_does_not_take_end_with_2() {
        assertThat(run("replay")).isEqualTo(2);
        assertThat(run("replay", "a", "b")).isEqualTo(2);
        assertThat(run("demo", "--speed", "0")).isEqualTo(2);
        assertThat(err()).contains("--speed is '0'; expected 1 to 600, or max.");
        assertThat(run("demo", "--agents", "many")).isEqualTo(2);
        assertThat(err()).contains("--agents is 'many'; expected a whole number.");
    }

    private int run(Object... arguments) {
        out.reset();
        err.reset();
        String[] texts = new String[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            texts[i] = arguments[i].toString();
        }
        return run(new Console(out, err), texts);
    }

    private int run(Console console, String... arguments) {
        PresenceApplication application = new PresenceApplication();
        Bootstrap<PresenceConfiguration> bootstrap = new Bootstrap<>(application);
        Commands.addTo(bootstrap, application, console);
        application.initialize(bootstrap);
        Optional<Throwable> failure =
                new Cli(new JarLocation(getClass()), bootstrap, console.out(), console.err()).run(arguments);
        return failure.map(StartFault::exitCode).orElse(0);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private Path database() {
        return folder.resolve("data").resolve("presence.db");
    }

    private String databaseSetting() {
        return "database:\n  url: jdbc:sqlite:" + database() + "\n";
    }

    /** Settings that are good, with these lines added. */
    private Path settings(String more) {
        return write("config.yml", """
                server:
                  applicationConnectors: [{type: http, bindHost: 127.0.0.1, port: 0}]
                  adminConnectors: [{type: http, bindHost: 127.0.0.1, port: 0}]
                """ + databaseSetting() + more);
    }

    private Path brokenRules() {
        write("rules/status/status.drl", """
                rule "STATUS-010 An agent who is not there is offline"
                when
                    Agent( !signedInn )
                then
                    verdict.status( Status.OFFLINE );
                end

                rule "STATUS-020 An agent who is there is free"
                when
                    Agent( signedIn )
                then
                    verdict.statuss( Status.FREE );
                end
                """);
        return folder.resolve("rules");
    }

    private Path write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ch.qos.logback.classic.Logger root() {
        return (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
