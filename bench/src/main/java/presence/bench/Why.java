package presence.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/** How long an explanation takes over HTTP while commands come in, and what it costs them. */
final class Why implements Program {
    private static final int AGENTS = 100_000;
    private static final Fleet FLEET = new Fleet(AGENTS);
    private static final int PER_SECOND = 1_000;
    private static final int EXPLANATIONS_PER_SECOND = 50;
    private static final int CONNECTIONS = 32;

    /** Beside the two of the fleet. */
    private static final int PROFILES = 18;

    private static final long LONGEST_MILLIS = 20;

    /** Agents are taken in an order that jumps about; it and their number have no common divisor. */
    private static final long OTHER_STRIDE = 31_337;

    /** How many changes were asked for, over all rounds: agents go on from what they are. */
    private final AtomicLong asked = new AtomicLong();

    @Override
    public void run(boolean quick, Report report) throws Exception {
        int rounds = quick ? 1 : 5;
        double seconds = quick ? 3 : 10;
        try (Scratch scratch = new Scratch();
                ServerProcess server = new ServerProcess(scratch, "jdbc:sqlite:" + scratch.path("presence.db"))) {
            CommandsClient.send(server.port(), CommandsClient.bytes(FLEET.definitions()));
            CommandsClient.send(server.port(), CommandsClient.bytes(profiles()));
            CommandsClient.send(server.port(), CommandsClient.bytes(FLEET.population()));
            CommandsClient.send(server.port(), CommandsClient.bytes(conversations()));
            String one = path(1);
            report.note(String.format(
                    Locale.ROOT,
                    "%,d agents on %d profiles, every second one with a conversation; an answer of %,d bytes; %,d changes of"
                            + " readiness a second beside, journal in SQLite",
                    AGENTS,
                    PROFILES + 2,
                    server.body(one).length(),
                    PER_SECOND));
            try (LoadClient explanations = new LoadClient(server.port(), 4, new Http(Why::explanation));
                    LoadClient changes = new LoadClient(
                            server.port(), CONNECTIONS, new Http(unused -> FLEET.readiness(asked.getAndIncrement())))) {
                explanations.fullSpeed(seconds);
                changes.paced(PER_SECOND, seconds);
                Histogram alone = changes.paced(PER_SECOND, seconds).latencies();
                Histogram explained = new Histogram(3);
                Histogram changed = new Histogram(3);
                double[] p99 = new double[rounds];
                for (int round = 0; round < rounds; round++) {
                    CompletableFuture<LoadClient.Load> beside =
                            CompletableFuture.supplyAsync(() -> load(changes, seconds + 1));
                    Histogram mine =
                            explanations.paced(EXPLANATIONS_PER_SECOND, seconds).latencies();
                    changed.add(beside.join().latencies());
                    explained.add(mine);
                    p99[round] = mine.getValueAtPercentile(99) / 1e6;
                }
                report.latencies(
                        EXPLANATIONS_PER_SECOND + " explanations a second, from when they were due", explained);
                report.row("p99", new Samples(p99), " ms");
                report.latencies("… the changes beside them", changed);
                report.latencies("… the changes without them", alone);
                long cpu = CpuTime.nanos(server.handle());
                LoadClient.Load full = explanations.fullSpeed(seconds);
                double micros = (CpuTime.nanos(server.handle()) - cpu)
                        / 1e3
                        / full.latencies().getTotalCount();
                report.row("explanations a second at full speed, 4 connections", Samples.number(full.perSecond()));
                report.row("… the server's cores for one", Samples.number(micros) + " µs");
                report.reach("p99 ≤ " + LONGEST_MILLIS + " ms", new Samples(p99).median() <= LONGEST_MILLIS);
            }
        }
    }

    private static LoadClient.Load load(LoadClient changes, double seconds) {
        try {
            return changes.paced(PER_SECOND, seconds);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> profiles() {
        List<String> lines = new ArrayList<>();
        String[] types = {"AWAY", "TENTATIVE", "CONFERENCE", "AVAILABLE"};
        for (int i = 0; i < PROFILES; i++) {
            lines.add(Fleet.line(
                    "PUT_PROFILE",
                    "\"definition\":{\"id\":\"profile-" + i + "\",\"name\":\"Profile " + i + "\",\"type\":\""
                            + types[i % types.length] + "\"}"));
        }
        return lines;
    }

    private static List<String> conversations() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < AGENTS; i += 2) {
            lines.add(Fleet.line(
                    "START_CONVERSATION",
                    "\"conversation\":\"c-" + i + "\",\"agent\":\"" + Fleet.agent(i) + "\",\"channel\":\""
                            + (i % 4 == 0 ? "CHAT" : "PHONE") + "\""));
        }
        return lines;
    }

    private static String path(long number) {
        int agent = (int) (number % AGENTS * OTHER_STRIDE % AGENTS);
        return "/v1/agents/" + Fleet.agent(agent) + "/explanation"
                + (number % 2 == 0 ? "" : "?channel=CHAT&queue=" + Fleet.EVERYBODY);
    }

    private static byte[] explanation(long number) {
        return Http.request("GET", path(number), "");
    }
}
