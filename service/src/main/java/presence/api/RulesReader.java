package presence.api;

import static presence.command.ErrorCode.INVALID_VALUE;
import static presence.command.ErrorCode.MISSING_FIELD;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import presence.engine.RuleFile;
import presence.engine.RuleFiles;
import presence.engine.RuleLimits;
import presence.engine.Suggestion;
import presence.proof.Promise;
import presence.scenario.Depth;

/** Reads what analysts send: drafts and what to release. Thread-safe. */
public final class RulesReader {
    /** The most files of a draft: of rules, and as many of scenarios. */
    public static final int MOST_FILES = 2 * RuleLimits.FILES;

    private static final int LONGEST_TEXT = 1_000_000;
    private static final int LONGEST_COMMENT = 1_000;
    private static final int MOST_PROMISES = 100;
    private static final Pattern PATH = Pattern.compile(
            RuleFiles.PATH + "(?:" + Pattern.quote(RuleFiles.RULES) + "|" + Pattern.quote(RuleFiles.SCENARIOS) + ")");

    private RulesReader() {}

    /**
     * A draft as it is put.
     *
     * @param files its files
     * @param basedOn the release it was begun from; null for the one that is active
     */
    public record DraftBody(List<RuleFile> files, @Nullable Integer basedOn) {}

    /**
     * What to release.
     *
     * @param comment what for
     * @param overridePromises the promises of the product that it may break
     */
    public record ReleaseBody(String comment, Set<Promise> overridePromises) {}

    /**
     * Files to be checked.
     *
     * @param depth how far
     * @param overridePromises the promises of the product that they may break
     */
    public record CheckBody(List<RuleFile> files, Depth depth, Set<Promise> overridePromises) {}

    /** Reads files to be checked. */
    public static CheckBody checkFiles(JsonNode body) {
        Fields fields = new Fields(body);
        List<RuleFile> files = files(fields, body.get("files"));
        Depth depth = fields.optionalOneOf("depth", Depth.class);
        Set<Promise> promises = promises(fields, body.get("overridePromises"));
        fields.check();
        return new CheckBody(files, depth == null ? Depth.PROOF : depth, promises);
    }

    /** Reads a draft. */
    public static DraftBody draft(JsonNode body) {
        Fields fields = new Fields(body);
        List<RuleFile> files = files(fields, body.get("files"));
        Integer basedOn = fields.optionalWhole("basedOn", 0, Integer.MAX_VALUE);
        fields.check();
        return new DraftBody(files, basedOn);
    }

    private static List<RuleFile> files(Fields fields, @Nullable JsonNode list) {
        if (!fields.has("files") || list == null) {
            fields.fault("files", MISSING_FIELD, "The field 'files' is missing; expected a list of files.");
            return List.of();
        }
        if (!list.isArray() || list.isEmpty() || list.size() > MOST_FILES) {
            fields.fault(
                    "files",
                    INVALID_VALUE,
                    "Expected a list of 1 to " + MOST_FILES + " files, each with its path and text.");
            return List.of();
        }
        List<RuleFile> files = new ArrayList<>();
        Set<String> paths = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode file = list.get(i);
            JsonNode path = file.get("path");
            JsonNode text = file.get("text");
            if (path == null || !path.isTextual() || text == null || !text.isTextual() || file.size() != 2) {
                fields.fault("files", i, INVALID_VALUE, "Expected an object with 'path' and 'text', and nothing else.");
            } else if (!PATH.matcher(path.textValue()).matches()) {
                fields.fault(
                        "files",
                        i,
                        INVALID_VALUE,
                        "The path is '" + Fields.cut(path.textValue())
                                + "'; expected one below the rules folder that ends in .drl or .scenarios.yml, such as"
                                + " status/status.drl: folders of small letters, digits and _, five within one another"
                                + " at most, and a name of letters, digits, ., _ and -.");
            } else if (!paths.add(path.textValue())) {
                fields.fault("files", i, INVALID_VALUE, "The path '" + path.textValue() + "' is there twice.");
            } else if (text.textValue().length() > LONGEST_TEXT) {
                fields.fault("files", i, INVALID_VALUE, "The text has more than " + LONGEST_TEXT + " characters.");
            } else {
                files.add(new RuleFile(path.textValue(), text.textValue()));
            }
        }
        return files;
    }

    /** Reads what to release. */
    public static ReleaseBody release(JsonNode body) {
        Fields fields = new Fields(body);
        String comment = fields.text("comment", LONGEST_COMMENT);
        Set<Promise> promises = promises(fields, body.get("overridePromises"));
        fields.check();
        return new ReleaseBody(comment, promises);
    }

    /** Reads what may be said with a check; a check of nothing in particular has no body. */
    public static Set<Promise> check(@Nullable JsonNode body) {
        if (body == null) {
            return Set.of();
        }
        Fields fields = new Fields(body);
        Set<Promise> promises = promises(fields, body.get("overridePromises"));
        fields.check();
        return promises;
    }

    private static Set<Promise> promises(Fields fields, @Nullable JsonNode list) {
        if (!fields.has("overridePromises") || list == null) {
            return Set.of();
        }
        if (!list.isArray() || list.size() > MOST_PROMISES) {
            fields.fault(
                    "overridePromises",
                    INVALID_VALUE,
                    "Expected a list of ids of promises, " + MOST_PROMISES + " at most.");
            return Set.of();
        }
        Set<Promise> promises = EnumSet.noneOf(Promise.class);
        for (int i = 0; i < list.size(); i++) {
            String id = list.get(i).asText();
            Optional<Promise> promise = Promise.withId(id);
            if (promise.isPresent()) {
                promises.add(promise.get());
            } else {
                fields.fault(
                        "overridePromises",
                        i,
                        INVALID_VALUE,
                        "There is no promise '" + Fields.cut(id) + "'; expected one of " + Promise.ids() + "."
                                + Suggestion.maybe(Fields.cut(id), Promise.ids()));
            }
        }
        return promises;
    }
}
