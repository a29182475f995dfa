package presence.cli;

import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.setup.Environment;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import presence.PresenceApplication;
import presence.PresenceConfiguration;

/** {@code server [config.yml]}: serves until the process is told to end. When it cannot start, it says why in lines. */
final class ServerCommand extends io.dropwizard.core.cli.ServerCommand<PresenceConfiguration> {

    ServerCommand(PresenceApplication application) {
        super(application, "server", "Serves the API until the process is told to end");
    }

    @Override
    public void configure(Subparser parser) {
        super.configure(parser);
        parser.epilog("Without a file every setting has its default. Exit code: 1 when the service cannot start: a line"
                + " on standard error for each reason; 0 when it was told to end.");
    }

    @Override
    protected void run(Environment environment, Namespace arguments, PresenceConfiguration configuration)
            throws Exception {
        cleanupAsynchronously();
        ServerStart.start(environment, configuration, this::cleanup);
    }

    @Override
    public void onError(Cli cli, Namespace arguments, Throwable failure) {
        StartFault.print(failure, System.err);
    }
}
