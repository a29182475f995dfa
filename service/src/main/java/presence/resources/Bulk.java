package presence.resources;

import static presence.command.ErrorCode.INVALID_VALUE;
import static presence.command.ErrorCode.MISSING_FIELD;
import static presence.command.ErrorCode.TOO_MANY;
import static presence.command.ErrorCode.UNKNOWN_FIELD;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import presence.api.BadInput;
import presence.api.CommandReader;
import presence.command.Command;
import presence.command.CommandType;
import presence.command.Envelope;
import presence.command.Outcome;
import presence.facts.Status;
import presence.index.PresenceIndex;
import presence.loop.Unavailable;
import presence.state.AgentState;
import presence.state.ContactCentre;

/** One command for many agents: for whom the directory's filters mean. A dry run tells what would become of each. */
public final class Bulk {
    /** The most agents that one call may change. */
    private static final int MOST_AGENTS = 100_000;

    /** The field of {@code where} that names them. */
    private static final String NAMED = "agents";

    /** The most agents that can be named one by one. */
    private static final int MOST_NAMED = 1_000;

    /** How many commands are handed in together. */
    private static final int AT_A_TIME = 1_000;

    private static final Set<CommandType> ALLOWED = EnumSet.of(
            CommandType.SIGN_IN,
            CommandType.SIGN_OUT,
            CommandType.READY,
            CommandType.NOT_READY,
            CommandType.SELECT_PROFILE,
            CommandType.ADD_CAPABILITY,
            CommandType.REMOVE_CAPABILITY,
            CommandType.JOIN_QUEUE,
            CommandType.LEAVE_QUEUE,
            CommandType.CONNECT,
            CommandType.DISCONNECT);

    private final CommandGateway commands;
    private final Presence presence;

    public Bulk(CommandGateway commands, Presence presence) {
        this.commands = commands;
        this.presence = presence;
    }

    /** What became, or would become, of one agent. */
    private record Result(
            String agent,
            Outcome outcome,
            @Nullable Status before,
            @Nullable Status after) {}

    Response run(JsonNode body, HttpHeaders headers) {
        if (!body.isObject()) {
            throw new BadInput(INVALID_VALUE, "The body is no object; expected where, command and dryRun.");
        }
        body.fieldNames().forEachRemaining(name -> known(name, Set.of("where", "command", "dryRun"), "/" + name));
        boolean dryRun = dryRun(body.get("dryRun"));
        ObjectNode command = command(body.get("command"));
        List<AgentState> agents = agents(body.get("where"));
        List<Envelope> envelopes = agents.stream()
                .map(agent -> envelope(command, agent.id(), headers))
                .toList();
        List<Result> results = dryRun ? rehearse(agents, envelopes) : apply(agents, envelopes);
        return Answer.ok(json -> write(json, dryRun, results));
    }

    // --- what is asked

    private static void known(String name, Set<String> names, String pointer) {
        if (!names.contains(name)) {
            throw new BadInput(List.of(new BadInput.Fault(
                    pointer, UNKNOWN_FIELD, "There is no field '" + name + "' here; expected " + names + ".")));
        }
    }

    private static BadInput fault(String pointer, String detail) {
        return new BadInput(List.of(new BadInput.Fault(pointer, INVALID_VALUE, detail)));
    }

    private static boolean dryRun(@Nullable JsonNode value) {
        if (value != null && !value.isNull() && !value.isBoolean()) {
            throw fault("/dryRun", "Found " + value + "; expected true or false.");
        }
        return value != null && value.booleanValue();
    }

    private static ObjectNode command(@Nullable JsonNode value) {
        if (!(value instanceof ObjectNode command)) {
            throw new BadInput(List.of(new BadInput.Fault(
                    "/command",
                    MISSING_FIELD,
                    "Expected a command without its agent, such as {\"type\":\"SIGN_OUT\"}.")));
        }
        for (String taken : List.of("agent", "id", "ifMatch", "by", "cause")) {
            if (command.has(taken)) {
                throw fault(
                        "/command/" + taken,
                        "'" + taken
                                + "' has no place in a command for many; who and why stand in the request's headers.");
            }
        }
        JsonNode type = command.get("type");
        if (type == null || ALLOWED.stream().noneMatch(allowed -> allowed.name().equals(type.asText()))) {
            throw fault("/command/type", "Found " + type + "; expected one of " + ALLOWED + ".");
        }
        readable(command);
        return command;
    }

    /** A fault of the command is the same for every agent, and one even if nobody is meant. */
    private static void readable(ObjectNode command) {
        try {
            CommandReader.command(command.deepCopy().put("agent", "everybody"));
        } catch (BadInput e) {
            throw new BadInput(e.faults().stream()
                    .map(fault -> new BadInput.Fault("/command" + fault.pointer(), fault.code(), fault.detail()))
                    .toList());
        }
    }

