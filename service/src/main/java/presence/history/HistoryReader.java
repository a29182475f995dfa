package presence.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.jspecify.annotations.Nullable;
import presence.command.Cause;
import presence.facts.Capability;
import presence.facts.Channel;
import presence.facts.Reason;
import presence.facts.Status;
import presence.history.ConversationRow.Change;
import presence.state.Offer;

/** The questions to the tables of the history, over one connection. Times are milliseconds since 1970-01-01T00:00Z. */
final class HistoryReader {
    /** Agents in the order of their ids, each found by its first row instead of by reading all of them. */
    private static final String AGENTS = """
            with recursive agents (agent) as (
                select min(agent) from records_state where agent > :after
                union all
                select (select min(agent) from records_state where agent > agents.agent)
                from agents where agents.agent is not null and agents.agent < :last
            )
            """;

    /** For each of the agents, where its last row up to an instant stands. */
    private static final String STANDING = AGENTS + """
            , standing (agent, at_epoch_milli) as (
                select agent, coalesce((select max(at_epoch_milli) from %1$s
                        where %1$s.agent = agents.agent and at_epoch_milli <= :from), :from)
                from agents where agent <= :last
            )
            select %1$s.* from standing join %1$s on %1$s.agent = standing.agent
                and %1$s.at_epoch_milli >= standing.at_epoch_milli
                and (%1$s.at_epoch_milli <= :from or %1$s.at_epoch_milli < :to)
            order by %1$s.agent, %1$s.at_epoch_milli, %1$s.number
            """;

    private static final String STANDING_STATES = STANDING.formatted("records_state");
    private static final String STANDING_QUEUES = STANDING.formatted("records_queues");
    private static final String STANDING_CAPABILITIES = STANDING.formatted("records_capabilities");

    /** Above every id. */
    static final String LAST = "\u007f";

    private final Handle handle;

    HistoryReader(Handle handle) {
        this.handle = handle;
    }

    /**
     * Where recording is.
     *
     * @param recorded the number of the last event recorded
     * @param keptSince from when on there is history
     * @param rules the hash of the rules that concluded it
     */
    record Standing(long recorded, long keptSince, String rules) {}

    Optional<Standing> standing() {
        return handle.createQuery("select recorded, kept_since, rules from records_history")
                .map((row, context) -> new Standing(row.getLong(1), row.getLong(2), row.getString(3)))
                .findOne();
    }

    void standing(Standing standing) {
        handle.createUpdate("""
                        insert into records_history (one, recorded, kept_since, rules)
                        values (1, :recorded, :keptSince, :rules)
                        on conflict (one) do update set
                            recorded = excluded.recorded, kept_since = excluded.kept_since, rules = excluded.rules
                        """)
                .bind("recorded", standing.recorded())
                .bind("keptSince", standing.keptSince())
                .bind("rules", standing.rules())
                .execute();
    }

    /** The last row of the agent up to the instant. */
    Optional<StateRow> stateAt(String agent, long at) {
        return handle.createQuery("""
                        select * from records_state where agent = :agent and at_epoch_milli <= :at
                        order by at_epoch_milli desc, number desc limit 1
                        """)
                .bind("agent", agent)
                .bind("at", at)
                .map((row, context) -> state(row))
                .findOne();
    }

    /** When the agent's first row was; empty if there is none. */
    Optional<Long> firstAt(String agent) {
        return handle.createQuery("select min(at_epoch_milli) from records_state where agent = :agent")
                .bind("agent", agent)
                .mapTo(Long.class)
                .findOne();
    }

    /** The agent's rows from this one on, before the instant. */
    List<StateRow> states(String agent, long at, long number, long before, int most) {
        return handle.createQuery("""
                        select * from records_state
                        where agent = :agent and at_epoch_milli >= :at and at_epoch_milli < :before
                            and (at_epoch_milli > :at or number >= :number)
                        order by at_epoch_milli, number limit :most
                        """)
                .bind("agent", agent)
                .bind("at", at)
                .bind("number", number)
                .bind("before", before)
                .bind("most", most)
                .map((row, context) -> state(row))
                .list();
    }

