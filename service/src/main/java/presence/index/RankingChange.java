package presence.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import presence.state.Candidate;

/** A ranking that readers see, and the changes that the next publication makes to it. Written by one thread. */
final class RankingChange {
    /** So many moves wait at least before those that cancel out are dropped ahead of the publication. */
    private static final int TIDY_AT = 10_000;

    private int tidyAt = TIDY_AT;
    private int firstTaking;
    private boolean severalTakings;
    private final List<Candidate> gone = new ArrayList<>();
    private final List<Candidate> come = new ArrayList<>();
    private volatile Ranking published;

    RankingChange(Comparator<Candidate> order) {
        published = Ranking.empty(order);
    }

    Ranking published() {
        return published;
    }

    /**
     * Notes where an agent stood and where it stands now; null is nowhere.
     *
     * @param taking which taking of changes this belongs to; within one an agent moves once at most
     */
    @SuppressWarnings("ReferenceEquality") // the same object is the same place, and that is all that has to be quick
    void move(@Nullable Candidate from, @Nullable Candidate to, int taking) {
        if (from == to) {
            return;
        }
        if (!changed()) {
            firstTaking = taking;
        }
        severalTakings |= taking != firstTaking;
        if (from != null) {
            gone.add(from);
        }
        if (to != null) {
            come.add(to);
        }
        if (severalTakings && moves() > tidyAt) {
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
            if (severalTakings) {
                dropPassages();
            }
            published = published.with(gone, come);
            gone.clear();
            come.clear();
        }
    }

    /**
     * When several takings are published at once, an agent may have come to a place and left it again: nobody saw that. A
     * place is one object, so that what came and went is found by identity.
     */
    private void dropPassages() {
        Map<Candidate, Integer> balance = new IdentityHashMap<>();
        gone.forEach(candidate -> balance.merge(candidate, -1, Integer::sum));
        come.forEach(candidate -> balance.merge(candidate, 1, Integer::sum));
        gone.clear();
        come.clear();
        balance.forEach((candidate, net) -> {
            if (net < 0) {
                gone.add(candidate);
            } else if (net > 0) {
                come.add(candidate);
            }
        });
        severalTakings = false;
    }
}
