package presence.resources;

import static presence.command.ErrorCode.INVALID_ID;
import static presence.command.ErrorCode.INVALID_VALUE;
import static presence.command.ErrorCode.OVERLOADED;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import presence.api.BadInput;
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

    private static final Pattern ETAG = Pattern.compile("\"?([0-9]{1,18})\"?");
    private static final long LONGEST_WAIT_SECONDS = 30;

    private final PresenceLoop loop;

    public CommandGateway(PresenceLoop loop) {
        this.loop = loop;
    }

    /**
     * Runs a command about an agent; {@code If-Match} makes it compare-and-set.
     *
     * @throws Refused if it was refused
     * @throws Unavailable if it could not be taken in
     */
    public Outcome runOnAgent(Command command, HttpHeaders headers) {
        return run(new Envelope(command, idempotencyKey(headers), expectedVersion(headers)));
    }

    /**
     * Runs a command about anything else.
     *
     * @throws Refused if it was refused
     * @throws Unavailable if it could not be taken in
     */
    public Outcome run(Command command, HttpHeaders headers) {
        if (headers.getHeaderString(HttpHeaders.IF_MATCH) != null) {
            throw new BadInput(
                    INVALID_VALUE,
                    "The header If-Match is given; only commands about an agent have a version to match.");
        }
        return run(new Envelope(command, idempotencyKey(headers), null));
    }

    private Outcome run(Envelope envelope) {
        Submission submission = Submission.of(List.of(envelope));
        loop.submit(submission);
        Outcome outcome = await(submission).get(0);
        if (outcome.refused()) {
            throw new Refused(outcome);
        }
        return outcome;
    }

    /** Waits for the outcomes of commands that have been handed in. */
    static List<Outcome> await(Submission submission) {
        try {
            return submission.outcomes().get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Unavailable unavailable) {
                throw unavailable;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new Unavailable(
                    OVERLOADED,
                    "The command was not answered within " + LONGEST_WAIT_SECONDS
                            + " s. It may still be applied; repeated with the same id it is applied once.",
                    5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable(OVERLOADED, "The wait for the command was interrupted.", 5);
        }
    }

    private static @Nullable String idempotencyKey(HttpHeaders headers) {
        String key = headers.getHeaderString(IDEMPOTENCY_KEY);
        if (key != null && !Ids.isId(key)) {
            throw new BadInput(INVALID_ID, "The header " + IDEMPOTENCY_KEY + " is no id; expected " + Ids.FORM + ".");
        }
        return key;
    }

    private static @Nullable Long expectedVersion(HttpHeaders headers) {
        String tag = headers.getHeaderString(HttpHeaders.IF_MATCH);
        if (tag == null || tag.equals("*")) {
            return null;
        }
        Matcher matcher = ETAG.matcher(tag);
        if (!matcher.matches()) {
            throw new BadInput(
                    INVALID_VALUE,
                    "The header If-Match is no version; expected one such as \"5\", the ETag of the agent.");
        }
        return Long.valueOf(matcher.group(1));
    }
}
