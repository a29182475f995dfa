package presence.engine;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a rule can tell apart: the fields it reads, the texts it compares with, and what it concludes. Two cases that agree
 * in all that a rule reads are the same to it. Immutable.
 *
 * @param rule the rule
 * @param fields the fields read, by fact; a fact of which no field is read is there without any
 * @param compared the texts in its conditions, each with the fields that it may be compared with
 * @param conclusions the names of its conclusions, such as {@code status}
 */
public record RuleReading(
        Rule rule, Map<Class<? extends Record>, Set<String>> fields, List<Compared> compared, Set<String> conclusions) {

    /**
     * Fields of text that are compared with each other, directly or through a {@code $name}, and the texts they are compared
     * with.
     *
     * @param fields the fields, {@code Agent.profile}
     * @param texts the texts
     */
    public record Compared(Set<String> fields, Set<String> texts) {
        /** Those that have something in common, in one. */
        public static List<Compared> joined(List<Compared> all) {
            List<Compared> joined = new ArrayList<>();
            for (Compared one : all) {
                Set<String> fields = new TreeSet<>(one.fields);
                Set<String> texts = new TreeSet<>(one.texts);
                joined.removeIf(other -> {
                    boolean common = !Collections.disjoint(other.fields, one.fields);
                    if (common) {
                        fields.addAll(other.fields);
                        texts.addAll(other.texts);
                    }
                    return common;
                });
                joined.add(new Compared(fields, texts));
            }
            return joined;
        }
    }

    /** What a question of a fact stands for; one that is not here stands for all fields. */
    private static final Map<String, Set<String>> QUESTIONS = Map.of("load", Set.of("phone", "video", "chat", "items"));

    public RuleReading {
        fields = Map.copyOf(fields);
        compared = List.copyOf(compared);
        conclusions = Set.copyOf(conclusions);
    }

    /** What each of the rules reads, in the order of the rules. */
    public static List<RuleReading> of(RuleBook rules) {
        Map<String, RuleReading> byId = new HashMap<>();
        for (RuleFile file : rules.files()) {
            List<Token> tokens = Token.read(file.text());
            for (int at = 0; at < tokens.size() - 1; at++) {
                if (tokens.get(at).is("rule") && tokens.get(at + 1).kind() == Token.Kind.STRING) {
                    RuleReading reading = read(rules, tokens, at + 1);
                    byId.put(reading.rule().id(), reading);
                }
            }
        }
        return rules.rules().stream().map(rule -> byId.get(rule.id())).toList();
    }

    private static RuleReading read(RuleBook rules, List<Token> tokens, int name) {
        String id = tokens.get(name).text().split(" ", 2)[0];
        Rule rule = rules.rule(id).orElseThrow();
        Map<Class<? extends Record>, Set<String>> fields = new HashMap<>();
        List<Compared> compared = new ArrayList<>();
        int at = name + 1;
        for (; !tokens.get(at).is("when"); at++) {
            // a timer says nothing about the case
        }
        for (; !tokens.get(at).is("then"); at++) {
            Token token = tokens.get(at);
            Optional<Class<? extends Record>> fact =
                    tokens.get(at + 1).is("(") ? Vocabulary.fact(token.text()) : Optional.empty();
            if (fact.isPresent()) {
                int end = closing(tokens, at + 1);
                pattern(
                        fact.get(),
                        tokens.subList(at + 2, end),
                        fields.computeIfAbsent(fact.get(), unused -> new HashSet<>()),
                        compared);
                at = end;
            }
        }
        return new RuleReading(rule, fields, Compared.joined(compared), conclusions(tokens, at));
    }

    private static int closing(List<Token> tokens, int opening) {
        int depth = 0;
        int at = opening;
        do {
            depth += tokens.get(at).is("(") ? 1 : tokens.get(at).is(")") ? -1 : 0;
            at++;
        } while (depth > 0);
        return at - 1;
    }

    private static void pattern(
            Class<? extends Record> fact, List<Token> within, Set<String> fields, List<Compared> compared) {
        List<String> known = Vocabulary.fields(fact);
        Set<String> together = new TreeSet<>();
        Set<String> texts = new TreeSet<>();
        int depth = 0;
        for (int at = 0; at < within.size(); at++) {
            Token token = within.get(at);
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            boolean qualified = at > 0 && within.get(at - 1).is(".");
            if (token.kind() == Token.Kind.STRING) {
                texts.add(token.text());
            } else if (token.kind() == Token.Kind.VARIABLE) {
                together.add(token.text());
            } else if (token.kind() == Token.Kind.NAME && !qualified) {
                boolean asked = at + 1 < within.size() && within.get(at + 1).is("(") && !token.is("in");
                if (asked) {
                    fields.addAll(QUESTIONS.getOrDefault(token.text(), Set.copyOf(known)));
                } else if (known.contains(token.text())) {
                    fields.add(token.text());
                    if (isText(fact, token.text())) {
                        together.add(fact.getSimpleName() + "." + token.text());
                    }
                }
            }
            if ((token.is(",") && depth == 0) || at == within.size() - 1) {
                compared.add(new Compared(together, texts));
                together = new TreeSet<>();
                texts = new TreeSet<>();
            }
        }
    }

    private static boolean isText(Class<? extends Record> fact, String field) {
        return Vocabulary.field(fact, field)
                .map(RecordComponent::getGenericType)
                .filter(type -> type.getTypeName().contains(String.class.getName()))
                .isPresent();
    }

    private static Set<String> conclusions(List<Token> tokens, int then) {
        List<String> conclusions = new ArrayList<>();
        for (int at = then; !tokens.get(at).is("end"); at++) {
            if (tokens.get(at).is("verdict") && tokens.get(at + 1).is(".")) {
                conclusions.add(tokens.get(at + 2).text());
            }
        }
        return Set.copyOf(new HashSet<>(conclusions));
    }
}
