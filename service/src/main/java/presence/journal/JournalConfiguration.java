package presence.journal;

import static presence.journal.JournalException.Code.JOURNAL_MISCONFIGURED;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Pattern;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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
        try {
            return SqliteDatabase.open(Path.of(url.substring(SQLITE.length())), answerTimeout.toJavaDuration());
        } catch (InvalidPathException e) {
            throw new JournalException(
                    JOURNAL_MISCONFIGURED, "database.url: " + url + " does not name a file of this system.", e);
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "JournalConfiguration[url=" + url + ", user=" + user + ", connectTimeout=" + connectTimeout
                + ", answerTimeout=" + answerTimeout + "]";
    }
}
