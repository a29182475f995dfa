package presence.history;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import presence.facts.Channel;
import presence.facts.Status;
import presence.state.Offer;

/**
 * How long something was in each state during a period, in milliseconds: an agent, all agents while they were in a queue, or
 * all agents while they were on a profile. Added up by one thread.
 */
public final class TimeInState {
    private final Map<Status, Long> statuses = new EnumMap<>(Status.class);
    private final Map<String, Long> profiles = new TreeMap<>();
    private final Map<Channel, Handling> handling = new EnumMap<>(Channel.class);
    private final Map<Offer.State, Long> offers = new EnumMap<>(Offer.State.class);
    private final Map<String, Stays> stays = new TreeMap<>();
    private long ready;
    private long notReady;
    private long disconnected;
    private long intervals;

    /**
     * Conversations on a channel that ended for an agent during the period, each with its whole time with that agent.
     *
     * @param handled how many the agents were done with
     * @param moved how many went on to another agent
     * @param orphaned how many were left by agents who signed out
     * @param milliseconds how long all of them were with their agents, active and in wrap-up
     * @param wrapUp how much of that was wrap-up
     * @param longest the longest of them
     */
    public record Handling(long handled, long moved, long orphaned, long milliseconds, long wrapUp, long longest) {
        /** No conversation. */
        public static final Handling NONE = new Handling(0, 0, 0, 0, 0, 0);

        Handling with(ConversationRow ended) {
            long lasted = ended.at() - ended.startedAt();
            return new Handling(
                    handled + count(ended, ConversationRow.Change.HANDLED),
                    moved + count(ended, ConversationRow.Change.MOVED),
                    orphaned + count(ended, ConversationRow.Change.ORPHANED),
                    milliseconds + lasted,
                    wrapUp + (ended.wrapUpSince() == null ? 0 : ended.at() - ended.wrapUpSince()),
                    Math.max(longest, lasted));
        }

        private static int count(ConversationRow ended, ConversationRow.Change change) {
            return ended.change() == change ? 1 : 0;
        }
    }

    /**
     * Stays on a timed profile that ended during the period. A stay that ran out while the agent was not ready goes on until
     * the agent is ready, signs out or chooses another profile, or the period ends: that is what is over its plan.
     *
     * @param count how many
     * @param planned how long they were to be
     * @param actual how long they were
     * @param over by how much those that were longer were longer
     * @param longestOver the most that one was longer
     */
    public record Stays(long count, long planned, long actual, long over, long longestOver) {
        /** No stay. */
        public static final Stays NONE = new Stays(0, 0, 0, 0, 0);

        /** Both together. */
        public Stays and(Stays other) {
            return new Stays(
                    count + other.count,
                    planned + other.planned,
                    actual + other.actual,
                    over + other.over,
                    Math.max(longestOver, other.longestOver));
        }

        Stays with(long wasPlanned, long was) {
            long longer = Math.max(0, was - wasPlanned);
            return new Stays(
                    count + 1, planned + wasPlanned, actual + was, over + longer, Math.max(longestOver, longer));
        }
    }

    void add(StateRow row, Status status, long milliseconds) {
        statuses.merge(status, milliseconds, Long::sum);
        profiles.merge(name(row.profile()), milliseconds, Long::sum);
        if (row.signedIn()) {
            ready += row.ready() ? milliseconds : 0;
            notReady += row.ready() ? 0 : milliseconds;
            disconnected += row.connected() ? 0 : milliseconds;
        }
        intervals++;
    }

    void add(ConversationRow ended) {
        handling.merge(ended.channel(), Handling.NONE.with(ended), (before, first) -> before.with(ended));
    }

    void add(Offer.State ended) {
        offers.merge(ended, 1L, Long::sum);
    }

    void add(String profile, long planned, long actual) {
        stays.merge(profile, Stays.NONE.with(planned, actual), (before, first) -> before.with(planned, actual));
    }

    /** How a profile is named in a report; what agents have who never had one is named by nothing. */
    static String name(@Nullable String profile) {
        return profile == null ? "" : profile;
    }

    /** The time in a status. */
    public long in(Status status) {
        return statuses.getOrDefault(status, 0L);
    }

    /** The time on each profile by its id; that of agents who never had one by an empty id. */
    public Map<String, Long> profiles() {
        return profiles;
    }

    /** The time signed in and ready. */
    public long ready() {
        return ready;
    }

    /** The time signed in and not ready. */
    public long notReady() {
        return notReady;
    }

    /** The time signed in without a connection. */
    public long disconnected() {
        return disconnected;
    }

    /** All time: of an agent, the period but for the time in which there was no such agent. */
    public long total() {
        return statuses.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many intervals were added up. */
    public long intervals() {
        return intervals;
    }

    /** Conversations that ended, by channel. */
    public Map<Channel, Handling> handling() {
        return handling;
    }

    /** How many offers came to this end during the period. */
    public long offers(Offer.State ended) {
        return offers.getOrDefault(ended, 0L);
    }

    /** Stays on timed profiles that ended, by profile. */
    public Map<String, Stays> stays() {
        return stays;
    }
}
