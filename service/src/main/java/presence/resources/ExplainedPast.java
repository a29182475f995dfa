package presence.resources;

import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import presence.api.ExplanationDocument;
import presence.api.Instants;
import presence.api.PresenceDocument;
import presence.command.ProfileDefinition;
import presence.explain.Explainer;
import presence.explain.PastExplanation;
import presence.facts.Agent;
import presence.facts.Capability;
import presence.facts.ProfileType;
import presence.facts.Reason;
import presence.history.History.AsItWas;
import presence.history.History.OpenConversation;
import presence.history.Interval;

/**
 * Answers why agents were what they were, as far as the history knows, and says what it does not know. Any thread.
 *
 * <p>The rules of now are asked about the facts that are kept. Only where they conclude what was recorded, from facts that
 * are all kept, is a rule named.
 */
final class ExplainedPast {
    private final Explainer explainer;
    private final Presence presence;
    private final Past past;

    ExplainedPast(Explainer explainer, Presence presence, Past past) {
        this.explainer = explainer;
        this.presence = presence;
        this.past = past;
    }

    Response of(String agent, long at) {
        AsItWas was = past.was(agent, at);
        Interval state = was.state();
        Agent kept = fact(agent, was);
        PastExplanation explanation =
                Explanations.ask(() -> explainer.explainPast(kept, state.status(), state.reasons()));
        if (explanation == null) {
            throw new IllegalStateException("The past is always answered");
        }
        return Answer.ok(json -> write(json, agent, was, kept, explanation, at));
    }

    /** The agent as rules read it, as far as it is kept. */
    private Agent fact(String agent, AsItWas was) {
        Interval state = was.state();
        List<OpenConversation> work = was.conversations().stream()
                .filter(open -> !open.direct() && was.signedIn())
                .toList();
        EnumSet<Capability> capabilities = EnumSet.noneOf(Capability.class);
        capabilities.addAll(was.capabilities());
        return new Agent(
                agent,
                was.signedIn(),
                state.connected(),
                !was.signedIn() && state.reasons().contains(Reason.CONNECTION_LOST),
                state.ready(),
                state.profile(),
                profileType(state),
                work.size(),
                (int) work.stream().filter(open -> open.wrapUpSince() != null).count(),
                work.size(),
                load(work, Capability.PHONE),
                load(work, Capability.VIDEO),
                load(work, Capability.CHAT),
                load(work, Capability.ITEMS),
                false,
                capabilities,
                EnumSet.complementOf(capabilities),
                Set.copyOf(was.queues()),
                Set.of());
    }

    private static int load(List<OpenConversation> work, Capability capability) {
        return (int) work.stream()
                .filter(open -> open.channel().capability() == capability)
                .count();
    }

    /** A profile's type never changes, so that of now is that of then. */
    private @Nullable ProfileType profileType(Interval state) {
        ProfileDefinition profile =
                state.profile() == null ? null : presence.index().catalogue().profileInUse(state.profile());
        return profile == null ? null : profile.type();
    }

    private void write(JsonGenerator json, String agent, AsItWas was, Agent kept, PastExplanation explanation, long at)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("agent", agent);
        json.writeObjectFieldStart("status");
        json.writeStringField("status", was.state().status().name());
        PresenceDocument.reasons(json, was.state().reasons());
        json.writeStringField("since", Instants.text(was.since()));
        ExplanationDocument.rule(json, explanation.rule());
        ExplanationDocument.facts(json, explanation.found().facts());
        json.writeEndObject();
        began(json, was.state());
        json.writeArrayFieldStart("notKnown");
        notKnown(json, was, kept, explanation);
        json.writeEndArray();
        json.writeStringField("rulesRelease", explanation.rulesRelease());
        json.writeStringField("at", Instants.text(at));
        json.writeEndObject();
    }

    /** Why the state began, as far as that was told. */
    private static void began(JsonGenerator json, Interval state) throws IOException {
        json.writeObjectFieldStart("began");
        json.writeStringField("at", Instants.text(state.from()));
        if (state.cause() != null) {
            json.writeStringField("cause", state.cause().name());
        }
        if (state.by() != null) {
            json.writeStringField("by", state.by());
        }
        json.writeEndObject();
    }

    private void notKnown(JsonGenerator json, AsItWas was, Agent kept, PastExplanation explanation) throws IOException {
        json.writeString("Which rules were in force then is not kept. " + asked(explanation));
        if (was.state().profile() != null && kept.profileType() == null) {
            json.writeString("The profile '" + was.state().profile() + "' is gone, and of what type it was.");
        }
        if (!was.signedIn()) {
            json.writeString(
                    "Whether the loss of the connection ended the session is taken from the reasons recorded.");
        }
        json.writeString(
                "What could be offered or transferred to the agent, and what would have changed it: the policy, the"
                        + " offers that were open and the delay after a rejected one are not kept.");
    }

    private static String asked(PastExplanation explanation) {
        String release = "The rules of release " + explanation.rulesRelease() + ", asked about what is kept, conclude ";
        if (explanation.rule() != null) {
            return release + "the same.";
        }
        String instead = explanation.found().rules().isEmpty()
                ? "nothing"
                : explanation.found().rules().get(0).conclusion().status() + " "
                        + explanation.found().rules().get(0).conclusion().reasons();
        return release
                + (explanation.agrees()
                        ? "the same, but from facts of which not all are kept, so no rule is named."
                        : instead + ", so no rule is named.");
    }
}
