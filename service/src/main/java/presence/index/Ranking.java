package presence.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import presence.state.Candidate;

/**
 * Candidates in the order in which they are to be asked. Immutable: a change makes a new ranking that shares what it can
 * with the old one, so that a reader sees one ranking from its first candidate to its last.
 *
 * <p>Candidates lie in leaves of up to {@value #LEAF}. A few changes copy the leaves they hit and the list of leaves; many
 * changes merge everything anew.
 */
public final class Ranking implements Iterable<Candidate> {
    private static final int LEAF = 128;

    private final Comparator<Candidate> order;
    private final Candidate[][] leaves;
    private final int size;

    private Ranking(Comparator<Candidate> order, Candidate[][] leaves, int size) {
        this.order = order;
        this.leaves = leaves;
        this.size = size;
    }

    /** A ranking of nobody. */
    public static Ranking empty(Comparator<Candidate> order) {
        return new Ranking(order, new Candidate[0][], 0);
    }

    /** How many candidates there are. */
    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** Into how many pieces the candidates are divided. */
    int leafCount() {
        return leaves.length;
    }

    /** The candidates in order. */
    @Override
    public Iterator<Candidate> iterator() {
        return new Iterator<>() {
            private int leaf;
            private int place;

            @Override
            public boolean hasNext() {
                return leaf < leaves.length;
            }

            @Override
            public Candidate next() {
                if (leaf >= leaves.length) {
                    throw new NoSuchElementException();
                }
                Candidate next = leaves[leaf][place++];
                if (place == leaves[leaf].length) {
                    leaf++;
                    place = 0;
                }
                return next;
            }
        };
    }

    /**
     * The ranking after a change. The lists are sorted in place.
     *
     * @param gone candidates that are in this ranking
     * @param come candidates that are not, once those that are gone have left
     */
    Ranking with(List<Candidate> gone, List<Candidate> come) {
        gone.sort(order);
        come.sort(order);
        int changes = gone.size() + come.size();
        return changes * 8 > size ? merged(gone, come) : patched(gone, come);
    }

    private Ranking merged(List<Candidate> gone, List<Candidate> come) {
        Candidate[] all = new Candidate[size - gone.size() + come.size()];
        int at = 0;
        int nextGone = 0;
        int nextCome = 0;
        for (Candidate[] leaf : leaves) {
            for (Candidate candidate : leaf) {
                if (nextGone < gone.size() && order.compare(candidate, gone.get(nextGone)) == 0) {
                    nextGone++;
                    continue;
                }
                while (nextCome < come.size() && order.compare(come.get(nextCome), candidate) < 0) {
                    all[at++] = come.get(nextCome++);
                }
                all[at++] = candidate;
            }
        }
        while (nextCome < come.size()) {
            all[at++] = come.get(nextCome++);
        }
        List<Candidate[]> fresh = new ArrayList<>(at / LEAF * 2 + 1);
        addLeaves(fresh, all, at);
        return of(fresh, at);
    }

    private Ranking patched(List<Candidate> gone, List<Candidate> come) {
        List<Candidate[]> fresh = new ArrayList<>(leaves.length + 1);
        int nextGone = 0;
        int nextCome = 0;
        int leaf = 0;
        while (leaf < leaves.length) {
            int hit = Math.min(
                    nextGone < gone.size() ? leafOf(gone.get(nextGone), leaf) : leaves.length,
                    nextCome < come.size() ? leafOf(come.get(nextCome), leaf) : leaves.length);
            fresh.addAll(Arrays.asList(leaves).subList(leaf, hit));
            leaf = hit;
            if (leaf == leaves.length) {
                break;
            }
            // What comes before the next leaf's first candidate belongs here; the last leaf takes the rest.
            Candidate[] changed = leaves[leaf];
            Candidate limit = leaf + 1 < leaves.length ? leaves[leaf + 1][0] : null;
            int goneEnd = nextGone;
            while (goneEnd < gone.size() && (limit == null || order.compare(gone.get(goneEnd), limit) < 0)) {
                goneEnd++;
            }
            int comeEnd = nextCome;
            while (comeEnd < come.size() && (limit == null || order.compare(come.get(comeEnd), limit) < 0)) {
                comeEnd++;
            }
            List<Candidate> goneHere = gone.subList(nextGone, goneEnd);
            List<Candidate> comeHere = come.subList(nextCome, comeEnd);
            Candidate[] all = patched(changed, goneHere, comeHere);
            addLeaf(fresh, all);
            nextGone = goneEnd;
            nextCome = comeEnd;
            leaf++;
        }
        return of(fresh, size - gone.size() + come.size());
    }

    /** One leaf after a change. Looks for the places of the few that move and copies the rest in pieces. */
    private Candidate[] patched(Candidate[] leaf, List<Candidate> gone, List<Candidate> come) {
        Candidate[] all = new Candidate[leaf.length - gone.size() + come.size()];
        int from = 0;
        int at = 0;
        int g = 0;
        int c = 0;
        while (g < gone.size() || c < come.size()) {
            // One that comes to the very place of one that goes comes after it.
            boolean goes = c == come.size() || (g < gone.size() && order.compare(gone.get(g), come.get(c)) <= 0);
            Candidate next = goes ? gone.get(g++) : come.get(c++);
            int place = place(leaf, from, next);
            System.arraycopy(leaf, from, all, at, place - from);
            at += place - from;
            from = place;
            if (goes) {
                from++;
            } else {
                all[at++] = next;
            }
        }
        System.arraycopy(leaf, from, all, at, leaf.length - from);
        return all;
    }

    /** The place of the first candidate of the leaf that does not come before this one, from a place on. */
    private int place(Candidate[] leaf, int from, Candidate candidate) {
        int low = from;
        int high = leaf.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (order.compare(leaf[middle], candidate) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The leaf that holds the candidate, or would: the last one that begins at or before it. */
    private int leafOf(Candidate candidate, int from) {
        int low = from;
        int high = leaves.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (order.compare(leaves[middle][0], candidate) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Leaves that have grown small become one with the leaf before, or there would be ever more of them. */
    private static void addLeaf(List<Candidate[]> fresh, Candidate[] leaf) {
        Candidate[] before = fresh.isEmpty() ? leaf : fresh.get(fresh.size() - 1);
        if (fresh.isEmpty() || before.length + leaf.length > LEAF / 2) {
            addLeaves(fresh, leaf, leaf.length);
            return;
        }
        Candidate[] both = Arrays.copyOf(before, before.length + leaf.length);
        System.arraycopy(leaf, 0, both, before.length, leaf.length);
        fresh.set(fresh.size() - 1, both);
    }

    private static void addLeaves(List<Candidate[]> fresh, Candidate[] all, int length) {
        if (length == 0) {
            return;
        }
        if (length == all.length && length <= LEAF) {
            fresh.add(all);
            return;
        }
        int pieces = (length + LEAF - 1) / LEAF;
        for (int piece = 0; piece < pieces; piece++) {
            fresh.add(Arrays.copyOfRange(all, length * piece / pieces, length * (piece + 1) / pieces));
        }
    }

    private Ranking of(List<Candidate[]> fresh, int newSize) {
        return new Ranking(order, fresh.toArray(Candidate[][]::new), newSize);
    }
}
