package presence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import presence.facts.Agent;
import presence.facts.Capability;
import presence.facts.Capacity;
import presence.facts.ProfileType;

/**
 * The engine understands conditions as the handbook says: random ones that the form allows are held against plain Java
 * about random agents. Where the engine's own understanding is another one, the form must not allow it.
 */
class ConditionsTest {
    private static final int RULES = 120;
    private static final int AGENTS = 60;
    private static final int LONGEST = 400;

    /** A condition as it is written and as it is meant. */
    private record Condition(String text, Function<Case, Boolean> meaning) {}

    private record Amount(String text, Function<Case, Integer> meaning) {}

    private record Case(Agent agent, Capacity capacity) {}

    @Test
    void theEngineMeansByAConditionWhatItSays() {
        long seed = new Random().nextInt(1_000_000);
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<Condition> conditions = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < RULES; i++) {
            Condition condition = either(random, 2);
            while (condition.text().length() > LONGEST) {
                condition = either(random, 2);
            }
            conditions.add(condition);
            text.append(String.format("""
                    rule "TEST-%03d It holds if its condition holds"
                    when
                        $c : Capacity( $capability : capability, $limit : limit )
                        Agent( %s )
                    then
                        verdict.rank( 1 );
                    end
                    """, i, condition.text()));
        }
        RuleBook rules = RuleBook.compile(List.of(new RuleFile("test/test.drl", text.toString())));
        Set<String> fired = new HashSet<>();
        try (PresenceSession session = PresenceSession.open(rules, 0)) {
            session.onFiring(rule -> fired.add(rule.id()));
            for (int i = 0; i < AGENTS; i++) {
                Case one = new Case(
                        agent(random), new Capacity(any(random, Capability.values()), random.nextInt(3), false));
                session.policy(List.of(one.capacity()));
                fired.clear();
                session.decide(one.agent());
                for (int rule = 0; rule < RULES; rule++) {
                    assertThat(fired.contains(String.format("TEST-%03d", rule)))
                            .as("seed %s, %s of %s", seed, conditions.get(rule).text(), one)
                            .isEqualTo(conditions.get(rule).meaning().apply(one));
                }
            }
        }
    }

    private static Condition either(Random random, int depth) {
        Condition condition = both(random, depth);
        for (int i = random.nextInt(3); i > 0; i--) {
            Condition left = condition;
            Condition right = both(random, depth);
            condition = new Condition(
                    left.text() + " || " + right.text(),
                    one -> left.meaning().apply(one) | right.meaning().apply(one));
        }
        return condition;
    }

    private static Condition both(Random random, int depth) {
        Condition condition = leaf(random, depth);
        for (int i = random.nextInt(3); i > 0; i--) {
            Condition left = condition;
            Condition right = leaf(random, depth);
            condition = new Condition(
                    left.text() + " && " + right.text(),
                    one -> left.meaning().apply(one) & right.meaning().apply(one));
        }
        return condition;
    }

    private static Condition leaf(Random random, int depth) {
        switch (random.nextInt(depth > 0 ? 14 : 12)) {
            case 0 -> {
                return new Condition("ready", one -> one.agent().ready());
            }
            case 1 -> {
                return new Condition("!signedIn", one -> !one.agent().signedIn());
            }
            case 2 -> {
                return new Condition("connected == false", one -> !one.agent().connected());
            }
            case 3 -> {
                ProfileType type = any(random, ProfileType.values());
                return new Condition(
                        "profileType == ProfileType." + type, one -> one.agent().profileType() == type);
            }
            case 4 -> {
                ProfileType type = any(random, ProfileType.values());
                return new Condition(
                        "profileType != ProfileType." + type, one -> one.agent().profileType() != type);
            }
            case 5 -> {
                ProfileType a = any(random, ProfileType.values());
                ProfileType b = any(random, ProfileType.values());
                boolean not = random.nextBoolean();
                return new Condition(
                        "profileType " + (not ? "not " : "") + "in ( ProfileType." + a + ", ProfileType." + b + " )",
                        one -> not
                                != (one.agent().profileType() == a
                                        || one.agent().profileType() == b));
            }
            case 6 -> {
                boolean not = random.nextBoolean();
                return new Condition(
                        "profile " + (not ? "!=" : "==") + " null",
                        one -> not != (one.agent().profile() == null));
            }
            case 7 -> {
                boolean not = random.nextBoolean();
                return new Condition(
                        "queues " + (not ? "not " : "") + "contains \"q1\"",
                        one -> not != one.agent().queues().contains("q1"));
            }
            case 8 -> {
                boolean not = random.nextBoolean();
                return new Condition(
                        "$capability " + (not ? "not " : "") + "memberOf capabilities",
                        one -> not
                                != one.agent()
                                        .capabilities()
                                        .contains(one.capacity().capability()));
            }
            case 9 -> {
                boolean not = random.nextBoolean();
                return new Condition(
                        "profile " + (not ? "!=" : "==") + " \"lunch\"",
                        one -> not != Objects.equals(one.agent().profile(), "lunch"));
            }
            case 10, 11 -> {
                return comparison(random);
            }
            case 12 -> {
                Condition inner = either(random, depth - 1);
                return new Condition(
                        "!( " + inner.text() + " )", one -> !inner.meaning().apply(one));
            }
            default -> {
                Condition inner = either(random, depth - 1);
                return new Condition("( " + inner.text() + " )", inner.meaning());
            }
        }
    }

    private static Condition comparison(Random random) {
        // The first is read from the agent: a condition that reads nothing is not allowed.
        Amount left = sum(random, 1);
        Amount right = sum(random, 0);
        String sign = any(random, "==", "!=", "<", "<=", ">", ">=");
        return new Condition(left.text() + " " + sign + " " + right.text(), one -> {
            int a = left.meaning().apply(one);
            int b = right.meaning().apply(one);
            return switch (sign) {
                case "==" -> a == b;
                case "!=" -> a != b;
                case "<" -> a < b;
                case "<=" -> a <= b;
                case ">" -> a > b;
                default -> a >= b;
            };
        });
    }

    private static Amount sum(Random random, int from) {
        Amount amount = amount(random, from);
        for (int i = random.nextInt(3); i > 0; i--) {
            Amount left = amount;
            Amount right = amount(random, 0);
            boolean plus = random.nextBoolean();
            amount = new Amount(
                    left.text() + (plus ? " + " : " - ") + right.text(),
                    one -> left.meaning().apply(one)
                            + (plus ? 1 : -1) * right.meaning().apply(one));
        }
        return amount;
    }

    private static Amount amount(Random random, int from) {
        return switch (from + random.nextInt(8 - from)) {
            case 0 -> new Amount("0", one -> 0);
            case 1 -> new Amount("work", one -> one.agent().work());
            case 2 -> new Amount("wrapUp", one -> one.agent().wrapUp());
            case 3 -> new Amount("chat", one -> one.agent().chat());
            case 4 -> new Amount("$limit", one -> one.capacity().limit());
            case 5 -> new Amount("queues.size", one -> one.agent().queues().size());
            case 6 ->
                new Amount(
                        "load( $capability )",
                        one -> one.agent().load(one.capacity().capability()));
            default -> new Amount("load( Capability.PHONE )", one -> one.agent().phone());
        };
    }

    private static Agent agent(Random random) {
        ProfileType type = random.nextInt(5) == 0 ? null : any(random, ProfileType.values());
        EnumSet<Capability> able = EnumSet.noneOf(Capability.class);
        for (Capability capability : Capability.values()) {
            if (random.nextBoolean()) {
                able.add(capability);
            }
        }
        return new Agent(
                "anna",
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                type == null ? null : any(random, "lunch", "desk"),
                type,
                random.nextInt(3),
                random.nextInt(3),
                random.nextInt(3),
                random.nextInt(3),
                random.nextInt(3),
                random.nextInt(3),
                random.nextInt(3),
                random.nextBoolean(),
                able,
                EnumSet.complementOf(able),
                random.nextBoolean() ? Set.of("q1") : random.nextBoolean() ? Set.of() : Set.of("q2", "q3"),
                Set.of());
    }

    @SafeVarargs
    private static <T> T any(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }
}
