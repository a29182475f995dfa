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
 * @param past whether the query asks how something was at an instant
 * @param authorization the header {@code Authorization}; null if there is none. Never to be logged
 * @param session the session that a browser's cookie names; null if there is none, or the header is there. Never to be logged
 * @param site whose page asked, as far as it matters: not where the header is there, nor for what changes nothing
 * @param address where it came from
 */
public record Passage(
        String method,
        String path,
        String rawPath,
        List<String> agents,
        boolean past,
        @Nullable String authorization,
        @Nullable String session,
        Site site,
        String address) {
    /** Whose page has a browser ask. */
    public enum Site {
        /** One of this service's. */
        OWN,
        /** Another one. */
        OTHER,
        /** It does not say; programs do not, and browsers do. */
        UNSAID
    }

    /** Whether it asks for nothing to be changed. */
    boolean onlyReads() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** Without what proves who somebody is. */
    @Override
    public String toString() {
        return method + " " + path + " from " + address;
    }
}
