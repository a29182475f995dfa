package presence.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import presence.engine.RuleBook;
import presence.engine.RuleFault;
import presence.engine.RuleFile;
import presence.engine.RuleFiles;

/** Changes to the shipped rules, and what the proof has to say about each. */
class ProofTest {
    private static final String STATUS = "status/status.drl";
    private static final String ELIGIBILITY = "eligibility/eligibility.drl";
    private static final String OVERFLOW = "eligibility/overflow.drl";
    private static final String TARGETS = "transfer/targets.drl";
    private static final String CHAT = "transfer/direct-chat.drl";
    private static final String RANKS = "transfer/ranks.drl";
    private static final String EXPIRY = "profiles/expiry.drl";
    private static final String GROUPS = "profiles/queue-groups.drl";
    private static final String GRACE = "profiles/grace.drl";
    private static final String OFFERS = "profiles/offers.drl";

    /** The shipped rules with changes. */
    private static final class Draft {
        private final List<RuleFile> files = new ArrayList<>(RuleFiles.shipped());

        static Draft of() {
            return new Draft();
        }

        Draft with(String path, String text, String otherwise) {
            files.replaceAll(file -> {
                if (!file.path().equals(path)) {
                    return file;
                }
                assertThat(file.text()).contains(text);
                return new RuleFile(path, file.text().replace(text, otherwise));
            });
            return this;
        }

        /** A rule is put above another, or at the end of the file. */
        Draft adding(String path, String rule, String above) {
            return with(path, "rule \"" + above, rule + "\nrule \"" + above);
        }

        Draft without(String path, String id) {
            files.replaceAll(file -> file.path().equals(path)
                    ? new RuleFile(path, file.text().replaceAll("rule \"" + id + "(?s:.*?)\nend\n", ""))
                    : file);
            return this;
        }

        Proof proof() {
            return Proof.of(RuleBook.compile(files));
        }

        List<String> faults() {
            Proof proof = proof();
            assertThat(proof.broken()).isEmpty();
            return proof.faults().stream().map(RuleFault::message).toList();
        }

        Set<Promise> broken() {
            Proof proof = proof();
            assertThat(proof.faults()).isEmpty();
            EnumSet<Promise> broken = EnumSet.noneOf(Promise.class);
            proof.broken().forEach(one -> broken.add(one.promise()));
            return broken;
        }
    }

    @Test
    void theShippedRulesAreProvenOverEveryCase() {
        Proof proof = Proof.of(RuleBook.shipped());
        assertThat(proof.faults()).isEmpty();
        assertThat(proof.broken()).isEmpty();
        assertThat(proof.cases()).isGreaterThan(20_000);
        System.out.println(proof.cases() + " cases");
    }

    // --- a status for everybody, and only one

    @Test
    void anAgentWhomNoRuleGivesAStatusIsAGapToldByTheSmallestCase() {
        assertThat(Draft.of().without(STATUS, "STATUS-120").faults())
                .containsExactly("No rule gives this agent a status. The smallest case, as a scenario: agent: { ready:"
                        + " no }. Write a rule for it, or widen one.");
    }

    @Test
    void everyKindOfAgentWithoutAStatusIsToldOnce() {
        assertThat(Draft.of()
                        .without(STATUS, "STATUS-070")
                        .without(STATUS, "STATUS-090")
                        .without(STATUS, "STATUS-120")
                        .faults())
                .hasSize(2)
                .anyMatch(fault -> fault.contains("agent: { profileType: CONFERENCE }"))
                .anyMatch(fault -> fault.contains("agent: { active: { ITEMS: 1 } }"));
    }

    @Test
    void twoRulesThatGiveDifferentStatusesAreAConflict() {
        assertThat(Draft.of().adding(STATUS, """
                                rule "STATUS-125 An agent with nothing offered is away"
                                when
                                    Agent( signedIn, profileType == ProfileType.AVAILABLE, load == 0, !ready )
                                then
                                    verdict.status( Status.BUSY, Reason.NOT_READY );
                                end
                                """, "STATUS-130").faults())
                .anyMatch(fault -> fault.equals("Two rules give this agent different statuses: STATUS-120 (An available"
                        + " agent who is not ready and has no work is away) says AWAY for [NOT_READY] and STATUS-125 (An"
                        + " agent with nothing offered is away) says BUSY for [NOT_READY]. The smallest case, as a"
                        + " scenario: agent: { ready: no }. Change the conditions of one of them so that only one"
                        + " holds."));
    }

