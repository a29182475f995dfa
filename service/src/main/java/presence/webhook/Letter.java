package presence.webhook;

import org.jdbi.v3.core.mapper.reflect.JdbiConstructor;

/**
 * An event on its way to a webhook, without what it says, which is read when it is sent.
 *
 * @param number the number of the event
 * @param agent whom it is about; empty for {@link CloudEvents#LOST}
 * @param kind its kind
 * @param attempts how often it has been tried
 * @param firstAt when it was tried first, in milliseconds since 1970-01-01T00:00Z; 0 if it was not
 * @param dueAt when it is to be tried again, in the same way; 0 for at once
 */
public record Letter(long number, String agent, String kind, int attempts, long firstAt, long dueAt) {
    @JdbiConstructor
    public Letter {}

    /** The id of the event, which receivers tell repeats by. */
    String id() {
        return CloudEvents.id(kind, number);
    }

    /** The same, not to be waited with. */
    Letter dueAtOnce() {
        return new Letter(number, agent, kind, attempts, firstAt, 0);
    }

    /** The same after a try that failed. */
    Letter failed(long triedAt, long again) {
        return new Letter(number, agent, kind, attempts + 1, attempts == 0 ? triedAt : firstAt, again);
    }
}