    /** The queues the agent was in at the instant, in the order of their ids. */
    List<String> queuesAt(String agent, long at) {
        return listAt("records_queues", "queues", agent, at);
    }

    /** The capabilities the agent had at the instant, in the order of the enumeration. */
    List<Capability> capabilitiesAt(String agent, long at) {
        return listAt("records_capabilities", "capabilities", agent, at).stream()
                .map(Capability::valueOf)
                .toList();
    }

    private List<String> listAt(String table, String column, String agent, long at) {
        return handle.createQuery("select " + column + " from " + table + """
                         where agent = :agent and at_epoch_milli <= :at order by at_epoch_milli desc, number desc limit 1
                        """)
                .bind("agent", agent)
                .bind("at", at)
                .mapTo(String.class)
                .findOne()
                .map(HistoryReader::split)
                .orElse(List.of());
    }

    /** The conversations the agent had at the instant, in the order of their start. */
    List<ConversationRow> conversationsAt(String agent, long at) {
        return handle.createQuery("""
                        select * from records_conversation open
                        where agent = :agent and at_epoch_milli <= :at and change in ('STARTED', 'WRAP_UP')
                            and not exists (
                                select 1 from records_conversation later
                                where later.agent = open.agent and later.conversation = open.conversation
                                    and later.at_epoch_milli >= open.at_epoch_milli and later.at_epoch_milli <= :at
                                    and (later.at_epoch_milli > open.at_epoch_milli or later.number > open.number))
                        order by started_at, conversation
                        """)
                .bind("agent", agent)
                .bind("at", at)
                .map((row, context) -> conversation(row))
                .list();
    }

    /** The ids after this one, in order. */
    List<String> agents(String after, int most) {
        return handle.createQuery(AGENTS + "select agent from agents where agent is not null limit :most")
                .bind("after", after)
                .bind("last", LAST)
                .bind("most", most)
                .mapTo(String.class)
                .list();
    }

