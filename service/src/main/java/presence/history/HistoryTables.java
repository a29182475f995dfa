package presence.history;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import presence.facts.Capability;
import presence.state.Offer;

/**
 * Writes rows within a transaction: gathers them, and sends them with {@link #flush}. It goes past JDBI, for most of what
 * recording costs is the binding of values.
 */
final class HistoryTables implements Rows.Sheet, AutoCloseable {
    private static final int STATE = 15;
    private static final int LIST = 4;
    private static final int CONVERSATION = 10;
    private static final int OFFER = 9;

    private final PreparedStatement states;
    private final PreparedStatement queues;
    private final PreparedStatement capabilities;
    private final PreparedStatement conversations;
    private final PreparedStatement offers;
    private int gatheredStates;
    private int gatheredQueues;
    private int gatheredCapabilities;
    private int gatheredConversations;
    private int gatheredOffers;

    HistoryTables(Handle handle) throws SQLException {
        states = insert(handle, "records_state", STATE);
        queues = insert(handle, "records_queues", LIST);
        capabilities = insert(handle, "records_capabilities", LIST);
        conversations = insert(handle, "records_conversation", CONVERSATION);
        offers = insert(handle, "records_offer", OFFER);
    }

    /** A row that is there already says the same: the same number at the same instant is the same event. */
    private static PreparedStatement insert(Handle handle, String table, int columns) throws SQLException {
        return handle.getConnection()
                .prepareStatement(
                        "insert into " + table + " values (" + "?, ".repeat(columns - 1) + "?) on conflict do nothing");
    }

    /** What a statement could not take, on its way through code that knows no databases. */
    private static final class Unbound extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final SQLException fault;

        Unbound(SQLException fault) {
            super(fault);
            this.fault = fault;
        }
    }

    /** Does what writes to this and is done with it. */
    void fill(Runnable writing) throws SQLException {
        try {
            writing.run();
        } catch (Unbound e) {
            throw e.fault;
        }
        flush();
    }

    @Override
    public void state(StateRow row) {
        try {
            PreparedStatement to = states;
            to.setString(1, row.agent());
            to.setLong(2, row.at());
            to.setLong(3, row.number());
            text(to, 4, row.status());
            to.setString(5, joined(row.reasons()));
            to.setLong(6, row.since());
            to.setInt(7, row.signedIn() ? 1 : 0);
            to.setInt(8, row.ready() ? 1 : 0);
            text(to, 9, row.notReadyReason());
            to.setInt(10, row.connected() ? 1 : 0);
            text(to, 11, row.profile());
            to.setLong(12, row.profileSince());
            number(to, 13, row.expiresAt());
            text(to, 14, row.cause());
            text(to, STATE, row.by());
            to.addBatch();
            gatheredStates++;
        } catch (SQLException e) {
            throw new Unbound(e);
        }
    }

    @Override
    public void queues(String agent, long at, long number, Collection<String> joined) {
        list(queues, agent, at, number, joined);
        gatheredQueues++;
    }

    @Override
    public void capabilities(String agent, long at, long number, Collection<Capability> has) {
        list(capabilities, agent, at, number, has);
        gatheredCapabilities++;
    }

    private static void list(PreparedStatement to, String agent, long at, long number, Collection<?> elements) {
        try {
            to.setString(1, agent);
            to.setLong(2, at);
            to.setLong(3, number);
            to.setString(LIST, joined(elements));
            to.addBatch();
        } catch (SQLException e) {
            throw new Unbound(e);
        }
    }

    @Override
    public void conversation(ConversationRow row) {
        try {
            PreparedStatement to = conversations;
            to.setString(1, row.agent());
            to.setLong(2, row.at());
            to.setLong(3, row.number());
            to.setString(4, row.conversation());
            to.setString(5, row.change().name());
            to.setString(6, row.channel().name());
            text(to, 7, row.queue());
            to.setInt(8, row.direct() ? 1 : 0);
            to.setLong(9, row.startedAt());
            number(to, CONVERSATION, row.wrapUpSince());
            to.addBatch();
            gatheredConversations++;
        } catch (SQLException e) {
            throw new Unbound(e);
        }
    }

    @Override
    public void offer(Offer offer, long number) {
        try {
            PreparedStatement to = offers;
            to.setString(1, offer.agent());
            to.setLong(2, offer.closedAt());
            to.setLong(3, number);
            to.setString(4, offer.id());
            to.setString(5, offer.conversation());
            to.setString(6, offer.channel().name());
            text(to, 7, offer.queue());
            to.setString(8, offer.state().name());
            to.setLong(OFFER, offer.madeAt());
            to.addBatch();
            gatheredOffers++;
        } catch (SQLException e) {
            throw new Unbound(e);
        }
    }

    private static void text(PreparedStatement to, int column, @Nullable Object value) throws SQLException {
        if (value == null) {
            to.setNull(column, Types.VARCHAR);
        } else {
            to.setString(column, value.toString());
        }
    }

    private static void number(PreparedStatement to, int column, @Nullable Long value) throws SQLException {
        if (value == null) {
            to.setNull(column, Types.BIGINT);
        } else {
            to.setLong(column, value);
        }
    }

    private static String joined(Collection<?> elements) {
        return elements.isEmpty() ? "" : elements.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    private void flush() throws SQLException {
        gatheredStates = send(states, gatheredStates);
        gatheredQueues = send(queues, gatheredQueues);
        gatheredCapabilities = send(capabilities, gatheredCapabilities);
        gatheredConversations = send(conversations, gatheredConversations);
        gatheredOffers = send(offers, gatheredOffers);
    }

    private static int send(PreparedStatement statement, int gathered) throws SQLException {
        if (gathered > 0) {
            int[] unused = statement.executeBatch();
        }
        return 0;
    }

    @Override
    public void close() throws SQLException {
        states.close();
        queues.close();
        capabilities.close();
        conversations.close();
        offers.close();
    }
}
