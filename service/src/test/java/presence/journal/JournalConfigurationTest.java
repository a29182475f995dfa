package presence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static presence.journal.Failures.failureOf;
import static presence.journal.JournalException.Code.JOURNAL_DAMAGED;
import static presence.journal.JournalException.Code.JOURNAL_MISCONFIGURED;
import static presence.journal.JournalException.Code.JOURNAL_UNAVAILABLE;

import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.DefaultConfigurationFactoryFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import io.dropwizard.util.Duration;
import java.io.ByteArrayInputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings, and what is said about wrong ones: one line that names the setting. */
class JournalConfigurationTest {

    @TempDir
    Path folder;

    @Test
    void every_setting_has_a_default() throws Exception {
        assertThat(read("{}")).isEqualTo(JournalConfiguration.defaults());
        assertThat(JournalConfiguration.defaults())
                .isEqualTo(new JournalConfiguration(
                        "jdbc:sqlite:./data/presence.db", null, null, Duration.seconds(5), Duration.seconds(10)));
    }

    @Test
    void every_setting_can_be_set() throws Exception {
        assertThat(read("""
                                url: jdbc:postgresql://db.example:5433/presence?sslmode=verify-full
                                user: presence
                                password: secret
                                connectTimeout: 7s
                                answerTimeout: 1m
                                """))
                .isEqualTo(new JournalConfiguration(
                        "jdbc:postgresql://db.example:5433/presence?sslmode=verify-full",
                        "presence",
                        "secret",
                        Duration.seconds(7),
                        Duration.minutes(1)));
    }