    /** Of each agent between the two, the second one included: the last row up to one instant and all rows before the other. */
    ResultIterable<StateRow> states(String after, String last, long from, long to) {
        return handle.createQuery(STANDING_STATES)
                .bind("after", after)
                .bind("last", last)
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> state(row));
    }

    /** What an agent has from an instant on. */
    record ListRow(String agent, long at, List<String> elements) {}

    /** As {@link #states(String, String, long, long)}. */
    ResultIterable<ListRow> queues(String after, String last, long from, long to) {
        return lists(STANDING_QUEUES, "queues", after, last, from, to);
    }

    /** As {@link #states(String, String, long, long)}. */
    ResultIterable<ListRow> capabilities(String after, String last, long from, long to) {
        return lists(STANDING_CAPABILITIES, "capabilities", after, last, from, to);
    }

    private ResultIterable<ListRow> lists(String query, String column, String after, String last, long from, long to) {
        return handle.createQuery(query)
                .bind("after", after)
                .bind("last", last)
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> new ListRow(
                        row.getString("agent"), row.getLong("at_epoch_milli"), split(row.getString(column))));
    }

    /** Conversations that ended for agents between the two, the second one included; direct chats left out. */
    ResultIterable<ConversationRow> ended(String after, String last, long from, long to) {
        return handle.createQuery(AGENTS + """
                        select records_conversation.* from agents join records_conversation
                            on records_conversation.agent = agents.agent
                            and at_epoch_milli >= :from and at_epoch_milli < :to
                        where agents.agent <= :last and direct = 0 and change in ('HANDLED', 'MOVED', 'ORPHANED')
                        """)
                .bind("after", after)
                .bind("last", last)
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> conversation(row));
    }

    /** An offer that came to its end. */
    record OfferRow(String agent, long at, @Nullable String queue, Offer.State state) {}

    /** Offers that came to their end for agents between the two, the second one included. */
    ResultIterable<OfferRow> offers(String after, String last, long from, long to) {
        return handle.createQuery(AGENTS + """
                        select records_offer.agent, at_epoch_milli, queue, state from agents join records_offer
                            on records_offer.agent = agents.agent
                            and at_epoch_milli >= :from and at_epoch_milli < :to
                        where agents.agent <= :last
                        """)
                .bind("after", after)
                .bind("last", last)
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> new OfferRow(
                        row.getString("agent"),
                        row.getLong("at_epoch_milli"),
                        row.getString("queue"),
                        Offer.State.valueOf(row.getString("state"))));
    }

    private static StateRow state(ResultSet row) throws SQLException {
        String status = row.getString("status");
        String cause = row.getString("cause");
        return new StateRow(
                row.getString("agent"),
                row.getLong("at_epoch_milli"),
                row.getLong("number"),
                status == null ? null : Status.valueOf(status),
                split(row.getString("reasons")).stream().map(Reason::valueOf).toList(),
                row.getLong("since"),
                row.getInt("signed_in") != 0,
                row.getInt("ready") != 0,
                row.getString("not_ready_reason"),
                row.getInt("connected") != 0,
                row.getString("profile"),
                row.getLong("profile_since"),
                instant(row, "expires_at"),
                cause == null ? null : Cause.valueOf(cause),
                row.getString("by_whom"));
    }

    private static ConversationRow conversation(ResultSet row) throws SQLException {
        return new ConversationRow(
                row.getString("agent"),
                row.getLong("at_epoch_milli"),
                row.getLong("number"),
                row.getString("conversation"),
                Change.valueOf(row.getString("change")),
                Channel.valueOf(row.getString("channel")),
                row.getString("queue"),
                row.getInt("direct") != 0,
                row.getLong("started_at"),
                instant(row, "wrap_up_since"));
    }

    private static @Nullable Long instant(ResultSet row, String column) throws SQLException {
        long instant = row.getLong(column);
        return row.wasNull() ? null : instant;
    }

    private static List<String> split(String elements) {
        return elements.isEmpty() ? List.of() : new ArrayList<>(Arrays.asList(elements.split(",")));
    }

    // --- what is too old

    /**
     * Deletes what ended before the instant; what stood then stays, so that intervals stay whole. An agent who was gone by
     * then and has not come back leaves nothing.
     */
    int prune(String agent, long edge) {
        int deleted = 0;
        for (String table : List.of("records_state", "records_queues", "records_capabilities")) {
            deleted += handle.createUpdate("delete from " + table + " where agent = :agent and at_epoch_milli < ("
                            + "select max(at_epoch_milli) from " + table
                            + " where agent = :agent and at_epoch_milli <= :edge)")
                    .bind("agent", agent)
                    .bind("edge", edge)
                    .execute();
        }
        deleted +=
                handle.createUpdate("""
                        delete from records_conversation
                        where agent = :agent and at_epoch_milli < :edge
                            and not (change in ('STARTED', 'WRAP_UP') and not exists (
                                select 1 from records_conversation later
                                where later.agent = :agent and later.conversation = records_conversation.conversation
                                    and later.at_epoch_milli >= records_conversation.at_epoch_milli
                                    and later.at_epoch_milli < :edge
                                    and (later.at_epoch_milli > records_conversation.at_epoch_milli
                                        or later.number > records_conversation.number)))
                        """).bind("agent", agent).bind("edge", edge).execute();
        deleted += handle.execute("delete from records_offer where agent = ? and at_epoch_milli < ?", agent, edge);
        return deleted + pruneGone(agent, edge);
    }

    private int pruneGone(String agent, long edge) {
        boolean gone = stateAt(agent, Long.MAX_VALUE)
                .filter(row -> !row.there() && row.at() <= edge)
                .isPresent();
        int deleted = 0;
        if (gone) {
            for (String table : List.of(
                    "records_queues",
                    "records_capabilities",
                    "records_conversation",
                    "records_offer",
                    "records_state")) {
                deleted += handle.execute("delete from " + table + " where agent = ?", agent);
            }
        }
        return deleted;
    }
}
