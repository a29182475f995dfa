package presence.live;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The last messages, for all subscribers alike: each reads on from where it is, and who is further behind than this reaches
 * has lost the thread. Ids grow by one, but for a gap where messages were forgotten.
 *
 * <p>One thread at a time writes; any may read, and takes no lock.
 */
final class MessageLog {
    /** The most bytes of messages that are kept. */
    static final int MOST_BYTES = 64 << 20;

    private final AtomicReferenceArray<@Nullable Message> messages;
    private volatile long first;
    private volatile long last;
    private long bytes;

    /**
     * @param most how many messages are kept
     * @param before an id greater than any that was ever given
     */
    MessageLog(int most, long before) {
        messages = new AtomicReferenceArray<>(most);
        first = before + 1;
        last = before;
    }

    /** The id of the last message. */
    long last() {
        return last;
    }

    /** The message; null if it is kept no longer, or never was. */
    @Nullable Message message(long id) {
        Message message = messages.get(slot(id));
        return message != null && message.id() == id ? message : null;
    }

    /** Whether every message after this one is kept. */
    boolean goesOnFrom(long id) {
        return id >= first - 1 && id <= last;
    }

    /** @param message its id is the one after the last */
    void add(Message message) {
        long id = last + 1;
        if (id - first >= messages.length()) {
            dropFirst();
        }
        messages.set(slot(id), message);
        bytes += message.bytes().length;
        last = id;
        while (bytes > MOST_BYTES && first < last) {
            dropFirst();
        }
    }

    private void dropFirst() {
        long dropped = first;
        Message message = messages.getAndSet(slot(dropped), null);
        bytes -= message == null ? 0 : message.bytes().length;
        first = dropped + 1;
    }

    /** Forgets every message, and leaves a gap that no reader gets over. */
    void clear() {
        while (first <= last) {
            dropFirst();
        }
        long next = last + 1;
        first = next + 1;
        last = next;
    }

    private int slot(long id) {
        return Math.toIntExact(id % messages.length());
    }
}
