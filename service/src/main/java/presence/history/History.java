package presence.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import presence.facts.Capability;
import presence.facts.Channel;
import presence.facts.Status;
import presence.history.HistoryReader.Standing;
import presence.records.RecordsDatabase;
import presence.records.RecordsException;

/**
 * Answers what was. Reads wait a moment for what has happened to be recorded, so that a caller finds what it has just
 * done; none of it touches the loop. Any thread. Times are milliseconds since 1970-01-01T00:00Z.
 */
public final class History {
    /** How long a question waits for what is still being recorded. */
    static final Duration CATCH_UP = Duration.ofSeconds(2);

    private final RecordsDatabase records;
    private final HistoryChronicle chronicle;

    public History(RecordsDatabase records, HistoryChronicle chronicle) {
        this.records = records;
        this.chronicle = chronicle;
    }

    /** Where in an agent's history a page begins. */
    public record Place(long at, long number) {}

    /**
     * Some intervals of an agent.
     *
     * @param intervals in the order of time, each beginning where the one before ends, but where the agent was gone
     * @param next where the next page begins; null if there is none
     */
    public record Intervals(
            List<Interval> intervals, @Nullable Place next) {}

    /** From when on there is history. */
    public long keptSince() throws RecordsException {
        return records.read("read where the history is", handle -> new HistoryReader(handle).standing())
                .map(Standing::keptSince)
                .orElse(Long.MAX_VALUE);
    }

    /** When the agent is first heard of; empty if never, as far as is kept. */
    public Optional<Long> firstAt(String agent) throws RecordsException {
        catchUp();
        return records.read("read when an agent began", handle -> new HistoryReader(handle).firstAt(agent));
    }

    /**
     * The intervals of an agent within a period. What lasted no time, since something else followed at the same instant, is
     * left out.
     *
     * @param from the beginning of the period
     * @param to its end, which is not part of it
     * @param place where to go on; null for the beginning
     * @param limit how many beginnings of states to read
     */
    public Intervals intervals(String agent, long from, long to, @Nullable Place place, int limit)
            throws RecordsException {
        catchUp();
        List<StateRow> rows = records.read("read an agent's history", handle -> {
            HistoryReader history = new HistoryReader(handle);
            Place first = place != null
                    ? place
                    : history.stateAt(agent, from)
                            .map(row -> new Place(row.at(), row.number()))
                            .orElse(new Place(from, 0));
            return history.states(agent, first.at(), first.number(), to, limit + 1);
        });
        List<Interval> intervals = new ArrayList<>();
        for (int i = 0; i < Math.min(limit, rows.size()); i++) {
            StateRow row = rows.get(i);
            Status status = row.status();
            long begin = Math.max(from, row.at());
            long end = i + 1 < rows.size() ? rows.get(i + 1).at() : to;
            if (status != null && end > begin) {
                intervals.add(Interval.of(row, status, begin, end));
            }
        }
        StateRow beyond = rows.size() > limit ? rows.get(limit) : null;
        return new Intervals(intervals, beyond == null ? null : new Place(beyond.at(), beyond.number()));
    }

    /**
     * An agent as it was.
     *
     * @param since when the status had last changed
     * @param signedIn whether the agent was signed in
     * @param state its state, as an interval from the instant its state began to the instant asked about
     * @param queues the queues it was in, in the order of their ids
     * @param capabilities what it could take
     * @param conversations what it had open, in the order of their start
     */
    public record AsItWas(
            long since,
            boolean signedIn,
            Interval state,
            List<String> queues,
            List<Capability> capabilities,
            List<OpenConversation> conversations) {}

    /**
     * A conversation that an agent had open.
     *
     * @param wrapUpSince when its wrap-up had begun; null if it was active
     */
    public record OpenConversation(
            String conversation,
            Channel channel,
            @Nullable String queue,
            boolean direct,
            long startedAt,
            @Nullable Long wrapUpSince) {}

    /** The agent as it was at the instant, with everything that happened at it; empty if it was not there. */
    public Optional<AsItWas> at(String agent, long at) throws RecordsException {
        catchUp();
        return records.read("read an agent as it was", handle -> {
            HistoryReader history = new HistoryReader(handle);
            StateRow row = history.stateAt(agent, at).orElse(null);
            Status status = row == null ? null : row.status();
            if (row == null || status == null) {
                return Optional.<AsItWas>empty();
            }
            return Optional.of(new AsItWas(
                    row.since(),
                    row.signedIn(),
                    Interval.of(row, status, row.at(), at),
                    history.queuesAt(agent, at),
                    history.capabilitiesAt(agent, at),
                    history.conversationsAt(agent, at).stream()
                            .map(open -> new OpenConversation(
                                    open.conversation(),
                                    open.channel(),
                                    open.queue(),
                                    open.direct(),
                                    open.startedAt(),
                                    open.wrapUpSince()))
                            .toList()));
        });
    }

    private void catchUp() throws RecordsException {
        catchUp(chronicle);
    }

    /**
     * Waits for what has happened.
     *
     * @throws RecordsException if too much of it is still to be recorded or filed
     */
    static void catchUp(HistoryChronicle chronicle) throws RecordsException {
        if (!chronicle.upToDate(CATCH_UP)) {
            throw new RecordsException(
                    "The history is behind: " + chronicle.waiting() + " events wait to be recorded, "
                            + chronicle.toBeFiled() + " to be filed.",
                    null);
        }
    }
}
