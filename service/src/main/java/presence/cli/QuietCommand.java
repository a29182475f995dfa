package presence.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import net.sourceforge.argparse4j.inf.Namespace;
import org.slf4j.LoggerFactory;

/** A command whose streams are its result: libraries log nothing, and a failure is told in lines. */
abstract class QuietCommand extends Command {

    /** Where results and complaints go. */
    final Console console;

    QuietCommand(String name, String description, Console console) {
        super(name, description);
        this.console = console;
    }

    @Override
    public final void run(Bootstrap<?> bootstrap, Namespace arguments) throws Exception {
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(Level.OFF);
        }
        runQuietly(bootstrap, arguments);
    }

    /**
     * Does the command's work.
     *
     * @throws CommandFailed if something keeps it from doing so
     */
    abstract void runQuietly(Bootstrap<?> bootstrap, Namespace arguments) throws Exception;

    @Override
    public void onError(Cli cli, Namespace arguments, Throwable failure) {
        StartFault.print(failure, console.errors());
    }
}
