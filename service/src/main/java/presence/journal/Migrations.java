package presence.journal;

import static presence.journal.JournalException.Code.JOURNAL_DAMAGED;
import static presence.journal.JournalException.Code.JOURNAL_MISCONFIGURED;
import static presence.journal.JournalException.Code.JOURNAL_NEWER;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** Brings a database's tables to the version of this program: the scripts in {@code db/migration}. */
final class Migrations {

    private final Database database;

    Migrations(Database database) {
        this.database = database;
    }

    /** What is done with the tables. */
    @FunctionalInterface
    private interface Work {
        TablesVersion with(Flyway flyway) throws JournalException;
    }

    /**
     * Applies what is missing.
     *
     * @return what was found before
     * @throws JournalException fatal when the database is of a newer program, or holds other tables than ours
     */
    TablesVersion apply() throws JournalException {
        return use(flyway -> {
            TablesVersion found = version(flyway.info());
            flyway.migrate();
            return found;
        });
    }

    /**
     * Looks, and changes nothing.
     *
     * @throws JournalException as {@link #apply} would
     */
    TablesVersion look() throws JournalException {
        return use(flyway -> version(flyway.info()));
    }

    private TablesVersion use(Work work) throws JournalException {
        try {
            return work.with(Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(database.unlimited())
                    .locations("classpath:db/migration")
                    .placeholders(database.placeholders())
                    .cleanDisabled(true)
                    // Flyway takes tables without its own history for another program's; these are ours.
                    .baselineOnMigrate(hasRecordsAlone())
                    .baselineVersion("0")
                    .load());
        } catch (SQLException e) {
            throw database.explain("look at the tables", e);
        } catch (FlywayValidateException e) {
            throw new JournalException(
                    JOURNAL_DAMAGED,
                    "The tables of " + database.name() + " were made by other scripts than this program's: "
                            + oneLine(e) + ".",
                    e);
        } catch (FlywayException e) {
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException exception) {
                    throw database.explain("bring the tables up to date", exception);
                }
            }
            throw new JournalException(
                    JOURNAL_MISCONFIGURED,
                    "The tables of " + database.name() + " cannot be brought up to date: " + oneLine(e)
                            + ". Maybe database.url names a database of another program.",
                    e);
        }
    }

    /** Whether the records, which may be made first, are all that the database holds. */
    private boolean hasRecordsAlone() throws SQLException {
        try (Connection connection = database.unlimited().getConnection();
                ResultSet tables =
                        connection.getMetaData().getTables(null, connection.getSchema(), "%", new String[] {"TABLE"})) {
            boolean some = false;
            while (tables.next()) {
                if (!tables.getString("TABLE_NAME").startsWith("records_")) {
                    return false;
                }
                some = true;
            }
            return some;
        }
    }

    private TablesVersion version(MigrationInfoService info) throws JournalException {
        refuseNewer(info);
        MigrationInfo current = info.current();
        return new TablesVersion(
                database.name(),
                current == null ? null : String.valueOf(current.getVersion()),
                String.valueOf(known(info)));
    }

    private void refuseNewer(MigrationInfoService info) throws JournalException {
        boolean newer = Arrays.stream(info.applied())
                .anyMatch(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS
                        || migration.getState() == MigrationState.FUTURE_FAILED);
        if (!newer) {
            return;
        }
        throw new JournalException(
                JOURNAL_NEWER,
                "The database " + database.name() + " is of a newer version, "
                        + info.current().getVersion()
                        + ", than this program" + release() + ", which knows versions up to " + known(info)
                        + ". Maybe start the newer program again, or restore the backup made before it was installed.");
    }

    private static MigrationVersion known(MigrationInfoService info) {
        return Arrays.stream(info.all())
                .filter(migration -> migration.getState() == MigrationState.SUCCESS
                        || migration.getState() == MigrationState.PENDING)
                .map(MigrationInfo::getVersion)
                .filter(Objects::nonNull)
                .max(MigrationVersion::compareTo)
                .orElse(MigrationVersion.EMPTY);
    }

    private static String release() {
        String release = Migrations.class.getPackage().getImplementationVersion();
        return release == null ? "" : " (release " + release + ")";
    }

    private static String oneLine(FlywayException e) {
        String message = e.getMessage();
        String line =
                message == null ? "" : message.lines().findFirst().orElse("").strip();
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
