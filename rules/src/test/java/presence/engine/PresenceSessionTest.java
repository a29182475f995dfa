package presence.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static presence.engine.Agents.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import presence.facts.Agent;
import presence.facts.Capability;
import presence.facts.Capacity;
import presence.facts.ProfileSelected;
import presence.facts.ProfileType;
import presence.facts.QueueAsked;
import presence.facts.QueueStaffing;
import presence.facts.Reason;
import presence.facts.Status;
import presence.facts.TransferAsked;

class PresenceSessionTest {

    @Test
    void theSameConclusionsAreTheSameVerdict() {
        try (PresenceSession session = PresenceSession.open(RuleBook.shipped(), 0)) {
            session.policy(Agents.POLICY);
            Verdict free = session.decide(agent().build());
            Verdict notReady = session.decide(agent().ready(false).build());

            assertThat(session.decide(agent().joined("support").build())).isSameAs(free);
            assertThat(session.decide(agent().joined("support").build(), new QueueAsked("support")))
                    .isSameAs(free);
            assertThat(notReady).isNotSameAs(free);
            assertThat(session.decide(agent().ready(false).build())).isSameAs(notReady);
        }
    }

    @Test
    void theSameVerdictComesWhateverOrderRulesFiredIn() {
        // The engine fires what was changed last first: a new policy turns the order round.
        try (PresenceSession session = PresenceSession.open(RuleBook.shipped(), 0)) {
            Agent busy = agent().conversations(0, 0, 1, 1, 4, 1).build();
            session.policy(Agents.POLICY);
            Verdict before = session.decide(busy);
            List<Capacity> turned = new ArrayList<>(Agents.POLICY);
            java.util.Collections.reverse(turned);
            session.policy(turned);
            assertThat(session.decide(busy)).isSameAs(before);
        }
    }

    @Test
    void whereTwoRulesClaimAStatusTheLowestIdWinsAndTheOtherStaysInTheExplanation() {
        RuleBook rules = rules("""
                rule "TEST-010 An agent who is ready is free"
                when
                    Agent( ready )
                then
                    verdict.status( Status.FREE );
                    verdict.rank( 7 );
                end
                rule "TEST-020 An agent who is signed in is busy"
                when
                    Agent( signedIn )
                then
                    verdict.status( Status.BUSY, Reason.HANDLING );
                end
                rule "TEST-030 Everybody else is ranked last"
                when
                    Agent()
                then
                    verdict.rank( 3 );
                end
                """);
        try (PresenceSession session = PresenceSession.open(rules, 0)) {
            Verdict verdict = session.decide(agent().build());

            assertThat(verdict.status()).isEqualTo(Status.FREE);
            assertThat(verdict.rank()).isEqualTo(7);
            assertThat(verdict.statusRule()).isEqualTo(rules.rule("TEST-010").orElseThrow());
            assertThat(verdict.conclusions())
                    .extracting(conclusion -> conclusion.rule().id())
                    .containsExactly("TEST-010", "TEST-010", "TEST-020", "TEST-030");
        }
    }

    @Test
    void whereTwoRulesJoinAGroupTheLowestIdWins() {
        RuleBook rules = rules("""
                rule "TEST-010 Everybody joins the first group"
                when
                    ProfileSelected()
                then
                    verdict.joinGroup( "first" );
                end
                rule "TEST-020 Everybody joins the second group"
                when
                    ProfileSelected()
                then
                    verdict.joinGroup( "second" );
                end
                """);
        try (PresenceSession session = PresenceSession.open(rules, 0)) {
            assertThat(session.groupToJoin(new ProfileSelected("anna", "lunch", ProfileType.AWAY, null)))
                    .contains("first");
        }
    }

