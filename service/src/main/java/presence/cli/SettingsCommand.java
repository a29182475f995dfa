package presence.cli;

import io.dropwizard.configuration.ConfigurationFactory;
import io.dropwizard.configuration.ConfigurationSourceProvider;
import io.dropwizard.core.setup.Bootstrap;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;
import presence.PresenceConfiguration;

/** A quiet command that goes by the settings of the service. */
abstract class SettingsCommand extends QuietCommand {

    SettingsCommand(String name, String description, Console console) {
        super(name, description, console);
    }

    @Override
    public void configure(Subparser parser) {
        parser.addArgument("file")
                .metavar("config.yml")
                .nargs("?")
                .setDefault(Arguments.SUPPRESS)
                .help("the settings of the service; without it every setting has its default");
    }

    @Override
    final void runQuietly(Bootstrap<?> bootstrap, Namespace arguments) throws Exception {
        String file = arguments.getString("file");
        run(file == null ? "The default settings" : file, read(bootstrap, file), arguments);
    }

    /**
     * Does the command's work, with what it takes beside the settings.
     *
     * @param settings what the settings are called in messages
     */
    void run(String settings, PresenceConfiguration configuration, Namespace arguments) throws Exception {
        run(settings, configuration);
    }

    /**
     * Does the command's work.
     *
     * @param settings what the settings are called in messages
     */
    abstract void run(String settings, PresenceConfiguration configuration) throws Exception;

    private static PresenceConfiguration read(Bootstrap<?> bootstrap, @Nullable String file) throws Exception {
        ConfigurationFactory<PresenceConfiguration> factory =
                new io.dropwizard.configuration.DefaultConfigurationFactoryFactory<PresenceConfiguration>()
                        .create(
                                PresenceConfiguration.class,
                                bootstrap.getValidatorFactory().getValidator(),
                                bootstrap.getObjectMapper(),
                                "dw");
        ConfigurationSourceProvider sources = bootstrap.getConfigurationSourceProvider();
        return file == null ? factory.build() : factory.build(sources, file);
    }
}