    @Test
    void aRuleThatOnlyEverSpeaksSecondIsNamed() {
        assertThat(Draft.of().adding(STATUS, """
                                rule "STATUS-125 An agent who is not ready is away for that"
                                when
                                    Agent( signedIn, profileType == ProfileType.AVAILABLE, work == 0, !ready )
                                then
                                    verdict.status( Status.AWAY, Reason.NOT_READY );
                                end
                                """, "STATUS-130").faults())
                .containsExactly(
                        "STATUS-125 (An agent who is not ready is away for that) never has its say: wherever it"
                                + " fires, a rule with a lower id has spoken already: STATUS-120 (An available agent who is not"
                                + " ready and has no work is away). Delete it, or change the conditions of one of them.");
        assertThat(Draft.of().adding(RANKS, """
                                rule "RANK-035 Agents who are not ready and idle come later"
                                when
                                    Agent( signedIn, profileType == ProfileType.AVAILABLE, !ready, load == 0 )
                                then
                                    verdict.rank( 5 );
                                end
                                """, "RANK-040").faults())
                .singleElement()
                .asString()
                .startsWith("RANK-035")
                .contains("never has its say", "RANK-030");
    }

    // --- rules that can never fire, and rules that can

    @Test
    void aRuleWhoseConditionsContradictEachOtherCanNeverFire() {
        assertThat(Draft.of()
                        .adding(ELIGIBILITY, """
                                rule "ELIGIBILITY-045 An agent in two places takes nothing"
                                when
                                    Agent( signedIn, chat > load )
                                then
                                    verdict.exclude( Reason.AT_CAPACITY );
                                end
                                """, "ELIGIBILITY-050")
                        .with(ELIGIBILITY, "ELIGIBILITY-045 An agent on", "ELIGIBILITY-042 An agent on")
                        .faults())
                .singleElement()
                .asString()
                .startsWith("ELIGIBILITY-045 (An agent in two places takes nothing) can never fire");
    }

    @Test
    void aRuleAboutFactsThatNeverMeetCanNeverFire() {
        assertThat(Draft.of().adding(ELIGIBILITY, """
                                rule "ELIGIBILITY-048 Nobody takes anything of a queue without members"
                                when
                                    QueueStaffing( eligible == 0 )
                                    Agent( signedIn )
                                then
                                    verdict.exclude( Reason.NOT_IN_QUEUE );
                                end
                                """, "ELIGIBILITY-050").faults())
                .singleElement()
                .asString()
                .contains("can never fire", "Agent and QueueStaffing are not asked about together");
    }

    @Test
    void aSensibleRuleIsNeverCalledDeadHoweverRareItsCase() {
        assertThat(Draft.of().adding(ELIGIBILITY, """
                                rule "ELIGIBILITY-051 The vip queue takes nobody with e-mails on the training profile"
                                when
                                    QueueAsked( queue == "vip", $queue : queue )
                                    Agent( id != "anna", queues contains $queue, profile == "training", items > 0 )
                                then
                                    verdict.exclude( Reason.NOT_IN_QUEUE );
                                end

                                rule "ELIGIBILITY-052 Whoever has as many chats offered as going on takes nothing"
                                when
                                    Agent( signedIn, load == work + work, chat == load, chat > phone )
                                then
                                    verdict.exclude( Reason.AT_CAPACITY );
                                end

                                rule "ELIGIBILITY-053 Where there are no chats an agent with room for e-mails takes nothing"
                                when
                                    Capacity( capability == Capability.CHAT, limit == 0 )
                                    Capacity( capability == Capability.ITEMS, $limit : limit, limit > 0 )
                                    Agent( signedIn, items > 0, items < $limit )
                                then
                                    verdict.exclude( Reason.AT_CAPACITY );
                                end
                                """, "ELIGIBILITY-055").faults())
                .isEmpty();
    }

    // --- eligible means transfer target

    @Test
    void whoeverIsEligibleMustBeATransferTarget() {
        assertThat(Draft.of()
                        .with(ELIGIBILITY, "Agent( signedIn, phone + video > 0 )", "Agent( signedIn, video > 0 )")
                        .faults())
                .singleElement()
                .asString()
                .startsWith("A queue offers VIDEO to this agent, but nobody can transfer it to them: TRANSFER-050")
                .contains("The smallest case, as a scenario: agent: { active: { PHONE: 1 } }.");
    }

    @Test
    void anAgentsOwnConversationNeedNotBeTransferableToThem() {
        assertThat(Draft.of()
                        .with(TARGETS, "Agent( signedIn, id == $currentAgent )", "Agent( id == $currentAgent )")
                        .faults())
                .isEmpty();
    }

    // --- deadlines and queues

