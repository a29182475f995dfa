package presence.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import presence.command.Command;
import presence.command.Envelope;
import presence.engine.RuleBook;
import presence.facts.Capability;
import presence.facts.Channel;
import presence.index.PresenceIndex;
import presence.loop.LoopObserver;
import presence.state.ContactCentre;

/** What an agent and a pending deadline cost in heap, whether the heap grows with work done, and how long the JVM stands still. */
final class Memory implements Program {
    /** Where the JVM notes its pauses. */
    static final String SAFEPOINTS = "bench/target/safepoints.log";

    private static final long SEED = 20_260_302;
    private static final long NOW = 1_772_438_400_000L;
    private static final int AGENTS = 100_000;
    private static final int CHATS = AGENTS / 3;

    private final Fleet fleet = new Fleet(AGENTS);

    @Override
    public void run(boolean quick, Report report) throws Exception {
        weigh(report);
        drift(quick ? 1_000_000 : 10_000_000, report);
        pauses(quick ? 5 : 30, report);
    }

    private void weigh(Report report) {
        try (ContactCentre centre = new ContactCentre(RuleBook.shipped(), NOW, event -> {})) {
            PresenceIndex index = new PresenceIndex(centre);
            fleet.definitions().forEach(line -> apply(centre, line));
            index.publish(centre);
            long empty = Heap.used();
            take(centre, index, 3 * AGENTS, i -> switch (i % 3) {
                case 0 -> fleet.definition(i / 3);
                case 1 -> Fleet.about("SIGN_IN", i / 3);
                default -> Fleet.about("READY", i / 3);
            });
            long populated = Heap.used();
            take(centre, index, CHATS, i -> chat(i * 3));
            long working = Heap.used();
            take(centre, index, AGENTS, i -> pause(i, 600 + i % 3600));
            long pending = Heap.used();
            // A chat has a deadline of its own: the end of its day without a word.
            if (centre.pendingDeadlines() != AGENTS + CHATS || index.agentCount() != AGENTS) {
                throw new IllegalStateException("There are " + centre.pendingDeadlines() + " deadlines.");
            }
            double agent = (populated - empty) / (double) AGENTS;
            double conversation = (double) (working - populated) / CHATS;
            double deadline = (pending - working) / (double) AGENTS;
            report.row("an agent: state, verdict, index (two queues each)", Samples.number(agent) + " B");
            report.row("an open conversation, with the deadline of its silence", Samples.number(conversation) + " B");
            report.row("an agent with a conversation in three", Samples.number(agent + conversation / 3) + " B");
            report.row("a pending deadline", Samples.number(deadline) + " B");
            report.row("rules, session and everything before the first agent", Samples.number(empty / 1e6) + " MB");
            report.reach("≤ 1.5 KB an agent", agent + conversation / 3 <= 1536);
            report.reach("≤ 800 B a pending deadline", deadline <= 800);
        }
    }

    private interface Line {
        String of(int number);
    }

    private static void take(ContactCentre centre, PresenceIndex index, int count, Line line) {
        for (int i = 0; i < count; i++) {
            apply(centre, line.of(i));
            if (i % 1_000 == 999 || i == count - 1) {
                index.publish(centre);
            }
        }
    }

    private static void apply(ContactCentre centre, String line) {
        if (centre.apply(Fleet.read(line)).refused()) {
            throw new IllegalStateException("Refused: " + line);
        }
    }

    private static String chat(int agent) {
        return Fleet.line(
                "START_CONVERSATION",
                "\"conversation\":\"conversation-" + agent + "\",\"agent\":\"" + Fleet.agent(agent)
                        + "\",\"channel\":\"CHAT\",\"queue\":\"" + Fleet.EVERYBODY + "\"");
    }

    private static String pause(int agent, int seconds) {
        return Fleet.line(
                "SELECT_PROFILE",
                "\"agent\":\"" + Fleet.agent(agent) + "\",\"profile\":\"pause\",\"duration\":\"PT" + seconds + "S\"");
    }

    // --- drift

    private void drift(int commands, Report report) {
        // The time that is remembered passes several times, so that forgetting is part of what is measured.
        long step = Duration.ofDays(10).toMillis() / commands;
        try (ContactCentre centre = new ContactCentre(RuleBook.shipped(), NOW, event -> {})) {
            PresenceIndex index = new PresenceIndex(centre);
            fleet.definitions().forEach(line -> apply(centre, line));
            apply(centre, "{\"type\":\"PUT_POLICY\",\"definition\":{\"wrapUp\":{\"CHAT\":\"PT30S\"}}}");
            fleet.population().forEach(line -> apply(centre, line));
            index.publish(centre);
            Work work = new Work(SEED);
            int samples = 20;
            List<double[]> points = new ArrayList<>();
            long busy = 0;
            for (int sample = 1; sample <= samples; sample++) {
                long began = System.nanoTime();
                for (int i = 0; i < commands / samples; i++) {
                    if (i % 500 == 0) {
                        centre.advance(centre.now() + 500 * step);
                        index.publish(centre);
                    }
                    centre.apply(work.next());
                }
                index.publish(centre);
                busy += System.nanoTime() - began;
                points.add(new double[] {sample * (commands / samples), Heap.used()});
            }
            report.row(
                    "commands applied and published without a journal", Samples.number(commands * 1e9 / busy) + " /s");
            report.row("heap in use after " + millions(points, 0), megabytes(points, 0));
            report.row("… after " + millions(points, samples / 2), megabytes(points, samples / 2));
            report.row("… after " + millions(points, samples - 1), megabytes(points, samples - 1));
            // The first fifth fills what is remembered for a day.
            double slope = slope(points.subList(samples / 5, samples));
            report.row("drift, from a fifth of the commands on", Samples.number(slope) + " B a command");
            report.reach("drift 0: less than 0.1 B a command, a megabyte in 10 million", Math.abs(slope) < 0.1);
        }
    }

