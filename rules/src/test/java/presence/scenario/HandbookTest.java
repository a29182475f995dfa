package presence.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import presence.engine.FaultKind;
import presence.engine.Operator;
import presence.engine.RuleBook;
import presence.engine.RuleFault;
import presence.engine.RuleFile;
import presence.engine.RuleFiles;
import presence.engine.RuleLimits;
import presence.engine.Vocabulary;
import presence.facts.Agent;
import presence.proof.Promise;

/** The analysts' handbook says what is so: its tables are the program's vocabulary, and its examples run. */
class HandbookTest {
    private static final String TARGETS = "transfer/targets";

    private static String handbook;

    @BeforeAll
    static void read() throws IOException {
        handbook = Files.readString(Path.of("README.md"));
    }

    @Test
    void everyFactIsThereWithItsFieldsTheirKindsAndWhatTheyMean() {
        for (Class<? extends Record> fact : Vocabulary.facts()) {
            List<String> expected = new ArrayList<>();
            Arrays.stream(fact.getRecordComponents())
                    .forEach(field -> expected.add("`" + field.getName() + "` | " + Vocabulary.kind(field) + " | "
                            + Vocabulary.meaning(field)));
            Vocabulary.questions(fact)
                    .forEach(question -> expected.add("`" + question.getName() + "( … )` | "
                            + Vocabulary.kind(question.getGenericReturnType()) + " | " + Vocabulary.meaning(question)));
            assertThat(rows("#### " + fact.getSimpleName(), 3))
                    .as(fact.getSimpleName())
                    .isEqualTo(expected);
            assertThat(sentence(fact)).isEqualTo(Vocabulary.meaning(fact));
        }
    }

    @Test
    void everyListIsThereWithItsValuesAndWhatTheyMean() {
        for (Class<? extends Enum<?>> values : Vocabulary.values()) {
            assertThat(rows("#### " + values.getSimpleName(), 2))
                    .as(values.getSimpleName())
                    .isEqualTo(Vocabulary.constants(values).stream()
                            .map(constant -> "`" + constant + "` | " + Vocabulary.meaning(values, constant))
                            .toList());
            assertThat(sentence(values)).isEqualTo(Vocabulary.meaning(values));
        }
    }

    @Test
    void everyOperatorIsThere() {
        assertThat(rows("### Operators", 3))
                .isEqualTo(Arrays.stream(Operator.values())
                        .map(operator ->
                                "`" + operator.sign() + "` | `" + operator.example() + "` | " + operator.meaning())
                        .toList());
    }

    @Test
    void everyConclusionIsThereWithWhatItTakesAndMeans() {
        assertThat(rows("### Conclusions", 3))
                .containsExactlyInAnyOrderElementsOf(Vocabulary.conclusions().stream()
                        .map(conclusion ->
                                call(conclusion) + " | " + about(conclusion) + " | " + Vocabulary.meaning(conclusion))
                        .toList());
    }

    private static String about(Method conclusion) {
        Class<?> fact = Vocabulary.about(conclusion);
        return fact == Agent.class ? "the agent" : fact.getSimpleName();
    }

    /** What stands between a heading and its table, on one line. */
    private static String sentence(Class<?> word) {
        String heading = "\n#### " + word.getSimpleName() + "\n";
        int from = handbook.indexOf(heading) + heading.length();
        return handbook.substring(from, handbook.indexOf("\n|", from)).strip().replace('\n', ' ');
    }

    private static String call(Method conclusion) {
        String arguments = Arrays.stream(conclusion.getGenericParameterTypes())
                .map(Vocabulary::kind)
                .collect(Collectors.joining(", "));
        return "`verdict." + conclusion.getName() + (arguments.isEmpty() ? "()" : "( " + arguments + " )") + "`";
    }

    @Test
    void everyFieldOfAScenarioIsThere() {
        assertThat(rows("| field | meaning |", 1)).isEqualTo(quoted(ScenarioReader.FIELDS));
        assertThat(rows("| field of `agent` |", 1)).isEqualTo(quoted(ScenarioReader.AGENT_FIELDS));
        assertThat(rows("| field of `expect` |", 2))
                .isEqualTo(Arrays.stream(Aspect.values())
                        .map(aspect -> "`" + aspect.key + "` | " + aspect.kind.words)
                        .toList());
    }

    @Test
    void everyLimitIsThere() throws IllegalAccessException {
        List<String> limits = new ArrayList<>();
        for (Field limit : RuleLimits.class.getFields()) {
            limits.add(String.format(Locale.ROOT, "%,d", limit.getInt(null)));
        }
        assertThat(rows("## Limits", 2))
                .extracting(row -> row.substring(row.lastIndexOf("| ") + 2))
                .isEqualTo(limits);
    }

    @Test
    void everyKindOfFaultIsThere() {
        assertThat(FaultKind.values()).allSatisfy(kind -> assertThat(handbook).contains("`" + kind + "`"));
    }

