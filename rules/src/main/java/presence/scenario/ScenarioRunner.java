package presence.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import presence.engine.Due;
import presence.engine.FaultKind;
import presence.engine.Place;
import presence.engine.PresenceSession;
import presence.engine.Rule;
import presence.engine.RuleBook;
import presence.engine.RuleFault;
import presence.facts.Capability;
import presence.facts.Deadline;

/**
 * Puts scenarios to a set of rules. Each gets a session of its own, so that none can spoil another. Any thread may use
 * it.
 */
public final class ScenarioRunner {
    /** How long before its deadline a case begins, so that every wait is a real one. */
    private static final long LEAD_MILLIS = 3_600_000;

    private static final int MOST_WRAPPED = 10;

    private final RuleBook rules;

    public ScenarioRunner(RuleBook rules) {
        this.rules = rules;
    }

    /** Every way in which what came differs from what the scenario expects; empty if it passes. */
    public List<RuleFault> run(Scenario scenario) {
        return play(scenario).faults();
    }

    /** What comes of the scenario. */
    public Played play(Scenario scenario) {
        Outcome outcome;
        try {
            outcome = ask(scenario.subject());
        } catch (RuntimeException e) {
            RuleFault fault = fault(scenario, scenario.place(), "the rules could not be asked: " + cause(e));
            return Played.run(scenario, List.of(), List.of(fault));
        }
        List<RuleFault> faults = new ArrayList<>();
        for (Expectation expectation : scenario.expectations()) {
            compare(scenario, expectation, outcome, faults);
        }
        compareFired(scenario, outcome, faults);
        return Played.run(scenario, outcome.fired().stream().map(Rule::id).toList(), faults);
    }

    private Outcome ask(Subject subject) {
        List<Rule> fired = new ArrayList<>();
        long start = subject instanceof Subject.OfDeadline waiting
                ? waiting.deadline().at() - LEAD_MILLIS
                : 0;
        try (PresenceSession session = PresenceSession.open(rules, start)) {
            session.onFiring(fired::add);
            if (subject instanceof Subject.OfAgent asked) {
                session.policy(asked.policy());
                if (asked.queueAsked() != null) {
                    return Outcome.of(session.decide(asked.agent(), asked.queueAsked()), fired);
                }
                return asked.transferAsked() == null
                        ? Outcome.of(session.decide(asked.agent()), fired)
                        : Outcome.of(session.decide(asked.agent(), asked.transferAsked()), fired);
            }
            if (subject instanceof Subject.OfStaffing asked) {
                return Outcome.ofReserve(session.reserveOpen(asked.staffing()), fired);
            }
            if (subject instanceof Subject.OfSelection asked) {
                return Outcome.ofGroup(session.groupToJoin(asked.selection()).orElse(null), fired);
            }
            if (subject instanceof Subject.OfMiss asked) {
                session.policy(asked.policy());
                return Outcome.ofMiss(session.missed(asked.missed()).orElse(null), fired);
            }
            return wait(session, (Subject.OfDeadline) subject, fired);
        }
    }

    private static Outcome wait(PresenceSession session, Subject.OfDeadline waiting, List<Rule> fired) {
        Deadline deadline = waiting.deadline();
        List<Due> due = new ArrayList<>();
        session.await(deadline);
        session.advance(deadline.at() + waiting.offset(), happened -> {
            if (session.now() != deadline.at()) {
                throw new IllegalStateException(
                        "It happened " + (session.now() - deadline.at()) + " ms after its deadline; expected at it.");
            }
            due.add(happened);
        });
        return Outcome.of(due, fired);
    }

    private static void compare(Scenario scenario, Expectation expectation, Outcome outcome, List<RuleFault> faults) {
        if (expectation.capabilities().isEmpty()) {
            String came = outcome.value(expectation.aspect(), null);
            if (!came.equals(expectation.value())) {
                faults.add(differs(scenario, expectation, "", came, outcome.because(expectation.aspect(), null)));
            }
            return;
        }
        Map<String, List<Capability>> different = new LinkedHashMap<>();
        for (Capability capability : expectation.capabilities()) {
            String came = outcome.value(expectation.aspect(), capability);
            if (!came.equals(expectation.value())) {
                different.computeIfAbsent(came, unused -> new ArrayList<>()).add(capability);
            }
        }
        different.forEach((came, capabilities) -> faults.add(differs(
                scenario,
                expectation,
                " for " + Outcome.words(capabilities),
                came,
                outcome.because(expectation.aspect(), capabilities.get(0)))));
    }

    private static RuleFault differs(
            Scenario scenario, Expectation expectation, String where, String came, List<Rule> because) {
        return fault(
                scenario,
                expectation.place(),
                "expected " + expectation.aspect().key + where + ": " + expectation.value() + "; came: " + came
                        + (because.isEmpty() ? ", by no rule." : ", by " + named(because) + "."));
    }

    private static void compareFired(Scenario scenario, Outcome outcome, List<RuleFault> faults) {
        List<Rule> underTest = outcome.fired().stream()
                .filter(rule -> rule.file().equals(scenario.rulesFile()))
                .toList();
        Set<String> ids = underTest.stream().map(Rule::id).collect(Collectors.toSet());
        List<String> missing =
                scenario.fired().stream().filter(id -> !ids.contains(id)).toList();
        if (!missing.isEmpty()) {
            faults.add(fault(
                    scenario,
                    scenario.place(),
                    "expected to fire: " + String.join(", ", missing) + "; fired in " + scenario.rulesFile() + ": "
                            + (underTest.isEmpty() ? "none" : named(underTest)) + "."));
        }
        List<Rule> near = underTest.stream()
                .filter(rule -> scenario.nearMisses().contains(rule.id()))
                .toList();
        if (!near.isEmpty()) {
            faults.add(fault(scenario, scenario.place(), "a near miss, but it fired: " + named(near) + "."));
        }
        List<Rule> unexpected = underTest.stream()
                .filter(rule -> !scenario.fired().contains(rule.id())
                        && !scenario.nearMisses().contains(rule.id()))
                .toList();
        if (!unexpected.isEmpty()) {
            faults.add(
                    fault(scenario, scenario.place(), "fired and not named under 'fired': " + named(unexpected) + "."));
        }
    }

    private static String named(Collection<Rule> rules) {
        return rules.stream()
                .map(rule -> rule.id() + " (" + rule.sentence() + ")")
                .collect(Collectors.joining(", "));
    }

    private static RuleFault fault(Scenario scenario, Place place, String message) {
        return new RuleFault(FaultKind.EXPECTATION, scenario.file(), place, "\"" + scenario.name() + "\": " + message);
    }

    /** The engine wraps what a rule threw, sometimes more than once. */
    static String cause(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; depth < MOST_WRAPPED && cause.getCause() != null; depth++) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
