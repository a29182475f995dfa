package presence.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.dropwizard.core.setup.Bootstrap;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Argument;
import net.sourceforge.argparse4j.inf.ArgumentParser;
import net.sourceforge.argparse4j.inf.ArgumentParserException;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import presence.api.RulesReportDocument;
import presence.engine.Suggestion;
import presence.proof.Promise;
import presence.scenario.RulesCheck;
import presence.scenario.RulesReport;

/** {@code check-rules DIR}: says everything that is wrong with a folder of rules. */
final class CheckRulesCommand extends QuietCommand {
    private static final JsonFactory JSON = new JsonFactory();
    static final String TEXT = "text";
    static final String AS_JSON = "json";
    static final String SARIF = "sarif";
    static final String JUNIT = "junit";

    CheckRulesCommand(Console console) {
        super(
                "check-rules",
                "Checks a folder of rules: that they keep the house form, pass their scenarios and hold in every case",
                console);
    }

    @Override
    public void configure(Subparser parser) {
        parser.addArgument("folder").metavar("DIR").help("the folder of rules (*.drl) and scenarios (*.scenarios.yml)");
        parser.addArgument("--format")
                .choices(TEXT, AS_JSON, SARIF, JUNIT)
                .setDefault(TEXT)
                .help(
                        "text: a line for each fault, file:line:column: what is wrong and what to do, and a last line that"
                                + " sums up (the default); json: the document that the service answers too; sarif: SARIF 2.1.0"
                                + " for code hosts and editors; junit: the XML of test results for continuous integration");
        parser.addArgument("--override-promise")
                .metavar("ID")
                .dest("overridden")
                .action(Arguments.append())
                .type(CheckRulesCommand::promise)
                .help("a promise of the product that these rules need not keep, such as AWAY-IS-AWAY; may be repeated");
        parser.epilog("The verdict is the same in every format."
                + " Exit code: 0 when there is no fault; 1 when there are faults, or the folder cannot be read.");
    }

    @Override
    void runQuietly(Bootstrap<?> bootstrap, Namespace arguments) throws Exception {
        Path folder = Path.of(arguments.getString("folder"));
        List<Promise> overridden = arguments.getList("overridden");
        RulesReport report = RulesCheck.of(folder, overridden == null ? Set.of() : Set.copyOf(overridden));
        console.say(
                switch (arguments.getString("format")) {
                    case AS_JSON -> json(json -> RulesReportDocument.write(json, report));
                    case SARIF -> json(json -> SarifReport.write(json, report.faults(), folder));
                    case JUNIT -> JunitReport.text(report.played(), report.faults());
                    default -> report.text();
                });
        if (!report.sound()) {
            throw new CommandFailed(CommandFailed.FAULTS, List.of());
        }
    }

    /** Writes one JSON value. */
    @FunctionalInterface
    interface Document {
        void write(JsonGenerator json) throws IOException;
    }

    /** The value as text, indented. */
    static String json(Document document) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            document.write(json.useDefaultPrettyPrinter());
        }
        return text.toString();
    }

    /** The promise that an argument names. */
    static Promise promise(ArgumentParser parser, Argument argument, String id) throws ArgumentParserException {
        return Promise.withId(id)
                .orElseThrow(() -> new ArgumentParserException(
                        "There is no promise '" + id + "'; expected one of " + String.join(", ", Promise.ids()) + "."
                                + Suggestion.maybe(id, Promise.ids()),
                        parser,
                        argument));
    }
}
