package presence.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import presence.api.Instants;
import presence.facts.Status;
import presence.history.HistoryReader.ListRow;
import presence.history.HistoryReader.OfferRow;
import presence.records.RecordsDatabase;
import presence.records.RecordsException;

/**
 * How long agents were in each state. A report reads some agents at a time, so that it never holds the database for long,
 * and only so many run at once. Any thread. Times are milliseconds since 1970-01-01T00:00Z.
 */
public final class Report {
    /** The longest period of a report, in milliseconds: 31 days and the hour that a change of the clocks may add. */
    public static final long LONGEST = 31 * 86_400_000L + 3_600_000L;

    /** The most beginnings of states that one report reads. */
    public static final int MOST_ROWS = 5_000_000;

    /** How many reports may run at once; the database has connections left for others. */
    static final int AT_ONCE = 2;

    /** How many agents are read at once. */
    private static final int AGENTS = 100;

    private final RecordsDatabase records;
    private final HistoryChronicle chronicle;
    private final Semaphore running = new Semaphore(AT_ONCE);

    public Report(RecordsDatabase records, HistoryChronicle chronicle) {
        this.records = records;
        this.chronicle = chronicle;
    }

    /** What a report has a row for. */
    public enum By {
        /** Each agent, a page at a time. */
        AGENT,
        /** Each queue: its members while they were. */
        QUEUE,
        /** Each profile: agents while they were on it. */
        PROFILE,
        /** Each slice of the period: all agents, or a queue's members while they were. */
        TIME
    }

    /** The most slices of a period. */
    public static final int MOST_SLICES = 500;

    /**
     * A period in slices of one length, the last perhaps shorter.
     *
     * @param from the beginning of the period
     * @param to its end, which is not part of it
     * @param every how long a slice is, in milliseconds
     * @param queue whose members alone are counted, while they are; null for all agents
     */
    public record Slices(
            long from, long to, long every, @Nullable String queue) {
        /** How many there are. */
        public long count() {
            return (to - from + every - 1) / every;
        }

        private long begin(long at) {
            return from + Math.min(Math.max(0, at - from) / every, count() - 1) * every;
        }

        private String key(long at) {
            return Instants.text(begin(at));
        }
    }

    /**
     * A report.
     *
     * @param rows by agent, queue or profile, in the order of their ids
     * @param next after which agent the next page begins; null if there is none
     */
    public record TimesInState(
            Map<String, TimeInState> rows, @Nullable String next) {}

    /** As many reports run as may. */
    public static final class Busy extends Exception {
        private static final long serialVersionUID = 1L;

        Busy() {
            super(AT_ONCE + " reports are running, which is the most there can be.", null, false, false);
        }
    }

