package presence.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import presence.command.Policy;
import presence.engine.PresenceSession;
import presence.engine.RuleBook;
import presence.engine.Verdict;
import presence.facts.Agent;
import presence.facts.Capacity;
import presence.facts.OnReturn;
import presence.facts.ProfileEnd;

/**
 * Facts in, verdict diffed: an agent is drawn, changed, decided, and the verdict compared with the one before. Both sides
 * take turns in the same JVM, over the same agents in the same order, on one thread. A second is one of the core that the
 * thread has, so that others on the machine spoil the figure less; by the clock on a quiet machine it is the same but for
 * the collector.
 */
final class Decisions implements Program {
    private static final long SEED = 20_260_302;
    private static final long NOW = 1_772_438_400_000L;
    private static final int DEADLINES = 100_000;
    private static final int MILLION = 1_000_000;

    /** The order in which agents are drawn: long enough to leave the caches, short enough to be made beforehand. */
    private static final int DRAWS = 1 << 21;

    private final RuleBook rules = RuleBook.shipped();
    private final HandWritten handWritten = new HandWritten(limits(), Policy.DEFAULT.transferMayExceedCapacity());
    private long sink;

    @Override
    public void run(boolean quick, Report report) {
        report.note("seed " + SEED + ", " + rules.rules().size() + " rules, " + samenessChecked()
                + " decisions compared with those by hand: the same");
        int rounds = quick ? 3 : 9;
        long nanos = quick ? 500_000_000L : 2_000_000_000L;
        Measured hundredThousand = measure(100_000, DEADLINES, rounds, nanos);
        report.row("rules, 100,000 agents, 100,000 deadlines", hundredThousand.rules, " decisions/s");
        report.row("… by the clock on the wall", hundredThousand.rulesByTheWall, " decisions/s");
        report.row("by hand, 100,000 agents", hundredThousand.hand, " decisions/s");
        Samples ratio = hundredThousand.hand.over(hundredThousand.rules);
        report.row("cost of a decision by rules over one by hand", ratio, " ×");
        Measured million = measure(MILLION, MILLION, rounds, nanos);
        report.row("rules, 1,000,000 agents, 1,000,000 deadlines", million.rules, " decisions/s");
        report.row("… by the clock on the wall", million.rulesByTheWall, " decisions/s");
        report.row("by hand, 1,000,000 agents", million.hand, " decisions/s");
        double growth = hundredThousand.rules.median() / million.rules.median();
        report.row("cost at 1,000,000 agents over the cost at 100,000", Samples.number(growth) + " ×");
        report.reach("≥ 300,000 decisions/s", hundredThousand.rules.median() >= 300_000);
        report.reach("≤ 10 × the cost by hand", ratio.median() <= 10);
        report.reach("at 1,000,000 agents ≤ 1.5 × the cost", growth <= 1.5);
        report.note("(" + sink + " verdicts changed)");
    }

    private record Measured(Samples rules, Samples hand, Samples rulesByTheWall) {}

