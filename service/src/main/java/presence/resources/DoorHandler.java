package presence.resources;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import presence.command.ErrorCode;
import presence.door.Door;
import presence.door.Door.Decision;
import presence.door.Passage;
import presence.door.Principal;

/**
 * Asks the door before anything else is done with a request. Who was let in is an attribute of the request, named as the
 * class {@link Principal}; as whom its commands are noted is in the headers, whatever the caller had put there. What has to
 * be written down is on disk before the answer is sent.
 */
public final class DoorHandler extends Handler.Wrapper {
    private static final Logger LOG = LoggerFactory.getLogger(DoorHandler.class);
    private static final String STAY = "presence.stay";
    private static final String CHALLENGE = "Bearer realm=\"presence\"";

    /** The most of a refused request's body that is read, so that its connection can be used on. */
    private static final long READ_ON_BYTES = 64 << 10;

    private final Door door;

    public DoorHandler(Door door) {
        this.door = door;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Passage passage = passage(request);
        Decision decision = door.enter(passage);
        if (decision instanceof Decision.Refused refused) {
            refuse(refused, request, response, callback);
            return true;
        }
        Principal principal = ((Decision.Admitted) decision).principal();
        if (principal == null) {
            return super.handle(request, response, callback);
        }
        request.setAttribute(Principal.class.getName(), principal);
        request.setAttribute(STAY, (BooleanSupplier) () -> door.stillKnows(passage));
        Response answer = door.writesDown(principal, passage)
                ? new WrittenDown(request, response, door, principal, passage)
                : response;
        return super.handle(signed(request, principal), answer, callback);
    }

    /** Programs, which have the header, pay nothing for browsers. */
    private static Passage passage(Request request) {
        String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        return new Passage(
                request.getMethod(),
                Request.getPathInContext(request),
                String.valueOf(request.getHttpURI().getPath()),
                agents(request),
                past(request),
                authorization,
                authorization == null ? Browsers.session(request) : null,
                authorization == null ? Browsers.site(request) : Passage.Site.UNSAID,
                Request.getRemoteAddr(request));
    }

    /** Every agent that the query asks about. */
    private static List<String> agents(Request request) {
        String query = request.getHttpURI().getQuery();
        return query == null || !query.contains("agent")
                ? List.of()
                : Request.extractQueryParameters(request).getValuesOrEmpty("agent");
    }

    /** Whether the query has {@code at}, however that is spelt. */
    private static boolean past(Request request) {
        String query = request.getHttpURI().getQuery();
        return query != null
                && (query.contains("at") || query.indexOf('%') >= 0)
                && Request.extractQueryParameters(request).get("at") != null;
    }

    /** Whether who asked may go on listening to an answer that has no end. */
    static boolean mayStay(Request request) {
        return !(request.getAttribute(STAY) instanceof BooleanSupplier stay) || stay.getAsBoolean();
    }

    private static Request signed(Request request, Principal principal) {
        String signature = principal.signature();
        if (signature != null) {
            HttpFields headers = HttpFields.build(request.getHeaders())
                    .put(CommandGateway.BY, signature)
                    .remove(CommandGateway.CAUSE)
                    .asImmutable();
            return new Signed(request, headers);
        }
        String usual = principal.usualSignature();
        if (usual == null || request.getHeaders().contains(CommandGateway.BY)) {
            return request;
        }
        return new Signed(
                request,
                HttpFields.build(request.getHeaders())
                        .put(CommandGateway.BY, usual)
                        .asImmutable());
    }

    /** A request whose headers say whose it is. */
    private static final class Signed extends Request.Wrapper {
        private final HttpFields headers;

        private Signed(Request request, HttpFields headers) {
            super(request);
            this.headers = headers;
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }
    }

    /** An answer that is held back until what was done is written down. */
    private static final class WrittenDown extends Response.Wrapper {
        private final Door door;
        private final Principal principal;
        private final Passage passage;
        private boolean noted;

        private WrittenDown(Request request, Response response, Door door, Principal principal, Passage passage) {
            super(request, response);
            this.door = door;
            this.principal = principal;
            this.passage = passage;
        }

        @Override
        public void write(boolean last, @Nullable ByteBuffer content, Callback callback) {
            // With its first bytes the caller may have all of an answer, though its end is said later.
            if (noted) {
                super.write(last, content, callback);
                return;
            }
            noted = true;
            CompletableFuture<Void> written = door.done(principal, passage, getStatus());
            var unused = written.whenComplete((none, failure) -> {
                if (failure != null) {
                    LOG.warn("Answered before it was written down: {} by {}.", passage, principal.name());
                }
                super.write(last, content, callback);
            });
        }
    }

    /** @param hadToken whether something was brought to show who it is */
    static jakarta.ws.rs.core.Response problem(ErrorCode code, String detail, int retryAfterSeconds, boolean hadToken) {
        return switch (code) {
            case UNAUTHENTICATED ->
                Problem.unauthenticated(detail, hadToken ? CHALLENGE + ", error=\"invalid_token\"" : CHALLENGE);
            case RATE_LIMITED, OVERLOADED -> Problem.retryLater(code, detail, retryAfterSeconds);
            default -> Problem.of(code, detail);
        };
    }

    static void refuse(Decision.Refused refused, Request request, Response response, Callback callback) {
        jakarta.ws.rs.core.Response problem =
                problem(refused.code(), refused.detail(), refused.retryAfterSeconds(), refused.hadToken());
        if (!refused.methods().isEmpty()) {
            response.getHeaders().put(HttpHeader.ALLOW, String.join(", ", refused.methods()));
        }
        if (request.getLength() > READ_ON_BYTES || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            CommandHandler.answer(problem, request, response, callback);
        } else {
            Content.Source.consumeAll(
                    request, Callback.from(() -> CommandHandler.answer(problem, request, response, callback)));
        }
    }
}
