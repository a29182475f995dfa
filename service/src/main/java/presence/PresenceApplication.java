package presence;

import ch.qos.logback.classic.Level;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import java.time.Clock;
import presence.cli.CommandFailed;
import presence.cli.Commands;
import presence.cli.Console;
import presence.cli.StartFault;
import presence.journal.JournalException;
import presence.loop.PresenceLoop;
import presence.records.RecordsException;

/** The presence engine as a program: {@code java -jar presence.jar server config.yml}. */
public final class PresenceApplication extends Application<PresenceConfiguration> {

    /**
     * Runs the command that the arguments name.
     *
     * @param arguments the command and what it takes, such as {@code server config.yml}
     * @throws Exception when the command could not be run
     */
    public static void main(String... arguments) throws Exception {
        Commands.unknown(arguments).ifPresent(message -> {
            System.err.println(message);
            System.exit(CommandFailed.UNUSABLE);
        });
        new PresenceApplication().run(arguments);
    }

    /** Nothing is logged before the configuration says how. */
    @Override
    protected Level bootstrapLogLevel() {
        return Level.OFF;
    }

    @Override
    protected void addDefaultCommands(Bootstrap<PresenceConfiguration> bootstrap) {
        Commands.addTo(bootstrap, this, Console.ofProcess());
    }

    /** The command has said what happened. */
    @Override
    protected void onFatalError(Throwable failure) {
        System.exit(StartFault.exitCode(failure));
    }

    @Override
    public String getName() {
        return "presence";
    }

    @Override
    public void initialize(Bootstrap<PresenceConfiguration> bootstrap) {
        bootstrap.setConfigurationSourceProvider(new SubstitutingSourceProvider(
                bootstrap.getConfigurationSourceProvider(), new EnvironmentVariableSubstitutor(true)));
    }

    @Override
    public void run(PresenceConfiguration configuration, Environment environment)
            throws JournalException, RecordsException {
        serve(configuration, environment, Clock.systemUTC());
    }

    /**
     * Restores what the journal holds and opens the doors; the service begins and ends with the environment's server.
     *
     * @param clock the service's time
     * @return the service's loop
     * @throws JournalException if the journal cannot be opened or read
     * @throws RecordsException if the records cannot
     */
    public static PresenceLoop serve(PresenceConfiguration configuration, Environment environment, Clock clock)
            throws JournalException, RecordsException {
        return PresenceService.open(configuration, environment, clock).loop();
    }
}
