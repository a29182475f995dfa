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
import presence.engine.FaultKind;
import presence.engine.HouseForm;
import presence.engine.InvalidRulesException;
import presence.engine.Rule;
import presence.engine.RuleBook;
import presence.engine.RuleFault;
import presence.engine.RuleFile;
import presence.engine.RuleFiles;
import presence.engine.RuleLimits;
import presence.proof.Promise;
import presence.proof.Proof;

/**
 * Proves a set of rules before it is used: that it is in the house form, that it compiles, that every rule has examples,
 * that every example passes, and that what must hold for every case does, promises included. Whatever it is given, it
 * answers with a report and never throws.
 *
 * <p>May run on any thread, beside sessions that are in use: it shares nothing with them.
 */
public final class RulesCheck {
    private static final Comparator<RuleFault> BY_PLACE = Comparator.comparing(RuleFault::file)
            .thenComparingInt(RuleFault::line)
            .thenComparingInt(fault -> fault.place().column());

    private final Set<RuleFault> faults = new LinkedHashSet<>();

    private final Set<Promise> overridden;
    private final Depth depth;

    private RulesCheck(Set<Promise> overridden, Depth depth) {
        this.overridden = overridden;
        this.depth = depth;
    }

    /** Checks the rules and scenarios in a folder and the folders below it. */
    public static RulesReport of(Path folder) {
        return of(folder, Set.of());
    }

    /** The same, where breaking some promises is meant and no fault. */
    public static RulesReport of(Path folder, Set<Promise> overridden) {
        return new RulesCheck(overridden, Depth.PROOF)
                .check(() -> RuleFiles.in(folder), () -> RuleFiles.in(folder, RuleFiles.SCENARIOS));
    }

    /** Checks the rules and scenarios that the program brings with it. */
    public static RulesReport ofShipped() {
        return new RulesCheck(Set.of(), Depth.PROOF)
                .check(RuleFiles::shipped, () -> RuleFiles.shipped(RuleFiles.SCENARIOS));
    }

    /** Checks rules and scenarios that lie in no folder, such as drafts. */
    public static RulesReport of(List<RuleFile> rules, List<RuleFile> scenarios) {
        return of(rules, scenarios, Set.of());
    }

    /** The same, where breaking some promises is meant and no fault. */
    public static RulesReport of(List<RuleFile> rules, List<RuleFile> scenarios, Set<Promise> overridden) {
        return of(rules, scenarios, overridden, Depth.PROOF);
    }

    /** The same, only so far. */
    public static RulesReport of(List<RuleFile> rules, List<RuleFile> scenarios, Set<Promise> overridden, Depth depth) {
        return new RulesCheck(overridden, depth).check(() -> rules, () -> scenarios);
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
        @Nullable RuleBook book = depth == Depth.LINT ? null : compile(files);
        @Nullable List<Rule> rules = book != null ? book.rules() : depth == Depth.LINT ? read(files) : null;
        List<Scenario> scenarios = new ArrayList<>();
        Set<String> partlyRead = new HashSet<>();
        for (RuleFile file : readable(examples)) {
            checkPlace(file, files);
            List<RuleFault> unreadable = new ArrayList<>();
            scenarios.addAll(
                    attempt(() -> ScenarioReader.read(file, rules, unreadable)).orElse(List.of()));
            if (faults.addAll(unreadable)) {
                partlyRead.add(file.path());
            }
        }
        if (scenarios.size() > RuleLimits.SCENARIOS) {
            faults.add(new RuleFault(
                    FaultKind.LIMIT,
                    "scenarios",
                    0,
                    "There are " + scenarios.size() + " scenarios; expected " + RuleLimits.SCENARIOS + " at most."));
            scenarios.clear();
        }
        List<Played> played = play(book, scenarios);
        played.forEach(one -> faults.addAll(one.faults()));
        if (rules != null) {
            rules.stream()
                    .filter(rule -> !partlyRead.contains(Scenario.scenariosFile(rule.file())))
                    .forEach(rule -> checkCovered(rule, scenarios));
        }
        Proof proof = book == null ? Proof.NONE : prove(book);
        return new RulesReport(
                depth,
                faults.stream().sorted(BY_PLACE).toList(),
                files.size(),
                rules == null ? 0 : rules.size(),
                played,
                proof.cases(),
                proof.broken(),
                overridden);
    }

    private static List<Played> play(@Nullable RuleBook book, List<Scenario> scenarios) {
        if (book == null) {
            return scenarios.stream().map(Played::notRun).toList();
        }
        ScenarioRunner runner = new ScenarioRunner(book);
        return scenarios.stream().map(runner::play).toList();
    }

    /** Asks about agents of every sort what the rules cost, and about every case there is where the check goes so far. */
    private Proof prove(RuleBook book) {
        Cost.excess(book).ifPresent(faults::add);
        if (depth != Depth.PROOF) {
            return Proof.NONE;
        }
        Proof proof = attempt(() -> Proof.of(book)).orElse(Proof.NONE);
        faults.addAll(proof.faults());
        proof.broken().stream()
                .filter(broken -> !overridden.contains(broken.promise()))
                .forEach(broken -> faults.add(broken.fault()));
        return proof;
    }

    /** The rules as they were read, if nothing at all was found wrong with their files; null otherwise. */
    private @Nullable List<Rule> read(List<RuleFile> files) {
        boolean sound = faults.isEmpty();
        HouseForm form = attempt(() -> HouseForm.of(files)).orElse(null);
        if (form == null) {
            return null;
        }
        faults.addAll(form.faults());
        return sound && form.faults().isEmpty()
                ? form.rules().stream().sorted(Rule.BY_ID).toList()
                : null;
    }

    /** The rules, compiled if nothing at all was found wrong with their files; null otherwise. */
    private @Nullable RuleBook compile(List<RuleFile> files) {
        if (faults.isEmpty()) {
            return attempt(() -> RuleBook.compile(files)).orElse(null);
        }
        if (!files.isEmpty()) {
            faults.addAll(attempt(() -> HouseForm.check(files)).orElse(List.of()));
        }
        return null;
    }

    /** The files of scenarios, if they are so few and small that they are read at all. */
    private List<RuleFile> readable(List<RuleFile> scenarios) {
        Optional<RuleFault> tooMany = RuleFiles.tooMany(
                "scenarios",
                scenarios.size(),
                scenarios.stream().mapToLong(RuleFile::bytes).sum());
        tooMany.ifPresent(faults::add);
        return tooMany.isPresent() ? List.of() : scenarios;
    }

    /** Bad input can fail in ways that nobody has thought of; the report says so instead of failing itself. */
    private <T> Optional<T> attempt(Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (InvalidRulesException e) {
            faults.addAll(e.faults());
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            faults.add(new RuleFault(FaultKind.CHECK, "rules", 0, "The rules cannot be checked: " + e));
        }
        return Optional.empty();
    }

    private void checkPlace(RuleFile scenarios, List<RuleFile> files) {
        String beside = Scenario.rulesFile(scenarios.path());
        if (files.stream().noneMatch(file -> file.path().equals(beside))) {
            faults.add(new RuleFault(
                    FaultKind.SCENARIO,
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
        faults.add(new RuleFault(FaultKind.COVERAGE, rule.file(), rule.line(), rule.id() + " " + message));
    }

    private static Set<Long> offsets(List<Scenario> scenarios) {
        return scenarios.stream()
                .flatMap(scenario -> scenario.subject() instanceof Subject.OfDeadline waiting
                        ? Stream.of(waiting.offset())
                        : Stream.of())
                .collect(Collectors.toSet());
    }
}
