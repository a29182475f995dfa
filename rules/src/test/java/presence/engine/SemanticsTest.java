package presence.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static presence.engine.Agents.agent;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import presence.facts.Agent;
import presence.facts.Capability;
import presence.facts.ProfileType;
import presence.facts.QueueAsked;
import presence.facts.Reason;
import presence.facts.Status;

/** The shipped rules against the product's tables, written a second time in plain code, over every kind of agent. */
class SemanticsTest {
    private static final List<int[]> CONVERSATIONS = conversations();
    private static final List<Set<Capability>> CAPABILITIES = List.of(
            EnumSet.allOf(Capability.class),
            EnumSet.noneOf(Capability.class),
            EnumSet.of(Capability.CHAT),
            EnumSet.of(Capability.PHONE, Capability.ITEMS));

    private static PresenceSession session;
    private static PresenceSession exceeding;

    @BeforeAll
    static void open() {
        RuleBook rules = RuleBook.shipped();
        session = PresenceSession.open(rules, 0);
        session.policy(Agents.policy(false));
        exceeding = PresenceSession.open(rules, 0);
        exceeding.policy(Agents.policy(true));
    }

    @AfterAll
    static void close() {
        session.close();
        exceeding.close();
    }

    @Test
    void exactlyOneRuleClaimsAStatusForEveryKindOfAgent() {
        forEveryAgent(agent -> assertThat(session.decide(agent).conclusions())
                .as("%s", agent)
                .filteredOn(Conclusion.StatusClaim.class::isInstance)
                .hasSize(1));
    }

    @Test
    void theStatusIsTheFirstRowOfTheTableThatMatches() {
        forEveryAgent(agent -> {
            Verdict verdict = session.decide(agent);
            assertThat(verdict.status()).as("%s", agent).isEqualTo(expectedStatus(agent));
            assertThat(verdict.reasons()).as("%s", agent).isEqualTo(expectedReasons(agent));
        });
    }

    @Test
    void exclusionsAreTheConditionsThatDoNotHoldInTheOrderOfTheTable() {
        forEveryAgent(agent -> {
            Verdict verdict = session.decide(agent, new QueueAsked("support"));
            for (Capability capability : Capability.values()) {
                assertThat(verdict.exclusions(capability))
                        .as("%s for %s", agent, capability)
                        .isEqualTo(expectedExclusions(agent, capability));
                assertThat(verdict.eligible(capability))
                        .as("%s for %s", agent, capability)
                        .isEqualTo(verdict.exclusions(capability).isEmpty());
                assertThat(verdict.inReserve(capability))
                        .as("%s for %s", agent, capability)
                        .isEqualTo(verdict.exclusions(capability).equals(List.of(Reason.PROFILE_TENTATIVE)));
            }
        });
    }

    @Test
    void transferRefusalsAreTheConditionsThatDoNotHold() {
        forEveryAgent(agent -> {
            for (Capability capability : Capability.values()) {
                assertThat(session.decide(agent).transferRefusals(capability))
                        .as("%s for %s", agent, capability)
                        .isEqualTo(expectedRefusals(agent, capability, false));
                assertThat(exceeding.decide(agent).transferRefusals(capability))
                        .as("%s for %s, transfers may exceed", agent, capability)
                        .isEqualTo(expectedRefusals(agent, capability, true));
            }
        });
    }

    @Test
    void whoeverIsEligibleIsATransferTargetWithARank() {
        forEveryAgent(agent -> {
            Verdict verdict = session.decide(agent);
            for (Capability capability : Capability.values()) {
                if (verdict.eligible(capability)) {
                    assertThat(verdict.transferTarget(capability))
                            .as("%s", agent)
                            .isTrue();
                }
                if (verdict.transferTarget(capability)) {
                    assertThat(verdict.rank()).as("%s", agent).isLessThan(Verdict.UNRANKED);
                }
            }
        });
    }

    @Test
    void anAgentWhomNoStatusRuleKnowsIsOfflineAndOutOfReach() {
        Verdict verdict = session.decide(agent().on(null).build());
        assertThat(verdict.status()).isEqualTo(Status.OFFLINE);
        assertThat(verdict.reasons()).containsExactly(Reason.UNDECIDED);
        for (Capability capability : Capability.values()) {
            assertThat(verdict.eligible(capability)).isFalse();
            assertThat(verdict.transferTarget(capability)).isFalse();
        }
        assertThat(verdict.directChat()).isFalse();
    }

    private static void forEveryAgent(Consumer<Agent> assertion) {
        int[] agents = {0};
        for (int flags = 0; flags < 32; flags++) {
            boolean signedIn = (flags & 1) != 0;
            for (ProfileType type : ProfileType.values()) {
                for (int[] conversations : CONVERSATIONS) {
                    for (Set<Capability> capabilities : CAPABILITIES) {
                        Agents agent = agent().signedIn(signedIn)
                                .connected((flags & 2) != 0)
                                .connectionLost((flags & 4) != 0)
                                .ready((flags & 8) != 0)
                                .on(type)
                                .capabilities(capabilities)
                                .conversations(
                                        conversations[0],
                                        conversations[1],
                                        conversations[2],
                                        conversations[3],
                                        conversations[4],
                                        conversations[5]);
                        assertion.accept(((flags & 16) != 0 ? agent.joined("support", "sales") : agent).build());
                        agents[0]++;
                    }
                }
            }
        }
        assertThat(agents[0]).isGreaterThan(15_000);
    }

