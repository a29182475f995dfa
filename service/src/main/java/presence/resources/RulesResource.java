package presence.resources;

import static presence.command.ErrorCode.INVALID_VALUE;
import static presence.command.ErrorCode.PREVIEW_GONE;
import static presence.command.ErrorCode.UNKNOWN_DRAFT;
import static presence.command.ErrorCode.UNKNOWN_RELEASE;
import static presence.command.ErrorCode.VERSION_MISMATCH;

import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import presence.api.BadInput;
import presence.api.Instants;
import presence.api.RulesReader;
import presence.api.RulesReader.CheckBody;
import presence.api.RulesReader.DraftBody;
import presence.api.RulesReader.ReleaseBody;
import presence.api.RulesReportDocument;
import presence.command.ErrorCode;
import presence.command.Outcome;
import presence.loop.PresenceLoop;
import presence.proof.Promise;
import presence.records.RulesRecords.ActivationRow;
import presence.rulebook.Activation;
import presence.rulebook.Draft;
import presence.rulebook.Preview;
import presence.rulebook.Release;
import presence.rulebook.Releases;
import presence.rulebook.RuleDiff;
import presence.rulebook.Rulebook;
import presence.rulebook.Workshop;
import presence.scenario.RulesReport;

/** The rules: which conclude, their releases, and the draft of the next. */
@Path("/v1/rules")
@Produces(MediaType.APPLICATION_JSON)
public final class RulesResource {
    private static final Logger LOG = LoggerFactory.getLogger(RulesResource.class);

    private static final int USUAL_PAGE = 20;
    private static final int LARGEST_PAGE = 100;
    private static final int USUAL_CHANGES = 100;
    private static final int MOST_CHANGES = 1_000;
    private static final Pattern CURSOR = Pattern.compile("([0-9a-f-]{36})\\.([0-9]{1,9})");

    private final Releases releases;
    private final Rulebook rulebook;
    private final Activation activation;
    private final Workshop workshop;
    private final PresenceLoop loop;

    public RulesResource(
            Releases releases, Rulebook rulebook, Activation activation, Workshop workshop, PresenceLoop loop) {
        this.releases = releases;
        this.rulebook = rulebook;
        this.activation = activation;
        this.workshop = workshop;
        this.loop = loop;
    }

    // --- what concludes

    /** The release that is active, with its rules; and what concludes in its place, if it cannot be used. */
    @GET
    public Response active() {
        PresenceLoop.Released released = loop.released();
        Release release = known(released.release().number());
        return Answer.ok(json -> {
            json.writeStartObject();
            RulesDocument.summary(json, release, true);
            json.writeStringField("rulesRelease", released.name());
            standIn(json, released);
            RulesDocument.rules(json, released.rules().rules());
            RulesDocument.files(json, release.files());
            json.writeEndObject();
        });
    }

    private void standIn(JsonGenerator json, PresenceLoop.Released released) throws IOException {
        Optional<Rulebook.Fault> fault = rulebook.fault(released.release());
        if (fault.isPresent()) {
            json.writeObjectFieldStart("standIn");
            json.writeNumberField("release", fault.get().standIn());
            json.writeStringField("reason", fault.get().reason());
            json.writeEndObject();
        }
    }

    // --- releases