    @Test
    void everyFileOfRulesIsThere() {
        assertThat(RuleFiles.shipped())
                .allSatisfy(file -> assertThat(rows("## Where to begin", 2))
                        .anyMatch(row -> row.endsWith("`" + file.path() + "`")));
    }

    @Test
    void theRulesThatAreShownAreTheShippedOnes() {
        String shipped = RuleFiles.shipped().stream().map(RuleFile::text).collect(Collectors.joining());
        List<String> changed =
                WorkedChange.all(handbook).stream().map(WorkedChange::text).toList();
        assertThat(blocks("drl"))
                .filteredOn(block -> !block.contains("TRANSFER-048") && !changed.contains(block))
                .hasSize(2)
                .allSatisfy(block -> assertThat(shipped).contains(block.substring(block.indexOf("rule \""))));
    }

    @Test
    void theExampleOfEverythingPasses() {
        RuleBook rules = RuleBook.shipped();
        List<Scenario> scenarios = RulesCheck.scenarios(
                List.of(new RuleFile("eligibility/eligibility.scenarios.yml", after("an example of everything"))),
                rules);
        assertThat(scenarios).hasSize(1);
        assertThat(new ScenarioRunner(rules).run(scenarios.get(0))).isEmpty();
    }

    @Test
    void theChangeThatIsShownDoesWhatTheHandbookSays() {
        List<RuleFile> rules = RuleFiles.shipped().stream()
                .map(file -> file.path().equals(TARGETS + RuleFiles.RULES)
                        ? new RuleFile(
                                file.path(),
                                file.text()
                                        .replace("rule \"TRANSFER-050", after("the change") + "\nrule \"TRANSFER-050"))
                        : file)
                .toList();
        List<RuleFile> scenarios = RuleFiles.shipped(RuleFiles.SCENARIOS).stream()
                .map(file -> file.path().equals(TARGETS + RuleFiles.SCENARIOS)
                        ? new RuleFile(file.path(), file.text() + "\n" + after("its proof"))
                        : file)
                .toList();
        assertThat(RulesCheck.of(rules, scenarios).faults())
                .extracting(RuleFault::toString)
                .isEqualTo(after("what the check says").lines().toList());
    }

    @TestFactory
    Stream<DynamicTest> aWorkedChangeIsSoundAsItStands() {
        return IntStream.rangeClosed(1, 5)
                .mapToObj(number -> DynamicTest.dynamicTest("change " + number, () -> {
                    List<WorkedChange> changes = WorkedChange.all(handbook).stream()
                            .filter(change -> change.number() == number)
                            .toList();
                    assertThat(changes).hasSizeGreaterThan(1);
                    RulesReport report = check(changes);
                    assertThat(report.faults()).isEmpty();
                    assertThat(report.broken()).isEmpty();
                }));
    }

    @Test
    void whatIsEasilyForgottenIsFoundAsTheHandbookSays() {
        List<WorkedChange> changes = WorkedChange.all(handbook).stream()
                .filter(change -> change.number() == 3 && change.file().equals("eligibility/eligibility.drl"))
                .toList();
        assertThat(check(changes).faults())
                .extracting(RuleFault::toString)
                .filteredOn(fault -> fault.startsWith(TARGETS))
                .isEqualTo(after("what the check says of change 3 without transfer/targets.drl")
                        .lines()
                        .toList());
    }

    @Test
    void everyPromiseIsThere() {
        assertThat(rows("| promise | says |", 2))
                .isEqualTo(Arrays.stream(Promise.values())
                        .map(promise -> "`" + promise.id() + "` | " + promise.sentence())
                        .toList());
    }

    private static RulesReport check(List<WorkedChange> changes) {
        return RulesCheck.of(
                WorkedChange.applied(changes, RuleFiles.shipped()),
                WorkedChange.applied(changes, RuleFiles.shipped(RuleFiles.SCENARIOS)));
    }

    /** The first cells of the rows of the first table at or below a line. */
    private static List<String> rows(String start, int cells) {
        int from = handbook.indexOf("\n" + start);
        assertThat(from).as("'%s' in the handbook", start).isNotNegative();
        List<String> rows = handbook.substring(from + 1)
                .lines()
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .toList();
        return rows.stream()
                .map(row -> Arrays.stream(row.split("(?<!\\\\)\\|"))
                        .skip(1)
                        .limit(cells)
                        .map(cell -> cell.strip().replace("\\|", "|"))
                        .collect(Collectors.joining(" | ")))
                .toList();
    }

    private static List<String> quoted(List<String> words) {
        return words.stream().map(word -> "`" + word + "`").toList();
    }

    private static List<String> blocks(String language) {
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(handbook);
        return block.results().map(found -> found.group(1)).toList();
    }

    private static String after(String mark) {
        Matcher block = Pattern.compile("<!-- " + mark + " -->\n```[a-z]*\n(.*?)```", Pattern.DOTALL)
                .matcher(handbook);
        assertThat(block.find()).as("the block marked '%s'", mark).isTrue();
        return block.group(1);
    }
}
