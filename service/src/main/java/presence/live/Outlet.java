package presence.live;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The way to a subscriber. One thing at a time is sent. Any thread, one at a time. */
public interface Outlet {
    /**
     * Sends texts one after the other. It does not wait.
     *
     * @param texts what is sent; not to be written to
     * @param sent called once, by any thread and perhaps before this returns: with null when there is room for more, or with
     *     what went wrong, after which nothing more can be sent
     */
    void send(List<byte[]> texts, Consumer<@Nullable Throwable> sent);

    /** Whether the subscriber may go on listening; asked at the pace of the comments. */
    boolean mayStay();

    /** Ends the answer after everything that was sent. */
    void end();

    /** Ends the connection, whatever is under way. */
    void cut();
}
