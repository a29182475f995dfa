package presence.cli;

import io.dropwizard.core.setup.Bootstrap;
import java.util.Map;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import net.sourceforge.argparse4j.inf.Subparsers;

/**
 * {@code rules pull|push|activate}: brings rules from a service that runs into a folder, and back, for teams that keep them
 * in git; and makes a release conclude.
 */
final class RulesCommand extends QuietCommand {
    private static final String DOING = "rules";

    private final Map<String, String> environment;

    /** @param environment the variables of the process's environment */
    RulesCommand(Console console, Map<String, String> environment) {
        super("rules", "Brings rules from a service that runs into a folder, and back as a release", console);
        this.environment = Map.copyOf(environment);
    }

    @Override
    public void configure(Subparser parser) {
        Subparsers commands = parser.addSubparsers().dest(DOING).metavar("pull|push|activate");
        RulesPull.configure(commands.addParser("pull").help("brings a release, or the draft, into a folder"));
        RulesPush.configure(commands.addParser("push").help("checks a folder and makes a release of it"));
        RulesActivate.configure(
                commands.addParser("activate").help("makes a release conclude: a new one, or one from before"));
        parser.epilog("The key of the API is taken from the environment variable " + ServiceArguments.KEY
                + " or a file, never from an argument."
                + " Exit code: 0 when it was done; 1 when not: the report, or a line on standard error, says why; 2 when"
                + " the command cannot be run as it was given.");
    }

    @Override
    void runQuietly(Bootstrap<?> bootstrap, Namespace arguments) throws Exception {
        RulesService service = new RulesService(ServiceArguments.service(arguments, environment));
        switch (arguments.getString(DOING)) {
            case "pull" -> new RulesPull(console, service).run(arguments);
            case "push" -> new RulesPush(console, service, arguments).run();
            default -> new RulesActivate(console, service).run(arguments);
        }
    }
}
