package presence.proof;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import presence.engine.RuleReading;
import presence.facts.Agent;
import presence.facts.TransferAsked;

/**
 * What several rules read together.
 *
 * @param fields the fields, by fact
 * @param compared the texts that fields are compared with
 */
record Reading(Map<Class<? extends Record>, Set<String>> fields, List<RuleReading.Compared> compared) {

    static Reading of(Collection<RuleReading> rules) {
        Map<Class<? extends Record>, Set<String>> fields = new HashMap<>();
        List<RuleReading.Compared> compared = new ArrayList<>();
        for (RuleReading rule : rules) {
            rule.fields()
                    .forEach((fact, read) -> fields.computeIfAbsent(fact, unused -> new TreeSet<>())
                            .addAll(read));
            rule.compared().forEach(one -> compared.add(withoutVariables(one)));
        }
        return new Reading(fields, RuleReading.Compared.joined(compared));
    }

    /** A {@code $name} is a rule's own. */
    private static RuleReading.Compared withoutVariables(RuleReading.Compared one) {
        Set<String> fields = new TreeSet<>(one.fields());
        fields.removeIf(field -> field.startsWith("$"));
        return new RuleReading.Compared(fields, one.texts());
    }

    /** The texts that a field is compared with, in order. */
    Set<String> texts(Class<? extends Record> fact, String field) {
        String name = fact.getSimpleName() + "." + field;
        return compared.stream()
                .filter(one -> one.fields().contains(name))
                .findFirst()
                .map(RuleReading.Compared::texts)
                .orElse(Set.of());
    }

    /** With fields of an agent that a promise is about. */
    Reading and(String... agentFields) {
        Map<Class<? extends Record>, Set<String>> more = new HashMap<>(fields);
        Set<String> read = new TreeSet<>(ofAgent());
        read.addAll(Set.of(agentFields));
        more.put(Agent.class, read);
        return new Reading(more, compared);
    }

    /** Without the question about a transfer. */
    Reading askedNothingOfTransfers() {
        Map<Class<? extends Record>, Set<String>> less = new HashMap<>(fields);
        less.remove(TransferAsked.class);
        return new Reading(less, compared);
    }

    boolean reads(Class<? extends Record> fact) {
        return fields.containsKey(fact);
    }

    boolean reads(Class<? extends Record> fact, String field) {
        return fields.getOrDefault(fact, Set.of()).contains(field);
    }

    Set<String> ofAgent() {
        return fields.getOrDefault(Agent.class, Set.of());
    }
}
