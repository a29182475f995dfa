package presence.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of a webhook. After a change the one before goes on signing beside the new one, so that a receiver can change
 * too without missing an event.
 *
 * @param current the one that was made last
 * @param previous the one before; null if there is none
 * @param previousUntil until when the one before signs too, in milliseconds since 1970-01-01T00:00Z
 */
record Secrets(Secret current, @Nullable Secret previous, long previousUntil) {
    /** How long the one before goes on signing. */
    static final Duration OVERLAP = Duration.ofHours(24);

    static Secrets first() {
        return new Secrets(Secret.random(), null, 0);
    }

    /** With a new one, as from now. */
    Secrets changed(long now) {
        return new Secrets(Secret.random(), current, now + OVERLAP.toMillis());
    }

    /** What the header {@code webhook-signature} says: a signature, or two with a blank between them. */
    String signatures(String id, long now, byte[] body) {
        long second = Math.floorDiv(now, 1_000);
        String signature = current.signature(id, second, body);
        return previous != null && now < previousUntil
                ? signature + " " + previous.signature(id, second, body)
                : signature;
    }
}
