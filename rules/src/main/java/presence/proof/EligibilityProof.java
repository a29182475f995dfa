package presence.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import presence.engine.Conclusion;
import presence.engine.PresenceSession;
import presence.engine.Rule;
import presence.engine.RuleReading;
import presence.engine.Verdict;
import presence.facts.Agent;
import presence.facts.Capability;
import presence.facts.ProfileType;
import presence.facts.TransferAsked;

/** Whoever is eligible is a transfer target too, and nobody is eligible who takes nothing by promise. */
final class EligibilityProof {
    private static final int CAPABILITIES = Capability.values().length;

    private final Findings findings;
    private final List<RuleReading> rules;
    private final List<RuleReading> refusing;
    private final boolean transferRead;

    EligibilityProof(Findings findings) {
        this.findings = findings;
        rules = findings.concluding("exclude", "holdInReserve");
        refusing = findings.concluding("refuseTransfer");
        transferRead = Reading.of(refusing).reads(TransferAsked.class);
    }

    void run() {
        List<RuleReading> both = new ArrayList<>(rules);
        both.addAll(refusing);
        Reading read = Reading.of(both).and("profileType", "capabilities");
        // The transfer is asked about once for each agent who is eligible, and never about their own conversation.
        AgentSpace space =
                new AgentSpace(Reading.of(rules).reads(TransferAsked.class) ? read : read.askedNothingOfTransfers());
        try (PresenceSession session = findings.open()) {
            Blanket excluded = new Blanket(
                    rules,
                    conclusion -> conclusion instanceof Conclusion.Reserve
                            || (conclusion instanceof Conclusion.Exclusion exclusion
                                    && exclusion.capabilities().size() == CAPABILITIES),
                    session);
            space.each(session, excluded, one -> check(one, session));
            findings.complete(space, rules, "who is eligible");
            checkReserve(session);
        }
    }

    private void check(AgentSpace space, PresenceSession session) {
        findings.oneCase();
        Verdict verdict = space.decide(session);
        for (Capability capability : Capability.values()) {
            if (verdict.eligible(capability)) {
                checkPromises(space, capability);
                checkTransfer(space, capability, session);
            }
        }
    }

    private void checkPromises(AgentSpace space, Capability capability) {
        Agent agent = space.agent();
        if (!agent.capabilities().contains(capability)) {
            breaks(Promise.CAPABILITY_IS_NEEDED, space, capability);
        }
        if (agent.signedIn() && agent.profileType() == ProfileType.AWAY) {
            breaks(Promise.AWAY_TAKES_NOTHING, space, capability);
        }
        if (agent.signedIn() && agent.profileType() == ProfileType.TENTATIVE) {
            breaks(Promise.TENTATIVE_OVERFLOWS, space, capability);
        }
    }

    private void breaks(Promise promise, AgentSpace space, Capability capability) {
        findings.breaks(
                promise,
                List.of(),
                rules,
                space.weight(),
                () -> "nothing stands against the agent for " + capability + ". The smallest case, as a scenario: "
                        + space.words() + ".");
    }

    private void checkTransfer(AgentSpace space, Capability capability, PresenceSession session) {
        Agent agent = space.agent();
        Verdict named =
                transferRead ? session.decide(agent, new TransferAsked(agent.id() + "-2")) : session.decide(agent);
        if (named.transferTarget(capability)) {
            return;
        }
        List<Rule> by = named.conclusions().stream()
                .filter(conclusion -> conclusion instanceof Conclusion.TransferRefusal refusal
                        && refusal.capabilities().contains(capability))
                .map(Conclusion::rule)
                .toList();
        if (by.isEmpty()) {
            return;
        }
        String names = by.stream().map(Findings::named).collect(Collectors.joining(", "));
        findings.fault(
                by.get(0),
                "eligible and no target by " + by,
                space.weight(),
                () -> "A queue offers " + capability + " to this agent, but nobody can transfer it to them: " + names
                        + ". The smallest case, as a scenario: " + space.words()
                        + ". Whoever is eligible must be a transfer target too: change both rules alike.");
    }

    /** Somebody on a Tentative profile, with nothing else against them, must wait in the reserve. */
    private void checkReserve(PresenceSession session) {
        AgentDraft tentative = new AgentDraft();
        tentative.profileType = ProfileType.TENTATIVE;
        session.policy(Policy.AS_USUAL.facts());
        findings.oneCase();
        Verdict verdict = session.decide(tentative.agent());
        for (Capability capability : Capability.values()) {
            if (!verdict.inReserve(capability) && !verdict.eligible(capability)) {
                findings.breaks(
                        Promise.TENTATIVE_OVERFLOWS,
                        verdict.conclusions().stream()
                                .filter(Conclusion.Exclusion.class::isInstance)
                                .map(Conclusion::rule)
                                .limit(1)
                                .toList(),
                        rules,
                        0,
                        () -> "the agent is no reserve for " + capability
                                + ". The smallest case, as a scenario: agent: { profileType: TENTATIVE }.");
            }
        }
    }
}
