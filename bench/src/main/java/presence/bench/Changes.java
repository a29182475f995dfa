package presence.bench;

import java.util.List;
import java.util.function.IntFunction;

/** Durable changes of status over HTTP on 64 connections, beside a PostgreSQL table that keeps eligible agents in rows. */
final class Changes implements Program {
    private static final int AGENTS = 100_000;
    private static final Fleet FLEET = new Fleet(AGENTS);
    private static final int CONNECTIONS = 64;

    /** Agents are taken in an order that jumps about; this and their number have no common divisor. */
    private static final long STRIDE = 7_919;

    @Override
    public void run(boolean quick, Report report) throws Exception {
        int rounds = quick ? 2 : 7;
        double seconds = quick ? 1 : 2;
        try (Scratch scratch = new Scratch();
                PostgresqlServer postgresql = new PostgresqlServer(scratch);
                ServerProcess sqlite = new ServerProcess(scratch, "jdbc:sqlite:" + scratch.path("presence.db"));
                ServerProcess onPostgresql = new ServerProcess(scratch, postgresql.url())) {
            postgresql.populate(FLEET);
            for (ServerProcess server : List.of(sqlite, onPostgresql)) {
                CommandsClient.send(server.port(), CommandsClient.bytes(FLEET.definitions()));
                CommandsClient.send(server.port(), CommandsClient.bytes(FLEET.population()));
            }
            report.note(CONNECTIONS + " connections; every agent is in 2 queues with 2 capabilities: 4 rows; "
                    + postgresql.about());
            Http readiness = readiness();
            try (LoadClient ours = new LoadClient(sqlite.port(), CONNECTIONS, readiness);
                    LoadClient oursOnPostgresql = new LoadClient(onPostgresql.port(), CONNECTIONS, readiness);
                    LoadClient table = new LoadClient(
                            postgresql.port(),
                            CONNECTIONS,
                            table(List.of(PostgresqlServer.NOT_READY, PostgresqlServer.READY)));
                    LoadClient statusOnly = new LoadClient(
                            postgresql.port(),
                            CONNECTIONS,
                            table(List.of(PostgresqlServer.STATUS_ONLY, PostgresqlServer.STATUS_ONLY)))) {
                LoadClient[] sides = {ours, oursOnPostgresql, table, statusOnly};
                for (int i = 0; i < 5; i++) {
                    ours.fullSpeed(seconds);
                    oursOnPostgresql.fullSpeed(seconds);
                }
                table.fullSpeed(seconds);
                double from = sqlite.uptime();
                double[][] perSecond = new double[sides.length][rounds];
                ProcessHandle[] servers = {
                    sqlite.handle(), onPostgresql.handle(), postgresql.handle(), postgresql.handle()
                };
                double[][] cpuMicros = new double[sides.length][rounds];
                double[] p99 = new double[rounds];
                for (int round = 0; round < rounds; round++) {
                    for (int side = 0; side < sides.length; side++) {
                        long cpu = CpuTime.nanos(servers[side]);
                        LoadClient.Load load = sides[side].fullSpeed(seconds);
                        cpuMicros[side][round] =
                                (CpuTime.nanos(servers[side]) - cpu) / 1e3 / load.perSecond() / seconds;
                        perSecond[side][round] = load.perSecond();
                        if (side == 0) {
                            p99[round] = load.latencies().getValueAtPercentile(99) / 1e6;
                        }
                    }
                }
                Samples mine = new Samples(perSecond[0]);
                Samples overTable = mine.over(new Samples(perSecond[2]));
                report.row("changes of readiness over HTTP, journal in SQLite", mine, " /s");
                report.row("… p99", new Samples(p99), " ms");
                report.row("… journal in PostgreSQL", new Samples(perSecond[1]), " /s");
                report.row("a PostgreSQL table with eligibility rows", new Samples(perSecond[2]), " /s");
                report.row("a PostgreSQL table with the status alone", new Samples(perSecond[3]), " /s");
                String[] names = {"SQLite", "PostgreSQL, without PostgreSQL's own", "the table", "the status alone"};
                for (int i = 0; i < names.length; i++) {
                    report.row("cores taken by the server a change: " + names[i], new Samples(cpuMicros[i]), " µs");
                }
                report.row("over HTTP, SQLite, over the PostgreSQL table", overTable, " ×");
                report.latencies("the server stood still", sqlite.pauses(from));
                report.reach("≥ 1 × the PostgreSQL table with eligibility rows", overTable.median() >= 1);
            }
        }
    }

    private static int agent(long number) {
        return (int) (number % AGENTS * STRIDE % AGENTS);
    }

    /** All agents begin ready: first everybody becomes not ready, then everybody ready, and so on. */
    private static boolean ready(long number) {
        return number / AGENTS % 2 == 1;
    }

    private static Http readiness() {
        IntFunction<String> path = agent -> "/v1/agents/" + Fleet.agent(agent) + "/readiness";
        byte[][] ready = new byte[AGENTS][];
        byte[][] notReady = new byte[AGENTS][];
        for (int i = 0; i < AGENTS; i++) {
            ready[i] = Http.request("PUT", path.apply(i), "{\"ready\":true}");
            notReady[i] = Http.request("PUT", path.apply(i), "{\"ready\":false}");
        }
        return new Http(number -> (ready(number) ? ready : notReady)[agent(number)]);
    }

    private static Postgresql table(List<String> statements) {
        return new Postgresql(PostgresqlServer.DATABASE, statements, new Postgresql.Question() {
            @Override
            public int statement(long number) {
                return ready(number) ? 1 : 0;
            }

            @Override
            public String[] parameters(long number) {
                return new String[] {Fleet.agent(agent(number))};
            }
        });
    }
}