    @Test
    void aDeadlineThatNothingComesOfIsNamed() {
        assertThat(Draft.of()
                        .with(GRACE, "$end : GraceEnd( $at", "$end : GraceEnd( agent != \"anna\", $at")
                        .faults())
                .singleElement()
                .asString()
                .startsWith(
                        "Nothing ever comes of a GraceEnd: no rule fires at it. As a scenario: graceEnd: { agent: anna"
                                + " }; at: 0.");
    }

    @Test
    void aDeadlineWithTwoEffectsIsAConflict() {
        assertThat(Draft.of()
                        .with(EXPIRY, "onReturn == OnReturn.NOT_READY", "profile == \"lunch\"")
                        .with(EXPIRY, "onReturn == OnReturn.KEEP", "agent != null")
                        .faults())
                .anyMatch(fault -> fault.startsWith("One deadline has two different effects: EXPIRY-010"));
    }

    @Test
    void aReserveThatNeverOpensIsNamed() {
        Proof proof = Draft.of()
                .with(OVERFLOW, "eligible == 0, reserve > 0", "eligible == 0, reserve < eligible")
                .proof();
        assertThat(proof.faults())
                .extracting(RuleFault::message)
                .anyMatch(fault -> fault.startsWith("OVERFLOW-010") && fault.contains("no rule ever opens a reserve"));
        assertThat(proof.broken()).extracting(BrokenPromise::promise).containsExactly(Promise.TENTATIVE_OVERFLOWS);
    }

    @Test
    void aRuleAboutMissedOffersThatCanNeverFireIsNamed() {
        assertThat(Draft.of()
                        .with(OFFERS, "MissedOffers( limit > 0, $limit", "MissedOffers( limit < 0, $limit")
                        .faults())
                .singleElement()
                .asString()
                .startsWith("OFFER-020")
                .contains("can never fire");
    }

    // --- promises

    @Test
    void aDraftThatBreaksAPromiseIsToldWhichAndHow() {
        Proof proof = Draft.of()
                .with(
                        STATUS,
                        "verdict.status( Status.BUSY, Reason.PROFILE_CONFERENCE );",
                        "verdict.status( Status.AWAY, Reason.PROFILE_CONFERENCE );")
                .proof();
        assertThat(proof.faults()).isEmpty();
        assertThat(proof.broken()).singleElement().satisfies(broken -> {
            assertThat(broken.promise()).isEqualTo(Promise.CONFERENCE_IS_BUSY);
            assertThat(broken.fault().file()).isEqualTo(STATUS);
            assertThat(broken.fault().message())
                    .isEqualTo(
                            "The promise CONFERENCE-IS-BUSY is broken (An agent on a Conference profile is busy): the"
                                    + " agent is AWAY by STATUS-070 (An agent on a Conference profile is busy). The smallest case,"
                                    + " as a scenario: agent: { profileType: CONFERENCE }. Change the rules; or, if the promise is"
                                    + " not to be kept, override it by its name.");
        });
    }

    @Test
    void statusesThatArePromisedAreHeldAgainstTheRules() {
        assertThat(Draft.of()
                        .with(STATUS, "Status.OFFLINE, Reason.CONNECTION_LOST", "Status.AWAY, Reason.CONNECTION_LOST")
                        .broken())
                .containsExactly(Promise.SIGNED_OUT_IS_OFFLINE);
        assertThat(Draft.of()
                        .with(
                                STATUS,
                                "Status.AWAY, Reason.PROFILE_AWAY, Reason.HANDLING",
                                "Status.BUSY, Reason.HANDLING")
                        .broken())
                .containsExactly(Promise.AWAY_IS_AWAY);
        assertThat(Draft.of()
                        .with(STATUS, "Status.AWAY, Reason.PROFILE_TENTATIVE )", "Status.FREE )")
                        .broken())
                .containsExactly(Promise.TENTATIVE_IS_AWAY);
        assertThat(Draft.of()
                        .with(
                                STATUS,
                                "verdict.status( Status.BUSY, Reason.WRAP_UP );",
                                "verdict.status( Status.FREE );")
                        .broken())
                .containsExactly(Promise.WORK_IS_BUSY);
        assertThat(Draft.of()
                        .with(STATUS, "verdict.status( Status.FREE );", "verdict.status( Status.BUSY );")
                        .broken())
                .containsExactly(Promise.IDLE_IS_FREE);
    }

    @Test
    void notReadyIsOursToSayAndNoPromise() {
        assertThat(Draft.of()
                        .with(STATUS, "Status.AWAY, Reason.NOT_READY", "Status.BUSY, Reason.NOT_READY")
                        .broken())
                .isEmpty();
    }

