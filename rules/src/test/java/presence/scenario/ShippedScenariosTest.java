package presence.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import presence.engine.RuleBook;
import presence.engine.RuleFault;
import presence.engine.RuleFiles;

/** The examples beside the shipped rules, each a test of its own. */
class ShippedScenariosTest {
    private static final Pattern FIRED_WRONGLY =
            Pattern.compile("\": (?:a near miss, but it fired|fired and not named)");

    @TestFactory
    Stream<DynamicContainer> everyScenario() {
        RuleBook rules = RuleBook.shipped();
        ScenarioRunner runner = new ScenarioRunner(rules);
        return RuleFiles.shipped(RuleFiles.SCENARIOS).stream()
                .map(file -> DynamicContainer.dynamicContainer(
                        file.path(),
                        RulesCheck.scenarios(List.of(file), rules).stream()
                                .map(scenario -> DynamicTest.dynamicTest(
                                        scenario.name(),
                                        source(scenario),
                                        () -> assertThat(runner.run(scenario))
                                                .extracting(RuleFault::toString)
                                                .isEmpty()))));
    }

    @Test
    void theShippedRulesPassTheCheckThatAnalystsRun() {
        RulesReport report = RulesCheck.ofShipped();
        assertThat(report.faults()).isEmpty();
        assertThat(report.sound()).isTrue();
        assertThat(report.rules()).isEqualTo(RuleBook.shipped().rules().size());
        assertThat(report.passed()).isEqualTo(report.scenarios()).isGreaterThan(100);
        assertThat(RulesCheck.of(Path.of("presence"))).isEqualTo(report);
    }

    /** A near miss is near if the rule fires without the condition that it misses. So no condition is idle or unproven. */
    @TestFactory
    Stream<DynamicTest> aRuleThatLacksOneOfItsConditionsFailsAScenario() {
        List<Scenario> scenarios = RulesCheck.scenarios(RuleFiles.shipped(RuleFiles.SCENARIOS), RuleBook.shipped());
        return RuleFiles.shipped().stream()
                .flatMap(file -> Weakened.of(file).stream().flatMap(weakened -> {
                    ScenarioRunner runner = new ScenarioRunner(RuleBook.compile(List.of(weakened.file())));
                    List<String> firedWrongly = scenarios.stream()
                            .filter(scenario -> scenario.rulesFile().equals(file.path()))
                            .flatMap(scenario -> runner.run(scenario).stream())
                            .map(RuleFault::message)
                            .filter(message -> FIRED_WRONGLY.matcher(message).find())
                            .toList();
                    return weakened.missing().entrySet().stream()
                            .map(missing -> DynamicTest.dynamicTest(
                                    missing.getKey() + " without " + missing.getValue(),
                                    () -> assertThat(firedWrongly)
                                            .as("%s without %s", missing.getKey(), missing.getValue())
                                            .anyMatch(message -> message.contains(missing.getKey()))));
                }));
    }

    private static URI source(Scenario scenario) {
        return URI.create(Path.of("presence", scenario.file()).toUri() + "?line=" + scenario.line());
    }
}
