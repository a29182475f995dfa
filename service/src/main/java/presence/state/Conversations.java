package presence.state;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The conversations that are open, and those handled that are still remembered. Orphaned and suspect ones stay until
 * somebody closes them. Written by one thread; {@link #find} and {@link #all} by any.
 */
final class Conversations {
    private final Map<String, Conversation> conversations = new ConcurrentHashMap<>();

    /** Those that are handled, the first to be forgotten first. */
    private final NavigableSet<Conversation> handled =
            new TreeSet<>(Comparator.comparingLong(Conversation::changedAt).thenComparing(Conversation::id));

    @Nullable Conversation find(String id) {
        return conversations.get(id);
    }

    /** Keeps a conversation in the place of what was known of it, which is answered; null if nothing was. */
    @Nullable Conversation keep(Conversation conversation) {
        Conversation before = conversations.put(conversation.id(), conversation);
        if (before != null) {
            handled.remove(before);
        }
        if (!conversation.open()) {
            handled.add(conversation);
            if (handled.size() > ContactCentre.MOST_HANDLED) {
                forgetOldest();
            }
        }
        return before;
    }

    /** Forgets those that were handled before an instant, in milliseconds since 1970-01-01T00:00Z. */
    void forgetBefore(long instant) {
        while (!handled.isEmpty() && handled.first().changedAt() < instant) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        conversations.remove(handled.pollFirst().id());
    }

    /** Forgets all of them. */
    void clear() {
        conversations.clear();
        handled.clear();
    }

    /** All that are remembered, in no order. */
    Collection<Conversation> all() {
        return Collections.unmodifiableCollection(conversations.values());
    }
}
