package presence.webhook;

import org.jdbi.v3.core.mapper.reflect.JdbiConstructor;

/**
 * An event that did not arrive at a webhook in time.
 *
 * @param number the number of the event
 * @param agent whom it is about; empty if it tells of a loss
 * @param kind its kind
 * @param atEpochMilli when it happened, in milliseconds since 1970-01-01T00:00Z
 * @param body the event, as it was sent
 * @param attempts how often it was tried
 * @param deadAt when it was given up, in milliseconds since 1970-01-01T00:00Z
 * @param error how the last try failed
 */
public record DeadLetter(
        long number,
        String agent,
        String kind,
        long atEpochMilli,
        String body,
        int attempts,
        long deadAt,
        String error) {
    @JdbiConstructor
    public DeadLetter {}

    /** The id of the event. */
    public String event() {
        return CloudEvents.id(kind, number);
    }
}
