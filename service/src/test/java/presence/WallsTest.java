package presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a part of the service may not know. Read from the sources, comments left out. */
class WallsTest {
    private static final Path SERVICE = Path.of("src/main/java/presence");
    private static final Path RULES = Path.of("../rules/src/main/java/presence");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);

    private static List<Path> sources(Path folder) {
        // From the module's folder as well as from the project's.
        Path here = Files.exists(folder)
                ? folder
                : Path.of("service").resolve(folder).normalize();
        try (Stream<Path> files = Files.walk(here)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).as("sources in %s", here).isNotEmpty();
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String code(Path source) {
        try {
            return COMMENT.matcher(Files.readString(source)).replaceAll("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> findings(Stream<Path> sources, String forbidden) {
        Pattern pattern = Pattern.compile(forbidden);
        Set<String> findings = new TreeSet<>();
        sources.forEach(source -> {
            Matcher matcher = pattern.matcher(code(source));
            while (matcher.find()) {
                findings.add(source.getFileName() + ": " + matcher.group());
            }
        });
        return findings;
    }

    @ParameterizedTest
    @ValueSource(strings = {"command", "state", "index"})
    void commands_state_and_index_know_no_framework(String part) {
        assertThat(
                        findings(
                                sources(SERVICE.resolve(part)).stream(),
                                "com\\.fasterxml|io\\.dropwizard|jakarta\\.|java\\.sql|org\\.jdbi|org\\.slf4j|org\\.drools|org\\.kie"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "command, state|index|loop|api|resources|journal|snapshot|replay",
        "state, index|loop|api|resources|journal|snapshot|replay",
        "index, live|loop|api|resources|journal|snapshot|replay",
        "api, loop|resources|journal|snapshot|replay|webhook",
        "webhook, loop|resources|journal|snapshot|replay|health|live|door|cli",
        "journal, state|index|loop|api|resources|snapshot|replay",
        "replay, loop|resources|journal|snapshot",
        "records, state|index|loop|api|resources|snapshot|replay|door|health|cli|history|webhook",
        "door, state|index|loop|resources|journal|snapshot|replay|health|cli",
        "snapshot, loop|resources|index|replay",
        "loop, live|resources|replay|health|history|records",
        "history, resources|journal|snapshot|replay|health|live|webhook",
        "live, resources|replay|health|journal|snapshot|history|records",
        "board, loop|live|resources|replay|health|journal|snapshot|history|records|door",
        "explain, api|loop|live|resources|replay|health|journal|snapshot|history|records|door"
    })
    void parts_know_only_those_below_them(String part, String above) {
        assertThat(findings(
                        sources(SERVICE.resolve(part)).stream(),
                        "import (static )?presence\\.(" + above + ")\\.[\\w.]+"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"java\\.sql", "javax\\.sql", "org\\.jdbi", "org\\.sqlite", "org\\.postgresql", "org\\.flywaydb"})
    void nothing_but_the_journal_knows_what_stores_a_command(String library) {
        Stream<Path> elsewhere = sources(SERVICE).stream()
                .filter(source -> !source.toString().contains("/journal/"))
                // Releases of rules have a table of their own, in the same database.
                .filter(source -> !source.toString().contains("/rulebook/"))
                // What is kept beside the journal has a database of its own.
                .filter(source -> !source.toString().contains("/records/"))
                .filter(source -> !source.toString().contains("/history/"))
                .filter(source -> !source.toString().contains("/webhook/"));
        assertThat(findings(elsewhere, "\\b" + library)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rules",
                "command",
                "state",
                "index",
                "loop",
                "live",
                "api",
                "snapshot",
                "replay",
                "history",
                "explain",
                "webhook"
            })
    void no_clock_is_read_but_the_one_passed_in(String part) {
        Path folder = part.equals("rules") ? RULES : SERVICE.resolve(part);
        assertThat(findings(
                        sources(folder).stream(),
                        "currentTimeMillis|Instant\\.now|new Date\\(|LocalDateTime\\.now|ZonedDateTime\\.now|LocalTime\\.now"
                                + "|Clock\\.system\\w*|Calendar\\.getInstance"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rules", "command", "state", "index", "api", "snapshot"})
    void only_the_loop_reads_a_clock_or_starts_a_thread(String part) {
        Path folder = part.equals("rules") ? RULES : SERVICE.resolve(part);
        assertThat(findings(
                        sources(folder).stream(),
                        "java\\.time\\.Clock|new Thread\\(|Executors\\.|nanoTime|Thread\\.sleep"))
                .isEmpty();
    }

    @Test
    void only_the_rule_book_reaches_the_engines_compiler_and_it_asks_the_form_first() {
        assertThat(
                        findings(
                                Stream.concat(sources(SERVICE).stream(), sources(RULES).stream())
                                        .filter(source -> !source.endsWith("presence/engine/RuleBook.java")),
                                "KieBuilder|KieFileSystem|KieHelper|KnowledgeBuilder|ExecutableModel|MVEL\\.|JavaCompiler|ScriptEngine"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Util", "Utils", "Manager", "Helper", "Impl"})
    void no_class_is_named_after_nothing(String name) {
        assertThat(Stream.concat(sources(SERVICE).stream(), sources(RULES).stream())
                        .map(source -> source.getFileName().toString())
                        .filter(file -> file.endsWith(name + ".java"))
                        .collect(Collectors.toList()))
                .isEmpty();
    }
}
