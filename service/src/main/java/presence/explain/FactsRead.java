package presence.explain;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import presence.engine.Rule;
import presence.engine.RuleBook;
import presence.engine.Statement;
import presence.engine.Vocabulary;
import presence.facts.Capability;

/**
 * What rules read in the facts of a case, in the vocabulary's words: {@code Agent.ready}, {@code Capacity.limit}. Where there
 * are several facts of a kind, each value stands under the first field of its fact.
 */
final class FactsRead {
    /** A set that has more elements is cut. */
    private static final int LONGEST = 100;

    /** How a fact is asked: for a field by its name, for a question by its name and a parenthesis. */
    private static final ClassValue<Map<String, Method>> ACCESSORS = new ClassValue<>() {
        @Override
        protected Map<String, Method> computeValue(Class<?> fact) {
            Map<String, Method> accessors = new HashMap<>();
            for (RecordComponent field : fact.getRecordComponents()) {
                accessors.put(field.getName(), field.getAccessor());
            }
            Vocabulary.questions(fact).forEach(question -> accessors.put(question.getName() + "(", question));
            return accessors;
        }
    };

    private final RuleBook rules;
    private final List<Record> facts;
    private final @Nullable Capability capability;

    /** @param capability the only one that facts are asked about; null for all of them */
    FactsRead(RuleBook rules, Collection<? extends Record> facts, @Nullable Capability capability) {
        this.rules = rules;
        this.facts = List.copyOf(facts);
        this.capability = capability;
    }

    /** The same rules over these facts too. */
    FactsRead with(Record more) {
        List<Record> all = new ArrayList<>(facts);
        all.add(more);
        return new FactsRead(rules, all, capability);
    }

    /** What these rules read. */
    Map<String, @Nullable Object> by(Collection<Rule> some) {
        Map<String, @Nullable Object> read = new LinkedHashMap<>();
        for (Rule rule : some) {
            for (Statement.Field field : rules.statement(rule).fields()) {
                values(field, read);
            }
        }
        return read;
    }

    /** What the rules read that can conclude one of these. */
    Map<String, @Nullable Object> byAllThat(String... conclusions) {
        Set<String> names = Set.of(conclusions);
        return by(rules.rules().stream()
                .filter(rule -> rules.statement(rule).conclusions().stream().anyMatch(names::contains))
                .toList());
    }

    private void values(Statement.Field field, Map<String, @Nullable Object> read) {
        List<Record> those = facts.stream().filter(field.fact()::isInstance).toList();
        String name = field.fact().getSimpleName() + "." + field.name();
        if (those.size() == 1 && !field.question()) {
            read.putIfAbsent(name, shown(value(those.get(0), field.name(), null)));
        } else if (field.question()) {
            those.forEach(fact -> answers(name, fact, field.name(), read));
        } else if (!those.isEmpty()) {
            String first = Vocabulary.fields(field.fact()).get(0);
            Map<String, @Nullable Object> each = new LinkedHashMap<>();
            those.forEach(
                    fact -> each.put(String.valueOf(value(fact, first, null)), shown(value(fact, field.name(), null))));
            read.putIfAbsent(name, each);
        }
    }

    /** What the fact answers for each value that it can be asked about, or for the one capability. */
    private void answers(String name, Record fact, String question, Map<String, @Nullable Object> read) {
        for (Method method : Vocabulary.questions(fact.getClass())) {
            Class<?> asked = method.getParameterTypes()[0];
            if (method.getName().equals(question) && asked.isEnum()) {
                for (Object argument : asked.getEnumConstants()) {
                    if (capability == null || asked != Capability.class || argument == capability) {
                        read.putIfAbsent(name + "( " + argument + " )", shown(value(fact, question, argument)));
                    }
                }
            }
        }
    }

    private static @Nullable Object value(Record fact, String name, @Nullable Object argument) {
        try {
            Method accessor =
                    Objects.requireNonNull(ACCESSORS.get(fact.getClass()).get(argument == null ? name : name + "("));
            return argument == null ? accessor.invoke(fact) : accessor.invoke(fact, argument);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Facts answer for every field that they have: " + name, e);
        }
    }

    private static @Nullable Object shown(@Nullable Object value) {
        if (value == null || value instanceof Boolean || value instanceof Number) {
            return value;
        } else if (value instanceof Set<?> set) {
            Set<String> all = new TreeSet<>();
            set.forEach(element -> all.add(String.valueOf(element)));
            return all.stream().limit(LONGEST).toList();
        }
        return String.valueOf(value);
    }
}
