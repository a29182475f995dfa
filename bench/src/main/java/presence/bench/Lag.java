package presence.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import presence.command.CommandType;
import presence.command.Outcome;
import presence.loop.LoopObserver;
import presence.state.Happening;
import presence.state.PresenceEvent;

/** How late profiles end when 10,000 of them are due within a second, ten in each millisecond. */
final class Lag implements Program {
    private static final long SEED = 20_260_302;
    private static final long NOW = 1_772_438_400_000L;
    private static final int AGENTS = 100_000;
    private static final int DUE = 10_000;
    private static final long LEAD = Duration.ofMinutes(10).toMillis();

    private final Fleet fleet = new Fleet(AGENTS);

    @Override
    public void run(boolean quick, Report report) throws Exception {
        int rounds = quick ? 2 : 7;
        Histogram lag = new Histogram(3);
        double[] p99 = new double[rounds];
        long[] ended = {0};
        TravelClock clock = new TravelClock(NOW);
        Watch watch = new Watch(clock);
        try (RunningLoop loop = new RunningLoop(watch, clock)) {
            loop.load(fleet.definitions());
            loop.load(fleet.population());
            // All others have a deadline too, on another day.
            loop.load(fleet.each(agent -> pause(agent, Duration.ofDays(20).toMillis() + agent)));
            for (int round = 0; round < rounds; round++) {
                List<String> pauses = new ArrayList<>();
                int[] agents = drawn(SEED + round);
                for (int i = 0; i < DUE; i++) {
                    pauses.add(pause(agents[i], LEAD + i * 1_000L / DUE));
                }
                loop.load(pauses);
                Histogram mine = watch.begin();
                clock.goFrom(clock.millis() + LEAD - Expiring.APPROACH_MILLIS);
                watch.await(DUE);
                clock.stop();
                ended[0] += mine.getTotalCount();
                p99[round] = mine.getValueAtPercentile(99) / 1e6;
                if (round > 0 || rounds == 1) {
                    lag.add(mine);
                }
            }
        }
        report.note(
                "seed " + SEED + ", " + DUE + " of " + AGENTS + " deadlines due in one second, " + rounds + " times");
        report.latencies("from due to visible, the first round left out", lag);
        report.row("p99", new Samples(p99), " ms");
        report.row("ended", ended[0] + " of " + (long) rounds * DUE);
        Optional<Histogram> redis = RedisSweeper.measure(AGENTS, DUE, quick ? 1 : 5);
        redis.ifPresentOrElse(
                measured -> report.latencies("a Redis sorted set, swept every " + RedisSweeper.PAUSE + " ms", measured),
                () -> report.row("a Redis sorted set", "redis-server is not installed: not measured"));
        report.reach("p99 ≤ 20 ms", new Samples(p99).median() <= 20);
        report.reach("none lost", ended[0] == (long) rounds * DUE);
    }

    private static String pause(int agent, long millis) {
        return Fleet.line(
                "SELECT_PROFILE",
                "\"agent\":\"" + Fleet.agent(agent) + "\",\"profile\":\"pause\",\"duration\":\""
                        + Duration.ofMillis(millis) + "\"");
    }

    /** All agents in some order. */
    private static int[] drawn(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] agents = new int[AGENTS];
        for (int i = 0; i < AGENTS; i++) {
            int other = random.nextInt(i + 1);
            agents[i] = agents[other];
            agents[other] = i;
        }
        return agents;
    }

    /** Notes how long after its deadline an expiry was visible. */
    private static final class Watch implements LoopObserver {
        private final TravelClock clock;
        private final List<PresenceEvent> unseen = new ArrayList<>();
        private volatile Histogram lag = new Histogram(3);
        private volatile boolean noting;
        private volatile long seen;

        Watch(TravelClock clock) {
            this.clock = clock;
        }

        Histogram begin() {
            lag = new Histogram(3);
            seen = 0;
            noting = true;
            return lag;
        }

        /** Returns when so many have ended, or no more come. */
        void await(int expected) throws InterruptedException {
            for (int tenths = 0; tenths < 400 && seen < expected; tenths++) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            // One that ends twice would come now.
            TimeUnit.MILLISECONDS.sleep(300);
            noting = false;
        }

        @Override
        public void applied(CommandType type, Outcome outcome) {}

        @Override
        public void happened(Happening happening) {
            if (noting && happening.event() instanceof PresenceEvent.ProfileExpired) {
                unseen.add(happening.event());
            }
        }

        @Override
        public void turned(int commands, long journal, long apply, long publish) {
            long now = System.nanoTime();
            for (PresenceEvent event : unseen) {
                lag.recordValue(Math.max(0, now - clock.nanoTimeAt(event.at())));
            }
            unseen.clear();
            seen = lag.getTotalCount();
        }
    }
}
