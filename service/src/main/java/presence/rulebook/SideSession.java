package presence.rulebook;

import presence.engine.PresenceSession;
import presence.engine.RuleBook;
import presence.engine.Verdict;
import presence.index.PresenceIndex;
import presence.state.AgentState;

/** A session beside the loop that decides agents as they are published, by whatever rules. Its owner is who opened it. */
final class SideSession implements AutoCloseable {
    private final PresenceSession session;

    private SideSession(PresenceSession session) {
        this.session = session;
    }

    /** Opens a session at the instant of the last publication, with the policy of then. */
    static SideSession open(RuleBook rules, PresenceIndex index) {
        PresenceSession session = PresenceSession.open(rules, index.publishedAt());
        session.policy(index.catalogue().policy().facts());
        return new SideSession(session);
    }

    /** What the rules conclude. Rules that fail leave an agent undecided, as they do in the loop. */
    Verdict decide(AgentState agent) {
        try {
            return session.decide(agent.fact());
        } catch (RuntimeException e) {
            return Verdict.UNDECIDED;
        }
    }

    /** The session itself. */
    PresenceSession session() {
        return session;
    }

    @Override
    public void close() {
        session.close();
    }
}
