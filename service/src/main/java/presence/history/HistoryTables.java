package presence.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import presence.facts.Capability;
import presence.records.RowBatch;
import presence.state.Offer;

/**
 * Writes rows within a transaction: gathers them, and sends them together. It goes past JDBI, for most
 * of what recording costs is the binding of values.
 */
final class HistoryTables implements Rows.Sheet, AutoCloseable {
    private final RowBatch states;
    private final RowBatch queues;
    private final RowBatch capabilities;
    private final RowBatch conversations;
    private final RowBatch offers;

    private HistoryTables(Handle handle, boolean postgresql) throws SQLException {
        Connection connection = handle.getConnection();
        states = RowBatch.into(connection, postgresql, "records_state", "tnnttnnntntnntt");
        queues = RowBatch.into(connection, postgresql, "records_queues", "tnnt");
        capabilities = RowBatch.into(connection, postgresql, "records_capabilities", "tnnt");
        conversations = RowBatch.into(connection, postgresql, "records_conversation", "tnnttttnnn");
        offers = RowBatch.into(connection, postgresql, "records_offer", "tnntttttn");
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

    /**
     * Writes rows within a transaction.
     *
     * @param postgresql whether the connection leads to PostgreSQL
     * @param rows gives them
     */
    static void write(Handle handle, boolean postgresql, Consumer<Rows.Sheet> rows) throws SQLException {
        try (HistoryTables tables = new HistoryTables(handle, postgresql)) {
            try {
                rows.accept(tables);
            } catch (Unbound e) {
                throw e.fault;
            }
            for (RowBatch batch : tables.all()) {
                batch.send();
            }
        }
    }

    private List<RowBatch> all() {
        return List.of(states, queues, capabilities, conversations, offers);
    }

    @Override
    public void state(StateRow row) {
        try {
            states.text(row.agent())
                    .number(row.at())
                    .number(row.number())
                    .text(row.status())
                    .text(joined(row.reasons()))
                    .number(row.since())
                    .flag(row.signedIn())
                    .flag(row.ready())
                    .text(row.notReadyReason())
                    .flag(row.connected())
                    .text(row.profile())
                    .number(row.profileSince())
                    .number(row.expiresAt())
                    .text(row.cause())
                    .text(row.by())
                    .end();
        } catch (SQLException e) {
            throw new Unbound(e);
        }
    }

    @Override
    public void queues(String agent, long at, long number, Collection<String> joined) {
        list(queues, agent, at, number, joined);
    }

    @Override
    public void capabilities(String agent, long at, long number, Collection<Capability> has) {
        list(capabilities, agent, at, number, has);
    }

    private static void list(RowBatch to, String agent, long at, long number, Collection<?> elements) {
        try {
            to.text(agent).number(at).number(number).text(joined(elements)).end();
        } catch (SQLException e) {
            throw new Unbound(e);
        }
    }

    @Override
    public void conversation(ConversationRow row) {
        try {
            conversations
                    .text(row.agent())
                    .number(row.at())
                    .number(row.number())
                    .text(row.conversation())
                    .text(row.change())
                    .text(row.channel())
                    .text(row.queue())
                    .flag(row.direct())
                    .number(row.startedAt())
                    .number(row.wrapUpSince())
                    .end();
        } catch (SQLException e) {
            throw new Unbound(e);
        }
    }

    @Override
    public void offer(Offer offer, long number) {
        try {
            offers.text(offer.agent())
                    .number(offer.closedAt())
                    .number(number)
                    .text(offer.id())
                    .text(offer.conversation())
                    .text(offer.channel())
                    .text(offer.queue())
                    .text(offer.state())
                    .number(offer.madeAt())
                    .end();
        } catch (SQLException e) {
            throw new Unbound(e);
        }
    }

    private static String joined(Collection<?> elements) {
        return elements.isEmpty() ? "" : elements.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    @Override
    public void close() throws SQLException {
        for (RowBatch batch : all()) {
            batch.close();
        }
    }
}