    /** The report would read more than one may. */
    public static final class TooLarge extends Exception {
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super(
                    "The report would read more than " + MOST_ROWS + " states; expected a shorter period.",
                    null,
                    false,
                    false);
        }
    }

    /**
     * The times of a period.
     *
     * @param after by agent, the id after which to go on; empty for the beginning
     * @param limit by agent, the most agents of the page
     */
    public TimesInState timesInState(By by, long from, long to, String after, int limit)
            throws RecordsException, Busy, TooLarge {
        return timesInState(by, new Slices(from, to, to - from, null), after, limit);
    }

    /** The times of each slice of a period, by the instant of its beginning as it is written. */
    public TimesInState timesInState(Slices slices) throws RecordsException, Busy, TooLarge {
        return timesInState(By.TIME, slices, "", 1);
    }

    private TimesInState timesInState(By by, Slices slices, String after, int limit)
            throws RecordsException, Busy, TooLarge {
        if (!running.tryAcquire()) {
            throw new Busy();
        }
        try {
            History.catchUp(chronicle);
            Sums sums = new Sums(by, slices);
            String last = after;
            int left = by == By.AGENT ? limit : Integer.MAX_VALUE;
            while (true) {
                String begin = last;
                int most = Math.min(AGENTS, left);
                List<String> agents = records.read("read who is in a report", handle -> {
                    List<String> some = new HistoryReader(handle).agents(begin, most);
                    if (!some.isEmpty()) {
                        sums.read(handle, begin, some.get(some.size() - 1));
                    }
                    return some;
                });
                if (sums.rows > MOST_ROWS) {
                    throw new TooLarge();
                }
                if (agents.size() < most) {
                    return new TimesInState(sums.sums, null);
                }
                last = agents.get(most - 1);
                left -= by == By.AGENT ? most : 0;
                if (left == 0) {
                    return new TimesInState(sums.sums, last);
                }
            }
        } finally {
            running.release();
        }
    }

    /** Adds up. */
    private static final class Sums {
        private final By by;
        private final Slices slices;
        private final long from;
        private final long to;
        private final Map<String, TimeInState> sums = new TreeMap<>();
        private long rows;

        Sums(By by, Slices slices) {
            this.by = by;
            this.slices = slices;
            from = slices.from();
            to = slices.to();
            if (by == By.TIME) {
                // A slice in which there was nobody is a slice all the same.
                for (long begin = from; begin < to; begin += slices.every()) {
                    of(slices.key(begin));
                }
            }
        }

        private TimeInState of(String key) {
            return sums.computeIfAbsent(key, unused -> new TimeInState());
        }

        void read(Handle handle, String after, String last) {
            HistoryReader history = new HistoryReader(handle);
            Map<String, List<ListRow>> queues = new HashMap<>();
            if (by == By.QUEUE || slices.queue() != null) {
                history.queues(after, last, from, to)
                        .forEach(row -> queues.computeIfAbsent(row.agent(), agent -> new ArrayList<>())
                                .add(row));
            }
            OneAgent[] reading = {null};
            history.states(after, last, from, to).forEach(row -> {
                OneAgent agent = reading[0];
                if (agent == null || !agent.id.equals(row.agent())) {
                    if (agent != null) {
                        agent.end();
                    }
                    agent = new OneAgent(row.agent(), queues.getOrDefault(row.agent(), List.of()));
                    reading[0] = agent;
                }
                agent.next(row);
                rows++;
            });
            if (reading[0] != null) {
                reading[0].end();
            }
            if (by != By.PROFILE) {
                history.ended(after, last, from, to).forEach(this::ended);
                history.offers(after, last, from, to).forEach(this::ended);
            }
        }

        private void ended(ConversationRow row) {
            String key = key(row.agent(), row.at(), row.queue());
            if (key != null) {
                of(key).add(row);
            }
        }

        private void ended(OfferRow row) {
            String key = key(row.agent(), row.at(), row.queue());
            if (key != null) {
                of(key).add(row.state());
            }
        }

        /** In which row something counts that ended; null for none. */
        private @Nullable String key(String agent, long at, @Nullable String queue) {
            if (by == By.AGENT) {
                return agent;
            } else if (by == By.QUEUE) {
                return queue;
            }
            return slices.queue() == null || slices.queue().equals(queue) ? slices.key(at) : null;
        }

        /** Told of the times in which an agent was in a queue. */
        private interface Membership {
            void was(String queue, long since, long until);
        }

        /** An agent's states in the order of time. */
        private final class OneAgent {
            private final String id;
            private final List<ListRow> queues;
            private final TimedStay stay = new TimedStay(this::stayed);
            private @Nullable StateRow state;
            private long at;

            OneAgent(String id, List<ListRow> queues) {
                this.id = id;
                this.queues = queues;
            }

            void next(StateRow row) {
                until(row.at());
                at = row.at();
                stay.next(row);
                state = row;
            }

            void end() {
                until(to);
                at = to;
                stay.end(to);
            }

            private void until(long end) {
                StateRow row = state;
                Status status = row == null ? null : row.status();
                long begin = Math.max(from, at);
                if (row == null || status == null || end <= begin) {
                    return;
                }
                switch (by) {
                    case AGENT -> of(id).add(row, status, end - begin);
                    case PROFILE -> of(TimeInState.name(row.profile())).add(row, status, end - begin);
                    case QUEUE ->
                        inQueues(begin, end, (queue, since, until) -> of(queue).add(row, status, until - since));
                    case TIME -> inTime(row, status, begin, end);
                }
            }

            private void inTime(StateRow row, Status status, long begin, long end) {
                String only = slices.queue();
                if (only == null) {
                    inSlices(row, status, begin, end);
                } else {
                    inQueues(begin, end, (queue, since, until) -> {
                        if (queue.equals(only)) {
                            inSlices(row, status, since, until);
                        }
                    });
                }
            }

            private void inSlices(StateRow row, Status status, long begin, long end) {
                for (long since = begin; since < end; ) {
                    long until = Math.min(end, slices.begin(since) + slices.every());
                    of(slices.key(since)).add(row, status, until - since);
                    since = until;
                }
            }

            private void inQueues(long begin, long end, Membership membership) {
                for (int i = 0; i < queues.size(); i++) {
                    long since = Math.max(begin, queues.get(i).at());
                    long until = Math.min(
                            end, i + 1 < queues.size() ? queues.get(i + 1).at() : end);
                    if (until > since) {
                        queues.get(i).elements().forEach(queue -> membership.was(queue, since, until));
                    }
                }
            }

            /** Stays that were over before the period are not of it. */
            private void stayed(String profile, long planned, long actual) {
                if (at < from || by == By.QUEUE || slices.queue() != null) {
                    return;
                }
                of(by == By.AGENT ? id : by == By.PROFILE ? profile : slices.key(at))
                        .add(profile, planned, actual);
            }
        }
    }
}
