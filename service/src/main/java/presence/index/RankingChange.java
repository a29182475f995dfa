package presence.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import presence.state.Candidate;

/** A ranking that readers see, and the changes that the next publication makes to it. Written by one thread. */
final class RankingChange {
    private final List<Candidate> gone = new ArrayList<>();
    private final List<Candidate> come = new ArrayList<>();
    private volatile Ranking published;

    RankingChange(Comparator<Candidate> order) {
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
    }

    boolean changed() {
        return !gone.isEmpty() || !come.isEmpty();
    }

    void publish() {
        if (changed()) {
            published = published.with(gone, come);
            gone.clear();
            come.clear();
        }
    }
}
