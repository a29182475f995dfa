package presence.scenario;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import presence.engine.FaultKind;
import presence.engine.PresenceSession;
import presence.engine.Rule;
import presence.engine.RuleBook;
import presence.engine.RuleFault;
import presence.facts.Agent;
import presence.facts.Capability;
import presence.facts.Capacity;
import presence.facts.MissedOffers;
import presence.facts.ProfileType;
import presence.facts.QueueAsked;
import presence.facts.TransferAsked;

/** Asks a set of rules about agents of every sort, to see whether any of them takes more than a decision may. */
final class Cost {
    private static final int LIMIT = 1;

    private Cost() {}

    /** The first sort of agent that takes too much, told of the rule that costs the most; empty if none does. */
    static Optional<RuleFault> excess(RuleBook rules) {
        Map<Rule, Integer> fired = new HashMap<>();
        try (PresenceSession session = PresenceSession.open(rules, 0)) {
            session.onFiring(rule -> fired.merge(rule, 1, Integer::sum));
            List<Record> policy = new ArrayList<>(List.of(new MissedOffers(LIMIT)));
            EnumSet.allOf(Capability.class).forEach(one -> policy.add(new Capacity(one, LIMIT, false)));
            session.policy(policy);
            for (Agent agent : agents()) {
                fired.clear();
                session.decide(agent);
                fired.clear();
                session.decide(agent, new QueueAsked("support"));
                fired.clear();
                session.decide(agent, new TransferAsked(agent.id()));
            }
            return Optional.empty();
        } catch (RuntimeException e) {
            return fired.entrySet().stream()
                    .max(Map.Entry.<Rule, Integer>comparingByValue()
                            .thenComparing(Map.Entry.comparingByKey(Rule.BY_ID.reversed())))
                    .map(most -> fault(most.getKey(), most.getValue(), ScenarioRunner.cause(e)));
        }
    }

    private static RuleFault fault(Rule rule, int times, String why) {
        return new RuleFault(
                FaultKind.LIMIT,
                rule.file(),
                rule.line(),
                rule.id() + " costs too much: it fired " + times + (times == 1 ? " time" : " times")
                        + " for one agent. " + why);
    }

    /** Agents of every sort: each answer that an agent can give to a question of rules, with every other. */
    private static List<Agent> agents() {
        List<Agent> agents = new ArrayList<>();
        for (int bits = 0; bits < 1 << 7; bits++) {
            for (@Nullable ProfileType type : profileTypes()) {
                agents.add(agent(bits, type));
            }
        }
        return agents;
    }

    private static List<@Nullable ProfileType> profileTypes() {
        List<@Nullable ProfileType> types = new ArrayList<>(EnumSet.allOf(ProfileType.class));
        types.add(null);
        return types;
    }

    private static Agent agent(int bits, @Nullable ProfileType type) {
        int load = bit(bits, 0) ? LIMIT : 0;
        int all = load * Capability.values().length;
        Set<Capability> every = EnumSet.allOf(Capability.class);
        Set<Capability> none = EnumSet.noneOf(Capability.class);
        boolean capable = bit(bits, 1);
        return new Agent(
                "anna",
                bit(bits, 2),
                bit(bits, 3),
                !bit(bits, 2) && bit(bits, 3),
                bit(bits, 4),
                type == null ? null : "profile",
                type,
                all,
                bit(bits, 5) ? all : 0,
                all,
                load,
                load,
                load,
                load,
                bit(bits, 6),
                capable ? every : none,
                capable ? none : every,
                bit(bits, 4) ? Set.of("support") : Set.of(),
                Set.of());
    }

    private static boolean bit(int bits, int which) {
        return (bits & (1 << which)) != 0;
    }
}
