package presence.history;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import presence.facts.Capability;
import presence.history.ConversationRow.Change;
import presence.state.AgentState;
import presence.state.Conversation;
import presence.state.Happening;
import presence.state.Offer;
import presence.state.PresenceEvent;

/** What is recorded of a happening, and of an agent as found. Whatever else happens says nothing that these do not. */
final class Rows {
    /** Takes rows. */
    interface Sheet {
        void state(StateRow row);

        void queues(String agent, long at, long number, Collection<String> queues);

        void capabilities(String agent, long at, long number, Collection<Capability> capabilities);

        void conversation(ConversationRow row);

        /** An offer that has come to its end. */
        void offer(Offer offer, long number);
    }

    private Rows() {}

    static void of(Happening happening, Sheet sheet) {
        PresenceEvent event = happening.event();
        long number = happening.number();
        if (event instanceof PresenceEvent.StateChanged changed) {
            sheet.state(state(happening, changed));
        } else if (event instanceof PresenceEvent.ConversationChanged changed) {
            conversation(number, changed, sheet);
        } else if (event instanceof PresenceEvent.QueuesChanged changed) {
            sheet.queues(changed.agent(), changed.at(), number, changed.queues());
        } else if (event instanceof PresenceEvent.CapabilitiesChanged changed) {
            sheet.capabilities(changed.agent(), changed.at(), number, changed.capabilities());
        } else if (event instanceof PresenceEvent.OfferChanged changed) {
            if (!changed.offer().open()) {
                sheet.offer(changed.offer(), number);
            }
        } else if (event instanceof PresenceEvent.AgentDeleted deleted) {
            sheet.state(new StateRow(
                    deleted.agent(),
                    deleted.at(),
                    number,
                    null,
                    List.of(),
                    deleted.at(),
                    false,
                    false,
                    null,
                    true,
                    null,
                    deleted.at(),
                    null,
                    happening.cause(),
                    happening.by()));
            sheet.queues(deleted.agent(), deleted.at(), number, List.of());
            sheet.capabilities(deleted.agent(), deleted.at(), number, List.of());
        }
    }

    private static StateRow state(Happening happening, PresenceEvent.StateChanged changed) {
        return new StateRow(
                changed.agent(),
                changed.at(),
                happening.number(),
                changed.status(),
                changed.reasons(),
                changed.since(),
                changed.signedIn(),
                changed.ready(),
                changed.notReadyReason(),
                changed.connected(),
                changed.profile(),
                changed.profileSince(),
                changed.expiresAt(),
                happening.cause(),
                happening.by());
    }

    private static void conversation(long number, PresenceEvent.ConversationChanged changed, Sheet sheet) {
        Conversation now = changed.conversation();
        Conversation before = changed.before();
        Conversation held = before != null && before.counts() ? before : null;
        boolean goesOn = held != null && held.agent().equals(now.agent()) && goesOn(held, now);
        if (held != null && !(goesOn && now.counts())) {
            sheet.conversation(row(held, changed.at(), number, end(held, now)));
        }
        if (now.counts() && !goesOn) {
            Change change = now.state() == Conversation.State.WRAP_UP ? Change.WRAP_UP : Change.STARTED;
            sheet.conversation(row(now, changed.at(), number, change));
        } else if (now.counts() && held != null && held.state() != now.state()) {
            sheet.conversation(row(now, changed.at(), number, Change.WRAP_UP));
        } else if (now.orphaned() && !goesOn && (before == null || before.startedAt() != now.startedAt())) {
            // It came while the agent was signed out.
            sheet.conversation(row(now, changed.at(), number, Change.ORPHANED));
        }
    }

    /** Whether it is the same time with the agent; a customer who is back while the agent is still at it starts another. */
    private static boolean goesOn(Conversation held, Conversation now) {
        return held.startedAt() == now.startedAt()
                && !(held.state() == Conversation.State.WRAP_UP && now.state() == Conversation.State.ACTIVE);
    }

    private static Change end(Conversation held, Conversation now) {
        if (!held.agent().equals(now.agent())) {
            return Change.MOVED;
        }
        return now.orphaned() ? Change.ORPHANED : now.suspect() ? Change.SUSPECT : Change.HANDLED;
    }

    static ConversationRow row(Conversation conversation, long at, long number, Change change) {
        return new ConversationRow(
                conversation.agent(),
                at,
                number,
                conversation.id(),
                change,
                conversation.channel(),
                conversation.queue(),
                conversation.direct(),
                conversation.startedAt(),
                conversation.state() == Conversation.State.WRAP_UP ? (Long) conversation.changedAt() : null);
    }

    /** The agent's state as it was found. */
    static StateRow found(AgentState agent, long at, long number) {
        return new StateRow(
                agent.id(),
                at,
                number,
                agent.verdict().status(),
                agent.verdict().reasons(),
                agent.statusSince(),
                agent.signedIn(),
                agent.ready(),
                agent.notReadyReason(),
                agent.connected(),
                agent.profile(),
                agent.profileSince(),
                agent.profileEnd() == null ? null : (Long) agent.profileEnd().at(),
                null,
                null);
    }

    /** An agent who is not there any more, as it was found. */
    static StateRow gone(String agent, long at, long number) {
        return new StateRow(
                agent, at, number, null, List.of(), at, false, false, null, true, null, at, null, null, null);
    }

    /** Whether both say the same of the agent; why and when does not count. */
    static boolean same(@Nullable StateRow one, StateRow other) {
        return one != null
                && one.status() == other.status()
                && one.reasons().equals(other.reasons())
                && one.signedIn() == other.signedIn()
                && one.ready() == other.ready()
                && java.util.Objects.equals(one.notReadyReason(), other.notReadyReason())
                && one.connected() == other.connected()
                && java.util.Objects.equals(one.profile(), other.profile())
                && one.profileSince() == other.profileSince()
                && java.util.Objects.equals(one.expiresAt(), other.expiresAt());
    }
}
