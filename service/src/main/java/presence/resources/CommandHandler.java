package presence.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import presence.api.CommandReader;
import presence.api.Ids;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.Outcome;

/**
 * Takes the commands that come all day, ready or not, profiles, conversations and offers, ahead of the framework, and keeps
 * no thread waiting until they are durable. They are the resources' own commands and answers; whatever is unusual about a
 * request is left to the resources.
 */
public final class CommandHandler extends Handler.Wrapper {
    private static final String AGENTS = "/v1/agents/";
    private static final String CONVERSATIONS = "/v1/conversations/";
    private static final String OFFERS = "/v1/offers";
    private static final int LARGEST_BODY = 16 << 10;
    private static final byte[] NOTHING = {};

    private final CommandGateway commands;
    private final OfferResource offers;
    private final Executor steps;
    private final ProblemMapper problems = new ProblemMapper();

    /** What is usual, by method and address with a blank between them; the id in the address left out. */
    private final Map<String, Form> forms;

    /** @param steps runs what is to be done when the loop has answered */
    public CommandHandler(
            CommandGateway commands,
            AgentResource agents,
            ConversationResource conversations,
            OfferResource offers,
            Executor steps) {
        this.commands = commands;
        this.offers = offers;
        this.steps = steps;
        Answering agent = (id, outcome) -> agents.document(id);
        Answering conversation = (id, outcome) -> conversations.after(id);
        Answering offer = (id, outcome) -> offers.get(id);
        forms = Map.of(
                "PUT " + AGENTS + "/readiness",
                new Form(Body.NEEDED, true, CommandReader::readiness, agent),
                "PUT " + AGENTS + "/profile",
                new Form(Body.NEEDED, true, CommandReader::selectProfile, agent),
                "PUT " + CONVERSATIONS,
                new Form(Body.NEEDED, false, CommandReader::startConversation, conversation),
                "POST " + CONVERSATIONS + "/end",
                new Form(Body.NONE, false, (id, none) -> new Command.EndConversation(id), conversation),
                "POST " + CONVERSATIONS + "/handled",
                new Form(Body.NONE, false, (id, none) -> new Command.HandleConversation(id), conversation),
                "POST " + OFFERS,
                new Form(
                        Body.NEEDED,
                        false,
                        (none, body) -> CommandReader.makeOffer(body),
                        (id, outcome) -> OfferResource.made(outcome)),
                "POST " + OFFERS + "//accept",
                new Form(Body.NONE, false, (id, none) -> new Command.AcceptOffer(id, null), offer),
                "POST " + OFFERS + "//reject",
                new Form(Body.NONE, false, (id, none) -> new Command.RejectOffer(id, null), offer),
                "POST " + OFFERS + "//withdraw",
                new Form(Body.NONE, false, (id, none) -> new Command.WithdrawOffer(id), offer));
    }

    private enum Body {
        NEEDED,
        NONE
    }

    /** Answers a command that was not refused, about what has this id. */
    @FunctionalInterface
    private interface Answering {
        jakarta.ws.rs.core.Response answer(String id, Outcome outcome);
    }

    /** What is usual for an address. */
    private record Form(Body body, boolean onAgent, BiFunction<String, JsonNode, Command> reader, Answering answering) {
        /** Whether the body is as usual, as far as the headers tell. */
        boolean fits(Request request) {
            long length = request.getLength();
            return body == Body.NEEDED
                    ? length > 0
                            && length <= LARGEST_BODY
                            && "application/json".equals(request.getHeaders().get(HttpHeader.CONTENT_TYPE))
                    : length <= 0 && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        }
    }

    /** A usual request. */
    private record Usual(Form form, String id) {
        Envelope envelope(Request request, byte[] body) {
            JsonNode json =
                    form.body == Body.NEEDED ? CommandReader.json(body, 0, body.length) : MissingNode.getInstance();
            Command command = form.reader.apply(id, json);
            CommandGateway.Headers headers = request.getHeaders()::get;
            return form.onAgent
                    ? CommandGateway.onAgent(command, headers)
                    : CommandGateway.onAnything(command, headers);
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Usual usual = usual(request);
        if (usual == null) {
            return super.handle(request, response, callback);
        }
        var unused = Content.Source.asByteArrayAsync(request, LARGEST_BODY).whenComplete((body, failure) -> {
            if (failure == null) {
                run(usual, request, body, response, callback);
            } else {
                // What is left of the body may still come.
                response.getHeaders().put(HttpHeader.CONNECTION, "close");
                answer(problem(failure), request, response, callback);
            }
        });
        return true;
    }

    private @Nullable Usual usual(Request request) {
        String path = Request.getPathInContext(request);
        int from = path.startsWith(AGENTS)
                ? AGENTS.length()
                : path.startsWith(CONVERSATIONS)
                        ? CONVERSATIONS.length()
                        : path.startsWith(OFFERS + "/")
                                ? OFFERS.length() + 1
                                : path.equals(OFFERS) ? path.length() : -1;
        if (from < 0) {
            return null;
        }
        int slash = path.indexOf('/', from);
        int to = slash < 0 ? path.length() : slash;
        String id = path.substring(from, to);
        Form form = forms.get(request.getMethod() + " " + path.substring(0, from) + path.substring(to));
        if (form == null || (from < path.length() && !Ids.isId(id)) || !JsonAccepted.by(request)) {
            return null;
        }
        return form.fits(request) ? new Usual(form, id) : null;
    }

    private void run(Usual usual, Request request, byte[] body, Response response, Callback callback) {
        try {
            Envelope envelope = usual.envelope(request, body);
            var unused = commands.submit(envelope)
                    .handleAsync(
                            (outcome, failure) ->
                                    failure == null ? answered(usual, outcome) : failed(envelope.command(), failure),
                            steps)
                    .thenAccept(answer -> answer(answer, request, response, callback));
        } catch (RuntimeException e) {
            answer(problem(e), request, response, callback);
        }
    }

    private jakarta.ws.rs.core.Response answered(Usual usual, Outcome outcome) {
        try {
            return usual.form.answering.answer(usual.id, outcome);
        } catch (RuntimeException e) {
            return problem(e);
        }
    }

    private jakarta.ws.rs.core.Response failed(Command command, Throwable failure) {
        return command instanceof Command.MakeOffer offer && failure.getCause() instanceof Refused refused
                ? offers.notMade(offer, refused)
                : problem(failure);
    }

    private jakarta.ws.rs.core.Response problem(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return problems.toResponse(cause);
    }

    /** Writes an answer that is ready as bytes. */
    static void answer(jakarta.ws.rs.core.Response answer, Request request, Response response, Callback callback) {
        response.setStatus(answer.getStatus());
        answer.getStringHeaders()
                .forEach((name, values) -> response.getHeaders().put(name, values));
        byte[] body = answer.hasEntity() ? (byte[]) answer.getEntity() : NOTHING;
        if (answer.hasEntity()) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        }
        response.write(true, HttpMethod.HEAD.is(request.getMethod()) ? null : ByteBuffer.wrap(body), callback);
    }
}