    private List<AgentState> agents(@Nullable JsonNode where) {
        if (!(where instanceof ObjectNode)) {
            throw new BadInput(List.of(new BadInput.Fault(
                    "/where", MISSING_FIELD, "Expected the directory's filters, {} for everybody.")));
        }
        Map<String, List<String>> filters = new TreeMap<>();
        where.properties().stream()
                .filter(field -> !field.getKey().equals(NAMED))
                .forEach(field -> {
                    if (!field.getValue().isTextual()) {
                        throw fault("/where/" + field.getKey(), "Found " + field.getValue() + "; expected text.");
                    }
                    filters.put(field.getKey(), List.of(field.getValue().textValue()));
                });
        PresenceIndex index = presence.index();
        Predicate<AgentState> filter = filter(filters, index).and(named(where.get(NAMED)));
        List<AgentState> agents = StreamSupport.stream(index.agentsAfter("").spliterator(), false)
                .filter(filter)
                .limit(MOST_AGENTS + 1L)
                .toList();
        if (agents.size() > MOST_AGENTS) {
            throw new Refused(Outcome.refused(
                    TOO_MANY,
                    "More than " + MOST_AGENTS + " agents are meant, the most there can be. Maybe filter more."));
        }
        return agents;
    }

    /** Whether somebody is one of those who are named, if any are. */
    private static Predicate<AgentState> named(@Nullable JsonNode value) {
        if (value == null) {
            return agent -> true;
        }
        String expected = "expected a list of 1 to " + MOST_NAMED + " ids of agents.";
        if (!value.isArray() || value.isEmpty() || value.size() > MOST_NAMED) {
            String found = value.isArray() ? value.size() + " of them" : "no list";
            throw fault("/where/" + NAMED, "Found " + found + "; " + expected);
        }
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < value.size(); i++) {
            if (!value.get(i).isTextual()) {
                throw fault("/where/" + NAMED + "/" + i, "Found " + value.get(i) + "; " + expected);
            }
            ids.add(value.get(i).textValue());
        }
        return agent -> ids.contains(agent.id());
    }

    private static Predicate<AgentState> filter(Map<String, List<String>> filters, PresenceIndex index) {
        try {
            return Directory.filter(new QueryParameters(filters, NAMED, "status", "queue", "capability", "q"), index);
        } catch (Refused refused) {
            Outcome outcome = refused.outcome();
            throw new Refused(Outcome.refused(
                    Objects.requireNonNull(outcome.code()), String.valueOf(outcome.detail()), "/where/queue"));
        }
    }

    private static Envelope envelope(ObjectNode command, String agent, HttpHeaders headers) {
        ObjectNode line = command.deepCopy().put("agent", agent);
        Command read = CommandReader.command(line).command();
        return CommandGateway.oneOfMany(read, headers::getHeaderString);
    }

    // --- what becomes of it

    private List<Result> apply(List<AgentState> agents, List<Envelope> envelopes) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int from = 0; from < envelopes.size(); from += AT_A_TIME) {
            List<Envelope> together = envelopes.subList(from, Math.min(from + AT_A_TIME, envelopes.size()));
            try {
                outcomes.addAll(commands.runTogether(together));
            } catch (Unavailable unavailable) {
                // Those before are done: each agent's outcome says so.
                Outcome refused = Outcome.refused(unavailable.code(), String.valueOf(unavailable.getMessage()));
                together.forEach(none -> outcomes.add(refused));
            }
        }
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < agents.size(); i++) {
            AgentState before = agents.get(i);
            AgentState after = presence.index().agent(before.id());
            results.add(result(before, outcomes.get(i), after));
        }
        return results;
    }

    private List<Result> rehearse(List<AgentState> agents, List<Envelope> envelopes) {
        List<Result> results = new ArrayList<>();
        try (ContactCentre aside = ContactCentre.rehearsal(
                presence.rules(), presence.index().catalogue().image(presence.now()), agents)) {
            for (int i = 0; i < agents.size(); i++) {
                AgentState before = agents.get(i);
                Outcome outcome = aside.apply(Envelope.of(envelopes.get(i).command()));
                results.add(result(before, outcome, aside.agent(before.id())));
            }
        }
        return results;
    }

    private static Result result(AgentState before, Outcome outcome, @Nullable AgentState after) {
        return new Result(
                before.id(),
                outcome,
                before.verdict().status(),
                after == null ? null : after.verdict().status());
    }

    private static void write(JsonGenerator json, boolean dryRun, List<Result> results) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("dryRun", dryRun);
        json.writeNumberField("matched", results.size());
        for (Outcome.Kind kind : Outcome.Kind.values()) {
            json.writeNumberField(
                    kind.name().toLowerCase(java.util.Locale.ROOT),
                    results.stream().filter(it -> it.outcome().kind() == kind).count());
        }
        json.writeArrayFieldStart("agents");
        for (Result result : results) {
            json.writeStartObject();
            json.writeStringField("agent", result.agent());
            json.writeStringField("outcome", result.outcome().kind().name());
            if (result.outcome().code() != null) {
                json.writeStringField("code", result.outcome().code().name());
                json.writeStringField(
                        "detail", Objects.requireNonNull(result.outcome().detail()));
            }
            json.writeStringField(
                    "from", result.before() == null ? null : result.before().name());
            json.writeStringField(
                    "status", result.after() == null ? null : result.after().name());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
