package presence.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/** Many subscribers of the change stream while changes are made over HTTP: how long after its acknowledgement each has it. */
final class StreamReaders implements Program {
    private static final int AGENTS = 10_000;
    private static final Fleet FLEET = new Fleet(AGENTS);
    private static final int PER_SECOND = 1_000;
    private static final int CONNECTIONS = 32;

    private static final int WARM_UP_SECONDS = 10;

    /** Agents are taken in an order that jumps about; this and their number have no common divisor. */
    private static final long STRIDE = 7_919;

    private static final long LONGEST_MILLIS = 50;
    /** How many changes were asked for, over all rounds: agents go on from what they are. */
    private static final AtomicLong ASKED = new AtomicLong();

    private static final Pattern USED = Pattern.compile("heap\\s+total \\d+K, used (\\d+)K");

    @Override
    public void run(boolean quick, Report report) throws Exception {
        int few = quick ? 100 : 1_000;
        int many = quick ? 500 : 5_000;
        int seconds = quick ? 2 : 20;
        try (Scratch scratch = new Scratch();
                ServerProcess server = new ServerProcess(scratch, "jdbc:sqlite:" + scratch.path("presence.db"))) {
            CommandsClient.send(server.port(), CommandsClient.bytes(FLEET.definitions()));
            CommandsClient.send(server.port(), CommandsClient.bytes(FLEET.population()));
            report.note(String.format(
                    Locale.ROOT,
                    "%,d agents in 100 queues; %,d changes of readiness a second over HTTP, on %d connections, journal in SQLite",
                    AGENTS,
                    PER_SECOND,
                    CONNECTIONS));
            IntFunction<String> aQueueEach = number -> "?kind=PRESENCE&queue=" + Fleet.queue(number);
            IntFunction<String> everything = number -> "?kind=PRESENCE&lastEventId=";
            double alone = cores(server, seconds);
            report.row("cores taken by the server, nobody listening", Samples.number(alone));
            Histogram reached = measure(server, report, few, "each on one of 100 queues", aQueueEach, seconds);
            report.reach(
                    "p99 ≤ " + LONGEST_MILLIS + " ms, " + few + " subscribers",
                    reached.getValueAtPercentile(99) <= LONGEST_MILLIS * 1_000_000);
            Histogram busy = measure(server, report, many, "each on one of 100 queues", aQueueEach, seconds);
            report.reach(
                    "p99 ≤ " + LONGEST_MILLIS + " ms, " + many + " subscribers",
                    busy.getValueAtPercentile(99) <= LONGEST_MILLIS * 1_000_000);
            // The id of the first snapshot goes before everybody's: they need none of their own.
            String lastId = lastId(server);
            measure(
                    server,
                    report,
                    few,
                    "each hearing everything",
                    number -> everything.apply(number) + lastId,
                    seconds);
        }
    }

    private static String lastId(ServerProcess server) throws IOException {
        try (StreamClient one = new StreamClient(server.port(), 1, number -> "?kind=STAFFING", agent -> {})) {
            return one.awaitSnapshotId();
        }
    }

    /** How many cores the server takes for the changes alone. */
    private static double cores(ServerProcess server, int seconds) throws Exception {
        try (LoadClient changes =
                new LoadClient(server.port(), CONNECTIONS, new Acknowledged(new AtomicLongArray(AGENTS)))) {
            changes.paced(PER_SECOND, WARM_UP_SECONDS);
            long cpu = CpuTime.nanos(server.handle());
            changes.paced(PER_SECOND, seconds);
            return (CpuTime.nanos(server.handle()) - cpu) / 1e9 / seconds;
        }
    }

