package presence.cli;

import io.dropwizard.core.setup.Bootstrap;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import presence.PresenceApplication;
import presence.PresenceConfiguration;
import presence.demo.DemoCommand;
import presence.engine.Suggestion;

/** Every command of the program. */
public final class Commands {
    private static final List<String> NAMES =
            List.of("server", "demo", "check", "migrate", "keys", "check-rules", "rules", "replay");

    private Commands() {}

    /** Makes the commands known. */
    public static void addTo(
            Bootstrap<PresenceConfiguration> bootstrap, PresenceApplication application, Console console) {
        bootstrap.addCommand(new ServerCommand(application, console));
        bootstrap.addCommand(new DemoCommand());
        bootstrap.addCommand(new CheckCommand(console));
        bootstrap.addCommand(new MigrateCommand(console));
        bootstrap.addCommand(new KeysCommand(console, Clock.systemUTC()));
        bootstrap.addCommand(new CheckRulesCommand(console));
        bootstrap.addCommand(new RulesCommand(console, System.getenv()));
        bootstrap.addCommand(new ReplayCommand(console));
    }

    /** What to say to arguments that name no command; empty if they name one, or ask for help or the version. */
    public static Optional<String> unknown(String... arguments) {
        if (arguments.length == 0 || arguments[0].startsWith("-") || NAMES.contains(arguments[0])) {
            return Optional.empty();
        }
        return Optional.of("There is no command '" + arguments[0] + "'." + Suggestion.maybe(arguments[0], NAMES)
                + " The commands are " + String.join(", ", NAMES)
                + "; --help says what each does, and COMMAND --help what it takes.");
    }
}
