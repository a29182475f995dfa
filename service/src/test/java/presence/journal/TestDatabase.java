package presence.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A database made for one test. */
public record TestDatabase(TestDatabases kind, String url, String user, String password) {

    /** The settings that lead to it. */
    public JournalConfiguration configuration() {
        return TestDatabases.configuration(url, user, password);
    }

    public Journal open() throws JournalException {
        return configuration().open();
    }

    /** Past the journal, as a database tool reaches it. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    /** Past the journal. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The file of a SQLite database. */
    Path file() {
        return Path.of(url.substring("jdbc:sqlite:".length()));
    }
}