    @Test
    void aRuleThatThrowsLeavesTheSessionUsable() {
        RuleBook rules = rules("""
                rule "TEST-010 Of those who are not ready far too much is said"
                when
                    Agent( !ready )
                    Capacity()
                    Capacity()
                    Capacity()
                then
                    verdict.rank( 1 );
                    verdict.rank( 2 );
                    verdict.rank( 3 );
                    verdict.rank( 4 );
                    verdict.rank( 5 );
                end
                rule "TEST-020 An agent who is signed in is free"
                when
                    Agent( signedIn )
                then
                    verdict.status( Status.FREE );
                end
                """);
        try (PresenceSession session = PresenceSession.open(rules, 0)) {
            session.policy(Agents.POLICY);
            Verdict free = session.decide(agent().build());
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> session.decide(agent().ready(false).build(), new QueueAsked("support")))
                        .rootCause()
                        .hasMessageContaining("TEST-010")
                        .hasMessageContaining("256");
                assertThat(session.decide(agent().build())).isSameAs(free);
                assertThat(session.pendingDeadlines()).isZero();
            }
        }
    }

    @Test
    void aNewPolicyCountsFromTheNextDecisionOn() {
        try (PresenceSession session = PresenceSession.open(RuleBook.shipped(), 0)) {
            Agent chatting = agent().conversations(0, 0, 0, 0, 2, 0).build();
            session.policy(List.of(new Capacity(Capability.CHAT, 3, false)));
            assertThat(session.decide(chatting).eligible(Capability.CHAT)).isTrue();
            session.policy(List.of(new Capacity(Capability.CHAT, 2, false)));
            assertThat(session.decide(chatting).exclusions(Capability.CHAT)).containsExactly(Reason.AT_CAPACITY);
        }
    }

    @Test
    void aQuestionIsGoneWithItsDecision() {
        try (PresenceSession session = PresenceSession.open(RuleBook.shipped(), 0)) {
            session.policy(Agents.POLICY);
            Agent agent = agent().build();
            assertThat(session.decide(agent, new QueueAsked("support")).eligible(Capability.CHAT))
                    .isFalse();
            assertThat(session.decide(agent, new TransferAsked("anna")).transferTarget(Capability.CHAT))
                    .isFalse();
            assertThat(session.decide(agent).eligible(Capability.CHAT)).isTrue();
            assertThat(session.decide(agent).transferTarget(Capability.CHAT)).isTrue();
        }
    }

    @Test
    void everyRuleThatFiresIsTold() {
        try (PresenceSession session = PresenceSession.open(RuleBook.shipped(), 0)) {
            session.policy(Agents.POLICY);
            List<String> fired = new ArrayList<>();
            session.onFiring(rule -> fired.add(rule.id()));
            session.decide(agent().capabilities(Set.of(Capability.PHONE)).build());
            assertThat(fired).containsExactlyInAnyOrder("STATUS-130", "ELIGIBILITY-030", "TRANSFER-030", "RANK-010");
        }
    }

    @Test
    void rulesThatFireBeyondAllMeasureAreStoppedAndTheNextCaseIsAskedAsEver() {
        StringBuilder text = new StringBuilder();
        for (int i = 10; i < 26; i++) {
            text.append("rule \"TEST-0" + i + " The reserve is open again and again\"\nwhen\n"
                    + "QueueStaffing( eligible == 0 ) Capacity() Capacity() Capacity()\n"
                    + "then verdict.openReserve(); end\n");
        }
        text.append("rule \"TEST-030 The reserve is open\" when QueueStaffing() then verdict.openReserve(); end");
        try (PresenceSession session = PresenceSession.open(rules(text.toString()), 0)) {
            session.policy(Agents.POLICY);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> session.reserveOpen(staffing(0)))
                        .hasMessageContaining("The rules fired 1000 times for one case")
                        .hasMessageContaining("TEST-0");
                assertThat(session.reserveOpen(staffing(1))).isTrue();
                assertThat(session.pendingDeadlines()).isZero();
            }
        }
    }

    private static QueueStaffing staffing(int eligible) {
        return new QueueStaffing("support", Capability.CHAT, true, eligible, 0);
    }

    private static RuleBook rules(String text) {
        return RuleBook.compile(List.of(new RuleFile("test/test.drl", text)));
    }
}
