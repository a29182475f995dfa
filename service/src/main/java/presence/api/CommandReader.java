package presence.api;

import static presence.command.ErrorCode.INVALID_VALUE;
import static presence.command.ErrorCode.MALFORMED_JSON;
import static presence.command.ErrorCode.MISSING_FIELD;
import static presence.command.ErrorCode.UNKNOWN_COMMAND;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import presence.command.AgentDefinition;
import presence.command.Cause;
import presence.command.Command;
import presence.command.CommandType;
import presence.command.Envelope;
import presence.command.OfferMode;
import presence.command.PolicyChange;
import presence.command.ProfileDefinition;
import presence.command.QueueDefinition;
import presence.command.QueueGroupDefinition;
import presence.command.RulesRelease;
import presence.engine.Suggestion;
import presence.facts.Capability;
import presence.facts.Channel;
import presence.facts.OnReturn;
import presence.facts.ProfileType;

/** Reads commands and definitions. Whatever is not exactly as it should be is refused with its place. Thread-safe. */
public final class CommandReader {
    /** The most queues an agent can be assigned, and a queue group can have. */
    public static final int MOST_QUEUES = 1_000;

    /** The highest capacity a policy can give. */
    public static final int MOST_CONVERSATIONS = 1_000;

    private static final int NAME_LENGTH = 256;
    private static final int REASON_LENGTH = 128;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    /** What the parser says about where bytes came from, which tells a caller nothing. */
    private static final Pattern SOURCE =
            Pattern.compile(" ?\\(start marker at [^)]*\\)[^)]*\\)| at \\[Source: [^\\]]*\\]|, from `[^`]*`");

    private static final Pattern COLOUR = Pattern.compile("#[0-9A-Fa-f]{6}");
    private static final Pattern ICON = Pattern.compile("[a-z0-9-]{1,64}");

