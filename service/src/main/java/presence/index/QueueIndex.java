package presence.index;

import java.util.Arrays;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import presence.facts.Capability;
import presence.state.Candidate;

/** One queue as its readers see it: its members, and by capability those eligible and those in reserve. */
final class QueueIndex {
    private final String queue;
    private final NavigableSet<String> members = new ConcurrentSkipListSet<>();
    private final RankingChange[] eligible = rankings();
    private final RankingChange[] reserve = rankings();
    private final boolean[] reserveOpen = new boolean[Capability.values().length];

    /** What the answers are made from: the eligible, or the reserve while it is open. */
    private volatile Ranking[] answers =
            Arrays.stream(eligible).map(RankingChange::published).toArray(Ranking[]::new);

    QueueIndex(String queue) {
        this.queue = queue;
    }

    String queue() {
        return queue;
    }

    /** The ids of the agents who have joined the queue, in order. */
    NavigableSet<String> members() {
        return members;
    }

    RankingChange eligible(Capability capability) {
        return eligible[capability.ordinal()];
    }

    RankingChange reserve(Capability capability) {
        return reserve[capability.ordinal()];
    }

    void reserveOpen(Capability capability, boolean open) {
        reserveOpen[capability.ordinal()] = open;
    }

    /** Those a conversation is offered to, in order. */
    Ranking answer(Capability capability) {
        return answers[capability.ordinal()];
    }

    /** Makes the answers those of now; answers what they were, by capability. */
    Ranking[] publishAnswers() {
        Ranking[] before = answers;
        Ranking[] fresh = new Ranking[eligible.length];
        for (int i = 0; i < fresh.length; i++) {
            fresh[i] = (reserveOpen[i] ? reserve[i] : eligible[i]).published();
        }
        answers = fresh;
        return before;
    }

    private static RankingChange[] rankings() {
        return Arrays.stream(Capability.values())
                .map(capability -> new RankingChange(Candidate.BY_LOAD))
                .toArray(RankingChange[]::new);
    }
}
