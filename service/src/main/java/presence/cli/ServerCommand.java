package presence.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.slf4j.LoggerFactory;
import presence.PresenceApplication;
import presence.PresenceConfiguration;
import presence.engine.InvalidRulesException;

/** {@code server [config.yml]}: serves until the process is told to end. When it cannot start, it says why in lines. */
final class ServerCommand extends io.dropwizard.core.cli.ServerCommand<PresenceConfiguration> {

    private final Console console;

    ServerCommand(PresenceApplication application, Console console) {
        super(application, "server", "Serves the API until the process is told to end");
        this.console = console;
    }

    @Override
    public void configure(Subparser parser) {
        super.configure(parser);
        parser.epilog("Without a file every setting has its default. Exit code: 1 when the service cannot start: a line"
                + " on standard error for each reason; 0 when it was told to end.");
    }

    @Override
    protected void run(
            Bootstrap<PresenceConfiguration> bootstrap, Namespace arguments, PresenceConfiguration configuration)
            throws Exception {
        hushRules();
        try {
            super.run(bootstrap, arguments, configuration);
        } catch (InvalidRulesException e) {
            throw new CommandFailed(CommandFailed.FAULTS, StartFault.rules(configuration, e));
        }
    }

    /** What the compiler of rules says about them is told as faults; unless the settings ask for it, it is not logged too. */
    private static void hushRules() {
        if (LoggerFactory.getLogger("org.drools") instanceof Logger drools && drools.getLevel() == null) {
            drools.setLevel(Level.OFF);
        }
    }

    @Override
    protected void run(Environment environment, Namespace arguments, PresenceConfiguration configuration)
            throws Exception {
        cleanupAsynchronously();
        ServerStart.start(environment, configuration, this::cleanup);
    }

    @Override
    public void onError(Cli cli, Namespace arguments, Throwable failure) {
        StartFault.print(failure, console.errors());
    }
}
