package presence.state;

import java.util.Comparator;

/**
 * An agent as one of several that could take a conversation: what the order of answers depends on. Immutable.
 *
 * @param agent the agent's id
 * @param name the agent's name
 * @param rank where the rules rank the agent among transfer targets
 * @param load conversations offered, active and in wrap-up, on all channels
 * @param idleSince since when the agent has had nothing new to do, in milliseconds since 1970-01-01T00:00Z
 */
public record Candidate(String agent, String name, int rank, int load, long idleSince) {

    /** The order of eligible agents: the least loaded, then the longest idle, then by id. */
    public static final Comparator<Candidate> BY_LOAD = (a, b) -> {
        if (a.load != b.load) {
            return a.load < b.load ? -1 : 1;
        }
        return byIdleSince(a, b);
    };

    /** The order of transfer targets: by rank, then as eligible agents. */
    public static final Comparator<Candidate> BY_RANK = (a, b) -> {
        if (a.rank != b.rank) {
            return a.rank < b.rank ? -1 : 1;
        }
        return BY_LOAD.compare(a, b);
    };

    private static int byIdleSince(Candidate a, Candidate b) {
        if (a.idleSince != b.idleSince) {
            return a.idleSince < b.idleSince ? -1 : 1;
        }
        return a.agent.compareTo(b.agent);
    }
}
