package presence.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;
import presence.engine.FaultKind;
import presence.engine.Place;
import presence.engine.RuleFault;
import presence.engine.RuleFile;
import presence.engine.RuleFiles;
import presence.scenario.Depth;
import presence.scenario.Played;
import presence.scenario.RulesCheck;

/**
 * What a service's check says of rules, told as {@code check-rules} tells what it found itself.
 *
 * @param document the document as it came; its form is as it should be
 * @param faults the faults in it
 * @param checked the rules and scenarios that it is about
 */
record CheckedRules(JsonNode document, List<RuleFault> faults, List<RuleFile> checked) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> COUNTS = List.of("files", "rules", "scenarios", "passed", "cases");

    /** Makes {@code --format} known. */
    static void addFormatTo(Subparser parser) {
        parser.addArgument("--format")
                .choices(
                        CheckRulesCommand.TEXT,
                        CheckRulesCommand.AS_JSON,
                        CheckRulesCommand.SARIF,
                        CheckRulesCommand.JUNIT)
                .setDefault(CheckRulesCommand.TEXT)
                .help("the form of the report, as check-rules has it: text (the default), json, sarif or junit");
    }

    /**
     * Reads the document.
     *
     * @throws CommandFailed if it is none
     */
    static CheckedRules read(JsonNode document, List<RuleFile> checked) throws CommandFailed {
        if (!document.path("sound").isBoolean()
                || !document.path("faults").isArray()
                || !document.path("brokenOnPurpose").isArray()) {
            throw stranger();
        }
        for (String count : COUNTS) {
            ServedRules.number(document, count);
        }
        List<RuleFault> faults = new ArrayList<>();
        for (JsonNode fault : document.path("faults")) {
            faults.add(fault(fault));
        }
        return new CheckedRules(document, List.copyOf(faults), checked);
    }

    private static RuleFault fault(JsonNode fault) throws CommandFailed {
        if (!fault.path("kind").isTextual()
                || !fault.path("file").isTextual()
                || !fault.path("message").isTextual()) {
            throw stranger();
        }
        Place place = new Place(
                position(fault, "line"),
                position(fault, "column"),
                position(fault, "endLine"),
                position(fault, "endColumn"));
        return new RuleFault(
                kind(fault.path("kind").textValue()),
                RunningService.shown(fault.path("file").textValue()),
                place,
                RunningService.shown(fault.path("message").textValue()));
    }

    private static int position(JsonNode fault, String field) {
        return Math.max(0, fault.path(field).asInt(0));
    }

    /** A service that is newer may find what this program has no word for. */
    private static FaultKind kind(String name) {
        return Arrays.stream(FaultKind.values())
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElse(FaultKind.CHECK);
    }

    private static CommandFailed stranger() {
        return new CommandFailed(
                CommandFailed.FAULTS,
                "The service's answer is no report of a check. Maybe it is of another version than this program.");
    }

    /** Whether the service found no fault. */
    boolean sound() {
        return document.path("sound").booleanValue();
    }

    /**
     * The report.
     *
     * @param format one of those of {@code check-rules}
     * @param folder the folder as it was named
     */
    String text(String format, Path folder) throws IOException {
        return switch (format) {
            case CheckRulesCommand.AS_JSON -> CheckRulesCommand.json(json -> JSON.writeTree(json, document));
            case CheckRulesCommand.SARIF -> CheckRulesCommand.json(json -> SarifReport.write(json, faults, folder));
            case CheckRulesCommand.JUNIT -> JunitReport.text(played(), faults);
            default -> lines();
        };
    }

    /** The lines that {@code RulesReport.text()} gives. */
    private String lines() {
        StringBuilder lines = new StringBuilder();
        faults.forEach(fault -> lines.append(fault).append(System.lineSeparator()));
        for (JsonNode broken : document.path("brokenOnPurpose")) {
            lines.append(RunningService.shown(
                            "overridden: " + broken.path("promise").asText() + " ("
                                    + broken.path("sentence").asText() + ")"))
                    .append(System.lineSeparator());
        }
        return lines.append(counts()).toString();
    }

    private String counts() {
        return (count("rules") == 0
                        ? count("files") + " files, " + count("scenarios")
                                + " scenarios not run: mend the rules first, "
                        : count("rules") + " rules in " + count("files") + " files, " + count("passed") + " of "
                                + count("scenarios") + " scenarios passed, "
                                + String.format(Locale.ROOT, "%,d", count("cases")) + " cases tried, ")
                + faults.size()
                + (faults.size() == 1 ? " fault" : " faults");
    }

    private int count(String field) {
        return document.path(field).intValue();
    }

    /**
     * The scenarios with what came of them. The service counts them; their names and places are in the files that it was
     * given, and a fault belongs to the scenario in whose lines it stands.
     */
    private List<Played> played() {
        List<Played> scenarios = RulesCheck.of(
                        ending(RuleFiles.RULES), ending(RuleFiles.SCENARIOS), Set.of(), Depth.LINT)
                .played();
        Map<Played, List<RuleFault>> told = new HashMap<>();
        for (RuleFault fault : faults) {
            Played last = fault.kind() == FaultKind.EXPECTATION ? lastBefore(fault, scenarios) : null;
            if (last != null) {
                told.computeIfAbsent(last, unused -> new ArrayList<>()).add(fault);
            }
        }
        return scenarios.stream()
                .map(one -> told(one, told.getOrDefault(one, List.of())))
                .toList();
    }

    private static @Nullable Played lastBefore(RuleFault fault, List<Played> scenarios) {
        Played last = null;
        for (Played scenario : scenarios) {
            if (scenario.file().equals(fault.file()) && scenario.place().line() <= fault.line()) {
                last = last == null || last.place().line() <= scenario.place().line() ? scenario : last;
            }
        }
        return last;
    }

    private Played told(Played one, List<RuleFault> faults) {
        return new Played(one.file(), one.place(), one.name(), outcome(faults), one.fired(), faults);
    }

    private Played.Outcome outcome(List<RuleFault> faults) {
        if (count("rules") == 0) {
            return Played.Outcome.NOT_RUN;
        }
        return faults.isEmpty() ? Played.Outcome.PASSED : Played.Outcome.FAILED;
    }

    private List<RuleFile> ending(String ending) {
        return checked.stream().filter(file -> file.path().endsWith(ending)).toList();
    }
}
