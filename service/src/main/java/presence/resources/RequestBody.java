package presence.resources;

import static presence.command.ErrorCode.MALFORMED_JSON;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import presence.api.BadInput;

/**
 * The body of a request: one JSON value.
 *
 * @param value the value; null if there is nothing in the body, whatever its media type says
 */
public record RequestBody(@Nullable JsonNode value) {

    /** The value of a body, which the framework leaves out when neither it nor its media type is given. */
    static JsonNode json(@Nullable RequestBody body) {
        JsonNode value = optionalJson(body);
        if (value == null) {
            throw new BadInput(MALFORMED_JSON, "The request has no body; expected a JSON object.");
        }
        return value;
    }

    /** The value of a body that may be left out; null if it is. */
    static @Nullable JsonNode optionalJson(@Nullable RequestBody body) {
        return body == null ? null : body.value();
    }
}
