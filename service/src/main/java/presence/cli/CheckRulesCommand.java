package presence.cli;

import io.dropwizard.core.setup.Bootstrap;
import java.nio.file.Path;
import java.util.List;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import presence.scenario.RulesCheck;
import presence.scenario.RulesReport;

/** {@code check-rules DIR}: says everything that is wrong with a folder of rules. */
final class CheckRulesCommand extends QuietCommand {

    CheckRulesCommand(Console console) {
        super(
                "check-rules",
                "Checks a folder of rules: that they compile, keep the house form and pass their scenarios",
                console);
    }

    @Override
    public void configure(Subparser parser) {
        parser.addArgument("folder").metavar("DIR").help("the folder of rules (*.drl) and scenarios (*.scenarios.yml)");
        parser.epilog("Every fault is a line, file:line: what is wrong and what to do; the last line sums up."
                + " Exit code: 0 when there is no fault; 1 when there are faults, or the folder cannot be read.");
    }

    @Override
    void runQuietly(Bootstrap<?> bootstrap, Namespace arguments) throws Exception {
        RulesReport report = RulesCheck.of(Path.of(arguments.getString("folder")));
        console.say(report.text());
        if (!report.sound()) {
            throw new CommandFailed(CommandFailed.FAULTS, List.of());
        }
    }
}
