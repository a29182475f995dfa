package presence.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import presence.cli.RunningService.Answer;
import presence.engine.RuleFile;

/** The releases of the rules and the draft of the next, in a service that runs. */
final class RulesService {
    private static final String DRAFT = "/v1/rules/draft";
    private static final String RELEASES = "/v1/rules/releases";

    private final RunningService service;

    RulesService(RunningService service) {
        this.service = service;
    }

    /** The release that is active, with its files. */
    JsonNode active() throws CommandFailed {
        return ask("GET", "/v1/rules", null, null, 200);
    }

    /** A release, with its files. */
    JsonNode release(int number) throws CommandFailed {
        return ask("GET", RELEASES + "/" + number, null, null, 200);
    }

    /** The release that was made last, without its files. */
    JsonNode newest() throws CommandFailed {
        return ask("GET", RELEASES + "?limit=1", null, null, 200)
                .path("releases")
                .path(0);
    }

    /** The draft; empty if there is none. */
    Optional<JsonNode> draft() throws CommandFailed {
        Answer answer = service.ask("GET", DRAFT, null, null);
        return answer.status() == 404 && answer.is("UNKNOWN_DRAFT")
                ? Optional.empty()
                : Optional.of(service.expect(answer, 200));
    }

    /**
     * Puts the draft.
     *
     * @param version the version that is replaced; null if there is none
     */
    JsonNode putDraft(List<RuleFile> files, int basedOn, @Nullable Long version) throws CommandFailed {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("basedOn", basedOn);
        ArrayNode list = body.putArray("files");
        files.forEach(file -> list.addObject().put("path", file.path()).put("text", file.text()));
        return ask("PUT", DRAFT, body, version, 200);
    }

    void deleteDraft(long version) throws CommandFailed {
        ask("DELETE", DRAFT, null, version, 204);
    }

    /** What is wrong with the draft. */
    JsonNode check(List<String> overridden) throws CommandFailed {
        return ask("POST", DRAFT + "/check", overriding(overridden), null, 200);
    }

    /** What the draft would change now. */
    JsonNode preview() throws CommandFailed {
        return ask("POST", DRAFT + "/preview?limit=1", null, null, 200);
    }

    /** Makes a release of this version of the draft. */
    JsonNode release(long version, String comment, List<String> overridden) throws CommandFailed {
        return ask("POST", RELEASES, overriding(overridden).put("comment", comment), version, 201);
    }

    /** Makes a release conclude. */
    JsonNode activate(int number) throws CommandFailed {
        return ask("POST", RELEASES + "/" + number + "/activate", null, null, 200);
    }

    private static ObjectNode overriding(List<String> promises) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode list = body.putArray("overridePromises");
        promises.forEach(list::add);
        return body;
    }

    private JsonNode ask(String method, String path, @Nullable JsonNode body, @Nullable Long version, int status)
            throws CommandFailed {
        return service.expect(service.ask(method, path, body, version), status);
    }
}