    private static final ObjectReader JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(8)
                            .maxNumberLength(32)
                            .build())
                    .disable(JsonFactory.Feature.CHARSET_DETECTION)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)
            .build()
            .readerFor(JsonNode.class);

    /** The longest an offer may be open. */
    private static final Duration LONGEST_OFFER = Duration.ofDays(1);

    /** The most agents that an offer may leave out. */
    private static final int MOST_EXCLUDED = 1_000;

    /** The most missed offers that a policy may allow. */
    private static final int MOST_MISSED = 1_000;

    /** The causes that a command may give. */
    private static final List<Cause> CLAIMABLE = List.of(Cause.SELF, Cause.SUPERVISOR, Cause.API);

    /** The commands that others may give. */
    private static final List<CommandType> GIVEN =
            Arrays.stream(CommandType.values()).filter(type -> !type.internal()).toList();

    private CommandReader() {}

    /** The one JSON value in these bytes. */
    public static JsonNode json(byte[] bytes, int offset, int length) {
        if (length == 0) {
            throw new BadInput(MALFORMED_JSON, "There is nothing here; expected a JSON object.");
        }
        checkEncoding(bytes, offset, length);
        try {
            JsonNode node = JSON.readValue(bytes, offset, length);
            if (node == null || node.isMissingNode()) {
                throw new BadInput(MALFORMED_JSON, "There is nothing here; expected a JSON object.");
            }
            return node;
        } catch (MismatchedInputException e) {
            throw new BadInput(MALFORMED_JSON, "There is more after the end of the JSON value; expected one value.");
        } catch (JsonProcessingException e) {
            JsonLocation where = e.getLocation();
            String message =
                    SOURCE.matcher(String.valueOf(e.getOriginalMessage())).replaceAll("");
            throw new BadInput(
                    MALFORMED_JSON,
                    where == null
                            ? message + "."
                            : message + " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ").");
        } catch (IOException e) {
            // Bytes in memory cannot fail to be read: these are in no encoding of text.
            throw new BadInput(MALFORMED_JSON, "The bytes are not text in UTF-8.");
        }
    }

    /** The parser reads characters written with more bytes than they need; what has two spellings is refused. */
    private static void checkEncoding(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] < 0) {
                try {
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
                    return;
                } catch (CharacterCodingException e) {
                    throw new BadInput(MALFORMED_JSON, "There are bytes that are not UTF-8.");
                }
            }
        }
    }

    /** A command with its {@code type}, as a line of {@code POST /v1/commands}. */
    public static Envelope command(JsonNode line) {
        return command(line, GIVEN);
    }

    /** A command as the journal has it: those that only the service gives itself are among them. */
    public static Envelope journalled(JsonNode line) {
        return command(line, List.of(CommandType.values()));
    }

    private static Envelope command(JsonNode line, List<CommandType> known) {
        Fields fields = new Fields(line);
        CommandType type = type(fields, line, known);
        String id = fields.optionalId("id");
        Long version = fields.optionalLong("ifMatch");
        String by = fields.optionalId("by");
        Cause cause = cause(fields, type);
        Command command = command(type, fields);
        if (version != null && !(command instanceof Command.AboutAgent)) {
            fields.fault(
                    "ifMatch",
                    INVALID_VALUE,
                    "Only a command about an agent can name a version; this is " + type + ".");
        }
        fields.check();
        return new Envelope(command, id, version, by, cause);
    }

    /** A command of a file for replay, which carries its own time and may carry an id. */
    static Envelope timedCommand(Fields fields, JsonNode line) {
        CommandType type = type(fields, line, GIVEN);
        String id = fields.optionalId("id");
        String by = fields.optionalId("by");
        Cause cause = cause(fields, type);
        Command command = command(type, fields);
        fields.check();
        return new Envelope(command, id, null, by, cause);
    }

    private static @Nullable Cause cause(Fields fields, CommandType type) {
        Cause cause = fields.optionalOneOf("cause", Cause.class);
        if (cause != null && !type.internal() && !CLAIMABLE.contains(cause)) {
            fields.fault("cause", INVALID_VALUE, notClaimable(cause));
        }
        return cause;
    }

    /** The cause of this name, as a header gives it; null for none. */
    public static @Nullable Cause cause(@Nullable String name) {
        if (name == null) {
            return null;
        }
        for (Cause cause : CLAIMABLE) {
            if (cause.name().equals(name)) {
                return cause;
            }
        }
        throw new BadInput(INVALID_VALUE, notClaimable(Fields.cut(name)));
    }

    private static String notClaimable(Object found) {
        return "Found the cause " + found + "; expected one of " + CLAIMABLE
                + ". RULE and TIMEOUT are the engine's own.";
    }

    private static CommandType type(Fields fields, JsonNode line, List<CommandType> known) {
        JsonNode type = line.get("type");
        if (line.isObject() && (type == null || type.isNull())) {
            throw new BadInput(List.of(
                    new BadInput.Fault("/type", MISSING_FIELD, "The field 'type' is missing; expected a command.")));
        }
        if (type != null && type.isTextual()) {
            for (CommandType candidate : known) {
                if (candidate.name().equals(type.textValue())) {
                    fields.has("type");
                    return candidate;
                }
            }
            throw new BadInput(List.of(new BadInput.Fault(
                    "/type",
                    UNKNOWN_COMMAND,
                    "There is no command '"
                            + Fields.cut(type.textValue())
                            + "'."
                            + Suggestion.maybe(
                                    type.textValue(),
                                    known.stream().map(Enum::name).toList()))));
        }
        return fields.oneOf("type", CommandType.class);
    }

    private static Command command(CommandType type, Fields fields) {
        return switch (type) {
            case PUT_POLICY -> new Command.PutPolicy(fields.object("definition", CommandReader::policy, NO_CHANGE));
            case PUT_PROFILE ->
                new Command.PutProfile(
                        fields.object("definition", definition -> profile(definition, null), NO_PROFILE));
            case DELETE_PROFILE -> new Command.DeleteProfile(fields.id("profile"));
            case PUT_QUEUE ->
                new Command.PutQueue(fields.object("definition", definition -> queue(definition, null), NO_QUEUE));
            case DELETE_QUEUE -> new Command.DeleteQueue(fields.id("queue"));
            case PUT_QUEUE_GROUP ->
                new Command.PutQueueGroup(
                        fields.object("definition", definition -> queueGroup(definition, null), NO_QUEUE_GROUP));
            case DELETE_QUEUE_GROUP -> new Command.DeleteQueueGroup(fields.id("queueGroup"));
            case PUT_AGENT ->
                new Command.PutAgent(fields.object("definition", definition -> agent(definition, null), NO_AGENT));
            case DELETE_AGENT -> new Command.DeleteAgent(fields.id("agent"));
            case SIGN_IN -> new Command.SignIn(fields.id("agent"));
            case SIGN_OUT -> new Command.SignOut(fields.id("agent"));
            case READY -> new Command.Ready(fields.id("agent"), fields.optionalText("reason", REASON_LENGTH));
            case NOT_READY -> new Command.NotReady(fields.id("agent"), fields.optionalText("reason", REASON_LENGTH));
            case SELECT_PROFILE -> selectProfile(fields, fields.id("agent"));
            case ADD_CAPABILITY ->
                new Command.AddCapability(fields.id("agent"), fields.oneOf("capability", Capability.class));
            case REMOVE_CAPABILITY ->
                new Command.RemoveCapability(fields.id("agent"), fields.oneOf("capability", Capability.class));
            case JOIN_QUEUE -> new Command.JoinQueue(fields.id("agent"), fields.id("queue"));
            case LEAVE_QUEUE -> new Command.LeaveQueue(fields.id("agent"), fields.id("queue"));
            case CONNECT -> new Command.Connect(fields.id("agent"));
            case DISCONNECT -> new Command.Disconnect(fields.id("agent"));
            case START_CONVERSATION -> startConversation(fields, fields.id("conversation"));
            case END_CONVERSATION -> new Command.EndConversation(fields.id("conversation"));
            case HANDLE_CONVERSATION -> new Command.HandleConversation(fields.id("conversation"));
            case TRANSFER_CONVERSATION -> transfer(fields, fields.id("conversation"));
            case HEARTBEAT -> new Command.Heartbeat(fields.id("agent"));
            case MAKE_OFFER -> makeOffer(fields);
            case ACCEPT_OFFER -> new Command.AcceptOffer(fields.id("offer"), fields.optionalId("agent"));
            case REJECT_OFFER -> new Command.RejectOffer(fields.id("offer"), fields.optionalId("agent"));
            case WITHDRAW_OFFER -> new Command.WithdrawOffer(fields.id("offer"));
            case ACTIVATE_RULES ->
                new Command.ActivateRules(new RulesRelease(
                        orZero(fields.optionalWhole("release", 0, Integer.MAX_VALUE)),
                        orEmpty(fields.optionalText("hash", 64))));
            case DECIDE_AGAIN -> new Command.DecideAgain(fields.id("agent"));
        };
    }

    private static int orZero(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Command selectProfile(Fields fields, String agent) {
        return new Command.SelectProfile(agent, fields.id("profile"), fields.optionalDuration("duration", SHORTEST));
    }

    private static Command startConversation(Fields fields, String conversation) {
        String agent = fields.id("agent");
        Channel channel = fields.oneOf("channel", Channel.class);
        String queue = fields.optionalId("queue");
        boolean direct = Boolean.TRUE.equals(fields.optionalFlag("direct"));
        if (direct && channel != Channel.CHAT) {
            fields.fault(
                    "direct",
                    INVALID_VALUE,
                    "Only a conversation on CHAT can be direct; this one is on " + channel + ".");
        }
        return new Command.StartConversation(conversation, agent, channel, queue, direct);
    }

    private static Command transfer(Fields fields, String conversation) {
        return new Command.TransferConversation(
                conversation, fields.id("to"), Boolean.TRUE.equals(fields.optionalFlag("force")));
    }

    private static Command.MakeOffer makeOffer(Fields fields) {
        String conversation = fields.id("conversation");
        Channel channel = fields.oneOf("channel", Channel.class);
        String queue = fields.optionalId("queue");
        String agent = fields.optionalId("agent");
        OfferMode mode = fields.optionalOneOf("mode", OfferMode.class);
        Duration ttl = fields.optionalDuration("ttl", SHORTEST);
        List<String> exclude = fields.optionalIds("exclude", MOST_EXCLUDED);
        if (queue == null && agent == null) {
            fields.fault(
                    "queue", MISSING_FIELD, "Neither 'queue' nor 'agent' is there; expected one of them, or both.");
        }
        if (mode != null && agent == null) {
            fields.fault("mode", INVALID_VALUE, "'mode' says what an 'agent' is to the offer, and there is none.");
        }
        if (mode == OfferMode.PREFERRED && queue == null) {
            fields.fault(
                    "mode",
                    INVALID_VALUE,
                    "PREFERRED falls back to a queue, and there is none. Maybe REQUIRED, or name a 'queue'.");
        }
        if (ttl != null && ttl.compareTo(LONGEST_OFFER) > 0) {
            fields.fault("ttl", INVALID_VALUE, "Found " + ttl + "; expected " + LONGEST_OFFER + " at most.");
        }
        return new Command.MakeOffer(
                conversation,
                channel,
                queue,
                agent,
                mode != null ? mode : queue == null ? OfferMode.REQUIRED : OfferMode.PREFERRED,
                ttl,
                exclude == null ? List.of() : exclude);
    }

    // --- bodies of REST calls, whose subject stands in the address

    /** The body of {@code POST /v1/offers}. */
    public static Command.MakeOffer makeOffer(JsonNode body) {
        Fields fields = new Fields(body);
        Command.MakeOffer command = makeOffer(fields);
        fields.check();
        return command;
    }

    /** The body of {@code POST /v1/offers/{id}/accept} and {@code …/reject}, which may be left out: who says so. */
    public static @Nullable String offeredAgent(@Nullable JsonNode body) {
        if (body == null) {
            return null;
        }
        Fields fields = new Fields(body);
        String agent = fields.optionalId("agent");
        fields.check();
        return agent;
    }

    /** The body of {@code POST /v1/conversations/{id}/transfer}. */
    public static Command transfer(String conversation, JsonNode body) {
        Fields fields = new Fields(body);
        Command command = transfer(fields, conversation);
        fields.check();
        return command;
    }

    /** The body of {@code PUT /v1/policy}. */
    public static Command putPolicy(JsonNode body) {
        Fields fields = new Fields(body);
        PolicyChange change = policy(fields);
        fields.check();
        return new Command.PutPolicy(change);
    }

    /** The body of {@code PUT /v1/profiles/{id}}. */
    public static Command putProfile(String id, JsonNode body) {
        Fields fields = new Fields(body);
        ProfileDefinition definition = profile(fields, id);
        fields.check();
        return new Command.PutProfile(definition);
    }

    /** The body of {@code PUT /v1/queues/{id}}. */
    public static Command putQueue(String id, JsonNode body) {
        Fields fields = new Fields(body);
        QueueDefinition definition = queue(fields, id);
        fields.check();
        return new Command.PutQueue(definition);
    }

    /** The body of {@code PUT /v1/queue-groups/{id}}. */
    public static Command putQueueGroup(String id, JsonNode body) {
        Fields fields = new Fields(body);
        QueueGroupDefinition definition = queueGroup(fields, id);
        fields.check();
        return new Command.PutQueueGroup(definition);
    }

    /** The body of {@code PUT /v1/agents/{id}}. */
    public static Command putAgent(String id, JsonNode body) {
        Fields fields = new Fields(body);
        AgentDefinition definition = agent(fields, id);
        fields.check();
        return new Command.PutAgent(definition);
    }

    /** The body of {@code PUT /v1/agents/{id}/readiness}. */
    public static Command readiness(String agent, JsonNode body) {
        Fields fields = new Fields(body);
        boolean ready = fields.flag("ready");
        String reason = fields.optionalText("reason", REASON_LENGTH);
        fields.check();
        return ready ? new Command.Ready(agent, reason) : new Command.NotReady(agent, reason);
    }

    /** The body of {@code PUT /v1/agents/{id}/profile}. */
    public static Command selectProfile(String agent, JsonNode body) {
        Fields fields = new Fields(body);
        Command command = selectProfile(fields, agent);
        fields.check();
        return command;
    }

    /** The body of {@code PUT /v1/conversations/{id}}. */
    public static Command startConversation(String conversation, JsonNode body) {
        Fields fields = new Fields(body);
        Command command = startConversation(fields, conversation);
        fields.check();
        return command;
    }

    // --- definitions

    private static PolicyChange policy(Fields fields) {
        return new PolicyChange(
                fields.wholes("capacity", Capability.class, 0, MOST_CONVERSATIONS),
                fields.durations("wrapUp", Capability.class, Duration.ZERO),
                fields.durations("handlingLimit", Capability.class, Duration.ZERO),
                fields.optionalDuration("connectionGrace", Duration.ZERO),
                fields.itemChannels("itemChannels"),
                fields.optionalFlag("transferMayExceedCapacity"),
                fields.durations("offerTtl", Capability.class, SHORTEST),
                fields.optionalObject("missedOffers", missed -> missed.optionalWhole("limit", 0, MOST_MISSED)),
                fields.optionalDuration("rejectDelay", Duration.ZERO),
                fields.durations("staleAfter", Capability.class, Duration.ZERO),
                fields.optionalDuration("heartbeatTimeout", Duration.ZERO));
    }

    /** An id in the address must be that of the body, if there is one. */
    private static String id(Fields fields, @Nullable String inAddress) {
        if (inAddress == null) {
            return fields.id("id");
        }
        String inBody = fields.optionalId("id");
        if (inBody != null && !inBody.equals(inAddress)) {
            fields.fault(
                    "id",
                    INVALID_VALUE,
                    "Found '" + inBody + "'; expected '" + inAddress + "', the id in the address.");
        }
        return inAddress;
    }

    private static ProfileDefinition profile(Fields fields, @Nullable String inAddress) {
        String id = id(fields, inAddress);
        String name = fields.text("name", NAME_LENGTH);
        ProfileType type = fields.oneOf("type", ProfileType.class);
        String colour = fields.matching("colour", COLOUR, "a colour such as #c62828");
        String icon = fields.matching("icon", ICON, "an icon's name: 1 to 64 characters of a–z 0–9 -");
        Integer order = fields.optionalWhole("order", 0, 1_000_000);
        Duration duration = fields.optionalDuration("duration", SHORTEST);
        Integer rounding = fields.optionalWhole("rounding", 1, 60);
        if (rounding != null && 60 % rounding != 0) {
            fields.fault(
                    "rounding",
                    INVALID_VALUE,
                    "Found " + rounding + "; expected a divisor of 60: 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30 or 60.");
        }
        String queueGroup = fields.optionalId("queueGroup");
        OnReturn onReturn = fields.optionalOneOf("onReturn", OnReturn.class);
        Boolean absence = fields.optionalFlag("absence");
        Boolean isDefault = fields.optionalFlag("default");
        return new ProfileDefinition(
                id,
                name,
                type,
                colour,
                icon,
                order != null ? order : 0,
                duration,
                rounding,
                queueGroup,
                onReturn != null ? onReturn : OnReturn.KEEP,
                absence,
                isDefault);
    }

    private static QueueDefinition queue(Fields fields, @Nullable String inAddress) {
        return new QueueDefinition(
                id(fields, inAddress),
                fields.text("name", NAME_LENGTH),
                Boolean.TRUE.equals(fields.optionalFlag("overflowToTentative")));
    }

    private static QueueGroupDefinition queueGroup(Fields fields, @Nullable String inAddress) {
        return new QueueGroupDefinition(
                id(fields, inAddress), fields.text("name", NAME_LENGTH), fields.ids("queues", MOST_QUEUES));
    }

    private static AgentDefinition agent(Fields fields, @Nullable String inAddress) {
        String id = id(fields, inAddress);
        String name = fields.text("name", NAME_LENGTH);
        ZoneId zone = fields.zone("timeZone");
        List<String> queues = fields.optionalIds("queues", MOST_QUEUES);
        Set<Capability> capabilities = fields.optionalSetOf("capabilities", Capability.class);
        List<String> labels = fields.optionalIds("labels", AgentDefinition.MOST_LABELS);
        return new AgentDefinition(id, name, zone, queues, capabilities, labels == null ? null : Set.copyOf(labels));
    }

    // What a missing definition is read as, until the fault is reported.
    private static final PolicyChange NO_CHANGE = PolicyChange.staleAfter(java.util.Map.of());
    private static final ProfileDefinition NO_PROFILE = new ProfileDefinition(
            "", "", ProfileType.AVAILABLE, null, null, 0, null, null, null, OnReturn.KEEP, null, null);
    private static final QueueDefinition NO_QUEUE = new QueueDefinition("", "", false);
    private static final QueueGroupDefinition NO_QUEUE_GROUP = new QueueGroupDefinition("", "", List.of());
    private static final AgentDefinition NO_AGENT = new AgentDefinition("", "", ZoneOffset.UTC, null, null);
}
