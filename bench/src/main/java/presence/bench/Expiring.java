package presence.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import presence.command.CommandType;
import presence.command.Outcome;
import presence.facts.Capability;
import presence.index.Ranking;
import presence.loop.LoopObserver;
import presence.state.AgentState;
import presence.state.Candidate;
import presence.state.Happening;
import presence.state.PresenceEvent;

/** Every agent's pause ends at one instant: how long until all of it is concluded and visible, and what readers notice. */
final class Expiring implements Program {
    private static final long NOW = 1_772_438_400_000L;
    private static final int AGENTS = 100_000;
    private static final int READS = 4_000;
    private static final Duration PAUSE = Duration.ofMinutes(10);

    /** How long before the instant the time begins to go. */
    static final long APPROACH_MILLIS = 17_000;

    private final Fleet fleet = new Fleet(AGENTS);
    private long sink;

    @Override
    public void run(boolean quick, Report report) throws Exception {
        TravelClock clock = new TravelClock(NOW);
        Watch watch = new Watch();
        try (RunningLoop loop = new RunningLoop(watch, clock)) {
            loop.load(fleet.definitions());
            loop.load(fleet.population());
            Histogram reads = new Histogram(3);
            int rounds = quick ? 2 : 7;
            double[] visible = new double[rounds];
            double[] apply = new double[rounds];
            double[] publish = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                long instant = clock.millis() + PAUSE.toMillis();
                loop.load(fleet.each(Expiring::pause));
                watch.expect(AGENTS);
                try (Paced reader = new Paced("reads", READS, number -> read(loop, number))) {
                    // From before the engine begins to prepare for the instant, as no service meets one at a jump.
                    clock.goFrom(instant - APPROACH_MILLIS);
                    TimeUnit.MILLISECONDS.sleep(APPROACH_MILLIS - 100);
                    reader.note(true);
                    watch.done.await();
                    TimeUnit.MILLISECONDS.sleep(100);
                    reader.note(false);
                    reads.add(reader.stop());
                }
                visible[round] = (watch.visibleAt - clock.nanoTimeAt(instant)) / 1e6;
                apply[round] = watch.applyNanos.get() / 1e6;
                publish[round] = watch.publishNanos.get() / 1e6;
                clock.stop();
                check(loop);
            }
            report.row("concluded and visible, the first time", Samples.number(visible[0]) + " ms");
            report.row("concluded and visible", new Samples(visible), " ms");
            report.row("… of that, timers, decisions and state", new Samples(apply), " ms");
            report.row("… of that, publication", new Samples(publish), " ms");
            report.latencies("reads of the index meanwhile, " + READS + " a second", reads);
            report.reach("≤ 1 s", new Samples(visible).median() <= 1_000);
            report.reach("reads keep p99 ≤ 10 ms", reads.getValueAtPercentile(99) <= 10_000_000);
            report.note("(" + sink + " read; over HTTP: see the programs that ask the server)");
        }
    }

    static String pause(int agent) {
        return Fleet.line(
                "SELECT_PROFILE",
                "\"agent\":\"" + Fleet.agent(agent) + "\",\"profile\":\"pause\",\"duration\":\"" + PAUSE + "\"");
    }

    /** The best 20 of everybody, and one agent. */
    private void read(RunningLoop loop, long number) {
        Ranking ranking = Objects.requireNonNull(loop.index().eligible(Fleet.EVERYBODY, Capability.CHAT));
        int taken = 0;
        for (Candidate candidate : ranking) {
            sink += candidate.load() + 1;
            if (++taken == 20) {
                break;
            }
        }
        AgentState agent = loop.index().agent(Fleet.agent((int) (number * 7919 % AGENTS)));
        sink += Objects.requireNonNull(agent).version() & 1;
    }

    private static void check(RunningLoop loop) {
        List<String> late = new ArrayList<>();
        for (int i = 0; i < AGENTS; i++) {
            AgentState agent = Objects.requireNonNull(loop.index().agent(Fleet.agent(i)));
            if (agent.profileEnd() != null || !"available".equals(agent.profile())) {
                late.add(agent.id());
            }
        }
        int eligible = Objects.requireNonNull(loop.index().eligible(Fleet.EVERYBODY, Capability.CHAT))
                .size();
        if (!late.isEmpty() || eligible != AGENTS) {
            throw new IllegalStateException(
                    late.size() + " profiles did not end; " + eligible + " agents are eligible.");
        }
    }

    /** Sees when the last of the expected expiries has become visible. */
    private static final class Watch implements LoopObserver {
        private final AtomicLong missing = new AtomicLong();
        private volatile @Nullable CountDownLatch latch;
        volatile long visibleAt;
        final AtomicLong applyNanos = new AtomicLong();
        final AtomicLong publishNanos = new AtomicLong();
        CountDownLatch done = new CountDownLatch(1);

        void expect(int expiries) {
            done = new CountDownLatch(1);
            latch = done;
            applyNanos.set(0);
            publishNanos.set(0);
            missing.set(expiries);
        }

        @Override
        public void applied(CommandType type, Outcome outcome) {}

        @Override
        public void happened(Happening happening) {
            if (happening.event() instanceof PresenceEvent.ProfileExpired) {
                missing.decrementAndGet();
            }
        }

        @Override
        public void turned(int commands, long journal, long apply, long publish) {
            CountDownLatch waiting = latch;
            if (waiting == null) {
                return;
            }
            applyNanos.addAndGet(apply);
            publishNanos.addAndGet(publish);
            if (missing.get() == 0) {
                visibleAt = System.nanoTime();
                latch = null;
                waiting.countDown();
            }
        }
    }
}
