package presence.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import presence.state.Candidate;

/** A ranking that readers see, and the changes that the next publication makes to it. Written by one thread. */
final class RankingChange {
    /** So many moves wait at least before those that cancel out are dropped ahead of the publication. */
    private static final int TIDY_AT = 10_000;

    private final Comparator<Candidate> order;
    private int tidyAt = TIDY_AT;
    private final List<Candidate> gone = new ArrayList<>();
    private final List<Candidate> come = new ArrayList<>();
    private volatile Ranking published;

    RankingChange(Comparator<Candidate> order) {
        this.order = order;
        published = Ranking.empty(order);
    }

    Ranking published() {
        return published;
    }

    /** Notes where an agent stood and where it stands now; null is nowhere. */
    @SuppressWarnings("ReferenceEquality") // the same object is the same place, and that is all that has to be quick
    void move(@Nullable Candidate from, @Nullable Candidate to) {
        if (from == to) {
            return;
        }
        if (from != null) {
            gone.add(from);
        }
        if (to != null) {
            come.add(to);
        }
        if (moves() > tidyAt) {
            dropPassages();
            tidyAt = Math.max(TIDY_AT, 2 * moves());
        }
    }

    private int moves() {
        return gone.size() + come.size();
    }

    boolean changed() {
        return !gone.isEmpty() || !come.isEmpty();
    }

    void publish() {
        if (changed()) {
            dropPassages();
            published = published.with(gone, come);
            gone.clear();
            come.clear();
        }
    }

    /** When several turns are published at once, an agent may have come to a place and left it again: nobody saw that. */
    private void dropPassages() {
        if (gone.isEmpty() || come.isEmpty()) {
            return;
        }
        gone.sort(order);
        come.sort(order);
        int goneKept = 0;
        int comeKept = 0;
        int nextCome = 0;
        for (int i = 0; i < gone.size(); i++) {
            Candidate left = gone.get(i);
            while (nextCome < come.size() && order.compare(come.get(nextCome), left) < 0) {
                come.set(comeKept++, come.get(nextCome++));
            }
            if (nextCome < come.size() && order.compare(come.get(nextCome), left) == 0) {
                nextCome++;
            } else {
                gone.set(goneKept++, left);
            }
        }
        while (nextCome < come.size()) {
            come.set(comeKept++, come.get(nextCome++));
        }
        gone.subList(goneKept, gone.size()).clear();
        come.subList(comeKept, come.size()).clear();
    }
}
