package presence.door;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request, as far as the door looks at it.
 *
 * @param method the HTTP method
 * @param path the address, without the query, decoded
 * @param rawPath the same as it came
 * @param agents every agent that the query asks about, as it came
 * @param authorization the header {@code Authorization}; null if there is none. Never to be logged
 * @param address where it came from
 */
public record Passage(
        String method,
        String path,
        String rawPath,
        List<String> agents,
        @Nullable String authorization,
        String address) {
    /** Without what proves who somebody is. */
    @Override
    public String toString() {
        return method + " " + path + " from " + address;
    }
}
