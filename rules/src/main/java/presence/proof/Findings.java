package presence.proof;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import presence.engine.FaultKind;
import presence.engine.PresenceSession;
import presence.engine.Rule;
import presence.engine.RuleBook;
import presence.engine.RuleFault;
import presence.engine.RuleReading;

/**
 * What has been found so far. Of each fault the smallest case is kept, so that there is one for each and memory has a bound.
 * All faults of a proof are made here. One thread.
 */
final class Findings {
    /** The instant at which everything is asked, in milliseconds since 1970-01-01T00:00Z: 2026-01-05T12:00Z. */
    static final long NOON = 1_767_614_400_000L;

    /** More texts than the rules about deadlines, queues and selections may name. */
    private static final int MOST_TEXTS = 30;

    private record Smallest(int weight, RuleFault fault) {}

    private final RuleBook rules;
    private final List<RuleReading> readings;
    private final Map<String, Smallest> faults = new LinkedHashMap<>();
    private final Map<Promise, Smallest> broken = new EnumMap<>(Promise.class);
    private final Set<Rule> fired = new HashSet<>();
    private long cases;

    Findings(RuleBook rules) {
        this.rules = rules;
        readings = RuleReading.of(rules);
    }

    /** The rules that draw one of these conclusions, by id. */
    List<RuleReading> concluding(String... conclusions) {
        Set<String> asked = Set.of(conclusions);
        return readings.stream()
                .filter(reading -> reading.conclusions().stream().anyMatch(asked::contains))
                .toList();
    }

    List<RuleReading> readings() {
        return readings;
    }

    /** A session of its own, which notes the rules that fire in it. */
    PresenceSession open() {
        return open(unused -> {});
    }

    /** The same, and tells the listener of each too. */
    PresenceSession open(Consumer<Rule> listener) {
        PresenceSession session = PresenceSession.open(rules, NOON);
        session.onFiring(rule -> {
            fired.add(rule);
            listener.accept(rule);
        });
        return session;
    }

    boolean hasFired(Rule rule) {
        return fired.contains(rule);
    }

    void oneCase() {
        cases++;
    }

    /** Notes a fault at a rule, unless the same is known of a smaller case. */
    void fault(Rule where, String what, int weight, Supplier<String> message) {
        note(what, weight, () -> new RuleFault(FaultKind.PROOF, where.file(), where.line(), message.get()));
    }

    /** Notes a fault of all rules that draw one of these conclusions, or of their being missing. */
    void fault(List<RuleReading> where, String what, int weight, Supplier<String> message) {
        note(what, weight, () -> new RuleFault(FaultKind.PROOF, file(where), 0, message.get()));
    }

    private void note(String what, int weight, Supplier<RuleFault> fault) {
        Smallest known = faults.get(what);
        if (known == null || weight < known.weight()) {
            faults.put(what, new Smallest(weight, fault.get()));
        }
    }

    /** Notes that a promise is broken, unless the same is known of a smaller case. */
    void breaks(Promise promise, List<Rule> by, List<RuleReading> otherwise, int weight, Supplier<String> how) {
        Smallest known = broken.get(promise);
        if (known == null || weight < known.weight()) {
            String message = "The promise " + promise.id() + " is broken (" + promise.sentence() + "): " + how.get()
                    + " Change the rules; or, if the promise is not to be kept, override it by its name.";
            broken.put(
                    promise,
                    new Smallest(
                            weight,
                            by.isEmpty()
                                    ? new RuleFault(FaultKind.PROMISE, file(otherwise), 0, message)
                                    : new RuleFault(
                                            FaultKind.PROMISE,
                                            by.get(0).file(),
                                            by.get(0).line(),
                                            message)));
        }
    }

    /** Says so if the rules could tell apart more than was gone through. */
    void complete(AgentSpace space, List<RuleReading> where, String what) {
        if (space.tooMany()) {
            fault(
                    where,
                    "too many " + what,
                    0,
                    () -> "The rules about " + what
                            + " read so much together that not every case can be tried; expected "
                            + AgentSpace.MOST_CASES
                            + " cases at most. Let them read fewer fields, or name fewer texts.");
        }
    }

    /** The texts that rules compare a field with, and a usual one. */
    Set<String> texts(List<RuleReading> rules, Class<? extends Record> fact, String field, String usual) {
        Set<String> named = Reading.of(rules).texts(fact, field);
        if (named.size() > MOST_TEXTS) {
            fault(
                    rules,
                    "too many texts",
                    0,
                    () -> "The rules compare with " + named.size() + " different texts, too many to be tried in every"
                            + " combination; expected " + MOST_TEXTS + " at most.");
        }
        Set<String> texts = AgentSpace.andAnother(
                named.stream().limit(MOST_TEXTS).collect(Collectors.toCollection(TreeSet::new)), usual);
        texts.add(usual);
        return texts;
    }

    static String named(Rule rule) {
        return rule.id() + " (" + rule.sentence() + ")";
    }

    private static String file(List<RuleReading> where) {
        return where.isEmpty() ? "rules" : where.get(0).rule().file();
    }

    Proof proof() {
        return new Proof(
                faults.values().stream().map(Smallest::fault).toList(),
                broken.entrySet().stream()
                        .map(one ->
                                new BrokenPromise(one.getKey(), one.getValue().fault()))
                        .toList(),
                cases);
    }
}
