package presence.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import presence.command.AgentDefinition;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.Policy;
import presence.command.PolicyChange;
import presence.command.ProfileDefinition;
import presence.command.QueueDefinition;
import presence.command.QueueGroupDefinition;
import presence.command.RulesRelease;

/** Writes commands and definitions in the very form in which {@link CommandReader} reads them. Thread-safe. */
public final class CommandWriter {
    private static final JsonFactory JSON = new JsonFactory();

    private CommandWriter() {}

    /** One line, with its line feed. */
    public static byte[] line(Envelope envelope) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("type", envelope.command().type().name());
            if (envelope.id() != null) {
                json.writeStringField("id", envelope.id());
            }
            if (envelope.expectedVersion() != null) {
                json.writeNumberField("ifMatch", envelope.expectedVersion());
            }
            optional(json, "by", envelope.by());
            optional(json, "cause", envelope.cause());
            fields(json, envelope.command());
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory cannot fail to be written", e);
        }
        return bytes.toByteArray();
    }

    private static void fields(JsonGenerator json, Command command) throws IOException {
        if (command instanceof Command.AboutAgent about && !(command instanceof Command.PutAgent)) {
            json.writeStringField("agent", about.agent());
        } else if (command instanceof Command.AboutConversation about) {
            json.writeStringField("conversation", about.conversation());
        } else if (command instanceof Command.AboutOffer about) {
            json.writeStringField("offer", about.offer());
        }
        switch (command.type()) {
            case PUT_POLICY -> {
                json.writeFieldName("definition");
                policy(json, ((Command.PutPolicy) command).change());
            }
            case PUT_PROFILE -> {
                json.writeFieldName("definition");
                profile(json, ((Command.PutProfile) command).definition());
            }
            case ACTIVATE_RULES -> {
                RulesRelease release = ((Command.ActivateRules) command).release();
                json.writeNumberField("release", release.number());
                optional(json, "hash", release.hash().isEmpty() ? null : release.hash());
            }
            case DELETE_PROFILE -> json.writeStringField("profile", ((Command.DeleteProfile) command).profile());
            case PUT_QUEUE -> {
                json.writeFieldName("definition");
                queue(json, ((Command.PutQueue) command).definition());
            }
            case DELETE_QUEUE -> json.writeStringField("queue", ((Command.DeleteQueue) command).queue());
            case PUT_QUEUE_GROUP -> {
                json.writeFieldName("definition");
                queueGroup(json, ((Command.PutQueueGroup) command).definition());
            }
            case DELETE_QUEUE_GROUP ->
                json.writeStringField("queueGroup", ((Command.DeleteQueueGroup) command).queueGroup());
            case PUT_AGENT -> {
                json.writeFieldName("definition");
                agent(json, ((Command.PutAgent) command).definition());
            }
            case READY -> optional(json, "reason", ((Command.Ready) command).reason());
            case NOT_READY -> optional(json, "reason", ((Command.NotReady) command).reason());
            case SELECT_PROFILE -> {
                Command.SelectProfile select = (Command.SelectProfile) command;
                json.writeStringField("profile", select.profile());
                optional(json, "duration", select.duration());
            }
            case ADD_CAPABILITY ->
                json.writeStringField(
                        "capability",
                        ((Command.AddCapability) command).capability().name());
            case REMOVE_CAPABILITY ->
                json.writeStringField(
                        "capability",
                        ((Command.RemoveCapability) command).capability().name());
            case JOIN_QUEUE -> json.writeStringField("queue", ((Command.JoinQueue) command).queue());
            case LEAVE_QUEUE -> json.writeStringField("queue", ((Command.LeaveQueue) command).queue());
            case START_CONVERSATION -> {
                Command.StartConversation start = (Command.StartConversation) command;
                json.writeStringField("conversation", start.conversation());
                json.writeStringField("channel", start.channel().name());
                optional(json, "queue", start.queue());
                if (start.direct()) {
                    json.writeBooleanField("direct", true);
                }
            }
            case TRANSFER_CONVERSATION -> {
                Command.TransferConversation transfer = (Command.TransferConversation) command;
                json.writeStringField("to", transfer.to());
                if (transfer.force()) {
                    json.writeBooleanField("force", true);
                }
            }
            case MAKE_OFFER -> {
                Command.MakeOffer offer = (Command.MakeOffer) command;
                json.writeStringField("conversation", offer.conversation());
                json.writeStringField("channel", offer.channel().name());
                optional(json, "queue", offer.queue());
                optional(json, "agent", offer.agent());
                if (offer.agent() != null) {
                    json.writeStringField("mode", offer.mode().name());
                }
                optional(json, "ttl", offer.ttl());
                if (!offer.exclude().isEmpty()) {
                    texts(json, "exclude", offer.exclude());
                }
            }
            case ACCEPT_OFFER -> optional(json, "agent", ((Command.AcceptOffer) command).agent());
            case REJECT_OFFER -> optional(json, "agent", ((Command.RejectOffer) command).agent());
            case SIGN_IN,
                    SIGN_OUT,
                    CONNECT,
                    DISCONNECT,
                    HEARTBEAT,
                    DECIDE_AGAIN,
                    DELETE_AGENT,
                    END_CONVERSATION,
                    HANDLE_CONVERSATION,
                    WITHDRAW_OFFER -> {
                // everything is said
            }
        }
    }

    /** A policy, whole. */
    public static void policy(JsonGenerator json, Policy policy) throws IOException {
        policy(json, policy.whole());
    }

    private static void policy(JsonGenerator json, PolicyChange change) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("capacity");
        for (Map.Entry<? extends Enum<?>, Integer> entry : new java.util.TreeMap<>(change.capacity()).entrySet()) {
            json.writeNumberField(entry.getKey().name(), entry.getValue());
        }
        json.writeEndObject();
        durations(json, "wrapUp", change.wrapUp());
        durations(json, "handlingLimit", change.handlingLimit());
        optional(json, "connectionGrace", change.connectionGrace());
        if (change.itemChannels() != null) {
            json.writeArrayFieldStart("itemChannels");
            for (Enum<?> channel : new java.util.TreeSet<>(change.itemChannels())) {
                json.writeString(channel.name());
            }
            json.writeEndArray();
        }
        optional(json, "transferMayExceedCapacity", change.transferMayExceedCapacity());
        durations(json, "offerTtl", change.offerTtl());
        if (change.missedOffersLimit() != null) {
            json.writeObjectFieldStart("missedOffers");
            json.writeNumberField("limit", change.missedOffersLimit());
            json.writeEndObject();
        }
        optional(json, "rejectDelay", change.rejectDelay());
        durations(json, "staleAfter", change.staleAfter());
        optional(json, "heartbeatTimeout", change.heartbeatTimeout());
        json.writeEndObject();
    }

    private static void durations(JsonGenerator json, String name, Map<? extends Enum<?>, Duration> durations)
            throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<? extends Enum<?>, Duration> entry : new java.util.TreeMap<>(durations).entrySet()) {
            json.writeStringField(entry.getKey().name(), entry.getValue().toString());
        }
        json.writeEndObject();
    }

    /** A profile. */
    public static void profile(JsonGenerator json, ProfileDefinition profile) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", profile.id());
        json.writeStringField("name", profile.name());
        json.writeStringField("type", profile.type().name());
        optional(json, "colour", profile.colour());
        optional(json, "icon", profile.icon());
        json.writeNumberField("order", profile.order());
        optional(json, "duration", profile.duration());
        if (profile.rounding() != null) {
            json.writeNumberField("rounding", profile.rounding());
        }
        optional(json, "queueGroup", profile.queueGroup());
        json.writeStringField("onReturn", profile.onReturn().name());
        optional(json, "absence", profile.absence());
        optional(json, "default", profile.isDefault());
        json.writeEndObject();
    }

    /** A queue. */
    public static void queue(JsonGenerator json, QueueDefinition queue) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", queue.id());
        json.writeStringField("name", queue.name());
        json.writeBooleanField("overflowToTentative", queue.overflowToTentative());
        json.writeEndObject();
    }

    /** A queue group. */
    public static void queueGroup(JsonGenerator json, QueueGroupDefinition group) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", group.id());
        json.writeStringField("name", group.name());
        texts(json, "queues", group.queues());
        json.writeEndObject();
    }

    /** An agent's definition. */
    public static void agent(JsonGenerator json, AgentDefinition agent) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", agent.id());
        json.writeStringField("name", agent.name());
        json.writeStringField("timeZone", agent.timeZone().getId());
        if (agent.queues() != null) {
            texts(json, "queues", agent.queues());
        }
        if (agent.capabilities() != null) {
            texts(
                    json,
                    "capabilities",
                    agent.capabilities().stream().map(Enum::name).sorted().toList());
        }
        if (agent.labels() != null) {
            texts(json, "labels", agent.labels().stream().sorted().toList());
        }
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String name, Collection<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static void optional(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value instanceof Boolean flag) {
            json.writeBooleanField(name, flag);
        } else if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }
}
