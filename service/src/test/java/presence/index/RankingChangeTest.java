package presence.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import presence.state.Candidate;

final class RankingChangeTest {

    /** 30,000 moves are more than may wait without those that cancel out being dropped. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 30_000})
    void it_is_the_same_ranking_however_seldom_it_is_published(int movesBetween) {
        Random random = new Random(42);
        RankingChange change = new RankingChange(Candidate.BY_LOAD);
        Map<String, Candidate> places = new TreeMap<>();
        for (int move = 1; move <= 30_000; move++) {
            String agent = "a" + random.nextInt(200);
            Candidate from = places.get(agent);
            Candidate to = random.nextInt(4) == 0
                    ? null
                    : new Candidate(agent, "", 0, random.nextInt(3), 1_000L * random.nextInt(5));
            change.move(from, to, move);
            if (to == null) {
                places.remove(agent);
            } else {
                places.put(agent, to);
            }
            if (move % movesBetween == 0) {
                change.publish();
            }
        }
        change.publish();

        List<Candidate> expected = new ArrayList<>(places.values());
        expected.sort(Candidate.BY_LOAD);
        assertThat(change.published()).containsExactlyElementsOf(expected);
        assertThat(change.changed()).isFalse();
    }
}
