package presence.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import presence.state.Candidate;

/** A ranking stays in order whatever comes and goes, and a ranking once taken stays as it was. */
class RankingTest {
    private static final Comparator<Candidate> ORDER = Candidate.BY_LOAD;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void keepsWhoIsThereInOrderThroughAnyChanges(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Candidate> there = new HashMap<>();
        Ranking ranking = Ranking.empty(ORDER);
        for (int step = 0; step < 400; step++) {
            List<Candidate> gone = new ArrayList<>();
            List<Candidate> come = new ArrayList<>();
            int changes = 1 + random.nextInt(step % 50 == 0 ? 2_000 : 40);
            TreeSet<String> drawn = new TreeSet<>();
            for (int i = 0; i < changes; i++) {
                drawn.add("agent-" + random.nextInt(3_000));
            }
            for (String agent : drawn) {
                Candidate before = there.remove(agent);
                if (before != null) {
                    gone.add(before);
                }
                if (before == null || random.nextInt(10) < 7) {
                    // Few instants, so that often the id decides; now and then the same place again.
                    long idleSince = before != null && random.nextInt(5) == 0 ? before.idleSince() : random.nextInt(20);
                    int load = before != null && before.idleSince() == idleSince ? before.load() : random.nextInt(3);
                    Candidate after = new Candidate(agent, "Somebody", 0, load, idleSince);
                    there.put(agent, after);
                    come.add(after);
                }
            }
            List<Candidate> asItWas = all(ranking);
            Ranking next = ranking.with(gone, come);
            List<Candidate> expected = new ArrayList<>(there.values());
            expected.sort(ORDER);
            assertThat(all(next)).as("seed %d, step %d", seed, step).isEqualTo(expected);
            assertThat(next.size()).isEqualTo(expected.size());
            assertThat(all(ranking)).isEqualTo(asItWas);
            ranking = next;
        }
    }

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

    private static List<Candidate> all(Ranking ranking) {
        List<Candidate> all = new ArrayList<>();
        ranking.forEach(all::add);
        return all;
    }
}
