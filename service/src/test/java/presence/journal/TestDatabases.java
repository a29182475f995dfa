package presence.journal;

import io.dropwizard.util.Duration;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The kinds of database that a journal runs on, for {@code @ParameterizedTest @EnumSource}. PostgreSQL is a real server,
 * started once for the JVM when the first test asks for it, as root as well as as an ordinary user.
 */
public enum TestDatabases {
    SQLITE {
        @Override
        public TestDatabase fresh(Path folder) {
            return new TestDatabase(
                    this, "jdbc:sqlite:" + folder.resolve("presence-" + NUMBERS.incrementAndGet() + ".db"), null, null);
        }
    },
    POSTGRESQL {
        @Override
        public TestDatabase fresh(Path folder) {
            return Server.SHARED.fresh();
        }
    };

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** A new, empty database. It is left behind; a folder of the test's own goes away with the test. */
    public abstract TestDatabase fresh(Path folder);

    /** A PostgreSQL server whose databases belong to an ordinary user with a password, as in production. */
    public static final class Server implements AutoCloseable {

        static final String USER = "presence";
        static final String PASSWORD = "cool moon 7";

        static final Server SHARED = start(temporaryFolder(), true);

        private final Path folder;
        private EmbeddedPostgres postgresql;

        private Server(Path folder, EmbeddedPostgres postgresql) {
            this.folder = folder;
            this.postgresql = postgresql;
        }

        private static Path temporaryFolder() {
            try {
                return Files.createTempDirectory("presence-postgresql");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Starts a server of its own, for a test that kills it. */
        public static Server start(Path folder) {
            return start(folder, false);
        }

        private static Server start(Path folder, boolean deleteAtEnd) {
            try {
                EmbeddedPostgres postgresql =
                        builder(folder).setCleanDataDirectory(deleteAtEnd).start();
                Server server = new Server(folder, postgresql);
                Path rules = server.data().resolve("pg_hba.conf");
                Files.writeString(
                        rules, "host all " + USER + " 127.0.0.1/32 scram-sha-256\n" + Files.readString(rules));
                server.execute("create role " + USER + " login password '" + PASSWORD + "'");
                server.execute("select pg_reload_conf()");
                if (deleteAtEnd) {
                    server.quitAtEnd();
                }
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static EmbeddedPostgres.Builder builder(Path folder) {
            return EmbeddedPostgres.builder()
                    .setDataDirectory(folder.resolve("data"))
                    .setCleanDataDirectory(false)
                    .setLocaleConfig("locale", "C")
                    // The library turns both off, for speed. The first is as in production; the second stays as an
                    // administrator might have left it, which must not matter.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "off");
        }

        private Path data() {
            return folder.resolve("data");
        }

        public TestDatabase fresh() {
            String name = "presence_" + NUMBERS.incrementAndGet();
            execute("create database " + name + " owner " + USER);
            return new TestDatabase(
                    POSTGRESQL, "jdbc:postgresql://127.0.0.1:" + postgresql.getPort() + "/" + name, USER, PASSWORD);
        }

        /** As the superuser. */
        void execute(String sql) {
            try (Connection connection = postgresql.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private String postmaster() throws IOException {
            return Files.readAllLines(data().resolve("postmaster.pid")).get(0).strip();
        }

        /** Writing everything down properly, as it otherwise does at its end, takes half a minute for a hundred databases. */
        private void quitAtEnd() throws IOException {
            String postmaster = postmaster();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    new ProcessBuilder("kill", "-QUIT", postmaster).start().waitFor();
                } catch (IOException | InterruptedException e) {
                    // It ends by the library's own hook then, later.
                }
            }));
        }

        /** As a loss of power does to it. */
        public void kill() throws IOException {
            ProcessHandle postmaster =
                    ProcessHandle.of(Long.parseLong(postmaster())).orElseThrow();
            List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
            all.add(0, postmaster);
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(process -> process.onExit().join());
        }

        /** On the same data, at the same port. */
        public void startAgain() throws IOException {
            int port = postgresql.getPort();
            // Nothing is left to be stopped, but its lock on the folder is given back.
            postgresql.close();
            postgresql = builder(folder).setPort(port).start();
        }

        @Override
        public void close() throws IOException {
            postgresql.close();
        }
    }

    /** Times short enough for a test that waits for them to run out. */
    static JournalConfiguration configuration(String url, String user, String password) {
        return JournalConfiguration.of(url, user, password, Duration.seconds(2), Duration.seconds(1));
    }
}
