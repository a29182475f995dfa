package presence.records;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Brings the tables of the records to the version of this program: the scripts in {@code db/records}. */
final class RecordsMigrations {
    /** The history of the records' tables, which is not that of the journal's. */
    private static final String HISTORY = "records_schema_history";

    private final String name;
    private final DataSource dataSource;
    private final Map<String, String> placeholders;

    /**
     * @param name what an operator knows the database by
     * @param placeholders what the scripts call {@code ${…}}
     */
    RecordsMigrations(String name, DataSource dataSource, Map<String, String> placeholders) {
        this.name = name;
        this.dataSource = dataSource;
        this.placeholders = placeholders;
    }

    /**
     * Applies what is missing.
     *
     * @throws RecordsException when the tables are of a newer program, or the database is another program's
     */
    void apply() throws RecordsException, SQLException {
        Flyway flyway = Flyway.configure(RecordsMigrations.class.getClassLoader())
                .dataSource(dataSource)
                .table(HISTORY)
                .locations("classpath:db/records")
                .placeholders(placeholders)
                .cleanDisabled(true)
                // In PostgreSQL the journal's tables are there already.
                .baselineOnMigrate(isOurs())
                .baselineVersion("0")
                .load();
        try {
            refuseNewer(flyway);
            flyway.migrate();
        } catch (FlywayException e) {
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException exception) {
                    throw exception;
                }
            }
            throw new RecordsException(
                    "The tables of the records in " + name + " cannot be brought up to date: " + oneLine(e)
                            + ". Maybe database.url names a database of another program.",
                    e);
        }
    }

    private boolean isOurs() throws SQLException {
        Set<String> names = new HashSet<>();
        try (Connection connection = dataSource.getConnection();
                ResultSet tables =
                        connection.getMetaData().getTables(null, connection.getSchema(), "%", new String[] {"TABLE"})) {
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME"));
            }
        }
        return names.contains("journal_entry");
    }

    private void refuseNewer(Flyway flyway) throws RecordsException {
        for (MigrationInfo migration : flyway.info().applied()) {
            if (migration.getState() == MigrationState.FUTURE_SUCCESS
                    || migration.getState() == MigrationState.FUTURE_FAILED) {
                throw new RecordsException(
                        "The records in " + name + " are of a newer version, " + migration.getVersion()
                                + ", than this program knows. Maybe start the newer program again.",
                        null);
            }
        }
    }

    private static String oneLine(FlywayException e) {
        String message = String.valueOf(e.getMessage());
        String line = message.lines().findFirst().orElse("").strip();
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