    private Measured measure(int agents, int deadlines, int rounds, long nanos) {
        try (PresenceSession session = PresenceSession.open(rules, NOW)) {
            session.policy(Policy.DEFAULT.facts());
            for (int i = 0; i < deadlines; i++) {
                session.await(new ProfileEnd("agent-" + i, "lunch", OnReturn.KEEP, "12:00", NOW + 3_600_000 + i));
            }
            // The timers are scheduled once rules have been asked; that is not part of a decision.
            session.nextDeadline();
            Side byRules = new RulesSide(agents, session);
            Side byHand = new HandSide(agents);
            byRules.run(nanos);
            byHand.run(nanos);
            byRules.run(nanos);
            byHand.run(nanos);
            double[] ruleFigures = new double[rounds];
            double[] handFigures = new double[rounds];
            double[] wallFigures = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                ruleFigures[round] = byRules.run(nanos);
                wallFigures[round] = byRules.decisionsPerWallSecond;
                handFigures[round] = byHand.run(nanos);
            }
            sink += byRules.changes + byHand.changes;
            if (session.pendingDeadlines() != deadlines) {
                throw new IllegalStateException("Deadlines were lost: " + session.pendingDeadlines());
            }
            return new Measured(new Samples(ruleFigures), new Samples(handFigures), new Samples(wallFigures));
        }
    }

    /** One way to decide, with agents of its own that go through the same changes. */
    private abstract static class Side {
        private static final int[] WHO = draws(SEED, Integer.MAX_VALUE);
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
        private static final int[] CHANGE = draws(SEED + 1, 10);

        final Agent[] agents;
        long changes;
        double decisionsPerWallSecond;
        private int next;

        Side(int count) {
            agents = AgentFacts.mixed(count, SEED);
        }

        /** Decides for a while, and gives how many decisions a second of the core it made. */
        final double run(long nanos) {
            long began = System.nanoTime();
            long beganCpu = THREADS.getCurrentThreadCpuTime();
            long decided = 0;
            long now;
            do {
                for (int i = 0; i < 256; i++) {
                    int draw = next++ & (DRAWS - 1);
                    int who = WHO[draw] % agents.length;
                    Agent agent = AgentFacts.changed(agents[who], CHANGE[draw]);
                    agents[who] = agent;
                    changes += decide(who, agent) ? 1 : 0;
                }
                decided += 256;
                now = System.nanoTime();
            } while (now - began < nanos);
            decisionsPerWallSecond = decided * 1e9 / (now - began);
            return decided * 1e9 / (THREADS.getCurrentThreadCpuTime() - beganCpu);
        }

        /** Decides, compares with the verdict before, keeps the new one; whether it changed. */
        abstract boolean decide(int who, Agent agent);

        private static int[] draws(long seed, int bound) {
            return new SplittableRandom(seed).ints(DRAWS, 0, bound).toArray();
        }
    }

    private static final class RulesSide extends Side {
        private final PresenceSession session;
        private final @Nullable Verdict[] verdicts;

        RulesSide(int count, PresenceSession session) {
            super(count);
            this.session = session;
            verdicts = new Verdict[count];
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // the same verdict is the same object
        boolean decide(int who, Agent agent) {
            Verdict verdict = session.decide(agent);
            boolean changed = verdict != verdicts[who];
            verdicts[who] = verdict;
            return changed;
        }
    }

    private final class HandSide extends Side {
        private final HandWritten.@Nullable Conclusion[] conclusions;

        HandSide(int count) {
            super(count);
            conclusions = new HandWritten.Conclusion[count];
        }

        @Override
        boolean decide(int who, Agent agent) {
            HandWritten.Conclusion conclusion = handWritten.decide(agent);
            boolean changed = !conclusion.equals(conclusions[who]);
            if (changed) {
                conclusions[who] = conclusion;
            }
            return changed;
        }
    }

    /** The comparison is fair only if both sides conclude the same. */
    private int samenessChecked() {
        Agent[] agents = AgentFacts.mixed(20_000, SEED);
        try (PresenceSession session = PresenceSession.open(rules, NOW)) {
            session.policy(Policy.DEFAULT.facts());
            Consumer<Agent> check = agent -> {
                if (!HandWritten.same(handWritten.decide(agent), session.decide(agent))) {
                    throw new IllegalStateException("Rules and hand differ about " + agent + ": "
                            + session.decide(agent).conclusions() + " and " + handWritten.decide(agent));
                }
            };
            for (int i = 0; i < agents.length; i++) {
                check.accept(agents[i]);
                check.accept(AgentFacts.changed(agents[i], i % 10));
            }
        }
        return agents.length * 2;
    }

    private static int[] limits() {
        return Policy.DEFAULT.facts().stream()
                .filter(Capacity.class::isInstance)
                .map(Capacity.class::cast)
                .mapToInt(Capacity::limit)
                .toArray();
    }
}