    @Test
    void awayTakesNothingButDirectChats() {
        assertThat(Draft.of().without(ELIGIBILITY, "ELIGIBILITY-040").proof().broken())
                .extracting(BrokenPromise::promise)
                .contains(Promise.AWAY_TAKES_NOTHING);
        assertThat(Draft.of().without(TARGETS, "TRANSFER-040").broken()).containsExactly(Promise.AWAY_TAKES_NOTHING);
        assertThat(Draft.of()
                        .with(CHAT, "Agent( signedIn,", "Agent( signedIn, profileType != ProfileType.AWAY,")
                        .broken())
                .containsExactly(Promise.DIRECT_CHAT_REACHES);
    }

    @Test
    void theCapabilityIsNeeded() {
        assertThat(Draft.of()
                        .without(ELIGIBILITY, "ELIGIBILITY-030")
                        .without(TARGETS, "TRANSFER-030")
                        .broken())
                .containsExactly(Promise.CAPABILITY_IS_NEEDED);
        assertThat(Draft.of().with(TARGETS, "incapable.size > 0", "ready").broken())
                .as("only while they are ready")
                .contains(Promise.CAPABILITY_IS_NEEDED);
        assertThat(Draft.of()
                        .with(CHAT, "Agent( signedIn, capabilities contains Capability.CHAT )", "Agent( signedIn )")
                        .broken())
                .containsExactly(Promise.CAPABILITY_IS_NEEDED);
    }

    @Test
    void tentativeCanBeNamedAndOverflows() {
        assertThat(Draft.of()
                        .with(TARGETS, "profileType == ProfileType.CONFERENCE", "profileType == ProfileType.TENTATIVE")
                        .broken())
                .containsExactly(Promise.TENTATIVE_IS_NAMED);
        assertThat(Draft.of()
                        .with(
                                OVERFLOW,
                                "QueueStaffing( overflowToTentative, eligible",
                                "QueueStaffing( overflowToTentative, queue != \"vip\", eligible")
                        .broken())
                .as("a queue that is named in the draft is among the cases")
                .containsExactly(Promise.TENTATIVE_OVERFLOWS);
        assertThat(Draft.of()
                        .with(
                                OVERFLOW,
                                "QueueStaffing( overflowToTentative, eligible == 0, reserve",
                                "QueueStaffing( overflowToTentative, reserve")
                        .broken())
                .containsExactly(Promise.TENTATIVE_OVERFLOWS);
        assertThat(Draft.of()
                        .with(
                                OVERFLOW,
                                "Agent( signedIn, profileType",
                                "Agent( signedIn, ready, phone > 0, profileType")
                        .proof()
                        .broken())
                .extracting(BrokenPromise::promise)
                .contains(Promise.TENTATIVE_OVERFLOWS);
    }

    @Test
    void timedProfilesEndAndQueueGroupsJoin() {
        assertThat(Draft.of()
                        .with(
                                EXPIRY,
                                "onReturn == OnReturn.KEEP, ",
                                "onReturn == OnReturn.KEEP, profile != \"lunch\", ")
                        .broken())
                .containsExactly(Promise.TIMED_PROFILE_ENDS);
        assertThat(Draft.of()
                        .with(GROUPS, "queueGroup != null, ", "queueGroup != null, type != ProfileType.AWAY, ")
                        .broken())
                .containsExactly(Promise.QUEUE_GROUP_JOINS);
    }

    @Test
    void everyPromiseIsNamedInOneWay() {
        for (Promise promise : Promise.values()) {
            assertThat(Promise.withId(promise.id())).contains(promise);
        }
        assertThat(Promise.withId("away-is-away")).contains(Promise.AWAY_IS_AWAY);
        assertThat(Promise.withId("AWAY")).isEmpty();
    }

    // --- bounds

    @Test
    void rulesThatReadMoreThanCanBeTriedAreRefusedAndNotHalfProven() {
        StringBuilder conditions = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            conditions.append(", queues contains \"queue-").append(i).append('"');
        }
        assertThat(Draft.of()
                        .with(
                                ELIGIBILITY,
                                "Agent( signedIn, rejectDelay )",
                                "Agent( signedIn, rejectDelay" + conditions + " )")
                        .faults())
                .anyMatch(fault -> fault.startsWith("The rules about who is eligible read so much together"));
    }

    @Test
    void aProofIsTheSameEachTime() {
        Draft draft = Draft.of().without(STATUS, "STATUS-090").without(ELIGIBILITY, "ELIGIBILITY-040");
        assertThat(draft.proof()).isEqualTo(draft.proof());
    }
}
