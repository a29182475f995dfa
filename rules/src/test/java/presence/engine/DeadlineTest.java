package presence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import presence.facts.Deadline;
import presence.facts.GraceEnd;
import presence.facts.OnReturn;
import presence.facts.ProfileEnd;
import presence.facts.WrapUpEnd;

class DeadlineTest {
    private static final long NOON = 1_767_614_400_000L;
    private static final long HOUR = 3_600_000;

    private static RuleBook rules;
    private PresenceSession session;
    private final List<Due> happened = new ArrayList<>();
    private final List<Long> instants = new ArrayList<>();

    @BeforeAll
    static void compile() {
        rules = RuleBook.shipped();
    }

    @BeforeEach
    void open() {
        session = PresenceSession.open(rules, NOON);
        session.policy(Agents.POLICY);
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void nothingHappensOneMillisecondBeforeADeadlineAndEverythingAtIt() {
        Deadline end = profileEnd("anna", NOON + HOUR);
        session.await(end);

        assertThat(session.nextDeadline()).isEqualTo(NOON + HOUR);
        advance(NOON + HOUR - 1);
        assertThat(happened).isEmpty();
        advance(NOON + HOUR);
        assertThat(happened).extracting(Due::deadline).containsExactly(end);
        assertThat(instants).containsExactly(NOON + HOUR);
        assertThat(session.pendingDeadlines()).isZero();
        advance(NOON + 10 * HOUR);
        assertThat(happened).hasSize(1);
    }

    @Test
    void whatIsOverdueAtTheStartHappensAtOnceInTheOrderOfTheDeadlines() {
        Deadline late = profileEnd("ben", NOON - 1);
        Deadline later = profileEnd("anna", NOON - HOUR);
        Deadline now = new GraceEnd("anna", NOON);
        session.await(late);
        session.await(now);
        session.await(later);

        assertThat(session.nextDeadline()).isEqualTo(NOON);
        advance(NOON);
        assertThat(happened).extracting(Due::deadline).containsExactly(later, late, now);
    }

    @Test
    void aCancelledDeadlineNeverHappens() {
        Deadline end = profileEnd("anna", NOON + HOUR);
        session.await(end);
        advance(NOON + HOUR - 1);
        session.cancel(end);
        advance(NOON + 2 * HOUR);
        assertThat(happened).isEmpty();
        assertThat(session.nextDeadline()).isEqualTo(Long.MAX_VALUE);
        session.cancel(end);
    }

    @Test
    void anExtendedDeadlineHappensOnceAtItsNewTime() {
        Deadline first = profileEnd("anna", NOON + HOUR);
        session.await(first);
        advance(NOON + HOUR - 1);
        session.cancel(first);
        Deadline second = profileEnd("anna", NOON + 2 * HOUR);
        session.await(second);

        advance(NOON + 2 * HOUR - 1);
        assertThat(happened).isEmpty();
        advance(NOON + 3 * HOUR);
        assertThat(happened).extracting(Due::deadline).containsExactly(second);
        assertThat(instants).containsExactly(NOON + 2 * HOUR);
    }

    @Test
    void aShortenedDeadlineHappensOnceAtItsNewTime() {
        Deadline first = profileEnd("anna", NOON + 2 * HOUR);
        session.await(first);
        advance(NOON + 1);
        session.cancel(first);
        Deadline second = profileEnd("anna", NOON + HOUR);
        session.await(second);

        advance(NOON + HOUR - 1);
        assertThat(happened).isEmpty();
        advance(NOON + 3 * HOUR);
        assertThat(happened).extracting(Due::deadline).containsExactly(second);
        assertThat(instants).containsExactly(NOON + HOUR);
    }

    @Test
    void aDeadlineShortenedIntoThePastHappensNow() {
        Deadline first = profileEnd("anna", NOON + 2 * HOUR);
        session.await(first);
        advance(NOON + HOUR);
        session.cancel(first);
        session.await(profileEnd("anna", NOON + 1));
        advance(NOON + HOUR);
        assertThat(happened).hasSize(1);
    }

    @Test
    void whatAHandlerLetsStandHappensInTheSameAdvanceIfItIsDue() {
        session.await(profileEnd("anna", NOON + 1));
        List<Long> at = new ArrayList<>();
        session.advance(NOON + 10, due -> {
            at.add(session.now());
            if (at.size() < 5) {
                session.await(profileEnd("anna", session.now() + 3));
            }
        });
        assertThat(at).containsExactly(NOON + 1, NOON + 4, NOON + 7, NOON + 10);
        assertThat(session.pendingDeadlines()).isEqualTo(1);
    }

    @Test
    void manyDeadlinesOfOneInstantHappenInTheSameOrderHoweverTheyCame() {
        long seed = 20_260_105;
        System.out.println("seed " + seed);
        List<Deadline> deadlines = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            deadlines.add(profileEnd("agent-" + i, NOON + HOUR));
            deadlines.add(new GraceEnd("agent-" + i, NOON + HOUR));
            deadlines.add(new WrapUpEnd("call-" + i, NOON + HOUR));
            deadlines.add(new ProfileEnd("other-" + i, "training", OnReturn.NOT_READY, "12:00", NOON + HOUR + i % 3));
        }
        List<List<Deadline>> orders = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            Collections.shuffle(deadlines, new Random(seed + round));
            happened.clear();
            try (PresenceSession fresh = PresenceSession.open(rules, NOON)) {
                deadlines.forEach(fresh::await);
                fresh.advance(NOON + 2 * HOUR, happened::add);
            }
            orders.add(happened.stream().map(Due::deadline).toList());
        }
        assertThat(orders.get(0)).hasSize(2_000).isEqualTo(orders.get(1)).isEqualTo(orders.get(2));
        assertThat(orders.get(0)).extracting(Deadline::at).isSorted();
        assertThat(orders.get(0).get(0)).isInstanceOf(WrapUpEnd.class);
    }

    @Test
    void itMakesNoDifferenceWhetherADeadlineCameLongBeforeOrJustBefore() {
        long seed = 20_261_124;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<String> expected = new ArrayList<>();
        List<Deadline> kept = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            // Most within a few seconds, many of one instant, some hours away.
            long at = NOON + (i % 3 == 0 ? 20_000 : i % 3 == 1 ? random.nextInt(40_000) : random.nextInt(7_200_000));
            Deadline deadline = profileEnd("agent-" + i, at);
            session.await(deadline);
            if (random.nextInt(4) == 0) {
                session.cancel(deadline);
            } else {
                kept.add(deadline);
            }
        }
        assertThat(session.pendingDeadlines()).isEqualTo(kept.size());
        kept.sort(Comparator.comparingLong(Deadline::at).thenComparing(Deadline::subject));
        kept.forEach(deadline -> expected.add(deadline.subject() + " at " + deadline.at()));

        List<String> came = new ArrayList<>();
        while (came.size() < kept.size()) {
            assertThat(session.nextDeadline()).isEqualTo(kept.get(came.size()).at());
            session.advance(session.now() + random.nextInt(random.nextInt(100) == 0 ? 3_600_000 : 400), due -> {
                assertThat(session.now()).isEqualTo(due.deadline().at());
                came.add(due.deadline().subject() + " at " + session.now());
            });
        }
        assertThat(came).isEqualTo(expected);
        assertThat(session.pendingDeadlines()).isZero();
    }

    @Test
    void aDeadlineThatIsCancelledAfterItWasLetInNeverHappens() {
        Deadline end = profileEnd("anna", NOON + 20_000);
        session.await(end);
        advance(NOON + 10_000);
        session.cancel(end);
        advance(NOON + HOUR);
        assertThat(happened).isEmpty();
    }

    @Test
    void decisionsBesideADueDeadlineDoNotLoseIt() {
        session.await(profileEnd("anna", NOON - 1));
        Verdict verdict = session.decide(Agents.agent().build());
        assertThat(verdict.status()).isEqualTo(presence.facts.Status.FREE);
        advance(NOON);
        assertThat(happened).hasSize(1);
    }

    @Test
    void timeNeverRunsBackwards() {
        advance(NOON + HOUR);
        advance(NOON);
        assertThat(session.now()).isEqualTo(NOON + HOUR);
    }

    private void advance(long to) {
        session.advance(to, due -> {
            happened.add(due);
            instants.add(session.now());
        });
    }

    private static ProfileEnd profileEnd(String agent, long at) {
        return new ProfileEnd(agent, "lunch", OnReturn.KEEP, "12:00", at);
    }

    @Test
    void aSessionThatBeginsAnewKnowsNoDeadlineAndGoesBackInTime() {
        session.await(profileEnd("anna", NOON + HOUR));
        session.await(profileEnd("ben", NOON + 1));
        session.await(new GraceEnd("ben", NOON + 5_000));
        advance(NOON + 1);
        assertThat(happened).hasSize(1);

        session.restart(NOON - HOUR);

        assertThat(session.now()).isEqualTo(NOON - HOUR);
        assertThat(session.pendingDeadlines()).isZero();
        assertThat(session.nextDeadline()).isEqualTo(Long.MAX_VALUE);
        Deadline again = profileEnd("anna", NOON - HOUR + 10);
        session.await(again);
        advance(NOON - HOUR + 9);
        assertThat(happened).hasSize(1);
        advance(NOON + 2 * HOUR);
        assertThat(happened).hasSize(2).extracting(Due::deadline).endsWith(again);
        assertThat(session.decide(Agents.agent().build()).status()).isEqualTo(presence.facts.Status.FREE);
    }
}
