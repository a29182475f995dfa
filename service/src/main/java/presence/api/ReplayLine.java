package presence.api;

import static presence.command.ErrorCode.INVALID_VALUE;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import presence.command.Envelope;
import presence.facts.Channel;

/**
 * A line of a file for replay: a command or a question, with its time.
 *
 * @param at when it happens, in milliseconds since 1970-01-01T00:00Z
 * @param command the command; null for a question or a line in error
 * @param query the question; null for a command or a line in error
 * @param error what is wrong with the line; null if nothing is
 */
public record ReplayLine(
        long at,
        @Nullable Envelope command,
        @Nullable Query query,
        @Nullable BadInput error) {
    private static final int MOST = 1_000_000;

    /** The last instant of the year 9999, in milliseconds since 1970-01-01T00:00Z. */
    private static final long LATEST = 253_402_300_799_999L;

    /** A question that a file can ask. */
    public sealed interface Query {
        /** What the agent is. */
        record AgentQuery(String agent) implements Query {}

        /** Who is eligible for the queue's conversations. */
        record EligibleQuery(String queue, Channel channel, int limit) implements Query {}

        /** Who the conversation can be transferred to. */
        record TransferTargetsQuery(String conversation, int limit) implements Query {}

        /** Why the agent is not eligible, overflow left out of account. */
        record ExclusionsQuery(String agent, String queue, Channel channel) implements Query {}
    }

    /**
     * Reads a line. A line whose command or question is at fault is one that carries its error.
     *
     * @throws BadInput if the line has no time that can be read: nothing after it can be trusted
     */
    public static ReplayLine read(byte[] bytes, int offset, int length) {
        JsonNode line = CommandReader.json(bytes, offset, length);
        long at = at(line);
        try {
            Fields fields = new Fields(line);
            fields.has("at");
            if (fields.has("query")) {
                Query query = query(fields, line);
                fields.check();
                return new ReplayLine(at, null, query, null);
            }
            return new ReplayLine(at, CommandReader.timedCommand(fields, line), null, null);
        } catch (BadInput e) {
            return new ReplayLine(at, null, null, e);
        }
    }

    private static long at(JsonNode line) {
        JsonNode at = line.get("at");
        try {
            if (at != null && at.isTextual()) {
                long instant = Instant.parse(at.textValue()).toEpochMilli();
                if (instant >= 0 && instant <= LATEST) {
                    return instant;
                }
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            // said below
        }
        throw new BadInput(
                INVALID_VALUE,
                "The time 'at' is " + (at == null ? "missing" : at)
                        + "; expected an instant of the years 1970 to 9999 such as \"2026-03-02T08:00:00.000Z\".");
    }

    private static Query query(Fields fields, JsonNode line) {
        return switch (line.get("query").asText()) {
            case "agent" -> new Query.AgentQuery(fields.id("agent"));
            case "eligible" ->
                new Query.EligibleQuery(fields.id("queue"), fields.oneOf("channel", Channel.class), limit(fields));
            case "transfer-targets" -> new Query.TransferTargetsQuery(fields.id("conversation"), limit(fields));
            case "exclusions" ->
                new Query.ExclusionsQuery(
                        fields.id("agent"), fields.id("queue"), fields.oneOf("channel", Channel.class));
            default ->
                throw new BadInput(
                        INVALID_VALUE,
                        "There is no query " + line.get("query")
                                + "; expected agent, eligible, transfer-targets or exclusions.");
        };
    }

    private static int limit(Fields fields) {
        Integer limit = fields.optionalWhole("limit", 0, MOST);
        return limit != null ? limit : MOST;
    }
}
