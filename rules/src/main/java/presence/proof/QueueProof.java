package presence.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import presence.engine.PresenceSession;
import presence.engine.Rule;
import presence.engine.RuleReading;
import presence.facts.Capability;
import presence.facts.MissedOffers;
import presence.facts.OfferMissed;
import presence.facts.ProfileSelected;
import presence.facts.ProfileType;
import presence.facts.QueueStaffing;

/** A queue's reserve opens when it should, a profile brings its queues, and missed offers have one consequence. */
final class QueueProof {
    private static final int[] FEW = {0, 1, 2};
    private static final int[] LIMITS = {0, 1, 3};
    private static final int MOST_MISSED = 4;

    private final Findings findings;
    private final List<Rule> firing = new ArrayList<>();
    private boolean opened;

    QueueProof(Findings findings) {
        this.findings = findings;
    }

    void run() {
        try (PresenceSession session = findings.open(firing::add)) {
            reserves(session);
            selections(session);
            missedOffers(session);
        }
    }

    private void reserves(PresenceSession session) {
        List<RuleReading> rules = findings.concluding("openReserve");
        Claims claims = new Claims();
        for (Policy policy : Policy.SOME) {
            session.policy(policy.facts());
            for (String queue : findings.texts(rules, QueueStaffing.class, "queue", "support")) {
                for (Capability capability : Capability.values()) {
                    for (int eligible : FEW) {
                        for (int reserve : FEW) {
                            for (boolean overflow : new boolean[] {true, false}) {
                                reserve(
                                        session,
                                        new QueueStaffing(queue, capability, overflow, eligible, reserve),
                                        rules,
                                        claims);
                            }
                        }
                    }
                }
            }
        }
        claims.tell(findings);
        List<RuleReading> holding = findings.concluding("holdInReserve");
        if (!opened && !holding.isEmpty()) {
            findings.fault(
                    holding.get(0).rule(),
                    "never opened",
                    0,
                    () -> Findings.named(holding.get(0).rule())
                            + " holds agents in reserve, but no rule ever opens a reserve. Write one that concludes"
                            + " verdict.openReserve(), or exclude the agents.");
        }
    }

    private void reserve(PresenceSession session, QueueStaffing staffing, List<RuleReading> rules, Claims claims) {
        findings.oneCase();
        firing.clear();
        boolean open = session.reserveOpen(staffing);
        opened |= open;
        claims.note(concluding(rules));
        boolean must = staffing.overflowToTentative() && staffing.eligible() == 0 && staffing.reserve() > 0;
        if ((must && !open) || (open && staffing.eligible() > 0)) {
            findings.breaks(
                    Promise.TENTATIVE_OVERFLOWS,
                    concluding(rules),
                    rules,
                    1 + staffing.eligible() + staffing.reserve(),
                    () -> "the reserve is " + (open ? "open" : "not open") + ". The smallest case, as a scenario: "
                            + words(staffing) + ".");
        }
    }

    private static String words(QueueStaffing staffing) {
        return "queueStaffing: { queue: " + staffing.queue() + ", capability: " + staffing.capability()
                + ", overflowToTentative: " + (staffing.overflowToTentative() ? "yes" : "no") + ", eligible: "
                + staffing.eligible() + ", reserve: " + staffing.reserve() + " }";
    }

    private void selections(PresenceSession session) {
        List<RuleReading> rules = findings.concluding("joinGroup");
        Claims claims = new Claims();
        List<@Nullable String> groups =
                new ArrayList<>(findings.texts(rules, ProfileSelected.class, "queueGroup", "sales"));
        groups.add(null);
        for (String agent : findings.texts(rules, ProfileSelected.class, "agent", "anna")) {
            for (String profile : findings.texts(rules, ProfileSelected.class, "profile", "lunch")) {
                for (ProfileType type : ProfileType.values()) {
                    for (@Nullable String group : groups) {
                        selection(session, new ProfileSelected(agent, profile, type, group), rules, claims);
                    }
                }
            }
        }
        claims.tell(findings);
    }

    private void selection(PresenceSession session, ProfileSelected selected, List<RuleReading> rules, Claims claims) {
        findings.oneCase();
        firing.clear();
        Optional<String> joined = session.groupToJoin(selected);
        claims.note(concluding(rules));
        if (selected.queueGroup() != null && !joined.equals(Optional.of(selected.queueGroup()))) {
            findings.breaks(
                    Promise.QUEUE_GROUP_JOINS,
                    concluding(rules),
                    rules,
                    selected.type() == ProfileType.AVAILABLE ? 0 : 1,
                    () -> "the agent joins "
                            + joined.map(group -> "'" + group + "'").orElse("no group")
                            + ". The smallest case, as a scenario: profileSelected: { profile: " + selected.profile()
                            + ", type: " + selected.type() + ", queueGroup: " + selected.queueGroup() + " }.");
        }
    }

    private void missedOffers(PresenceSession session) {
        List<RuleReading> rules = findings.concluding("notReady");
        Claims claims = new Claims();
        for (int limit : LIMITS) {
            List<Record> policy = new ArrayList<>(Policy.AS_USUAL.facts());
            policy.add(new MissedOffers(limit));
            session.policy(policy);
            for (String agent : findings.texts(rules, OfferMissed.class, "agent", "anna")) {
                for (int inARow = 1; inARow <= MOST_MISSED; inARow++) {
                    findings.oneCase();
                    firing.clear();
                    session.missed(new OfferMissed(agent, inARow));
                    claims.note(concluding(rules));
                }
            }
        }
        claims.tell(findings);
    }

    private List<Rule> concluding(List<RuleReading> rules) {
        return firing.stream()
                .filter(rule ->
                        rules.stream().anyMatch(reading -> reading.rule().equals(rule)))
                .sorted(Rule.BY_ID)
                .toList();
    }
}
