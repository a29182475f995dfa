package presence.resources;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The body of a request: one JSON value.
 *
 * @param json the value
 */
public record RequestBody(JsonNode json) {}
