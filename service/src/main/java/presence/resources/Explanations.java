package presence.resources;

import static presence.command.ErrorCode.OVERLOADED;

import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import presence.api.BadInput;
import presence.api.ExplanationDocument;
import presence.command.ErrorCode;
import presence.engine.Verdict;
import presence.explain.Busy;
import presence.explain.Explainer;
import presence.explain.Explanation;
import presence.facts.Channel;
import presence.loop.Unavailable;
import presence.state.AgentState;

/** Answers why agents are what they are, or were. Any thread. */
public final class Explanations {
    private final Explainer explainer;
    private final Presence presence;
    private final ExplainedPast explainedPast;

    public Explanations(Explainer explainer, Presence presence, Past past) {
        this.explainer = explainer;
        this.presence = presence;
        this.explainedPast = new ExplainedPast(explainer, presence, past);
    }

    /**
     * Why the agent is what it is; with {@code at}, what it was.
     *
     * @param query {@code queue}, {@code channel} and {@code at}
     */
    Response of(String agent, QueryParameters query) {
        String queue = query.id("queue");
        Channel channel = query.has("channel")
                ? query.channel(presence.index().catalogue().policy())
                : null;
        Long at = query.instant("at");
        if (at == null) {
            return now(agent, queue, channel);
        }
        if (queue != null || channel != null) {
            throw new BadInput(
                    ErrorCode.INVALID_VALUE,
                    "The parameter 'at' is given with 'queue' or 'channel': what could be offered to an agent in the"
                            + " past is not kept, only the status is explained. Maybe leave them out.");
        }
        return explainedPast.of(agent, at);
    }

    private Response now(String agent, @Nullable String queue, @Nullable Channel channel) {
        if (queue != null && !presence.index().catalogue().queues().containsKey(queue)) {
            throw QueueResource.unknown(queue);
        }
        List<Channel> channels = channel == null ? List.of(Channel.values()) : List.of(channel);
        Explanation explanation = ask(() -> explainer.explain(agent, queue, channels));
        if (explanation == null) {
            throw new Refused(Presence.unknownAgent(agent));
        }
        return Response.fromResponse(Answer.ok(json -> ExplanationDocument.write(json, explanation)))
                .tag(Long.toString(explanation.agent().version()))
                .build();
    }

    /** What the rules say of the transfer of a conversation to somebody that another has. */
    Verdict transfer(AgentState agent, String currentAgent) {
        Verdict verdict = ask(() -> explainer.transfer(agent, currentAgent));
        return verdict == null ? Verdict.UNDECIDED : verdict;
    }

    @FunctionalInterface
    interface Question<T> {
        @Nullable T ask() throws Busy;
    }

    /** The answer, or that there is none now: the caller may try again. */
    static <T> @Nullable T ask(Question<T> question) {
        try {
            return question.ask();
        } catch (Busy e) {
            throw new Unavailable(OVERLOADED, String.valueOf(e.getMessage()), 1);
        }
    }
}
