package presence.scenario;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import presence.engine.HouseForm;
import presence.engine.InvalidRulesException;
import presence.engine.Rule;
import presence.engine.RuleBook;
import presence.engine.RuleFault;
import presence.engine.RuleFile;
import presence.engine.RuleFiles;

/**
 * Proves a set of rules before it is used: that it is in the house form, that it compiles, that every rule has examples,
 * and that every example passes. Whatever it is given, it answers with a report and never throws.
 */
public final class RulesCheck {
    private static final Comparator<RuleFault> BY_PLACE =
            Comparator.comparing(RuleFault::file).thenComparingInt(RuleFault::line);

    private final Set<RuleFault> faults = new LinkedHashSet<>();

    private RulesCheck() {}

    /** Checks the rules and scenarios in a folder and the folders below it. */
    public static RulesReport of(Path folder) {
        return new RulesCheck().check(() -> RuleFiles.in(folder), () -> RuleFiles.in(folder, RuleFiles.SCENARIOS));
    }

    /** Checks the rules and scenarios that the program brings with it. */
    public static RulesReport ofShipped() {
        return new RulesCheck().check(RuleFiles::shipped, () -> RuleFiles.shipped(RuleFiles.SCENARIOS));
    }

    /** Checks rules and scenarios that lie in no folder, such as drafts. */
    public static RulesReport of(List<RuleFile> rules, List<RuleFile> scenarios) {
        return new RulesCheck().check(() -> rules, () -> scenarios);
    }

    /**
     * The scenarios of the files, read strictly.
     *
     * @throws InvalidRulesException with every fault found, if there is any
     */
    public static List<Scenario> scenarios(List<RuleFile> files, RuleBook rules) {
        List<RuleFault> faults = new ArrayList<>();
        List<Scenario> scenarios = files.stream()
                .flatMap(file -> ScenarioReader.read(file, rules.rules(), faults).stream())
                .toList();
        if (!faults.isEmpty()) {
            throw new InvalidRulesException(faults);
        }
        return scenarios;
    }

    private RulesReport check(Supplier<List<RuleFile>> ruleFiles, Supplier<List<RuleFile>> scenarioFiles) {
        List<RuleFile> files = attempt(ruleFiles).orElse(List.of());
        List<RuleFile> examples = attempt(scenarioFiles).orElse(List.of());
        List<RuleFault> form = attempt(() -> HouseForm.check(files)).orElse(List.of());
        faults.addAll(form);
        // Rules that are not in the house form could do anything, even while they are compiled.
        @Nullable RuleBook rules =
                faults.isEmpty() ? attempt(() -> RuleBook.compile(files)).orElse(null) : null;
        List<Scenario> scenarios = new ArrayList<>();
        Set<String> partlyRead = new HashSet<>();
        for (RuleFile file : examples) {
            checkPlace(file, files);
            List<RuleFault> unreadable = new ArrayList<>();
            scenarios.addAll(attempt(() -> ScenarioReader.read(file, rules == null ? null : rules.rules(), unreadable))
                    .orElse(List.of()));
            if (faults.addAll(unreadable)) {
                partlyRead.add(file.path());
            }
        }
        int passed = 0;
        if (rules != null) {
            ScenarioRunner runner = new ScenarioRunner(rules);
            for (Scenario scenario : scenarios) {
                Optional<List<RuleFault>> failures = attempt(() -> runner.run(scenario));
                passed += failures.isPresent() && failures.get().isEmpty() ? 1 : 0;
                faults.addAll(failures.orElse(List.of()));
            }
            rules.rules().stream()
                    .filter(rule -> !partlyRead.contains(Scenario.scenariosFile(rule.file())))
                    .forEach(rule -> checkCovered(rule, scenarios));
        }
        return new RulesReport(
                faults.stream().sorted(BY_PLACE).toList(),
                files.size(),
                rules == null ? 0 : rules.rules().size(),
                scenarios.size(),
                passed);
    }

    /** Bad input can fail in ways that nobody has thought of; the report says so instead of failing itself. */
    private <T> Optional<T> attempt(Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (InvalidRulesException e) {
            faults.addAll(e.faults());
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            faults.add(new RuleFault("rules", 0, "The rules cannot be checked: " + e));
        }
        return Optional.empty();
    }

    private void checkPlace(RuleFile scenarios, List<RuleFile> files) {
        String beside = Scenario.rulesFile(scenarios.path());
        if (files.stream().noneMatch(file -> file.path().equals(beside))) {
            faults.add(new RuleFault(
                    scenarios.path(),
                    0,
                    "There is no file " + beside + "; scenarios lie beside the rules they prove."));
        }
    }

    private void checkCovered(Rule rule, List<Scenario> scenarios) {
        List<Scenario> firing = scenarios.stream()
                .filter(scenario -> scenario.fired().contains(rule.id()))
                .toList();
        List<Scenario> near = scenarios.stream()
                .filter(scenario -> scenario.nearMisses().contains(rule.id()))
                .toList();
        String where = "; write one in " + Scenario.scenariosFile(rule.file()) + ".";
        if (firing.isEmpty()) {
            fault(rule, "has no scenario in which it fires (fired: " + rule.id() + ")" + where);
        }
        if (near.isEmpty()) {
            fault(rule, "has no scenario in which it must not fire (nearMiss: " + rule.id() + ")" + where);
        }
        boolean waits = firing.stream().anyMatch(scenario -> scenario.subject() instanceof Subject.OfDeadline);
        if (waits && !offsets(firing).contains(0L)) {
            fault(rule, "has no scenario in which it fires at its deadline (at: 0)" + where);
        }
        if (waits && !offsets(near).contains(-1L)) {
            fault(rule, "has no scenario in which it must not fire a millisecond early (at: -1 ms)" + where);
        }
    }

    private void fault(Rule rule, String message) {
        faults.add(new RuleFault(rule.file(), rule.line(), rule.id() + " " + message));
    }

    private static Set<Long> offsets(List<Scenario> scenarios) {
        return scenarios.stream()
                .flatMap(scenario -> scenario.subject() instanceof Subject.OfDeadline waiting
                        ? Stream.of(waiting.offset())
                        : Stream.of())
                .collect(Collectors.toSet());
    }
}
