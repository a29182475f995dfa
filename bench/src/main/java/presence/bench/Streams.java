package presence.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** Durable commands over {@code POST /v1/commands}. */
final class Streams implements Program {
    private static final long SEED = 20_260_302;
    private static final int AGENTS = 100_000;
    private static final Fleet FLEET = new Fleet(AGENTS);
    private static final int SENDERS = 2;

    @Override
    public void run(boolean quick, Report report) throws Exception {
        int rounds = quick ? 2 : 7;
        int commands = quick ? 50_000 : 200_000;
        try (Scratch scratch = new Scratch();
                PostgresqlServer postgresql = new PostgresqlServer(scratch)) {
            report.note("seed " + SEED + ", " + commands + " commands a run from each sender, a third each of READY,"
                    + " NOT_READY and chats");
            Samples sqlite = measure(scratch, "jdbc:sqlite:" + scratch.path("presence.db"), rounds, commands, report);
            Samples onPostgresql = measure(scratch, postgresql.url(), rounds, commands, report);
            report.row("durable commands, journal in SQLite", sqlite, " /s");
            report.row("durable commands, journal in PostgreSQL", onPostgresql, " /s");
            report.reach("≥ 50,000 durable commands/s", sqlite.median() >= 50_000);
        }
    }

    private static Samples measure(Scratch scratch, String url, int rounds, int commands, Report report)
            throws Exception {
        try (ServerProcess server = new ServerProcess(scratch, url)) {
            CommandsClient.send(server.port(), CommandsClient.bytes(FLEET.definitions()));
            CommandsClient.send(server.port(), CommandsClient.bytes(FLEET.population()));
            Lines lines = new Lines();
            double from = server.uptime();
            double[] perSecond = new double[rounds];
            // One round more than is counted, to warm up.
            for (int round = -1; round < rounds; round++) {
                List<List<byte[]>> bodies = new ArrayList<>();
                for (int sender = 0; sender < SENDERS; sender++) {
                    bodies.add(lines.next(commands));
                }
                long began = System.nanoTime();
                List<CompletableFuture<Void>> senders = new ArrayList<>();
                for (List<byte[]> body : bodies) {
                    senders.add(CompletableFuture.runAsync(() -> send(server, body)));
                }
                senders.forEach(CompletableFuture::join);
                double rate = SENDERS * (double) commands * 1e9 / (System.nanoTime() - began);
                if (round >= 0) {
                    perSecond[round] = rate;
                }
            }
            report.latencies("the server stood still (" + url.split(":", 3)[1] + ")", server.pauses(from));
            return new Samples(perSecond);
        }
    }

    private static void send(ServerProcess server, List<byte[]> body) {
        try {
            CommandsClient.send(server.port(), body);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Commands none of which is refused, whichever sender's comes first. */
    private static final class Lines {
        private final SplittableRandom random = new SplittableRandom(SEED);
        private long conversations;

        List<byte[]> next(int count) {
            List<String> lines = new ArrayList<>(count);
            while (lines.size() < count) {
                int agent = random.nextInt(AGENTS);
                switch (random.nextInt(3)) {
                    case 0 -> lines.add(Fleet.about("READY", agent));
                    case 1 ->
                        lines.add(Fleet.line(
                                "NOT_READY", "\"agent\":\"" + Fleet.agent(agent) + "\",\"reason\":\"admin\""));
                    default -> {
                        String conversation = "\"conversation\":\"conversation-" + conversations++ + "\"";
                        lines.add(Fleet.line(
                                "START_CONVERSATION",
                                conversation + ",\"agent\":\"" + Fleet.agent(agent)
                                        + "\",\"channel\":\"CHAT\",\"queue\":\"" + Fleet.EVERYBODY + "\""));
                        lines.add(Fleet.line("END_CONVERSATION", conversation));
                    }
                }
            }
            return CommandsClient.bytes(lines.subList(0, count));
        }
    }
}
