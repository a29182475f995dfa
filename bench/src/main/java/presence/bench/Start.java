package presence.bench;

/** How long a start takes with 100,000 agents: from the start of the process to its first answer. */
final class Start implements Program {
    private static final Fleet FLEET = new Fleet(100_000);

    @Override
    public void run(boolean quick, Report report) throws Exception {
        int rounds = quick ? 1 : 5;
        try (Scratch scratch = new Scratch()) {
            String url = "jdbc:sqlite:" + scratch.path("presence.db");
            try (ServerProcess empty = new ServerProcess(scratch, url)) {
                report.row("first start, nothing stored", Samples.number(empty.startNanos() / 1e9) + " s");
                CommandsClient.send(empty.port(), CommandsClient.bytes(FLEET.definitions()));
                CommandsClient.send(empty.port(), CommandsClient.bytes(FLEET.population()));
                CommandsClient.send(empty.port(), CommandsClient.bytes(FLEET.each(Expiring::pause)));
            }
            double[] fromSnapshot = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                try (ServerProcess server = new ServerProcess(scratch, url)) {
                    fromSnapshot[round] = server.startNanos() / 1e9;
                    check(server);
                }
            }
            // Ended without a word: what came after the last snapshot is read from the journal.
            ServerProcess killed = new ServerProcess(scratch, url);
            for (int i = 0; i < 2; i++) {
                String type = i == 0 ? "NOT_READY" : "READY";
                CommandsClient.send(killed.port(), CommandsClient.bytes(FLEET.each(agent -> Fleet.about(type, agent))));
            }
            killed.kill();
            try (ServerProcess server = new ServerProcess(scratch, url)) {
                report.row(
                        "after a kill, 200,000 commands past the last snapshot",
                        Samples.number(server.startNanos() / 1e9) + " s");
                check(server);
            }
            Samples samples = new Samples(fromSnapshot);
            report.row("start with 100,000 agents and deadlines, from the snapshot", samples, " s");
            report.reach("first answer ≤ 10 s", samples.median() <= 10);
        }
    }

    private static void check(ServerProcess server) throws Exception {
        String last = server.body("/v1/agents/" + Fleet.agent(FLEET.agents() - 1));
        if (!last.contains("\"signedIn\"") && !last.contains("\"status\"")) {
            throw new IllegalStateException("The last agent is not there: " + last);
        }
    }
}