    /** In wrap-up, offered, then the load of phone, video, chat and items. */
    private static List<int[]> conversations() {
        List<int[]> all = new ArrayList<>();
        for (int[] loads : new int[][] {
            {0, 0, 0, 0},
            {1, 0, 0, 0},
            {0, 1, 0, 0},
            {0, 0, 1, 0},
            {0, 0, 0, 1},
            {0, 0, 4, 0},
            {1, 0, 3, 1},
            {2, 1, 5, 2}
        }) {
            int load = loads[0] + loads[1] + loads[2] + loads[3];
            for (int offered : load == 0 ? new int[] {0} : new int[] {0, 1, load}) {
                for (int wrapUp : load == offered ? new int[] {0} : new int[] {0, 1, load - offered}) {
                    all.add(new int[] {wrapUp, offered, loads[0], loads[1], loads[2], loads[3]});
                }
            }
        }
        return all;
    }

    private static Status expectedStatus(Agent agent) {
        if (!agent.signedIn()) {
            return Status.OFFLINE;
        }
        return switch (agent.profileType()) {
            case AWAY, TENTATIVE -> Status.AWAY;
            case CONFERENCE -> Status.BUSY;
            case AVAILABLE -> agent.work() > 0 ? Status.BUSY : agent.ready() ? Status.FREE : Status.AWAY;
        };
    }

    private static List<Reason> expectedReasons(Agent agent) {
        List<Reason> reasons = new ArrayList<>();
        if (!agent.signedIn()) {
            reasons.add(agent.connectionLost() ? Reason.CONNECTION_LOST : Reason.SIGNED_OUT);
            return reasons;
        }
        switch (agent.profileType()) {
            case AWAY -> reasons.add(Reason.PROFILE_AWAY);
            case TENTATIVE -> reasons.add(Reason.PROFILE_TENTATIVE);
            case CONFERENCE -> {
                reasons.add(Reason.PROFILE_CONFERENCE);
                return reasons;
            }
            case AVAILABLE -> {
                if (agent.work() > 0) {
                    reasons.add(agent.wrapUp() == agent.work() ? Reason.WRAP_UP : Reason.HANDLING);
                }
                if (!agent.ready()) {
                    reasons.add(Reason.NOT_READY);
                }
                return reasons;
            }
        }
        if (agent.work() > 0) {
            reasons.add(Reason.HANDLING);
        }
        return reasons;
    }

    private static List<Reason> expectedExclusions(Agent agent, Capability capability) {
        if (!agent.signedIn()) {
            return List.of(Reason.SIGNED_OUT);
        }
        List<Reason> reasons = new ArrayList<>();
        addIf(reasons, !agent.connected(), Reason.CONNECTION_LOST);
        addIf(reasons, !agent.capabilities().contains(capability), Reason.NO_CAPABILITY);
        addIf(reasons, agent.profileType() == ProfileType.AWAY, Reason.PROFILE_AWAY);
        addIf(reasons, agent.profileType() == ProfileType.TENTATIVE, Reason.PROFILE_TENTATIVE);
        addIf(reasons, agent.profileType() == ProfileType.CONFERENCE, Reason.PROFILE_CONFERENCE);
        addIf(reasons, !agent.ready(), Reason.NOT_READY);
        addIf(reasons, !agent.queues().contains("support"), Reason.NOT_IN_QUEUE);
        addIf(reasons, agent.phone() > 0 || agent.video() > 0, Reason.REALTIME_EXCLUSIVE);
        addIf(reasons, realtime(capability) && agent.chat() > 0, Reason.CHAT_IN_PROGRESS);
        addIf(reasons, agent.load(capability) >= limit(capability), Reason.AT_CAPACITY);
        return reasons;
    }

    private static List<Reason> expectedRefusals(Agent agent, Capability capability, boolean mayExceed) {
        if (!agent.signedIn()) {
            return List.of(Reason.SIGNED_OUT);
        }
        List<Reason> reasons = new ArrayList<>();
        addIf(reasons, !agent.connected(), Reason.CONNECTION_LOST);
        addIf(reasons, !agent.capabilities().contains(capability), Reason.NO_CAPABILITY);
        addIf(reasons, agent.profileType() == ProfileType.AWAY, Reason.PROFILE_AWAY);
        addIf(reasons, agent.profileType() == ProfileType.CONFERENCE, Reason.PROFILE_CONFERENCE);
        addIf(reasons, realtime(capability) && (agent.phone() > 0 || agent.video() > 0), Reason.REALTIME_EXCLUSIVE);
        addIf(reasons, !mayExceed && agent.load(capability) >= limit(capability), Reason.AT_CAPACITY);
        return reasons;
    }

    private static void addIf(List<Reason> reasons, boolean holds, Reason reason) {
        if (holds) {
            reasons.add(reason);
        }
    }

    private static boolean realtime(Capability capability) {
        return capability == Capability.PHONE || capability == Capability.VIDEO;
    }

    private static int limit(Capability capability) {
        return capability == Capability.CHAT ? 4 : 1;
    }
}