    /** The releases, the newest first, a page at a time. */
    @GET
    @Path("releases")
    public Response list(@Context UriInfo uri) {
        QueryParameters query = new QueryParameters(uri, "limit", "before");
        int limit = query.whole("limit", USUAL_PAGE, 1, LARGEST_PAGE);
        int before = query.whole("before", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
        int active = loop.released().release().number();
        List<Release> found = records(() -> releases.list(before, limit + 1));
        List<ActivationRow> activations = records(() -> releases.activations(LARGEST_PAGE));
        boolean last = found.size() <= limit;
        List<Release> page = last
                ? Stream.concat(found.stream(), Stream.of(releases.program())).toList()
                : found.subList(0, limit);
        return Answer.ok(json -> RulesDocument.list(json, page, active, last, activations));
    }

    @GET
    @Path("releases/{release}")
    public Response get(@PathParam("release") String number) {
        Release release = known(number);
        return Answer.ok(json -> write(json, release));
    }

    private void write(JsonGenerator json, Release release) throws IOException {
        json.writeStartObject();
        RulesDocument.summary(
                json, release, release.number() == loop.released().release().number());
        if (!release.report().isEmpty()) {
            json.writeFieldName("report");
            json.writeRawValue(release.report());
        }
        RulesDocument.files(json, release.files());
        json.writeEndObject();
    }

    /** What differs between two releases, rule by rule. */
    @GET
    @Path("releases/{release}/diff/{other}")
    public Response diff(@PathParam("release") String from, @PathParam("other") String to) {
        RuleDiff diff = RuleDiff.between(known(from).files(), known(to).files());
        return Answer.ok(json -> RulesDocument.diff(json, from, to, diff));
    }

    /** Makes a release of the draft, if the check finds nothing. It does not conclude before it is activated. */
    @POST
    @Path("releases")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response release(@Nullable RequestBody body, @Context HttpHeaders headers) {
        ReleaseBody wanted = RulesReader.release(RequestBody.json(body));
        Draft draft = expectedDraft(headers);
        RulesReport report = workshop.require(draft.files(), wanted.overridePromises());
        String text = new String(Answer.bytes(json -> RulesReportDocument.write(json, report)), StandardCharsets.UTF_8);
        Release release = records(() -> releases.release(
                        draft, author(headers), wanted.comment(), ids(wanted.overridePromises()), number -> text))
                .orElseThrow(() -> changed(draft.version()));
        LOG.info("Release {} of the rules was made by {}: {}", release.number(), release.author(), release.comment());
        return Response.fromResponse(Answer.ok(json -> write(json, release)))
                .status(Response.Status.CREATED)
                .location(URI.create("/v1/rules/releases/" + release.number()))
                .build();
    }

    /** Makes a release conclude: a new one, or one that did before. */
    @POST
    @Path("releases/{release}/activate")
    public Response activate(@PathParam("release") String number, @Context HttpHeaders headers) {
        Release release = known(number);
        if (release.number() > 0 && !release.named().equals(loop.released().release())) {
            // What was sound for an earlier version of the program need not be for this one.
            workshop.require(release.files(), promises(release.overridden()));
        }
        Activation.Activated activated = activation.activate(release, author(headers));
        PresenceLoop.Released released = loop.released();
        return Answer.ok(json -> {
            json.writeStartObject();
            json.writeNumberField("release", released.release().number());
            json.writeStringField("rulesRelease", released.name());
            json.writeBooleanField("changed", activated.changed());
            json.writeNumberField("decidedAgain", activated.decidedAgain());
            json.writeEndObject();
        });
    }

    /** What is wrong with files that lie nowhere: for editors, which ask while somebody types. */
    @POST
    @Path("check")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response checkFiles(@Nullable RequestBody body) {
        CheckBody wanted = RulesReader.checkFiles(RequestBody.json(body));
        RulesReport report = workshop.check(wanted.files(), wanted.overridePromises(), wanted.depth());
        return Answer.ok(json -> RulesReportDocument.writeWithExamples(json, report));
    }

    // --- the draft

    @GET
    @Path("draft")
    public Response draft() {
        return draft(knownDraft());
    }

    private static Response draft(Draft draft) {
        return Response.fromResponse(Answer.ok(json -> RulesDocument.draft(json, draft)))
                .tag(Long.toString(draft.version()))
                .build();
    }

    /** Begins a draft, or changes it: then {@code If-Match} names the version that is changed. */
    @PUT
    @Path("draft")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(@Nullable RequestBody body, @Context HttpHeaders headers) {
        DraftBody wanted = RulesReader.draft(RequestBody.json(body));
        Long version = CommandGateway.expectedVersion(headers::getHeaderString);
        Integer basedOn = wanted.basedOn();
        int base = basedOn == null ? loop.released().release().number() : basedOn;
        if (records(() -> releases.find(base)).isEmpty()) {
            throw new Refused(
                    Outcome.refused(UNKNOWN_RELEASE, "There is no release " + base + " of the rules.", "/basedOn"));
        }
        return draft(records(() ->
                        releases.replaceDraft(wanted.files(), base, author(headers), version == null ? 0 : version))
                .orElseThrow(() -> changed(version)));
    }

    @DELETE
    @Path("draft")
    public Response delete(@Context HttpHeaders headers) {
        Draft draft = expectedDraft(headers);
        if (!records(() -> releases.deleteDraft(draft.version()))) {
            throw changed(draft.version());
        }
        return Response.noContent().build();
    }

    /** What is wrong with the draft: the same that {@code check-rules} says. */
    @POST
    @Path("draft/check")
    public Response check(@Nullable RequestBody body) {
        RulesReport report = workshop.check(knownDraft().files(), RulesReader.check(RequestBody.optionalJson(body)));
        return Answer.ok(json -> RulesReportDocument.writeWithExamples(json, report));
    }

    /** What differs between the draft and the release that is active. */
    @GET
    @Path("draft/diff")
    public Response draftDiff() {
        Release active = known(loop.released().release().number());
        RuleDiff diff = RuleDiff.between(active.files(), knownDraft().files());
        return Answer.ok(json -> RulesDocument.diff(json, Integer.toString(active.number()), "draft", diff));
    }

    /** What the draft would change for the agents as they are now; with a cursor the next page of what was found last. */
    @POST
    @Path("draft/preview")
    public Response preview(@Context UriInfo uri) {
        QueryParameters query = new QueryParameters(uri, "limit", "cursor");
        int limit = query.whole("limit", USUAL_CHANGES, 1, MOST_CHANGES);
        String cursor = query.text("cursor", 64);
        if (cursor != null) {
            Matcher matcher = CURSOR.matcher(cursor);
            if (!matcher.matches()) {
                throw new BadInput(INVALID_VALUE, "The parameter 'cursor' is none that a preview has given.");
            }
            Preview earlier = workshop.preview(matcher.group(1))
                    .orElseThrow(
                            () -> refused(PREVIEW_GONE, "There is a newer preview; ask for the first page again."));
            return Answer.ok(json -> RulesDocument.preview(json, earlier, Integer.parseInt(matcher.group(2)), limit));
        }
        Preview preview = workshop.preview(knownDraft().files(), loop.index());
        return Answer.ok(json -> RulesDocument.preview(json, preview, 0, limit));
    }

    // --- what goes wrong

    private Release known(String number) {
        try {
            return known(Integer.parseInt(number));
        } catch (NumberFormatException e) {
            throw new BadInput(INVALID_VALUE, "A release is named by its number, such as 7; found '" + number + "'.");
        }
    }

    private Release known(int number) {
        return records(() -> releases.find(number))
                .orElseThrow(() -> refused(UNKNOWN_RELEASE, "There is no release " + number + " of the rules."));
    }

    private Draft knownDraft() {
        return records(releases::draft)
                .orElseThrow(() -> refused(UNKNOWN_DRAFT, "There is no draft of the rules. Maybe it was released."));
    }

    private Draft expectedDraft(HttpHeaders headers) {
        Draft draft = knownDraft();
        Long version = CommandGateway.expectedVersion(headers::getHeaderString);
        if (version != null && version != draft.version()) {
            throw changed(version);
        }
        return draft;
    }

    private Refused changed(@Nullable Long expected) {
        Optional<Draft> found = records(releases::draft);
        return refused(
                VERSION_MISMATCH,
                (found.isEmpty()
                                ? "There is no draft any more"
                                : "The draft has version " + found.get().version()
                                        + (found.get().author().isEmpty()
                                                ? ""
                                                : ", by '" + found.get().author() + "'")
                                        + ", of "
                                        + Instants.text(found.get().changedAt()))
                        + "; expected "
                        + (expected == null
                                ? "the header If-Match with the version that is to be replaced."
                                : "version " + expected + "."));
    }

    private static Refused refused(ErrorCode code, String detail) {
        return new Refused(Outcome.refused(code, detail));
    }

    private static List<String> ids(Set<Promise> promises) {
        return promises.stream().map(Promise::id).sorted().toList();
    }

    /** A promise that this version of the program does not make needs not be kept. */
    private static Set<Promise> promises(List<String> ids) {
        return ids.stream().flatMap(id -> Promise.withId(id).stream()).collect(Collectors.toSet());
    }

    private static String author(HttpHeaders headers) {
        String by = CommandGateway.by(headers::getHeaderString);
        return by == null ? "" : by;
    }

    private static <T> T records(Records.Question<T> question) {
        return Records.ask(question, "What is kept of the rules cannot be reached now.");
    }
}
