package presence.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import presence.state.Candidate;

/** A ranking does not grow with the number of its changes. */
class RankingGrowthTest {
    private static final Comparator<Candidate> ORDER = Candidate.BY_LOAD;

    @Test
    void staysShortWhenEverybodyHasMovedToTheEndManyTimes() {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            candidates.add(new Candidate("agent-" + i, "Somebody", 0, 0, 0));
        }
        Ranking ranking = Ranking.empty(ORDER).with(new ArrayList<>(), new ArrayList<>(candidates));
        SplittableRandom random = new SplittableRandom(7);
        for (int step = 1; step < 5_000; step++) {
            TreeSet<Integer> drawn = new TreeSet<>();
            for (int i = 0; i < 20; i++) {
                drawn.add(random.nextInt(candidates.size()));
            }
            List<Candidate> gone = new ArrayList<>();
            List<Candidate> come = new ArrayList<>();
            for (int place : drawn) {
                Candidate before = candidates.get(place);
                Candidate after = new Candidate(before.agent(), before.name(), 0, 0, step);
                gone.add(before);
                come.add(after);
                candidates.set(place, after);
            }
            ranking = ranking.with(gone, come);
        }
        assertThat(ranking.leafCount()).isLessThan(10_000 / 20);
    }
}
