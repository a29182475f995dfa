package presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import presence.journal.JournalConfiguration;

/**
 * What the documents show is what happens. A block {@code sh} is run, line by line, and the block {@code json} after it is
 * the answer to its last line; {@code …} in a string stands for any text. A block {@code sh by-hand} is for a terminal:
 * other tests run its commands.
 */
class ReadmeTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("(?m)^```([^\\n]*)\\n(.*?)^```$", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private record Block(String language, String text) {}

    private static List<Block> blocks(Path document) throws IOException {
        return BLOCK.matcher(Files.readString(document))
                .results()
                .map(block -> new Block(block.group(1), block.group(2)))
                .toList();
    }

    // --- the tour of README.md

    @Test
    void the_tour_goes_as_it_is_told() throws Exception {
        try (RunningPresence presence = new RunningPresence(folder, Instant.parse("2026-03-02T08:00:00Z"))) {
            String last = "";
            int answers = 0;
            for (Block block : blocks(ROOT.resolve("README.md"))) {
                switch (block.language()) {
                    case "sh" -> {
                        for (String line : block.text().lines().toList()) {
                            if (line.startsWith("sleep ")) {
                                pass(presence, Duration.ofSeconds(Long.parseLong(line.substring(6))));
                            } else {
                                last = curl(presence, line);
                            }
                        }
                    }
                    case "json" -> {
                        assertSame(block.text(), last);
                        answers++;
                    }
                    default -> assertThat(block.language()).isEqualTo("sh by-hand");
                }
            }
            assertThat(answers).isGreaterThan(4);
        }
    }

    /** Time passes at once; what was due in it has happened when the loop has turned. */
    private static void pass(RunningPresence presence, Duration time) {
        presence.at(presence.now().plus(time));
        String unchanged = "{\"type\":\"PUT_POLICY\",\"definition\":{}}";
        assertThat(presence.run(unchanged)).contains("UNCHANGED");
    }

    private static String curl(RunningPresence presence, String line) {
        List<String> words = new ArrayList<>();
        WORD.matcher(line).results().forEach(word -> words.add(word.group(1) != null ? word.group(1) : word.group(2)));
        Iterator<String> rest = words.iterator();
        assertThat(rest.next()).isEqualTo("curl");
        String method = "GET";
        String body = "";
        URI address = null;
        Map<String, String> headers = new TreeMap<>();
        while (rest.hasNext()) {
            String word = rest.next();
            switch (word) {
                case "-X" -> method = rest.next();
                case "-d" -> body = rest.next();
                case "-H" -> {
                    String[] header = rest.next().split(": ", 2);
                    headers.put(header[0], header[1]);
                }
                default -> address = URI.create(word);
            }
        }
        assertThat(address).as(line).hasScheme("http").hasAuthority("127.0.0.1:8080");
        HttpRequest.Builder request = presence.request(
                        address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery()))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return presence.send(request).body();
    }

    private static void assertSame(String shown, String answered) throws IOException {
        assertThat(masked(JSON.readTree(shown), JSON.readTree(answered)))
                .as("the answer %s", answered)
                .isEqualTo(JSON.readTree(answered));
    }

    /** What is shown, with what was answered in place of each …. */
    private static JsonNode masked(JsonNode shown, JsonNode answered) {
        if (shown.isObject()) {
            var object = JSON.createObjectNode();
            shown.properties()
                    .forEach(field ->
                            object.set(field.getKey(), masked(field.getValue(), answered.path(field.getKey()))));
            return object;
        } else if (shown.isArray()) {
            var array = JSON.createArrayNode();
            for (int i = 0; i < shown.size(); i++) {
                array.add(masked(shown.get(i), answered.path(i)));
            }
            return array;
        }
        return shown.asText().equals("…") && answered.isTextual() ? answered : shown;
    }

    // --- the runbook

    @Test
    void the_backup_of_the_runbook_is_one() throws Exception {
        List<String> commands = blocks(ROOT.resolve("service/README.md")).stream()
                .filter(block -> block.language().equals("sh"))
                .flatMap(block -> block.text().lines())
                .toList();
        Matcher command = Pattern.compile("sqlite3 data/presence\\.db \"\\.backup 'backup\\.db'\"")
                .matcher(String.join("\n", commands));
        assertThat(command.matches()).as("%s", commands).isTrue();

        Instant now = Instant.parse("2026-03-02T08:00:00Z");
        Path backup = folder.resolve("backup.db");
        Path restored = Files.createDirectory(folder.resolve("restored"));
        try (RunningPresence presence = new RunningPresence(folder, now)) {
            presence.run("{\"type\":\"PUT_QUEUE\",\"definition\":{\"id\":\"sales\",\"name\":\"Sales\"}}");
            // What the command-line tool calls .backup the driver calls backup to; both are SQLite's own copy.
            try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("presence.db"));
                    Statement statement = sqlite.createStatement()) {
                statement.executeUpdate("backup to '" + backup + "'");
            }
        }
        Files.move(backup, restored.resolve("presence.db"));
        try (RunningPresence presence = new RunningPresence(restored, now)) {
            assertThat(presence.send(presence.request("/v1/queues/sales")).body())
                    .isEqualTo("{\"id\":\"sales\",\"name\":\"Sales\",\"overflowToTentative\":false}");
        }
    }

    @Test
    void the_runbook_names_every_health_check_and_metric() throws Exception {
        String runbook = Files.readString(ROOT.resolve("service/README.md"));
        try (RunningPresence presence = new RunningPresence(folder, Instant.parse("2026-03-02T08:00:00Z"))) {
            presence.run(
                    "{\"type\":\"PUT_AGENT\",\"definition\":{\"id\":\"anna\",\"name\":\"Anna\",\"timeZone\":\"UTC\"}}",
                    "{\"type\":\"SIGN_IN\",\"agent\":\"anna\"}",
                    "{\"type\":\"SIGN_IN\",\"agent\":\"nobody\"}");
            // What is counted for each webhook shows when there is one.
            presence.send(presence.request("/v1/webhooks")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"url\":\"https://crm.example/events\"}")));
            JsonNode checks = JSON.readTree(
                    presence.send(HttpRequest.newBuilder(presence.operations().resolve("/healthcheck")))
                            .body());
            checks.fieldNames().forEachRemaining(check -> assertThat(runbook).contains("| `" + check + "` |"));
            String metrics = presence.send(
                            HttpRequest.newBuilder(presence.operations().resolve("/prometheus")))
                    .body();
            List<String> names = Pattern.compile("(?m)^# TYPE (presence_\\S+)")
                    .matcher(metrics)
                    .results()
                    .map(name -> name.group(1))
                    .toList();
            assertThat(names).hasSizeGreaterThan(8);
            names.forEach(name -> assertThat(runbook).containsPattern("\\| `" + name + "[`{]"));
            Pattern.compile("\\| `(presence_[a-z_]+)")
                    .matcher(runbook)
                    .results()
                    .forEach(name -> assertThat(names).contains(name.group(1)));
        }
    }

    @Test
    void the_runbook_names_every_failure_of_the_journal_and_every_limit() throws Exception {
        String runbook = Files.readString(ROOT.resolve("service/README.md"));
        for (presence.journal.JournalException.Code code : presence.journal.JournalException.Code.values()) {
            assertThat(runbook).contains("| `" + code + "` |");
        }
        List<Integer> limits = List.of(
                presence.state.ContactCentre.MOST_AGENTS,
                presence.state.ContactCentre.MOST_COMMAND_IDS,
                presence.state.ContactCentre.MOST_CONVERSATIONS,
                presence.state.ContactCentre.MOST_CLOSED_OFFERS,
                presence.state.ContactCentre.MOST_HANDLED,
                presence.state.Catalogue.MOST_QUEUES,
                presence.state.Catalogue.MOST_QUEUE_GROUPS,
                presence.state.Catalogue.MOST_PROFILES,
                presence.api.CommandReader.MOST_QUEUES,
                presence.api.CommandReader.MOST_CONVERSATIONS,
                presence.loop.LoopConfiguration.defaults().queueCapacity(),
                presence.loop.LoopConfiguration.defaults().batchCommands());
        String table = runbook.substring(runbook.indexOf("## Limits"), runbook.indexOf("## Three in the morning"));
        limits.forEach(limit -> assertThat(table).contains(String.format(Locale.ROOT, "%,d", limit)));
    }

    @Test
    void the_database_of_the_settings_is_the_one_that_the_runbook_backs_up() {
        assertThat(JournalConfiguration.defaults().url()).isEqualTo("jdbc:sqlite:./data/presence.db");
    }

    // --- every document

    static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !ROOT.relativize(file).toString().contains("target")
                            && !ROOT.relativize(file).toString().startsWith("."))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_link_leads_somewhere(Path document) throws IOException {
        String text = Files.readString(document);
        Matcher links = LINK.matcher(BLOCK.matcher(text).replaceAll(""));
        while (links.find()) {
            String[] parts = links.group(1).split("#", 2);
            if (parts[0].startsWith("http")) {
                continue;
            }
            Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
            assertThat(target).as("%s links to %s", document, links.group(1)).exists();
            if (parts.length == 2) {
                assertThat(headings(target))
                        .as("%s links to %s", document, links.group(1))
                        .contains(parts[1]);
            }
        }
    }

    private static List<String> headings(Path document) throws IOException {
        return Files.readAllLines(document).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
