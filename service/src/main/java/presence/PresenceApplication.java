package presence;

import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import java.time.Clock;
import presence.journal.JournalException;

/** The presence engine as a program: {@code java -jar presence.jar server config.yml}. */
public final class PresenceApplication extends Application<PresenceConfiguration> {

    /**
     * Runs the command that the arguments name.
     *
     * @param arguments the command and what it takes, such as {@code server config.yml}
     * @throws Exception when the command could not be run
     */
    public static void main(String... arguments) throws Exception {
        new PresenceApplication().run(arguments);
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
    public void run(PresenceConfiguration configuration, Environment environment) throws JournalException {
        PresenceService.open(configuration, environment, Clock.systemUTC());
    }
}
