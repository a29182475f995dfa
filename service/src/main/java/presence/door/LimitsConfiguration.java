package presence.door;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * How much one caller, and all of them, may ask for: {@code limits} in {@code config.yml}.
 *
 * @param requestsPerSecond of each key or token's subject; 0 for any number
 * @param routingRequestsPerSecond of each key or subject with the role ROUTING or ADMIN; 0 for any number
 * @param connections open at once, on the connectors for callers
 */
public record LimitsConfiguration(
        @Min(0) @Max(1_000_000) int requestsPerSecond,
        @Min(0) @Max(1_000_000) int routingRequestsPerSecond,
        @Min(10) @Max(1_000_000) int connections) {

    /** Every setting has a default. */
    @JsonCreator
    public static LimitsConfiguration of(
            @JsonProperty("requestsPerSecond") @Nullable Integer requestsPerSecond,
            @JsonProperty("routingRequestsPerSecond") @Nullable Integer routingRequestsPerSecond,
            @JsonProperty("connections") @Nullable Integer connections) {
        return new LimitsConfiguration(
                requestsPerSecond == null ? 100 : requestsPerSecond,
                routingRequestsPerSecond == null ? 0 : routingRequestsPerSecond,
                connections == null ? 20_000 : connections);
    }

    /** The settings as they are when the file says nothing. */
    public static LimitsConfiguration defaults() {
        return of(null, null, null);
    }
}
