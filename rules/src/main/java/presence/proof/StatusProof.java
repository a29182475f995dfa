package presence.proof;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import presence.engine.Conclusion;
import presence.engine.PresenceSession;
import presence.engine.Rule;
import presence.engine.RuleReading;
import presence.engine.Verdict;
import presence.facts.Agent;
import presence.facts.Status;

/** Every agent has exactly one status, and it is the promised one. */
final class StatusProof {
    private final Findings findings;
    private final List<RuleReading> rules;
    private final Claims claims = new Claims();
    private final Map<Verdict, List<Conclusion.StatusClaim>> known = new IdentityHashMap<>();

    StatusProof(Findings findings) {
        this.findings = findings;
        rules = findings.concluding("status");
    }

    void run() {
        if (rules.isEmpty()) {
            findings.fault(
                    rules,
                    "no status",
                    0,
                    () -> "No rule concludes a status; every agent needs exactly one. Write the"
                            + " rules that conclude verdict.status( … ).");
            return;
        }
        AgentSpace space = new AgentSpace(Reading.of(rules).and("ready", "profileType", "work"));
        try (PresenceSession session = findings.open()) {
            space.each(session, one -> check(one, one.decide(session)));
            findings.complete(space, rules, "the status");
        }
        claims.tell(findings);
    }

    private void check(AgentSpace space, Verdict verdict) {
        findings.oneCase();
        List<Conclusion.StatusClaim> claimed = known.get(verdict);
        if (claimed == null) {
            claimed = verdict.conclusions().stream()
                    .filter(Conclusion.StatusClaim.class::isInstance)
                    .map(Conclusion.StatusClaim.class::cast)
                    .toList();
            known.put(verdict, claimed);
            claims.note(claimed.stream().map(Conclusion.StatusClaim::rule).toList());
        }
        Agent agent = space.agent();
        if (claimed.isEmpty()) {
            findings.fault(
                    rules,
                    "gap " + agent.signedIn() + agent.profileType(),
                    space.weight(),
                    () -> "No rule gives this agent a status. The smallest case, as a scenario: " + space.words()
                            + ". Write a rule for it, or widen one.");
            return;
        }
        for (Conclusion.StatusClaim other : claimed.subList(1, claimed.size())) {
            checkSame(space, claimed.get(0), other);
        }
        promised(agent)
                .filter(promise -> verdict.status() != promised(promise))
                .ifPresent(promise -> findings.breaks(
                        promise,
                        rule(verdict),
                        rules,
                        space.weight(),
                        () -> "the agent is " + verdict.status() + " by "
                                + Findings.named(rule(verdict).get(0)) + ". The smallest case, as a scenario: "
                                + space.words() + "."));
    }

    private static List<Rule> rule(Verdict verdict) {
        return verdict.statusRule() == null ? List.of() : List.of(verdict.statusRule());
    }

    private void checkSame(AgentSpace space, Conclusion.StatusClaim first, Conclusion.StatusClaim other) {
        if (first.status() == other.status() && first.reasons().equals(other.reasons())) {
            return;
        }
        findings.fault(
                other.rule(),
                "conflict " + first.rule().id() + other.rule().id(),
                space.weight(),
                () -> "Two rules give this agent different statuses: " + claimed(first) + " and " + claimed(other)
                        + ". The smallest case, as a scenario: " + space.words()
                        + ". Change the conditions of one of them so that only one holds.");
    }

    private static String claimed(Conclusion.StatusClaim claim) {
        return Findings.named(claim.rule()) + " says " + claim.status()
                + (claim.reasons().isEmpty() ? "" : " for " + claim.reasons());
    }

    /** The promise that speaks about the agent, if there is one. */
    private static Optional<Promise> promised(Agent agent) {
        if (!agent.signedIn()) {
            return Optional.of(Promise.SIGNED_OUT_IS_OFFLINE);
        }
        if (agent.profileType() == null) {
            return Optional.empty();
        }
        return switch (agent.profileType()) {
            case AWAY -> Optional.of(Promise.AWAY_IS_AWAY);
            case TENTATIVE -> Optional.of(Promise.TENTATIVE_IS_AWAY);
            case CONFERENCE -> Optional.of(Promise.CONFERENCE_IS_BUSY);
            case AVAILABLE ->
                agent.ready()
                        ? Optional.of(agent.work() > 0 ? Promise.WORK_IS_BUSY : Promise.IDLE_IS_FREE)
                        : Optional.empty();
        };
    }

    private static Status promised(Promise promise) {
        return switch (promise) {
            case SIGNED_OUT_IS_OFFLINE -> Status.OFFLINE;
            case AWAY_IS_AWAY, TENTATIVE_IS_AWAY -> Status.AWAY;
            case CONFERENCE_IS_BUSY, WORK_IS_BUSY -> Status.BUSY;
            default -> Status.FREE;
        };
    }
}