    @Test
    void an_empty_user_or_password_is_none() throws Exception {
        assertThat(read("{user: '', password: ''}")).isEqualTo(JournalConfiguration.defaults());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "presence.db",
                "jdbc:sqlite:",
                "jdbc:sqlite::memory:",
                "jdbc:sqlite:file:x?mode=memory",
                "jdbc:sqlite:x.db?journal_mode=off",
                "jdbc:mysql://host/db",
                "jdbc:postgresql:",
                "jdbc:postgresql://presence:hush@host/db",
                "jdbc:postgresql://host/db?password=hush",
                "jdbc:postgresql://host/db?Password=hush",
                "jdbc:postgresql://host/db?user=presence"
            })
    void a_url_of_another_form_is_refused_without_repeating_what_may_be_secret(String url) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> read("url: '" + url + "'"))
                .withMessageContaining("url must be jdbc:sqlite:FILE or jdbc:postgresql://HOST:PORT/DATABASE")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("hush"));

        JournalException failure = failureOf(() -> configuration(url).open());
        assertThat(failure.code()).isEqualTo(JOURNAL_MISCONFIGURED);
        assertThat(failure).hasMessageStartingWith("database.url must be");
        assertThat(failure.getMessage()).doesNotContain("hush");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connectTimeout: 0s", "connectTimeout: 2m", "answerTimeout: 999ms", "answerTimeout: 6m"})
    void a_time_out_of_its_limits_is_refused(String line) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> read(line))
                .withMessageContaining(line.substring(0, line.indexOf(':')) + " must be ");
    }

    @Test
    void an_unknown_setting_is_refused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> read("passwort: x"))
                .withMessageContaining("passwort");
    }

    @Test
    void its_text_holds_no_password() throws Exception {
        assertThat(read("password: hush"))
                .asString()
                .contains("data/presence.db")
                .doesNotContain("hush");
    }

    @Test
    void sqlite_has_no_user() {
        assertThat(failureOf(() -> TestDatabases.configuration("jdbc:sqlite:" + folder.resolve("x.db"), "me", null)
                        .open()))
                .hasMessageStartingWith("database.user and database.password are for PostgreSQL");
    }

    @Test
    void a_new_sqlite_database_and_its_folder_are_private() throws Exception {
        Path file = folder.resolve("new/folder/presence.db");
        try (Journal journal = configuration("jdbc:sqlite:" + file).open()) {
            journal.append(Entries.entry(1));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                    .isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(file.getParent())) {
                List<Path> found = files.toList();
                assertThat(found)
                        .extracting(Path::getFileName)
                        .extracting(Path::toString)
                        .contains("presence.db", "presence.db-wal", "presence.db.lock");
                assertThat(found)
                        .allSatisfy(
                                path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                                        .as(path.toString())
                                        .isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void a_folder_in_place_of_the_sqlite_file_is_named() throws Exception {
        Files.createDirectory(folder.resolve("presence.db"));

        assertThat(failureOf(() -> configuration("jdbc:sqlite:" + folder.resolve("presence.db"))
                        .open()))
                .hasMessageStartingWith("database.url: " + folder + "/presence.db is a folder, expected a file.");
    }

    @Test
    void a_file_in_place_of_the_sqlite_folder_is_named() throws Exception {
        Files.createFile(folder.resolve("data"));

        assertThat(failureOf(() -> configuration("jdbc:sqlite:" + folder.resolve("data/presence.db"))
                        .open()))
                .hasMessageContaining("database.url: ")
                .hasMessageContaining("/data");
    }

    @Test
    void a_sqlite_file_that_may_not_be_written_is_named_and_used_once_it_may() throws Exception {
        TestDatabase database = TestDatabases.SQLITE.fresh(folder);
        database.open().close();
        Files.setPosixFilePermissions(database.file(), PosixFilePermissions.fromString("r--r-----"));

        // Root may write to any file, but for a root that has given up this right.
        List<String> asAnybody = System.getProperty("user.name").equals("root")
                ? List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search")
                : List.of();
        try (WritingProcess.Child child = WritingProcess.start(
                asAnybody, System.getProperty("java.class.path"), database, 100, folder.resolve("no-such-file"))) {
            assertThat(child.nextLine())
                    .startsWith("failed JOURNAL_MISCONFIGURED database.url: ")
                    .contains("cannot be read and written: permission denied");
        }

        Files.setPosixFilePermissions(database.file(), PosixFilePermissions.fromString("rw-r-----"));
        database.open().close();
    }

    @Test
    void a_file_that_is_no_sqlite_database_is_named() throws Exception {
        Path file = Files.writeString(folder.resolve("presence.db"), "Dear diary,\n".repeat(100));

        JournalException failure =
                failureOf(() -> configuration("jdbc:sqlite:" + file).open());

        assertThat(failure.code()).isEqualTo(JOURNAL_DAMAGED);
        assertThat(failure).hasMessageContaining(file.toString()).hasMessageContaining("not a sound SQLite database");
        assertThat(file).content().startsWith("Dear diary");
    }

    @Test
    void a_wrong_postgresql_password_names_the_settings() {
        TestDatabase database = TestDatabases.POSTGRESQL.fresh(folder);

        JournalException failure = failureOf(() -> TestDatabases.configuration(database.url(), database.user(), "hush")
                .open());

        assertThat(failure.code()).isEqualTo(JOURNAL_MISCONFIGURED);
        assertThat(failure).hasMessageStartingWith("database.user, database.password: " + database.url() + " refuses");
        assertThat(failure.getMessage()).doesNotContain("hush");
    }

    @Test
    void a_postgresql_database_that_is_not_there_is_named() {
        TestDatabase database = TestDatabases.POSTGRESQL.fresh(folder);
        String url = database.url() + "_not";

        assertThat(failureOf(() -> TestDatabases.configuration(url, database.user(), database.password())
                        .open()))
                .hasMessage("database.url: " + url + " names a database that is not there.");
    }

    @Test
    void a_postgresql_server_that_is_not_there_is_worth_another_try() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        JournalException failure = failureOf(() -> TestDatabases.configuration(
                        "jdbc:postgresql://127.0.0.1:" + port + "/presence", "presence", "hush")
                .open());

        assertThat(failure.code()).isEqualTo(JOURNAL_UNAVAILABLE);
        assertThat(failure).hasMessageContaining("127.0.0.1:" + port);
    }

    @Test
    void postgresql_waits_for_the_disk_whatever_its_administrator_has_set() throws Exception {
        TestDatabase test = TestDatabases.POSTGRESQL.fresh(folder);
        String asked = "select current_setting('synchronous_commit')";
        try (Database database = test.configuration().database();
                Connection ours = database.connectWriter();
                Connection plain = test.connect();
                ResultSet oursWaits = ours.createStatement().executeQuery(asked);
                ResultSet plainWaits = plain.createStatement().executeQuery(asked)) {
            oursWaits.next();
            plainWaits.next();
            assertThat(plainWaits.getString(1)).isEqualTo("off");
            assertThat(oursWaits.getString(1)).isEqualTo("on");
        }
    }

    @Test
    void sqlite_waits_for_the_disk_at_every_commit() throws Exception {
        TestDatabase test = TestDatabases.SQLITE.fresh(folder);
        try (Database database = test.configuration().database();
                Connection ours = database.connectWriter();
                ResultSet synchronous = ours.createStatement().executeQuery("pragma synchronous");
                ResultSet journal = ours.createStatement().executeQuery("pragma journal_mode")) {
            synchronous.next();
            journal.next();
            assertThat(synchronous.getInt(1)).as("2 is FULL").isEqualTo(2);
            assertThat(journal.getString(1)).isEqualTo("wal");
        }
    }

    private static JournalConfiguration configuration(String url) {
        return TestDatabases.configuration(url, null, null);
    }

    private static JournalConfiguration read(String yaml) throws Exception {
        return new DefaultConfigurationFactoryFactory<JournalConfiguration>()
                .create(JournalConfiguration.class, Validators.newValidator(), Jackson.newObjectMapper(), "dw")
                .build(path -> new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), "config.yml");
    }
}
