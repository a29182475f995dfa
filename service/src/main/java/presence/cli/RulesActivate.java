package presence.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code rules activate N}: makes a release conclude; with the number of one that did before, that is to roll back. */
final class RulesActivate {
    private static final int MOST = 999_999_999;

    private final Console console;
    private final RulesService service;

    RulesActivate(Console console, RulesService service) {
        this.console = console;
        this.service = service;
    }

    static void configure(Subparser parser) {
        parser.addArgument("release")
                .metavar("N")
                .type(Integer.class)
                .choices(Arguments.range(0, MOST))
                .help("the number of the release; 0 is what the program or its settings bring");
        ServiceArguments.addTo(parser);
        parser.epilog("Exit code: 0 when the release is active; 1 when not: a line on standard error says why; 2 when"
                + " the command cannot be run as it was given.");
    }

    void run(Namespace arguments) throws CommandFailed {
        activate(service, arguments.getInt("release"), console::say);
    }

    /** Makes a release conclude, and says how to go back. */
    static void activate(RulesService service, int release, Consumer<String> tell) throws CommandFailed {
        int before = ServedRules.number(service.active(), "release");
        JsonNode activated = service.activate(release);
        if (before == release) {
            tell.accept("Release " + release + " was active already.");
            return;
        }
        tell.accept("Release " + release + " is active; agents decided again: "
                + ServedRules.number(activated, "decidedAgain") + ". To roll back: rules activate " + before + ".");
    }
}
