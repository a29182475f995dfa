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

/**
 * Takes the commands that come all day, ready or not, profiles and conversations, ahead of the framework, and keeps no
 * thread waiting until they are durable. They are the resources' own commands and answers; whatever is unusual about a
 * request is left to the resources.
 */
public final class CommandHandler extends Handler.Wrapper {
    private static final String AGENTS = "/v1/agents/";
    private static final String CONVERSATIONS = "/v1/conversations/";
    private static final int LARGEST_BODY = 16 << 10;
    private static final byte[] NOTHING = {};

    /** Method and the end of the address, for agents. */
    private static final Map<String, BiFunction<String, JsonNode, Command>> ON_AGENTS =
            Map.of("PUT /readiness", CommandReader::readiness, "PUT /profile", CommandReader::selectProfile);

    /** Method and the end of the address, for conversations; without a body but for the first. */
    private static final Map<String, BiFunction<String, JsonNode, Command>> ON_CONVERSATIONS = Map.of(
            "PUT ",
            CommandReader::startConversation,
            "POST /end",
            (id, none) -> new Command.EndConversation(id),
            "POST /handled",
            (id, none) -> new Command.HandleConversation(id));

    private final CommandGateway commands;
    private final AgentResource agents;
    private final ConversationResource conversations;
    private final Executor steps;
    private final ProblemMapper problems = new ProblemMapper();

    /** @param steps runs what is to be done when the loop has answered */
    public CommandHandler(
            CommandGateway commands, AgentResource agents, ConversationResource conversations, Executor steps) {
        this.commands = commands;
        this.agents = agents;
        this.conversations = conversations;
        this.steps = steps;
    }

    /** A usual request. */
    private record Usual(boolean onAgent, String id, boolean hasBody, BiFunction<String, JsonNode, Command> reader) {
        Envelope envelope(Request request, byte[] body) {
            JsonNode json = hasBody ? CommandReader.json(body, 0, body.length) : MissingNode.getInstance();
            Command command = reader.apply(id, json);
            CommandGateway.Headers headers = request.getHeaders()::get;
            return onAgent ? CommandGateway.onAgent(command, headers) : CommandGateway.onAnything(command, headers);
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

    private static @Nullable Usual usual(Request request) {
        String path = Request.getPathInContext(request);
        boolean onAgent = path.startsWith(AGENTS);
        if (!onAgent && !path.startsWith(CONVERSATIONS)) {
            return null;
        }
        int from = (onAgent ? AGENTS : CONVERSATIONS).length();
        int slash = path.indexOf('/', from);
        int to = slash < 0 ? path.length() : slash;
        String id = path.substring(from, to);
        BiFunction<String, JsonNode, Command> reader =
                (onAgent ? ON_AGENTS : ON_CONVERSATIONS).get(request.getMethod() + " " + path.substring(to));
        if (reader == null || !Ids.isId(id) || !JsonAccepted.by(request)) {
            return null;
        }
        boolean hasBody = request.getMethod().equals("PUT");
        long length = request.getLength();
        boolean usualBody = hasBody
                ? length > 0
                        && length <= LARGEST_BODY
                        && "application/json".equals(request.getHeaders().get(HttpHeader.CONTENT_TYPE))
                : length <= 0 && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        return usualBody ? new Usual(onAgent, id, hasBody, reader) : null;
    }

    private void run(Usual usual, Request request, byte[] body, Response response, Callback callback) {
        try {
            var unused = commands.submit(usual.envelope(request, body))
                    .whenCompleteAsync(
                            (outcome, failure) -> answer(
                                    failure == null ? state(usual) : problem(failure), request, response, callback),
                            steps);
        } catch (RuntimeException e) {
            answer(problem(e), request, response, callback);
        }
    }

    /** What has become of it. */
    private jakarta.ws.rs.core.Response state(Usual usual) {
        try {
            return usual.onAgent ? agents.document(usual.id) : conversations.after(usual.id);
        } catch (RuntimeException e) {
            return problem(e);
        }
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
