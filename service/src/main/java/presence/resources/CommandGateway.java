package presence.resources;

import static presence.command.ErrorCode.INVALID_ID;
import static presence.command.ErrorCode.INVALID_VALUE;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import presence.api.BadInput;
import presence.api.CommandReader;
import presence.api.Ids;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.Outcome;
import presence.loop.PresenceLoop;
import presence.loop.Submission;
import presence.loop.Unavailable;

/** Hands the command of a request to the loop and waits until it is durable and visible. Any thread. */
public final class CommandGateway {
    /** The header with which a caller gives a command an id. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** The header that says who gives a command. */
    public static final String BY = "Command-By";

    /** The header that says why: SELF, SUPERVISOR or API. */
    public static final String CAUSE = "Command-Cause";

    private static final Pattern ETAG = Pattern.compile("\"?([0-9]{1,18})\"?");

    private final PresenceLoop loop;

    public CommandGateway(PresenceLoop loop) {
        this.loop = loop;
    }

    /** The headers of a request, by name; null for one that it has not. */
    @FunctionalInterface
    interface Headers {
        @Nullable String get(String name);
    }

    /**
     * Runs a command about an agent; {@code If-Match} makes it compare-and-set.
     *
     * @throws Refused if it was refused
     * @throws Unavailable if it could not be taken in
     */
    public Outcome runOnAgent(Command command, HttpHeaders headers) {
        return Submission.await(submit(onAgent(command, headers::getHeaderString)));
    }

    /**
     * Runs a command about anything else.
     *
     * @throws Refused if it was refused
     * @throws Unavailable if it could not be taken in
     */
    public Outcome run(Command command, HttpHeaders headers) {
        return Submission.await(submit(onAnything(command, headers::getHeaderString)));
    }

    /** A command about an agent with what the headers say of it. */
    static Envelope onAgent(Command command, Headers headers) {
        return envelope(command, expectedVersion(headers), headers);
    }

    /** A command about anything else with what the headers say of it. */
    static Envelope onAnything(Command command, Headers headers) {
        if (headers.get(HttpHeaders.IF_MATCH) != null) {
            throw new BadInput(
                    INVALID_VALUE,
                    "The header If-Match is given; only commands about an agent have a version to match.");
        }
        return envelope(command, null, headers);
    }

    /** One of many commands that one request gives, with what its headers say of all of them. */
    static Envelope oneOfMany(Command command, Headers headers) {
        if (headers.get(IDEMPOTENCY_KEY) != null) {
            throw new BadInput(
                    INVALID_VALUE,
                    "The header " + IDEMPOTENCY_KEY
                            + " is given; it belongs to one command. Maybe just repeat the request:"
                            + " what is so already is UNCHANGED.");
        }
        return onAnything(command, headers);
    }

    private static Envelope envelope(Command command, @Nullable Long expectedVersion, Headers headers) {
        return new Envelope(
                command,
                id(IDEMPOTENCY_KEY, headers),
                expectedVersion,
                id(BY, headers),
                CommandReader.cause(headers.get(CAUSE)));
    }

    /**
     * Hands in a command without waiting for it.
     *
     * @return its outcome, on the loop's thread, which is not to be kept; or {@link Refused}, or {@link Unavailable}
     * @throws Unavailable if it could not be taken in
     */
    CompletableFuture<Outcome> submit(Envelope envelope) {
        Submission submission = Submission.of(List.of(envelope));
        loop.submit(submission);
        return submission.answers().thenApply(outcomes -> {
            Outcome outcome = outcomes.get(0);
            if (outcome.refused()) {
                throw new Refused(outcome);
            }
            return outcome;
        });
    }

    /**
     * Runs commands together, refused ones among them, and waits.
     *
     * @return an outcome for each
     * @throws Unavailable if they could not be taken in
     */
    List<Outcome> runTogether(List<Envelope> envelopes) {
        Submission submission = Submission.of(envelopes);
        loop.submit(submission);
        return Submission.await(submission.answers());
    }

    private static @Nullable String id(String header, Headers headers) {
        String id = headers.get(header);
        if (id != null && !Ids.isId(id)) {
            throw new BadInput(INVALID_ID, "The header " + header + " is no id; expected " + Ids.FORM + ".");
        }
        return id;
    }

    /** Who gives the command; null if nobody says. */
    static @Nullable String by(Headers headers) {
        return id(BY, headers);
    }

    /** The version that {@code If-Match} names; null for any. */
    static @Nullable Long expectedVersion(Headers headers) {
        String tag = headers.get(HttpHeaders.IF_MATCH);
        if (tag == null || tag.equals("*")) {
            return null;
        }
        Matcher matcher = ETAG.matcher(tag);
        if (!matcher.matches()) {
            throw new BadInput(
                    INVALID_VALUE,
                    "The header If-Match is no version; expected one such as \"5\", the ETag of what is changed.");
        }
        return Long.valueOf(matcher.group(1));
    }
}
