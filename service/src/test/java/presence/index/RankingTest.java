package presence.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import presence.state.Candidate;

/** A ranking is what a sorted set would be. */
class RankingTest {

    private static Candidate candidate(Random random, int agent) {
        return new Candidate("a" + agent, "Agent", random.nextInt(4), random.nextInt(5), random.nextInt(200));
    }

    private static List<Candidate> list(Ranking ranking) {
        List<Candidate> all = new ArrayList<>();
        ranking.forEach(all::add);
        return all;
    }

    /** Now a single change, now a handful, now everything. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void after_changes_of_every_size_it_holds_what_a_sorted_set_holds(long seed) {
        Random random = new Random(seed);
        Comparator<Candidate> order = seed % 2 == 0 ? Candidate.BY_LOAD : Candidate.BY_RANK;
        int agents = seed < 3 ? 3_000 : 300;
        Candidate[] places = new Candidate[agents];
        TreeSet<Candidate> expected = new TreeSet<>(order);
        Ranking ranking = Ranking.empty(order);
        for (int round = 0; round < 600; round++) {
            int size = switch (random.nextInt(8)) {
                case 0 -> 0;
                case 1, 2, 3 -> 1;
                case 4, 5 -> 2 + random.nextInt(20);
                case 6 -> random.nextInt(agents / 4);
                default -> random.nextInt(10) == 0 ? agents : agents / 10;
            };
            boolean emptying = round % 100 > 90;
            List<Candidate> gone = new ArrayList<>();
            List<Candidate> come = new ArrayList<>();
            boolean[] touched = new boolean[agents];
            for (int i = 0; i < size; i++) {
                int agent = random.nextInt(agents);
                if (touched[agent]) {
                    continue;
                }
                touched[agent] = true;
                Candidate to = emptying || random.nextInt(4) == 0 ? null : candidate(random, agent);
                if (places[agent] != null) {
                    gone.add(places[agent]);
                    expected.remove(places[agent]);
                }
                if (to != null) {
                    come.add(to);
                    expected.add(to);
                }
                places[agent] = to;
            }
            ranking = ranking.with(gone, come);

            assertThat(ranking.size()).as("seed %d, round %d", seed, round).isEqualTo(expected.size());
            assertThat(ranking.isEmpty()).isEqualTo(expected.isEmpty());
            assertThat(list(ranking)).as("seed %d, round %d", seed, round).isEqualTo(List.copyOf(expected));
        }
    }

    @Test
    void one_that_goes_and_comes_back_the_same_stays() {
        Candidate ada = new Candidate("ada", "Ada", 0, 0, 5);
        Ranking ranking = Ranking.empty(Candidate.BY_LOAD).with(new ArrayList<>(), new ArrayList<>(List.of(ada)));

        Ranking after = ranking.with(
                new ArrayList<>(List.of(ada)), new ArrayList<>(List.of(new Candidate("ada", "Ada L.", 0, 0, 5))));

        assertThat(list(after)).extracting(Candidate::name).containsExactly("Ada L.");
    }

    @Test
    void the_order_is_load_then_longest_idle_then_id_and_for_transfers_rank_before_all() {
        Candidate a = new Candidate("a", "", 1, 0, 50);
        Candidate b = new Candidate("b", "", 1, 0, 50);
        Candidate longIdle = new Candidate("z", "", 2, 0, 10);
        Candidate loaded = new Candidate("c", "", 0, 1, 1);
        List<Candidate> all = List.of(loaded, b, a, longIdle);

        assertThat(list(Ranking.empty(Candidate.BY_LOAD).with(new ArrayList<>(), new ArrayList<>(all))))
                .containsExactly(longIdle, a, b, loaded);
        assertThat(list(Ranking.empty(Candidate.BY_RANK).with(new ArrayList<>(), new ArrayList<>(all))))
                .containsExactly(loaded, a, b, longIdle);
    }

    @Test
    void an_iterator_ends() {
        Iterator<Candidate> nobody = Ranking.empty(Candidate.BY_LOAD).iterator();

        assertThat(nobody.hasNext()).isFalse();
        Assertions.assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(nobody::next);
    }

    @Test
    void a_large_ranking_in_hand_does_not_change() {
        Random random = new Random(5);
        List<Candidate> come = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            come.add(new Candidate("a" + i, "", 0, 0, random.nextInt()));
        }
        Candidate mover = come.get(4_711);
        Ranking before = Ranking.empty(Candidate.BY_LOAD).with(new ArrayList<>(), come);

        Ranking after = before.with(
                new ArrayList<>(List.of(mover)), new ArrayList<>(List.of(new Candidate(mover.agent(), "", 0, 0, 0))));

        assertThat(after.size()).isEqualTo(before.size());
        assertThat(list(before)).as("the ranking before is what it was").contains(mover);
    }

    /** Agents only move, so that every ranking ever published has each of them once. */
    @Test
    void readers_always_see_everybody_once_and_in_order_while_a_writer_publishes() throws Exception {
        int agents = 500;
        Random random = new Random(9);
        RankingChange change = new RankingChange(Candidate.BY_LOAD);
        Candidate[] places = new Candidate[agents];
        for (int i = 0; i < agents; i++) {
            places[i] = candidate(random, i);
            change.move(null, places[i], 1);
        }
        change.publish();
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong readings = new AtomicLong();
        ExecutorService readers = Executors.newFixedThreadPool(2);
        List<Future<?>> reading = new ArrayList<>();
        for (int reader = 0; reader < 2; reader++) {
            reading.add(readers.submit(() -> {
                while (!stop.get()) {
                    Ranking seen = change.published();
                    int count = 0;
                    Candidate last = null;
                    java.util.Set<String> names = new java.util.HashSet<>();
                    for (Candidate candidate : seen) {
                        count++;
                        names.add(candidate.agent());
                        if (last != null && Candidate.BY_LOAD.compare(last, candidate) >= 0) {
                            throw new AssertionError(last + " stands before " + candidate);
                        }
                        last = candidate;
                    }
                    if (count != agents || names.size() != agents || seen.size() != agents) {
                        throw new AssertionError(count + " candidates, " + names.size() + " agents");
                    }
                    readings.incrementAndGet();
                }
            }));
        }
        for (int round = 0; round < 3_000 || readings.get() < 100; round++) {
            for (int i = random.nextInt(round % 50 == 0 ? agents : 6); i >= 0; i--) {
                int agent = random.nextInt(agents);
                Candidate to = candidate(random, agent);
                change.move(places[agent], to, 2);
                places[agent] = to;
                change.publish();
            }
        }
        stop.set(true);
        for (Future<?> one : reading) {
            one.get(20, TimeUnit.SECONDS);
        }
        readers.shutdown();
    }
}