    private static String millions(List<double[]> points, int place) {
        return String.format(Locale.ROOT, "%.2f million commands", points.get(place)[0] / 1e6);
    }

    private static String megabytes(List<double[]> points, int place) {
        return String.format(Locale.ROOT, "%.1f MB", points.get(place)[1] / 1e6);
    }

    /** Of the line that fits best. */
    private static double slope(List<double[]> points) {
        double x = points.stream().mapToDouble(point -> point[0]).average().orElseThrow();
        double y = points.stream().mapToDouble(point -> point[1]).average().orElseThrow();
        double above = 0;
        double below = 0;
        for (double[] point : points) {
            above += (point[0] - x) * (point[1] - y);
            below += (point[0] - x) * (point[0] - x);
        }
        return above / below;
    }

    /** What happens in a working day, over and over: toggles, chats, pauses, lost connections. */
    private static final class Work {
        private static final int MOST_RUNNING = AGENTS / 3;
        private static final int FEW = 1_000;

        private final SplittableRandom random;
        private final Deque<String> running = new ArrayDeque<>();
        private long started;

        Work(long seed) {
            random = new SplittableRandom(seed);
        }

        Envelope next() {
            int kind = random.nextInt(100);
            // What stays long, such as a queue joined, is changed for few agents, so that it balances soon: else the
            // first
            // millions of commands would measure how the fleet becomes another.
            String agent = Fleet.agent(random.nextInt(kind < 90 ? AGENTS : FEW));
            // One in twenty carries an id, which is remembered.
            String id = kind % 20 == 0 ? "command-" + random.nextLong() : null;
            return new Envelope(command(kind, agent), id, null);
        }

        private Command command(int kind, String agent) {
            if (kind < 35) {
                return random.nextBoolean() ? new Command.Ready(agent, null) : new Command.NotReady(agent, "admin");
            } else if (kind < 80) {
                if (running.size() < MOST_RUNNING && random.nextBoolean()) {
                    String conversation = "conversation-" + started++;
                    running.addLast(conversation);
                    return new Command.StartConversation(conversation, agent, Channel.CHAT, Fleet.EVERYBODY, false);
                }
                String conversation = running.pollFirst();
                return conversation == null
                        ? new Command.Ready(agent, null)
                        : new Command.EndConversation(conversation);
            } else if (kind < 90) {
                return new Command.SelectProfile(
                        agent,
                        random.nextInt(4) == 0 ? "available" : "pause",
                        Duration.ofSeconds(60 + random.nextInt(3600)));
            } else if (kind < 94) {
                return random.nextInt(20) == 0 ? new Command.Disconnect(agent) : new Command.Connect(agent);
            } else if (kind < 97) {
                return random.nextBoolean()
                        ? new Command.JoinQueue(agent, "queue-0")
                        : new Command.LeaveQueue(agent, "queue-0");
            }
            return kind == 97
                    ? new Command.AddCapability(agent, Capability.VIDEO)
                    : kind == 98 ? new Command.RemoveCapability(agent, Capability.VIDEO) : new Command.SignIn(agent);
        }
    }

    // --- pauses

    /** As the server runs: the loop, its journal and snapshots, 100,000 agents with a deadline each. */
    private void pauses(int seconds, Report report) throws Exception {
        TravelClock clock = new TravelClock(NOW);
        try (RunningLoop loop = new RunningLoop(LoopObserver.NONE, clock)) {
            loop.load(fleet.definitions());
            loop.load(fleet.population());
            loop.load(fleet.each(i -> pause(i, 7200 + i)));
            clock.goFrom(NOW);
            Work work = new Work(SEED + 1);
            double from = ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0;
            long began = System.nanoTime();
            long commands = 0;
            while (System.nanoTime() - began < seconds * 1_000_000_000L) {
                List<Envelope> batch = new ArrayList<>(5_000);
                for (int i = 0; i < 5_000; i++) {
                    batch.add(work.next());
                }
                loop.applyWhatever(batch);
                commands += batch.size();
            }
            double rate = commands * 1e9 / (System.nanoTime() - began);
            var pauses = Safepoints.pauses(Path.of(SAFEPOINTS), from);
            report.row("durable commands meanwhile, in batches, snapshots too", Samples.number(rate) + " /s");
            report.latencies("the JVM stood still", pauses);
            report.reach("no pause over 50 ms", pauses.getMaxValue() <= 50_000_000);
        }
    }
}
