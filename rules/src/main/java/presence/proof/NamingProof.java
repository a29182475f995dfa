package presence.proof;

import java.util.List;
import presence.engine.Conclusion;
import presence.engine.PresenceSession;
import presence.engine.Rule;
import presence.engine.RuleReading;
import presence.engine.Verdict;
import presence.facts.Agent;
import presence.facts.Capability;
import presence.facts.ProfileType;

/** Who can be named: for a transfer, for a direct chat, and in which order. */
final class NamingProof {
    private static final int CAPABILITIES = Capability.values().length;

    private final Findings findings;

    NamingProof(Findings findings) {
        this.findings = findings;
    }

    void run() {
        try (PresenceSession session = findings.open()) {
            transfers(session);
            tentative(session);
            directChats(session);
            ranks(session);
        }
    }

    private void transfers(PresenceSession session) {
        List<RuleReading> rules = findings.concluding("refuseTransfer");
        AgentSpace space = new AgentSpace(Reading.of(rules).and("profileType", "capabilities"));
        Blanket refused = new Blanket(
                rules,
                conclusion -> conclusion instanceof Conclusion.TransferRefusal refusal
                        && refusal.capabilities().size() == CAPABILITIES,
                session);
        space.each(session, refused, one -> {
            findings.oneCase();
            Verdict verdict = one.decide(session);
            Agent agent = one.agent();
            for (Capability capability : Capability.values()) {
                if (!verdict.transferTarget(capability)) {
                    continue;
                }
                if (!agent.capabilities().contains(capability)) {
                    breaks(Promise.CAPABILITY_IS_NEEDED, rules, one, capability);
                }
                if (agent.signedIn() && agent.profileType() == ProfileType.AWAY) {
                    breaks(Promise.AWAY_TAKES_NOTHING, rules, one, capability);
                }
            }
        });
        findings.complete(space, rules, "transfer targets");
    }

    private void breaks(Promise promise, List<RuleReading> rules, AgentSpace space, Capability capability) {
        findings.breaks(
                promise,
                List.of(),
                rules,
                space.weight(),
                () -> "a conversation of " + capability + " can be transferred to the agent. The smallest case, as a"
                        + " scenario: " + space.words() + ".");
    }

    private void tentative(PresenceSession session) {
        AgentDraft tentative = new AgentDraft();
        tentative.profileType = ProfileType.TENTATIVE;
        session.policy(Policy.AS_USUAL.facts());
        findings.oneCase();
        Verdict verdict = session.decide(tentative.agent());
        for (Capability capability : Capability.values()) {
            if (!verdict.transferTarget(capability)) {
                List<Rule> by = verdict.conclusions().stream()
                        .filter(Conclusion.TransferRefusal.class::isInstance)
                        .map(Conclusion::rule)
                        .toList();
                findings.breaks(
                        Promise.TENTATIVE_IS_NAMED,
                        by,
                        findings.concluding("refuseTransfer"),
                        0,
                        () -> "nothing of " + capability + " can be transferred to the agent"
                                + (by.isEmpty() ? "" : ", by " + Findings.named(by.get(0)))
                                + ". The smallest case, as a scenario: agent: { profileType: TENTATIVE }.");
            }
        }
    }

    private void directChats(PresenceSession session) {
        List<RuleReading> rules = findings.concluding("directChat");
        AgentSpace space = new AgentSpace(Reading.of(rules).and("profileType", "capabilities"));
        space.each(session, one -> {
            findings.oneCase();
            Verdict verdict = one.decide(session);
            boolean able = one.agent().capabilities().contains(Capability.CHAT);
            boolean undecided = verdict.statusRule() == null;
            if (one.agent().signedIn() && able && !undecided && !verdict.directChat()) {
                chat(Promise.DIRECT_CHAT_REACHES, rules, one, List.of(), "no direct chat reaches the agent");
            }
            if (!able && verdict.directChat()) {
                chat(Promise.CAPABILITY_IS_NEEDED, rules, one, chatting(verdict), "a direct chat reaches the agent");
            }
        });
        findings.complete(space, rules, "direct chats");
    }

    private static List<Rule> chatting(Verdict verdict) {
        return verdict.conclusions().stream()
                .filter(Conclusion.DirectChat.class::isInstance)
                .map(Conclusion::rule)
                .toList();
    }

    private void chat(Promise promise, List<RuleReading> rules, AgentSpace space, List<Rule> by, String what) {
        findings.breaks(
                promise,
                by,
                rules,
                space.weight(),
                () -> what + ". The smallest case, as a scenario: " + space.words() + ".");
    }

    private void ranks(PresenceSession session) {
        List<RuleReading> rules = findings.concluding("rank");
        AgentSpace space = new AgentSpace(Reading.of(rules));
        Claims claims = new Claims();
        space.each(session, one -> {
            findings.oneCase();
            claims.note(one.decide(session).conclusions().stream()
                    .filter(Conclusion.Rank.class::isInstance)
                    .map(Conclusion::rule)
                    .toList());
        });
        findings.complete(space, rules, "the rank");
        claims.tell(findings);
    }
}
