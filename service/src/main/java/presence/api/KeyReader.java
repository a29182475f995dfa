package presence.api;

import static presence.command.ErrorCode.INVALID_VALUE;
import static presence.command.ErrorCode.MISSING_FIELD;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import presence.door.Keys;
import presence.door.Role;

/** Reads what is said of a key that is to be made. Thread-safe. */
public final class KeyReader {
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private KeyReader() {}

    /** A key as it is wanted. */
    public static Keys.Wanted wanted(JsonNode body) {
        Fields fields = new Fields(body);
        String name = fields.id("name");
        Role role = fields.oneOf("role", Role.class);
        @Nullable String agent = fields.optionalId("agent");
        @Nullable Duration goodFor = fields.optionalDuration("expires", SHORTEST);
        if (fields.faultCount() == 0 && role == Role.AGENT && agent == null) {
            fields.fault("agent", MISSING_FIELD, "The role AGENT needs the agent that it is; expected an id.");
        } else if (fields.faultCount() == 0 && role != Role.AGENT && agent != null) {
            fields.fault("agent", INVALID_VALUE, "Only a key with the role AGENT is for an agent; expected none.");
        }
        fields.check();
        return new Keys.Wanted(name, List.of(role), agent, goodFor);
    }
}
