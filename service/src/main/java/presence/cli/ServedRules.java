package presence.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import presence.api.BadInput;
import presence.api.RulesReader;
import presence.engine.RuleBook;
import presence.engine.RuleFile;

/**
 * A set of rules as a service gives it, checked before anything is done with it.
 *
 * @param name what it is called in messages
 * @param files its files
 */
record ServedRules(String name, List<RuleFile> files) {

    /**
     * Reads a release.
     *
     * @throws CommandFailed if it is none, or its files are not those that were released
     */
    static ServedRules release(JsonNode document) throws CommandFailed {
        List<RuleFile> files = files(document);
        String name = name(document);
        if (!RuleBook.hash(files).equals(document.path("hash").textValue())) {
            throw failed(
                    "What came is not " + name + ": its files have another hash. Maybe it was changed on the way.");
        }
        return new ServedRules(name, files);
    }

    /**
     * Reads a draft.
     *
     * @throws CommandFailed if it is none
     */
    static ServedRules draft(JsonNode document) throws CommandFailed {
        return new ServedRules("the draft" + by(document, "changedAt"), files(document));
    }

    /** {@code release 7, by 'ann' at 2026-03-02T08:00:00.000Z: what for}. */
    static String name(JsonNode document) throws CommandFailed {
        int number = number(document, "release");
        return number == 0
                ? "release 0, the rules that the program or its settings bring"
                : "release " + number + by(document, "releasedAt") + ": "
                        + RunningService.shown(document.path("comment").asText());
    }

    /** Who and when, with a comma before; what is not known is left out. */
    static String by(JsonNode document, String at) {
        String author = document.path("author").asText();
        String time = document.path(at).asText();
        return (author.isEmpty() ? "" : ", by '" + RunningService.shown(author) + "'")
                + (time.isEmpty() ? "" : (author.isEmpty() ? ", of " : " at ") + RunningService.shown(time));
    }

    /** A whole number, 0 or more, of an answer. */
    static int number(JsonNode document, String field) throws CommandFailed {
        JsonNode number = document.path(field);
        if (!number.isInt() || number.intValue() < 0) {
            throw failed("The service's answer has no number '" + field + "'. Maybe it is of another version than this"
                    + " program.");
        }
        return number.intValue();
    }

    /** The version of a draft. */
    static long version(JsonNode draft) throws CommandFailed {
        JsonNode version = draft.path("version");
        if (!version.isIntegralNumber() || !version.canConvertToLong()) {
            throw failed("The service's answer has no 'version' of the draft. Maybe it is of another version than this"
                    + " program.");
        }
        return version.longValue();
    }

    /** Paths from elsewhere are held to the form that the service holds them to: none leads out of a folder. */
    private static List<RuleFile> files(JsonNode document) throws CommandFailed {
        try {
            return RulesReader.draft(JsonNodeFactory.instance.objectNode().set("files", document.path("files")))
                    .files();
        } catch (BadInput e) {
            throw new CommandFailed(
                    CommandFailed.FAULTS,
                    e.faults().stream()
                            .map(fault -> "The service's files cannot be kept in a folder: "
                                    + RunningService.shown(fault.pointer() + ": " + fault.detail()))
                            .toList());
        }
    }

    private static CommandFailed failed(String line) {
        return new CommandFailed(CommandFailed.FAULTS, line);
    }
}
