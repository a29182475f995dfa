package presence.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A PostgreSQL server on this machine, as safe as the journal is: every commit is on the disk when it is answered. The
 * tables are what somebody would make who keeps eligible agents in rows.
 */
final class PostgresqlServer implements AutoCloseable {
    static final String DATABASE = "postgres";

    /** The best 20 of a queue, from an index alone. */
    static final String ELIGIBLE = "select agent, name, load, idle_since from eligibility"
            + " where queue = $1 and capability = $2 order by load, idle_since, agent limit 20";

    /** An agent becomes ready: its row, and a row for each queue and capability. */
    static final String READY = "with changed as (update agent set ready = true, status = 'FREE', idle_since ="
            + " (extract(epoch from clock_timestamp()) * 1000)::bigint, version = version + 1"
            + " where id = $1 and not ready returning id, name, load, idle_since)"
            + " insert into eligibility (agent, queue, capability, load, idle_since, name)"
            + " select a.id, m.queue, c.capability, a.load, a.idle_since, a.name from changed a"
            + " join membership m on m.agent = a.id join capability c on c.agent = a.id";

    /** An agent is not ready any more: its row changes, those of its eligibility go. */
    static final String NOT_READY =
            "with changed as (update agent set ready = false, status = 'AWAY', version = version + 1"
                    + " where id = $1 and ready returning id)"
                    + " delete from eligibility using changed where eligibility.agent = changed.id";

    /** The status alone. */
    static final String STATUS_ONLY = "update agent set status = case status when 'FREE' then 'AWAY' else 'FREE' end,"
            + " version = version + 1 where id = $1";

    private final EmbeddedPostgres postgresql;
    private final ProcessHandle process;

    PostgresqlServer(Scratch scratch) throws IOException, SQLException {
        postgresql = EmbeddedPostgres.builder()
                .setDataDirectory(scratch.path("postgresql"))
                .setCleanDataDirectory(true)
                .setLocaleConfig("locale", "C")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("max_wal_size", "4GB")
                .start();
        process = CpuTime.postmaster(scratch.path("postgresql"));
        require("fsync", "on");
        require("synchronous_commit", "on");
    }

    ProcessHandle handle() {
        return process;
    }

    int port() {
        return postgresql.getPort();
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + DATABASE;
    }

    /** Its version and what it was told, for the report. */
    String about() throws SQLException {
        return "PostgreSQL " + ask("show server_version") + ", fsync " + ask("show fsync") + ", synchronous_commit "
                + ask("show synchronous_commit") + ", shared_buffers " + ask("show shared_buffers");
    }

    /** All agents of a fleet, ready and eligible. */
    void populate(Fleet fleet) throws SQLException {
        execute("create table agent (id text primary key, name text not null, ready boolean not null,"
                + " status text not null, load integer not null, idle_since bigint not null, version bigint not null)");
        execute("create table membership (agent text, queue text, primary key (agent, queue))");
        execute("create table capability (agent text, capability text, primary key (agent, capability))");
        execute("create table eligibility (agent text, queue text, capability text, load integer not null,"
                + " idle_since bigint not null, name text not null, primary key (agent, queue, capability))");
        String agents = " from generate_series(0, " + (fleet.agents() - 1) + ") as i";
        execute("insert into agent select 'agent-' || lpad(i::text, 6, '0'), 'Somebody ' || i, true, 'FREE', 0,"
                + " 1772438400000 + i, 1" + agents);
        execute("insert into membership select 'agent-' || lpad(i::text, 6, '0'), '" + Fleet.EVERYBODY + "'" + agents);
        execute("insert into membership select 'agent-' || lpad(i::text, 6, '0'), 'queue-' || i % 100" + agents);
        execute("insert into capability select id, c from agent, unnest(array['PHONE', 'CHAT']) as c");
        execute("insert into eligibility select a.id, m.queue, c.capability, a.load, a.idle_since, a.name from agent a"
                + " join membership m on m.agent = a.id join capability c on c.agent = a.id");
        execute("create index eligibility_order on eligibility (queue, capability, load, idle_since, agent)"
                + " include (name)");
        execute("vacuum analyze");
        execute("checkpoint");
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = postgresql.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String ask(String sql) throws SQLException {
        try (Connection connection = postgresql.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void require(String setting, String value) throws SQLException {
        String found = ask("show " + setting);
        if (!found.equals(value)) {
            throw new IllegalStateException("PostgreSQL runs with " + setting + " " + found + "; expected " + value);
        }
    }

    @Override
    public void close() throws IOException {
        postgresql.close();
    }
}
