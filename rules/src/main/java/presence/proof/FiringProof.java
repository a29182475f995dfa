package presence.proof;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import presence.engine.PresenceSession;
import presence.engine.Rule;
import presence.engine.RuleReading;
import presence.facts.Agent;
import presence.facts.Capacity;
import presence.facts.QueueAsked;
import presence.facts.TransferAsked;

/** Names the rules that can never fire. Comes last: most rules have fired by then. */
final class FiringProof {
    private static final Set<Class<? extends Record>> MEET_AN_AGENT =
            Set.of(Agent.class, Capacity.class, QueueAsked.class, TransferAsked.class);

    private final Findings findings;

    FiringProof(Findings findings) {
        this.findings = findings;
    }

    void run() {
        for (RuleReading reading : findings.readings()) {
            if (!findings.hasFired(reading.rule())) {
                tryEverything(reading);
            }
        }
    }

    private void tryEverything(RuleReading reading) {
        Rule rule = reading.rule();
        if (reading.fields().containsKey(Agent.class)
                && MEET_AN_AGENT.containsAll(reading.fields().keySet())) {
            AgentSpace space = new AgentSpace(Reading.of(List.of(reading)), Policy.all());
            try (PresenceSession session = findings.open()) {
                space.each(session, one -> {
                    findings.oneCase();
                    one.decide(session);
                    if (findings.hasFired(rule)) {
                        one.stop();
                    }
                });
            }
            if (space.tooMany()) {
                // Nothing is said of it rather than something wrong.
                return;
            }
        }
        if (!findings.hasFired(rule)) {
            findings.fault(
                    rule,
                    "never " + rule.id(),
                    0,
                    () -> Findings.named(rule) + " can never fire: in no case that there can be do all its conditions"
                            + " hold" + facts(reading) + ". Mend its conditions or delete it.");
        }
    }

    private static String facts(RuleReading reading) {
        if (reading.fields().size() == 1
                || MEET_AN_AGENT.containsAll(reading.fields().keySet())) {
            return "";
        }
        return " ("
                + reading.fields().keySet().stream()
                        .map(Class::getSimpleName)
                        .sorted()
                        .collect(Collectors.joining(" and "))
                + " are not asked about together)";
    }
}
