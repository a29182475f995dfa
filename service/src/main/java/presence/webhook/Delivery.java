package presence.webhook;

import org.jspecify.annotations.Nullable;

/**
 * How a try to send an event came out. It holds nothing of the answer but its status, since who reads this may not be one
 * who may read what the receiver says.
 *
 * @param status the status of HTTP; null if there was no answer
 * @param error why it counts as failed; null if it arrived
 * @param milliseconds how long it took
 */
public record Delivery(@Nullable Integer status, @Nullable String error, long milliseconds) {
    /** Whether the receiver has taken it: any status of 200 to 299. */
    public boolean arrived() {
        return error == null;
    }
}
