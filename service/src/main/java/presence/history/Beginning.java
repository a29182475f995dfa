package presence.history;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import presence.history.ConversationRow.Change;
import presence.history.HistoryReader.Standing;
import presence.index.PresenceIndex;
import presence.records.RecordsDatabase;
import presence.records.RecordsException;
import presence.state.AgentState;
import presence.state.Conversation;

/**
 * The state that recording goes on from when what is recorded does not lead up to it. What is recorded otherwise of an
 * agent is recorded anew, as from the instant of the state; doing it twice changes nothing.
 */
final class Beginning {
    /** How many agents are compared in one transaction. */
    private static final int AGENTS = 500;

    private final List<AgentState> agents = new ArrayList<>();
    private final long at;
    private final long told;
    private final String rules;

    /** Holds the state as it is now, whatever becomes of it. */
    Beginning(PresenceIndex index, long told, String rules) {
        index.agentsAfter("").forEach(agents::add);
        this.at = index.publishedAt();
        this.told = told;
        this.rules = rules;
    }

    long told() {
        return told;
    }

    /** Records it; answers where the history stands then. */
    Standing record(RecordsDatabase records, Standing before) throws RecordsException {
        String after = "";
        for (int from = 0; from <= agents.size(); from += AGENTS) {
            List<AgentState> some = agents.subList(from, Math.min(from + AGENTS, agents.size()));
            String begin = after;
            String end = some.size() < AGENTS
                    ? HistoryReader.LAST
                    : some.get(AGENTS - 1).id();
            records.change(
                    "record the state of " + some.size() + " agents",
                    handle -> record(handle, records.isPostgresql(), some, begin, end));
            after = end;
        }
        Standing standing = new Standing(told, Math.min(before.keptSince(), at), rules);
        records.change("say where the history is", handle -> new HistoryReader(handle).standing(standing));
        return standing;
    }

    private void record(Handle handle, boolean postgresql, List<AgentState> some, String after, String last)
            throws SQLException {
        HistoryReader history = new HistoryReader(handle);
        Map<String, StateRow> states = new HashMap<>();
        history.states(after, last, Long.MAX_VALUE, Long.MAX_VALUE).forEach(row -> states.put(row.agent(), row));
        Map<String, List<String>> queues = new HashMap<>();
        history.queues(after, last, Long.MAX_VALUE, Long.MAX_VALUE)
                .forEach(row -> queues.put(row.agent(), row.elements()));
        Map<String, List<String>> capabilities = new HashMap<>();
        history.capabilities(after, last, Long.MAX_VALUE, Long.MAX_VALUE)
                .forEach(row -> capabilities.put(row.agent(), row.elements()));
        Map<String, List<ConversationRow>> open = new HashMap<>();
        states.keySet().forEach(agent -> open.put(agent, history.conversationsAt(agent, Long.MAX_VALUE)));
        HistoryTables.write(handle, postgresql, tables -> {
            Set<String> gone = new TreeSet<>(states.keySet());
            for (AgentState agent : some) {
                gone.remove(agent.id());
                if (!Rows.same(states.get(agent.id()), Rows.found(agent, at, told))) {
                    tables.state(Rows.found(agent, at, told));
                }
                List<String> joined = agent.queues().stream().sorted().toList();
                if (!joined.equals(queues.getOrDefault(agent.id(), List.of()))) {
                    tables.queues(agent.id(), at, told, joined);
                }
                List<String> has = agent.capabilities().stream().map(Enum::name).toList();
                if (!has.equals(capabilities.getOrDefault(agent.id(), List.of()))) {
                    tables.capabilities(agent.id(), at, told, agent.capabilities());
                }
                conversations(agent, open.getOrDefault(agent.id(), List.of()), tables);
            }
            for (String agent : gone) {
                StateRow state = states.get(agent);
                if (state != null && state.there()) {
                    tables.state(Rows.gone(agent, at, told));
                    tables.queues(agent, at, told, List.of());
                    tables.capabilities(agent, at, told, List.of());
                    open.getOrDefault(agent, List.of()).forEach(row -> tables.conversation(lost(row)));
                }
            }
        });
    }

    private void conversations(AgentState agent, List<ConversationRow> recorded, Rows.Sheet tables) {
        Set<Has> has = new HashSet<>();
        agent.conversations()
                .forEach(conversation -> has.add(Has.of(Rows.row(conversation, at, told, Change.STARTED))));
        Set<Has> known = new HashSet<>();
        for (ConversationRow row : recorded) {
            known.add(Has.of(row));
            if (!has.contains(Has.of(row))) {
                tables.conversation(lost(row));
            }
        }
        for (Conversation conversation : agent.conversations()) {
            Change change = conversation.state() == Conversation.State.WRAP_UP ? Change.WRAP_UP : Change.STARTED;
            ConversationRow row = Rows.row(conversation, at, told, change);
            if (!known.contains(Has.of(row))) {
                tables.conversation(row);
            }
        }
    }

    /** What tells one time that an agent had a conversation from another. */
    private record Has(String conversation, long startedAt, boolean wrapUp) {
        static Has of(ConversationRow row) {
            return new Has(row.conversation(), row.startedAt(), row.wrapUpSince() != null);
        }
    }

    private ConversationRow lost(ConversationRow row) {
        return new ConversationRow(
                row.agent(),
                at,
                told,
                row.conversation(),
                Change.LOST,
                row.channel(),
                row.queue(),
                row.direct(),
                row.startedAt(),
                row.wrapUpSince());
    }
}
