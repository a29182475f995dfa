package presence.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import presence.command.Policy;
import presence.command.ProfileDefinition;
import presence.facts.Capability;
import presence.facts.Channel;
import presence.facts.Reason;
import presence.index.CatalogueView;
import presence.state.AgentState;
import presence.state.Conversation;
import presence.state.Offer;

/** Writes what an agent is, as routers and people read it. */
public final class PresenceDocument {
    private PresenceDocument() {}

    /**
     * Writes the document.
     *
     * @param at the service's time, in milliseconds since 1970-01-01T00:00Z
     */
    public static void write(JsonGenerator json, AgentState agent, CatalogueView catalogue, long at)
            throws IOException {
        json.writeStartObject();
        fields(json, agent, catalogue, at);
        json.writeEndObject();
    }

    /** Writes the fields of the document into an object that has begun, for who adds to them. */
    public static void fields(JsonGenerator json, AgentState agent, CatalogueView catalogue, long at)
            throws IOException {
        json.writeStringField("agent", agent.id());
        json.writeStringField("name", agent.name());
        json.writeStringField("timeZone", agent.timeZone().getId());
        json.writeStringField("status", agent.verdict().status().name());
        reasons(json, agent.verdict().reasons());
        json.writeStringField("since", Instants.text(agent.statusSince()));
        json.writeBooleanField("ready", agent.ready());
        if (agent.notReadyReason() != null) {
            json.writeStringField("notReadyReason", agent.notReadyReason());
        }
        connection(json, agent);
        profile(json, agent, catalogue);
        if (agent.overrunSince() > 0) {
            json.writeStringField("overrunSince", Instants.text(agent.overrunSince()));
        }
        if (agent.profileEnd() != null) {
            json.writeStringField("expiresAt", Instants.text(agent.profileEnd().at()));
        }
        json.writeArrayFieldStart("queues");
        for (String queue : new TreeSet<>(agent.queues())) {
            json.writeString(queue);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("capabilities");
        for (Capability capability : agent.capabilities()) {
            json.writeString(capability.name());
        }
        json.writeEndArray();
        labels(json, agent);
        work(json, agent);
        eligible(json, agent, catalogue.policy());
        json.writeBooleanField("directChat", agent.verdict().directChat());
        offers(json, agent);
        conversations(json, agent);
        timers(json, agent, catalogue, at);
        json.writeNumberField("version", agent.version());
        json.writeStringField("at", Instants.text(at));
    }

    private static void connection(JsonGenerator json, AgentState agent) throws IOException {
        json.writeBooleanField("connected", agent.connected());
        if (agent.graceEnd() != null) {
            json.writeStringField("signsOutAt", Instants.text(agent.graceEnd().at()));
        }
    }

    /** Writes reasons as the field {@code reasons}. */
    public static void reasons(JsonGenerator json, List<Reason> reasons) throws IOException {
        json.writeArrayFieldStart("reasons");
        for (Reason reason : reasons) {
            json.writeString(reason.name());
        }
        json.writeEndArray();
    }

    private static void profile(JsonGenerator json, AgentState agent, CatalogueView catalogue) throws IOException {
        ProfileDefinition profile = agent.profile() == null ? null : catalogue.profileInUse(agent.profile());
        if (profile == null) {
            json.writeNullField("profile");
            return;
        }
        json.writeObjectFieldStart("profile");
        json.writeStringField("id", profile.id());
        json.writeStringField("name", profile.name());
        json.writeStringField("type", profile.type().name());
        json.writeStringField("colour", profile.colour());
        json.writeStringField("icon", profile.icon());
        json.writeEndObject();
    }

    /** Left out when there are none. */
    private static void labels(JsonGenerator json, AgentState agent) throws IOException {
        if (agent.labels().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("labels");
        for (String label : new TreeSet<>(agent.labels())) {
            json.writeString(label);
        }
        json.writeEndArray();
    }

    /** Left out when there are none. */
    private static void conversations(JsonGenerator json, AgentState agent) throws IOException {
        if (agent.conversations().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("conversations");
        for (Conversation conversation : agent.conversations()) {
            json.writeStartObject();
            json.writeStringField("conversation", conversation.id());
            json.writeStringField("channel", conversation.channel().name());
            if (conversation.queue() != null) {
                json.writeStringField("queue", conversation.queue());
            }
            json.writeBooleanField("direct", conversation.direct());
            json.writeStringField("state", conversation.state().name());
            json.writeBooleanField("suspect", conversation.suspect());
            json.writeStringField("startedAt", Instants.text(conversation.startedAt()));
            json.writeStringField("changedAt", Instants.text(conversation.changedAt()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Left out when there are none, as is how many were missed in a row. */
    private static void offers(JsonGenerator json, AgentState agent) throws IOException {
        if (agent.missedOffers() > 0) {
            json.writeNumberField("missedOffers", agent.missedOffers());
        }
        if (agent.offers().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("offers");
        for (Offer offer : agent.offers()) {
            json.writeStartObject();
            json.writeStringField("offer", offer.id());
            json.writeStringField("conversation", offer.conversation());
            json.writeStringField("channel", offer.channel().name());
            if (offer.queue() != null) {
                json.writeStringField("queue", offer.queue());
            }
            json.writeStringField("madeAt", Instants.text(offer.madeAt()));
            json.writeStringField("expiresAt", Instants.text(offer.expiresAt()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void work(JsonGenerator json, AgentState agent) throws IOException {
        json.writeObjectFieldStart("work");
        for (Channel channel : Channel.values()) {
            int work = agent.work(channel);
            if (work > 0) {
                json.writeNumberField(channel.name(), work);
            }
        }
        json.writeEndObject();
    }

    private static void eligible(JsonGenerator json, AgentState agent, Policy policy) throws IOException {
        json.writeArrayFieldStart("eligible");
        for (Channel channel : Channel.values()) {
            if (policy.handles(channel) && agent.verdict().eligible(channel.capability())) {
                json.writeString(channel.name());
            }
        }
        json.writeEndArray();
    }

    private static void timers(JsonGenerator json, AgentState agent, CatalogueView catalogue, long at)
            throws IOException {
        json.writeArrayFieldStart("timers");
        ProfileDefinition profile = agent.profile() == null ? null : catalogue.profileInUse(agent.profile());
        for (Timers.Timer timer : Timers.of(agent, profile)) {
            json.writeStartObject();
            json.writeStringField("timer", timer.kind().name());
            json.writeStringField("startedAt", Instants.text(timer.startedAt()));
            Conversation conversation = timer.conversation();
            Duration limit = Duration.ZERO;
            if (conversation != null) {
                json.writeStringField("conversation", conversation.id());
                limit = Objects.requireNonNull(catalogue
                        .policy()
                        .handlingLimit()
                        .get(conversation.channel().capability()));
            }
            limited(json, timer.startedAt(), limit, at);
            json.writeEndObject();
        }
        if (agent.profileEnd() != null) {
            json.writeStartObject();
            json.writeStringField("timer", "RETURN");
            json.writeStringField("startedAt", Instants.text(agent.profileSince()));
            json.writeStringField(
                    "limit",
                    Duration.ofMillis(agent.profileEnd().at() - agent.profileSince())
                            .toString());
            json.writeStringField("level", Timers.Level.NONE.name());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void limited(JsonGenerator json, long startedAt, Duration limit, long at) throws IOException {
        if (!limit.isZero()) {
            json.writeStringField("limit", limit.toString());
        }
        json.writeStringField(
                "level", Timers.level(at - startedAt, limit.toMillis()).name());
    }
}