    private static Histogram measure(
            ServerProcess server, Report report, int count, String what, IntFunction<String> query, int seconds)
            throws Exception {
        AtomicLongArray acknowledged = new AtomicLongArray(AGENTS);
        Histogram late = new Histogram(3);
        long heapBefore = heap(server);
        String subscribers = String.format(Locale.ROOT, "%,d subscribers, ", count) + what;
        try (StreamClient readers = new StreamClient(server.port(), count, query, agent -> {
                    // One that overtakes its acknowledgement is not late.
                    long since = acknowledged.get(agent);
                    late.recordValue(since == 0 ? 0 : Math.max(0, System.nanoTime() - since));
                });
                LoadClient changes = new LoadClient(server.port(), CONNECTIONS, new Acknowledged(acknowledged))) {
            long perSubscriber = (heap(server) - heapBefore) / count;
            readers.start();
            readers.discard(true);
            changes.paced(PER_SECOND, WARM_UP_SECONDS);
            readers.settle();
            readers.discard(false);
            long before = readers.messages();
            long cpu = CpuTime.nanos(server.handle());
            LoadClient.Load load = changes.paced(PER_SECOND, seconds);
            double cores = (CpuTime.nanos(server.handle()) - cpu) / 1e9 / seconds;
            readers.settle();
            readers.close();
            report.latencies(subscribers + ": after the acknowledgement", late);
            report.latencies("… the acknowledgement itself", load.latencies());
            report.row(
                    "… messages arrived, a second", Samples.number((readers.messages() - before) / (double) seconds));
            report.row("… cores taken by the server", Samples.number(cores));
            report.row("… heap of the server for a subscriber", Samples.number(perSubscriber / 1024.0) + " KiB");
            report.row("… had to begin anew", Long.toString(readers.resyncs()));
            if (readers.resyncs() == 0) {
                long expected = what.contains("everything") ? count : count / 100;
                report.row(
                        "… arrived of those expected",
                        String.format(
                                Locale.ROOT,
                                "%.3f %%",
                                100.0 * (readers.messages() - before) / (double) (expected * PER_SECOND * seconds)));
            }
        }
        return late;
    }

    /** What the server's heap holds after a collection, in bytes. */
    private static long heap(ServerProcess server) throws Exception {
        jcmd(server, "GC.run");
        Matcher used = USED.matcher(jcmd(server, "GC.heap_info"));
        if (!used.find()) {
            throw new IOException("The heap is not told.");
        }
        return Long.parseLong(used.group(1)) * 1024;
    }

    private static String jcmd(ServerProcess server, String command) throws Exception {
        Process process = new ProcessBuilder(
                        Machine.java().replaceFirst("java$", "jcmd"),
                        Long.toString(server.handle().pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            StringBuilder text = new StringBuilder();
            out.lines().forEach(line -> text.append(line).append('\n'));
            process.waitFor(30, TimeUnit.SECONDS);
            return text.toString();
        }
    }

    /** Changes of readiness; when each agent's was acknowledged is noted. */
    private static final class Acknowledged implements LoadClient.Protocol {
        private static final byte[] AGENT = "\"agent\":\"agent-".getBytes(StandardCharsets.US_ASCII);

        private final AtomicLongArray at;
        private final Http http;

        Acknowledged(AtomicLongArray at) {
            this.at = at;
            this.http = new Http(unused -> {
                long number = ASKED.getAndIncrement();
                int agent = (int) (number % AGENTS * STRIDE % AGENTS);
                at.set(agent, 0);
                return Http.request(
                        "PUT",
                        "/v1/agents/" + Fleet.agent(agent) + "/readiness",
                        "{\"ready\":" + (number / AGENTS % 2 == 1) + "}");
            });
        }

        @Override
        public void greet(SocketChannel channel) {}

        @Override
        public void ask(long number, ByteBuffer out) {
            http.ask(number, out);
        }

        @Override
        public boolean answered(byte[] bytes, int length) throws IOException {
            if (!http.answered(bytes, length)) {
                return false;
            }
            long now = System.nanoTime();
            for (int i = 0; i < length - AGENT.length - 6; i++) {
                int matched = 0;
                while (matched < AGENT.length && bytes[i + matched] == AGENT[matched]) {
                    matched++;
                }
                if (matched == AGENT.length) {
                    int agent = 0;
                    for (int digit = 0; digit < 6; digit++) {
                        agent = agent * 10 + bytes[i + matched + digit] - '0';
                    }
                    at.set(agent, now);
                    return true;
                }
            }
            return true;
        }
    }
}
