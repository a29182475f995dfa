package presence.proof;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import presence.engine.Conclusion;
import presence.engine.PresenceSession;
import presence.engine.Rule;
import presence.engine.RuleReading;
import presence.facts.Agent;

/**
 * Whether a verdict holds whatever else the agent could take and has. It does if a rule that reads nothing of that
 * stands against everything, since what stands against an agent only adds up.
 */
final class Blanket implements AgentSpace.Closed {
    private final Predicate<Conclusion> againstEverything;
    private final PresenceSession session;
    private final Set<Rule> readingNoCapability;
    private final Set<Rule> readingNoConversation;

    Blanket(List<RuleReading> rules, Predicate<Conclusion> againstEverything, PresenceSession session) {
        this.againstEverything = againstEverything;
        this.session = session;
        readingNoCapability = readingNone(rules, Set.of("capabilities", "incapable")::contains);
        readingNoConversation = readingNone(rules, Conversations::counts);
        readingNoConversation.retainAll(readingNoCapability);
    }

    private static Set<Rule> readingNone(List<RuleReading> rules, Predicate<String> field) {
        return rules.stream()
                .filter(reading -> reading.fields().keySet().equals(Set.of(Agent.class)))
                .filter(reading -> reading.fields().getOrDefault(Agent.class, Set.of()).stream()
                        .noneMatch(field))
                .map(RuleReading::rule)
                .collect(Collectors.toCollection(HashSet::new));
    }

    @Override
    public boolean test(boolean conversations, AgentSpace space) {
        Set<Rule> blind = conversations ? readingNoCapability : readingNoConversation;
        for (Conclusion conclusion : space.decide(session).conclusions()) {
            if (blind.contains(conclusion.rule()) && againstEverything.test(conclusion)) {
                return true;
            }
        }
        return false;
    }
}
