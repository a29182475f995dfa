package presence.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static presence.engine.Agents.agent;

import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;
import presence.facts.Agent;
import presence.facts.Conclusions;
import presence.facts.OnReturn;
import presence.facts.ProfileEnd;

/**
 * The engine keeps no memory of what is over. It would, if facts were updated in the session: each match of a rule with a
 * single pattern that an update ends is kept for ever. So facts go in, are fired on and come out.
 */
class HeapTest {
    private static final long MEGABYTE = 1_000_000;
    private static final int DECISIONS = 2_000_000;
    private static final int UPDATES = 200_000;
    private static final int DEADLINES = 300_000;

    @Test
    void millionsOfDecisionsLeaveNothingBehind() {
        Agent ready = agent().build();
        Agent notReady = agent().ready(false).build();
        try (PresenceSession session = PresenceSession.open(singlePatternRules(), 0)) {
            decide(session, ready, notReady, DECISIONS / 10);
            long before = usedHeap();
            decide(session, ready, notReady, DECISIONS);
            long grown = usedHeap() - before;
            assertThat(grown).as("bytes grown over %s decisions", DECISIONS).isLessThan(4 * MEGABYTE);
        }
    }

    private static void decide(PresenceSession session, Agent one, Agent other, int times) {
        for (int i = 0; i < times; i++) {
            session.decide(i % 2 == 0 ? one : other);
        }
    }

    @Test
    void theSameRulesWouldLeakIfAStandingFactWereUpdated() {
        KieSession session = rawSession();
        try {
            Agent ready = agent().build();
            Agent notReady = agent().ready(false).build();
            FactHandle handle = session.insert(ready);
            session.fireAllRules();
            long before = usedHeap();
            for (int i = 0; i < UPDATES; i++) {
                session.update(handle, i % 2 == 0 ? notReady : ready);
                session.fireAllRules();
            }
            long grown = usedHeap() - before;
            assertThat(grown)
                    .as("bytes grown over %s updates: if there is no leak any more, facts may stand", UPDATES)
                    .isGreaterThan(15 * MEGABYTE);
        } finally {
            session.dispose();
        }
    }

    @Test
    void takingTheFactOutAndPuttingItInDoesNotLeak() {
        KieSession session = rawSession();
        try {
            Agent ready = agent().build();
            Agent notReady = agent().ready(false).build();
            FactHandle handle = session.insert(ready);
            session.fireAllRules();
            long before = usedHeap();
            for (int i = 0; i < UPDATES; i++) {
                session.delete(handle);
                handle = session.insert(i % 2 == 0 ? notReady : ready);
                session.fireAllRules();
            }
            assertThat(usedHeap() - before).isLessThan(4 * MEGABYTE);
        } finally {
            session.dispose();
        }
    }

    @Test
    void cancelledDeadlinesDoNotAccumulate() {
        try (PresenceSession session = PresenceSession.open(RuleBook.shipped(), 0)) {
            cancelMany(session, DEADLINES / 10);
            long before = usedHeap();
            cancelMany(session, DEADLINES);
            assertThat(session.pendingDeadlines()).isZero();
            assertThat(session.nextDeadline()).isEqualTo(Long.MAX_VALUE);
            assertThat(usedHeap() - before)
                    .as("bytes grown over %s cancelled deadlines", DEADLINES)
                    .isLessThan(4 * MEGABYTE);
        }
    }

    /** Half of them are cancelled before the engine has looked at them, half after. */
    private static void cancelMany(PresenceSession session, int times) {
        for (int i = 0; i < times; i++) {
            ProfileEnd end = new ProfileEnd("anna", "lunch", OnReturn.KEEP, "12:00", 1_000_000 + i);
            session.await(end);
            if (i % 2 == 0) {
                session.nextDeadline();
            }
            session.cancel(end);
        }
    }

    @Test
    void rulesThatAreNoLongerUsedAreForgottenWithTheirClasses() {
        List<WeakReference<Object>> bases = new ArrayList<>();
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            RuleBook rules = RuleBook.shipped();
            try (PresenceSession session = PresenceSession.open(rules, 0)) {
                session.policy(Agents.POLICY);
                session.decide(agent().build());
            }
            bases.add(new WeakReference<>(rules.base()));
            loaders.add(
                    new WeakReference<>(((org.drools.core.impl.InternalRuleBase) rules.base()).getRootClassLoader()));
        }
        usedHeap();
        assertThat(bases).as("compiled rules").allMatch(reference -> reference.get() == null);
        assertThat(loaders).as("class loaders").allMatch(reference -> reference.get() == null);
    }

    private static RuleBook singlePatternRules() {
        return RuleBook.compile(RuleFiles.shipped().stream()
                .filter(file -> file.path().equals("status/status.drl"))
                .toList());
    }

    private static KieSession rawSession() {
        KieSession session = singlePatternRules().base().newKieSession();
        session.setGlobal(
                "verdict",
                Proxy.newProxyInstance(
                        Conclusions.class.getClassLoader(),
                        new Class<?>[] {Conclusions.class},
                        (proxy, method, arguments) -> null));
        return session;
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
