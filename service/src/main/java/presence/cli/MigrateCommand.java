package presence.cli;

import net.sourceforge.argparse4j.inf.Subparser;
import presence.PresenceConfiguration;
import presence.journal.TablesVersion;
import presence.records.RecordsDatabase;

/** {@code migrate [config.yml]}: brings the database's tables to the version of this program. */
final class MigrateCommand extends SettingsCommand {

    MigrateCommand(Console console) {
        super("migrate", "Brings the database up to date; the server does the same when it starts", console);
    }

    @Override
    public void configure(Subparser parser) {
        super.configure(parser);
        parser.epilog(
                "The service must not be running. Exit code: 0 when the database is up to date now; 1 when it could"
                        + " not be brought there: a line on standard error says why.");
    }

    @Override
    void run(String settings, PresenceConfiguration configuration) throws Exception {
        TablesVersion tables = configuration.getDatabase().migrate();
        RecordsDatabase.open(configuration.getDatabase()).close();
        console.say("The database " + tables.database()
                + (tables.upToDate()
                        ? " is at version " + tables.known() + " already; nothing to do."
                        : " was brought from "
                                + (tables.found() == null ? "nothing" : "version " + tables.found())
                                + " to version " + tables.known() + "."));
    }
}
