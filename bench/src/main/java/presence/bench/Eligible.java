package presence.bench;

import java.util.List;
import org.HdrHistogram.Histogram;

/** The best 20 of 100,000 over HTTP, beside the same bytes as a constant and beside a PostgreSQL table. */
final class Eligible implements Program {
    private static final Fleet FLEET = new Fleet(100_000);
    private static final String PATH = "/v1/queues/" + Fleet.EVERYBODY + "/eligible?channel=CHAT&limit=20";
    private static final int CONNECTIONS = 8;

    @Override
    public void run(boolean quick, Report report) throws Exception {
        int rounds = quick ? 2 : 7;
        double seconds = quick ? 1 : 2;
        try (Scratch scratch = new Scratch();
                PostgresqlServer postgresql = new PostgresqlServer(scratch);
                ServerProcess server = new ServerProcess(scratch, "jdbc:sqlite:" + scratch.path("presence.db"))) {
            postgresql.populate(FLEET);
            CommandsClient.send(server.port(), CommandsClient.bytes(FLEET.definitions()));
            CommandsClient.send(server.port(), CommandsClient.bytes(FLEET.population()));
            String answer = server.body(PATH);
            server.constant(answer);
            report.note(
                    CONNECTIONS + " connections, an answer of " + answer.length() + " bytes, " + postgresql.about());
            try (LoadClient eligible = new LoadClient(server.port(), CONNECTIONS, Http.get(PATH));
                    LoadClient constant =
                            new LoadClient(server.port(), CONNECTIONS, Http.get(ServerWithConstant.PATH));
                    LoadClient servlet =
                            new LoadClient(server.port(), CONNECTIONS, Http.get(ServerWithConstant.SERVLET));
                    LoadClient table = new LoadClient(postgresql.port(), CONNECTIONS, question())) {
                List<Side> sides = List.of(
                        new Side(eligible, server.handle()),
                        new Side(constant, server.handle()),
                        new Side(servlet, server.handle()),
                        new Side(table, postgresql.handle()));
                measure(sides, rounds, seconds, report);
            }
        }
    }

    private record Side(LoadClient client, ProcessHandle server) {}

    private static void measure(List<Side> sides, int rounds, double seconds, Report report) throws Exception {
        for (int i = 0; i < 5; i++) {
            for (Side side : sides) {
                side.client.fullSpeed(seconds);
            }
        }
        double[][] perSecond = new double[sides.size()][rounds];
        double[][] cpuMicros = new double[sides.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < sides.size(); i++) {
                Side side = sides.get(i);
                long cpu = CpuTime.nanos(side.server);
                LoadClient.Load load = side.client.fullSpeed(seconds);
                perSecond[i][round] = load.perSecond();
                cpuMicros[i][round] = (CpuTime.nanos(side.server) - cpu) / 1e3 / load.perSecond() / seconds;
            }
        }
        Samples mine = new Samples(perSecond[0]);
        Samples overConstant = mine.over(new Samples(perSecond[2]));
        Samples overResource = mine.over(new Samples(perSecond[1]));
        Samples overTable = mine.over(new Samples(perSecond[3]));
        report.row("eligible, best 20 of 100,000", mine, " requests/s");
        report.row("the same bytes as a constant, by a servlet, same server", new Samples(perSecond[2]), " requests/s");
        report.row("… by a resource", new Samples(perSecond[1]), " requests/s");
        report.row("a PostgreSQL table by its own protocol", new Samples(perSecond[3]), " requests/s");
        String[] names = {"eligible", "the resource's constant", "the servlet's constant", "PostgreSQL"};
        for (int i = 0; i < names.length; i++) {
            report.row("cores taken by the server a request: " + names[i], new Samples(cpuMicros[i]), " µs");
        }
        report.row("eligible over the servlet's constant", overConstant, " ×");
        report.row("eligible over the resource's constant", overResource, " ×");
        report.row("eligible over PostgreSQL", overTable, " ×");
        double half = mine.median() / 2;
        Histogram ours = new Histogram(3);
        Histogram tables = new Histogram(3);
        double[] p99 = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            Histogram one = sides.get(0).client.paced(half, seconds).latencies();
            p99[round] = one.getValueAtPercentile(99) / 1e6;
            ours.add(one);
            tables.add(sides.get(3).client.paced(half, seconds).latencies());
        }
        Samples tails = new Samples(p99);
        report.latencies("at half that load, " + Samples.number(half) + " a second", ours);
        report.row("… p99", tails, " ms");
        report.latencies("PostgreSQL at the same load", tables);
        report.reach("≥ 0.9 × the constant", overConstant.median() >= 0.9);
        report.reach("≥ 1 × PostgreSQL", overTable.median() >= 1);
        report.reach("p99 ≤ 5 ms at half that load", tails.median() <= 5);
    }

    private static Postgresql question() {
        String[] parameters = {Fleet.EVERYBODY, "CHAT"};
        return new Postgresql(PostgresqlServer.DATABASE, List.of(PostgresqlServer.ELIGIBLE), new Postgresql.Question() {
            @Override
            public int statement(long number) {
                return 0;
            }

            @Override
            public String[] parameters(long number) {
                return parameters;
            }
        });
    }
}
