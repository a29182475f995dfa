package presence.state;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The offers that are open, and those closed that are still remembered. Written by one thread; {@link #find} by any. */
final class Offers {
    private final Map<String, Offer> offers = new ConcurrentHashMap<>();
    private final Map<String, String> openByConversation = new ConcurrentHashMap<>();
    private final NavigableSet<Offer> closed =
            new TreeSet<>(Comparator.comparingLong(Offer::closedAt).thenComparing(Offer::id));
    private long made;

    Offers(long made, Collection<Offer> remembered) {
        this.made = made;
        remembered.forEach(this::keep);
    }

    /** An id that no offer had before. */
    String nextId() {
        return "offer-" + ++made;
    }

    /** How many offers were ever made. */
    long made() {
        return made;
    }

    @Nullable Offer find(String id) {
        return offers.get(id);
    }

    /** The open offer of a conversation; null if there is none. */
    @Nullable Offer openFor(String conversation) {
        String id = openByConversation.get(conversation);
        Offer offer = id == null ? null : offers.get(id);
        // Closed between two looks of another thread than the owner's.
        return offer != null && offer.open() ? offer : null;
    }

    void keep(Offer offer) {
        offers.put(offer.id(), offer);
        if (offer.open()) {
            openByConversation.put(offer.conversation(), offer.id());
        } else {
            openByConversation.remove(offer.conversation(), offer.id());
            closed.add(offer);
            if (closed.size() > ContactCentre.MOST_CLOSED_OFFERS) {
                forgetOldest();
            }
        }
    }

    /** Forgets those that were closed before an instant, in milliseconds since 1970-01-01T00:00Z. */
    void forgetBefore(long instant) {
        while (!closed.isEmpty() && closed.first().closedAt() < instant) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        offers.remove(closed.pollFirst().id());
    }

    /** Forgets all of them. */
    void clear() {
        offers.clear();
        openByConversation.clear();
        closed.clear();
    }

    /** All that are remembered, in no order. */
    Collection<Offer> all() {
        return Collections.unmodifiableCollection(offers.values());
    }
}
