package presence;

import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Environment;

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
    public void run(PresenceConfiguration configuration, Environment environment) {}
}
