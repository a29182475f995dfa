package presence.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;
import presence.engine.RuleBook;
import presence.engine.RuleFile;
import presence.proof.Promise;

/**
 * {@code rules push DIR}: makes a release of a folder, by way of the draft. Until the release is there every fault leaves
 * the draft as it was before.
 */
final class RulesPush {
    private final Console console;
    private final RulesService service;
    private final Path place;
    private final String comment;
    private final String format;
    private final List<String> overridden;
    private final boolean replacing;
    private final boolean activating;

    RulesPush(Console console, RulesService service, Namespace arguments) {
        this.console = console;
        this.service = service;
        place = Path.of(arguments.getString("folder"));
        comment = arguments.getString("comment");
        format = arguments.getString("format");
        List<Promise> promises = arguments.getList("overridden");
        overridden = promises == null
                ? List.of()
                : promises.stream().map(Promise::id).toList();
        replacing = arguments.getBoolean("replace_draft");
        activating = arguments.getBoolean("activate");
    }

    static void configure(Subparser parser) {
        parser.addArgument("folder").metavar("DIR").help("the folder of rules (*.drl) and scenarios (*.scenarios.yml)");
        parser.addArgument("--comment").metavar("TEXT").required(true).help("what the release is for");
        parser.addArgument("--activate").action(Arguments.storeTrue()).help("makes the release conclude at once");
        parser.addArgument("--override-promise")
                .metavar("ID")
                .dest("overridden")
                .action(Arguments.append())
                .type(CheckRulesCommand::promise)
                .help("a promise of the product that these rules need not keep, such as AWAY-IS-AWAY; may be repeated");
        parser.addArgument("--replace-draft")
                .action(Arguments.storeTrue())
                .help("puts the folder in the place of a draft that is there; without it such a draft is left alone");
        CheckedRules.addFormatTo(parser);
        ServiceArguments.addTo(parser);
        parser.epilog("The service checks the rules, and its verdict is what counts. Each step is told in a line: on"
                + " standard output, or on standard error where --format is not text, so that the report stands alone."
                + " Exit code: 0 when the release was made, and is active if that was asked for, or when there was"
                + " nothing to change; 1 when not: the check found faults, or a line on standard error says why; 2 when"
                + " the command cannot be run as it was given.");
    }

    void run() throws CommandFailed, IOException {
        List<RuleFile> files = new RulesFolder(place).files();
        String hash = RuleBook.hash(files);
        JsonNode active = service.active();
        if (hash.equals(active.path("hash").textValue())) {
            tell("Nothing to change: " + place + " holds " + ServedRules.name(active) + ", which is active.");
            return;
        }
        JsonNode newest = service.newest();
        if (hash.equals(newest.path("hash").textValue())) {
            tell("No release was made: " + place + " holds " + ServedRules.name(newest) + ".");
            activate(ServedRules.number(newest, "release"));
        } else {
            activate(release(files, ServedRules.number(active, "release")));
        }
    }

    // --- by way of the draft

    private int release(List<RuleFile> files, int basedOn) throws CommandFailed, IOException {
        @Nullable JsonNode before = replaceable().orElse(null);
        JsonNode draft = service.putDraft(files, basedOn, before == null ? null : ServedRules.version(before));
        long version = ServedRules.version(draft);
        tell("The draft is what " + place + " holds: " + files.size() + " files, based on release " + basedOn + ".");
        try {
            check(files);
            preview();
            JsonNode release = service.release(version, comment, overridden);
            tell("Made " + ServedRules.name(release) + ".");
            return ServedRules.number(release, "release");
        } catch (CommandFailed e) {
            takeBack(version, before);
            throw e;
        }
    }

    private Optional<JsonNode> replaceable() throws CommandFailed {
        Optional<JsonNode> draft = service.draft();
        if (draft.isPresent() && !replacing) {
            throw failed("There is a draft already" + ServedRules.by(draft.get(), "changedAt")
                    + ". Maybe agree with who made it; --replace-draft puts " + place + " in its place.");
        }
        return draft;
    }

    private void check(List<RuleFile> files) throws CommandFailed, IOException {
        CheckedRules checked = CheckedRules.read(service.check(overridden), files);
        console.say(checked.text(format, place));
        if (!checked.sound()) {
            throw new CommandFailed(CommandFailed.FAULTS, List.of());
        }
    }

    /** What would change for the agents there are now. */
    private void preview() throws CommandFailed {
        JsonNode preview = service.preview();
        StringBuilder statuses = new StringBuilder();
        for (JsonNode change : preview.path("statuses")) {
            statuses.append(statuses.isEmpty() ? "; status: " : ", ")
                    .append(ServedRules.number(change, "agents"))
                    .append(" from ")
                    .append(RunningService.shown(change.path("from").asText()))
                    .append(" to ")
                    .append(RunningService.shown(change.path("to").asText()));
        }
        tell("It would change " + ServedRules.number(preview, "changed") + " of "
                + ServedRules.number(preview, "agents") + " agents" + statuses + ".");
    }

    /** What cannot be undone is told, and does not hide why it had to be. */
    private void takeBack(long version, @Nullable JsonNode before) {
        try {
            if (before == null) {
                service.deleteDraft(version);
                tell("Nothing was released, and the draft was taken back.");
            } else {
                service.putDraft(ServedRules.draft(before).files(), ServedRules.number(before, "basedOn"), version);
                tell("Nothing was released, and the draft has the content again that it had before.");
            }
        } catch (CommandFailed e) {
            console.complain("The draft could not be taken back. Maybe look at it, and whether there is a release:");
            e.lines().forEach(console::complain);
        }
    }

    // --- what concludes

    private void activate(int release) throws CommandFailed {
        if (!activating) {
            tell("It does not conclude yet: rules activate " + release + " makes it.");
            return;
        }
        try {
            RulesActivate.activate(service, release, this::tell);
        } catch (CommandFailed e) {
            console.complain("Release " + release + " is there, and could not be made active:");
            throw e;
        }
    }

    private void tell(String line) {
        Consumer<String> where = format.equals(CheckRulesCommand.TEXT) ? console::say : console::complain;
        where.accept(line);
    }

    private static CommandFailed failed(String line) {
        return new CommandFailed(CommandFailed.FAULTS, line);
    }
}
