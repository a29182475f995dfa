package presence.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import presence.cli.RulesFolder.Difference;
import presence.engine.RuleFile;

/** {@code rules pull DIR}: brings a release, or the draft, into a folder. Nothing is written before all of it can be. */
final class RulesPull {
    private static final String ACTIVE = "active";
    private static final String DRAFT = "draft";

    private final Console console;
    private final RulesService service;

    RulesPull(Console console, RulesService service) {
        this.console = console;
        this.service = service;
    }

    static void configure(Subparser parser) {
        parser.addArgument("folder").metavar("DIR").help("the folder of rules; made if it is not there");
        parser.addArgument("--release")
                .metavar("N|active|draft")
                .setDefault(ACTIVE)
                .help("a release by its number, the one that is active (the default), or the draft");
        parser.addArgument("--force")
                .action(Arguments.storeTrue())
                .help("writes over files whose content is another one; without it nothing is written then");
        parser.addArgument("--prune")
                .action(Arguments.storeTrue())
                .help("removes files of rules and scenarios in the folder that the release does not have");
        ServiceArguments.addTo(parser);
        parser.epilog("Exit code: 0 when the folder holds the release; 1 when not: a line on standard error for each"
                + " reason; 2 when the command cannot be run as it was given.");
    }

    void run(Namespace arguments) throws CommandFailed {
        Path place = Path.of(arguments.getString("folder"));
        RulesFolder folder = new RulesFolder(place);
        ServedRules rules = wanted(arguments.getString("release"));
        Difference difference = folder.difference(rules.files());
        if (!difference.different().isEmpty() && !arguments.getBoolean("force")) {
            throw new CommandFailed(
                    CommandFailed.FAULTS,
                    difference.different().stream()
                            .map(file -> place.resolve(file.path()) + " differs from " + rules.name()
                                    + ". Nothing was written; --force writes over it.")
                            .toList());
        }
        int written = write(folder, difference);
        List<String> left = arguments.getBoolean("prune") ? prune(folder, difference.others()) : difference.others();
        left.forEach(path -> console.complain(path + " is not of " + rules.name() + "; --prune removes it."));
        console.say(place + " holds " + rules.name() + " (files written: " + written + ", the same already: "
                + difference.same() + ").");
    }

    private ServedRules wanted(String release) throws CommandFailed {
        if (release.equals(DRAFT)) {
            return ServedRules.draft(service.draft()
                    .orElseThrow(() -> new CommandFailed(CommandFailed.FAULTS, "There is no draft of the rules.")));
        } else if (release.equals(ACTIVE)) {
            JsonNode active = service.active();
            tellStandIn(active);
            return ServedRules.release(active);
        } else if (release.matches("[0-9]{1,9}")) {
            return ServedRules.release(service.release(Integer.parseInt(release)));
        }
        throw new CommandFailed(
                CommandFailed.UNUSABLE,
                "--release is '" + release + "'; expected the number of a release, " + ACTIVE + " or " + DRAFT + ".");
    }

    private void tellStandIn(JsonNode active) throws CommandFailed {
        JsonNode standIn = active.path("standIn");
        if (!standIn.isMissingNode()) {
            console.complain("The service cannot use " + ServedRules.name(active) + "; release "
                    + ServedRules.number(standIn, "release") + " concludes in its place: "
                    + RunningService.shown(standIn.path("reason").asText()));
        }
    }

    private int write(RulesFolder folder, Difference difference) throws CommandFailed {
        List<RuleFile> files = Stream.concat(difference.missing().stream(), difference.different().stream())
                .toList();
        for (RuleFile file : files) {
            folder.write(file);
            console.say("wrote " + file.path());
        }
        return files.size();
    }

    private List<String> prune(RulesFolder folder, List<String> others) throws CommandFailed {
        for (String path : others) {
            folder.remove(path);
            console.say("removed " + path);
        }
        return List.of();
    }
}
