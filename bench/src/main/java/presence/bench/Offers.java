package presence.bench;

import java.util.Locale;

/** Durable offers over HTTP: 64 routers at once over 1,000 agents who can take one call each. */
final class Offers implements Program {
    private static final int AGENTS = 1_000;
    private static final Fleet FLEET = new Fleet(AGENTS);
    private static final int ROUTERS = 64;

    @Override
    public void run(boolean quick, Report report) throws Exception {
        int rounds = quick ? 2 : 7;
        double seconds = quick ? 2 : 5;
        long many = quick ? 20_000 : 1_000_000;
        try (Scratch scratch = new Scratch();
                PostgresqlServer postgresql = new PostgresqlServer(scratch)) {
            report.note(ROUTERS + " routers; each withdraws its offer when it has it and makes the next: two durable"
                    + " commands and two requests for each offer that is counted");
            try (ServerProcess server = new ServerProcess(scratch, "jdbc:sqlite:" + scratch.path("presence.db"))) {
                measure(server, "SQLite", rounds, seconds, many, report);
            }
            try (ServerProcess server = new ServerProcess(scratch, postgresql.url())) {
                measure(server, "PostgreSQL", rounds, seconds, 0, report);
            }
        }
    }

    private static void measure(
            ServerProcess server, String journal, int rounds, double seconds, long many, Report report)
            throws Exception {
        CommandsClient.send(server.port(), CommandsClient.bytes(FLEET.definitions()));
        CommandsClient.send(server.port(), CommandsClient.bytes(FLEET.population()));
        Routers routers = new Routers();
        try (LoadClient client = new LoadClient(server.port(), ROUTERS, routers)) {
            for (int i = 0; i < 5; i++) {
                client.fullSpeed(seconds);
            }
            double[] perSecond = new double[rounds];
            double[] p99 = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                LoadClient.Load load = client.fullSpeed(seconds);
                perSecond[round] = load.perSecond();
                p99[round] = load.latencies().getValueAtPercentile(99) / 1e6;
            }
            Samples peak = new Samples(perSecond);
            report.row("offers a second at full speed, journal in " + journal, peak, " /s");
            report.row("… p99 of an offer then", new Samples(p99), " ms");
            // Half the offers, and as many withdrawals; other batches than at full speed, so it is warmed up once more.
            for (int i = 0; i < rounds; i++) {
                client.paced(peak.median(), seconds);
            }
            double[] atHalf = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                atHalf[round] = client.paced(peak.median(), seconds).latencies().getValueAtPercentile(99) / 1e6;
            }
            Samples calm = new Samples(atHalf);
            report.row("… p99 of an offer at half that rate", calm, " ms");
            report.reach("≥ 3,000 durable offers/s, " + journal, peak.median() >= 3_000);
            report.reach("p99 ≤ 10 ms at half the peak, " + journal, calm.median() <= 10);
            while (routers.made() < many) {
                client.fullSpeed(seconds);
            }
            report.row(
                    "places filled twice, " + journal,
                    String.format(Locale.ROOT, "%,d of %,d offers", routers.twice(), routers.made()));
            report.reach("never a place filled twice, " + journal, routers.twice() == 0);
        }
    }
}
