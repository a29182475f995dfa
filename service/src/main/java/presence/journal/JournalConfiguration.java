package presence.journal;

import static presence.journal.JournalException.Code.JOURNAL_MISCONFIGURED;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where the journal is kept: {@code database} in {@code config.yml}.
 *
 * @param url {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://HOST:PORT/DATABASE}. A file is relative to the working
 *     directory; it and its folder are made when they are missing, private to the user. PostgreSQL is reached directly
 *     or through a pool that keeps sessions, since a session holds the lock of the only writer
 * @param user PostgreSQL only
 * @param password PostgreSQL only
 * @param connectTimeout how long to wait for a connection, 1 s to 1 min. PostgreSQL only
 * @param answerTimeout how long a statement, or waiting for a lock, may take before the database is taken to be away,
 *     1 s to 5 min
 */
public record JournalConfiguration(
        @Pattern(
                regexp = JournalConfiguration.URL,
                message =
                        "must be jdbc:sqlite:FILE or jdbc:postgresql://HOST:PORT/DATABASE, with no user or password in it")
        String url,

        @Nullable String user,
        @Nullable String password,

        @MinDuration(value = 1, unit = TimeUnit.SECONDS) @MaxDuration(value = 1, unit = TimeUnit.MINUTES)
        Duration connectTimeout,

        @MinDuration(value = 1, unit = TimeUnit.SECONDS) @MaxDuration(value = 5, unit = TimeUnit.MINUTES)
        Duration answerTimeout) {

    private static final String SQLITE = "jdbc:sqlite:";

    /** SQLite's own options, its databases in memory, and secrets, which would show up in messages, are refused. */
    static final String URL = SQLITE + "(?!file:|:)[^?]+|jdbc:postgresql:(?!.*(?i:password|user)=)[^@]+";

    /** Every setting has a default. */
    @JsonCreator
    public static JournalConfiguration of(
            @JsonProperty("url") @Nullable String url,
            @JsonProperty("user") @Nullable String user,
            @JsonProperty("password") @Nullable String password,
            @JsonProperty("connectTimeout") @Nullable Duration connectTimeout,
            @JsonProperty("answerTimeout") @Nullable Duration answerTimeout) {
        return new JournalConfiguration(
                url == null ? "jdbc:sqlite:./data/presence.db" : url,
                emptyIsUnset(user),
                emptyIsUnset(password),
                connectTimeout == null ? Duration.seconds(5) : connectTimeout,
                answerTimeout == null ? Duration.seconds(10) : answerTimeout);
    }

    private static @Nullable String emptyIsUnset(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    /** The settings as they are when the file says nothing. */
    public static JournalConfiguration defaults() {
        return of(null, null, null, null, null);
    }

    /**
     * Opens the journal: becomes its only writer, and brings its tables up to date.
     *
     * @throws JournalException with one line that names the setting, the file or the database
     */
    public Journal open() throws JournalException {
        return DatabaseJournal.open(database());
    }

    /**
     * Brings the tables up to date, with no other process writing meanwhile, and lets go of the database.
     *
     * @return the version found before, and the one the tables have now
     * @throws JournalException as {@link #open}
     */
    public TablesVersion migrate() throws JournalException {
        return tables(Migrations::apply);
    }

    /**
     * Finds out whether the journal could be opened, and changes nothing: a SQLite file that is missing stays so.
     *
     * @return the version of the tables and the one that opening would bring them to
     * @throws JournalException as {@link #open}
     */
    public TablesVersion look() throws JournalException {
        if (url.matches(URL) && url.startsWith(SQLITE)) {
            Path file = file().toAbsolutePath().normalize();
            if (!Files.exists(file)) {
                requireWritableFolder(file);
                return new TablesVersion(file.toString(), null, TablesVersion.NEWEST);
            }
        }
        return tables(Migrations::look);
    }

    private interface TablesWork {
        TablesVersion with(Migrations migrations) throws JournalException;
    }

    private TablesVersion tables(TablesWork work) throws JournalException {
        try (Database database = database()) {
            try (Connection writer = database.connectWriter()) {
                return work.with(new Migrations(database));
            } catch (SQLException e) {
                throw database.explain("look at the tables", e);
            }
        }
    }

    private static void requireWritableFolder(Path file) throws JournalException {
        Path folder = file.getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new JournalException(
                    JOURNAL_MISCONFIGURED,
                    "database.url: " + file + " cannot be made: " + folder
                            + (folder != null && Files.exists(folder) && !Files.isDirectory(folder)
                                    ? " is a file, expected a folder."
                                    : " cannot be written to. Maybe it belongs to another user than "
                                            + System.getProperty("user.name") + "."));
        }
    }

    /** The SQLite file, as it is written; null for another kind of database, or if it names none. */
    public @Nullable Path sqliteFile() {
        try {
            return url.matches(URL) && url.startsWith(SQLITE) ? file() : null;
        } catch (JournalException e) {
            return null;
        }
    }

    private Path file() throws JournalException {
        try {
            return Path.of(url.substring(SQLITE.length()));
        } catch (InvalidPathException e) {
            throw new JournalException(
                    JOURNAL_MISCONFIGURED, "database.url: " + url + " does not name a file of this system.", e);
        }
    }

    Database database() throws JournalException {
        if (!url.matches(URL)) {
            throw new JournalException(
                    JOURNAL_MISCONFIGURED,
                    "database.url must be jdbc:sqlite:FILE or jdbc:postgresql://HOST:PORT/DATABASE, with no user or"
                            + " password in it. Maybe put those into database.user and database.password.");
        }
        if (!url.startsWith(SQLITE)) {
            return new PostgresqlDatabase(
                    url, user, password, connectTimeout.toJavaDuration(), answerTimeout.toJavaDuration());
        }
        if (user != null || password != null) {
            throw new JournalException(
                    JOURNAL_MISCONFIGURED,
                    "database.user and database.password are for PostgreSQL, but database.url is " + url
                            + ". Maybe remove them.");
        }
        return SqliteDatabase.open(file(), answerTimeout.toJavaDuration());
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "JournalConfiguration[url=" + url + ", user=" + user + ", connectTimeout=" + connectTimeout
                + ", answerTimeout=" + answerTimeout + "]";
    }
}
