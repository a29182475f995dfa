package presence.rulebook;

import static presence.command.ErrorCode.STOPPING;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import presence.command.Cause;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.Outcome;
import presence.command.RulesRelease;
import presence.engine.InvalidRulesException;
import presence.engine.PresenceSession;
import presence.engine.RuleBook;
import presence.engine.Verdict;
import presence.index.PresenceIndex;
import presence.loop.PresenceLoop;
import presence.loop.Submission;
import presence.loop.Unavailable;
import presence.records.RecordsException;
import presence.state.AgentState;

/**
 * Makes a release conclude without anybody waiting for it: compiles aside, opens a session aside and warms it up on every
 * agent there is, lets the loop change over between two turns, and then has those agents decided again for whom the rules
 * conclude something else, a few at a time. Any thread; one activation at a time.
 */
public final class Activation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Activation.class);

    /** How many agents are decided again by one turn of the loop at most, so that it is soon there for others. */
    private static final int AT_ONCE = 200;

    private static final long RETRY_MILLIS = 200;

    /** How many decisions are made at a stretch, about a millisecond's work, before others get the core for twice as long. */
    private static final int AT_A_STRETCH = 250;

    private static final long REST_MILLIS = 2;

    private final Releases releases;
    private final Rulebook rulebook;
    private final PresenceLoop loop;
    private final ReentrantLock turn = new ReentrantLock(true);
    private volatile boolean closing;

    public Activation(Releases releases, Rulebook rulebook, PresenceLoop loop) {
        this.releases = releases;
        this.rulebook = rulebook;
        this.loop = loop;
    }

    /**
     * What came of an activation.
     *
     * @param changed whether another release concluded before
     * @param decidedAgain for how many agents something else is concluded now, if only by another rule
     */
    public record Activated(boolean changed, int decidedAgain) {}

    /**
     * Makes the release conclude. When this returns, every agent has been decided by it.
     *
     * @param author who wants it
     * @throws InvalidRulesException if it does not compile
     * @throws Unavailable if the loop takes no commands now, or the service stops; if that is after the change, the next
     *     start goes on
     */
    public Activated activate(Release release, String author) {
        turn.lock();
        try {
            if (loop.released().release().equals(release.named())) {
                // An earlier try may have been applied without being answered in time.
                return new Activated(false, loop.deciding() ? decideAgain() : 0);
            }
            RuleBook rules = release.number() == 0 ? rulebook.program() : Rulebook.compile(release);
            rulebook.prepare(release.named(), warm(rules));
            try {
                Outcome outcome = run(List.of(envelope(new Command.ActivateRules(release.named()), author, Cause.API)))
                        .get(0);
                if (outcome.refused()) {
                    loop.decidedAgain();
                    throw new IllegalStateException("The release could not be activated: " + outcome.detail());
                }
            } finally {
                rulebook.forgetPrepared();
            }
            note(release, author);
            return new Activated(true, decideAgain());
        } finally {
            turn.unlock();
        }
    }

    /** The journal has it. What is noted here is for who asks which releases concluded when. */
    private void note(Release release, String author) {
        try {
            releases.activated(release.number(), author);
        } catch (RecordsException e) {
            LOG.warn(
                    "Release {} of the rules is active, which could not be noted: {}",
                    release.number(),
                    e.getMessage());
        }
    }

    /** Goes on with what an activation had to leave when the service ended. */
    public void resume() {
        turn.lock();
        try {
            if (loop.deciding()) {
                int agents = decideAgain();
                LOG.info("{} agents were decided again by the rules that conclude now.", agents);
            }
        } finally {
            turn.unlock();
        }
    }

    /** A session that has decided every agent once, so that it is as fast as it ever gets. */
    private PresenceSession warm(RuleBook rules) {
        PresenceIndex index = loop.index();
        SideSession session = SideSession.open(rules, index);
        int decided = 0;
        try {
            for (AgentState agent : index.agentsAfter("")) {
                Verdict unused = session.decide(agent);
                restAfter(++decided);
            }
        } catch (Unavailable e) {
            session.close();
            throw e;
        }
        return session.session();
    }

    /**
     * Looks at each agent as published after the change, beside the loop, and has those decided again by it for whom
     * something else is concluded. Whoever the loop has decided since has the new verdict already.
     */
    private int decideAgain() {
        PresenceLoop.Released released = loop.released();
        PresenceIndex index = loop.index();
        int changed = 0;
        int decided = 0;
        try (SideSession session = SideSession.open(released.rules(), index)) {
            List<Envelope> batch = new ArrayList<>(AT_ONCE);
            for (AgentState agent : index.agentsAfter("")) {
                if (!session.decide(agent).sameConclusions(agent.verdict())) {
                    batch.add(envelope(new Command.DecideAgain(agent.id()), by(released.release()), Cause.RULE));
                }
                if (batch.size() == AT_ONCE) {
                    changed += runUntilDone(batch);
                    batch = new ArrayList<>(AT_ONCE);
                }
                restAfter(++decided);
            }
            changed += runUntilDone(batch);
        }
        loop.decidedAgain();
        return changed;
    }

    private static String by(RulesRelease release) {
        return "release:" + release.number();
    }

    private static Envelope envelope(Command command, String by, Cause cause) {
        // Nobody is no id that the journal could read again.
        return new Envelope(command, null, null, by.isEmpty() ? null : by, cause);
    }

    /** How many of them changed something. A loop that is full, or whose journal is away, is asked again. */
    private int runUntilDone(List<Envelope> commands) {
        if (commands.isEmpty()) {
            return 0;
        }
        while (true) {
            try {
                return (int) run(commands).stream()
                        .filter(outcome -> outcome.kind() == Outcome.Kind.APPLIED)
                        .count();
            } catch (Unavailable e) {
                if (closing || e.code() == STOPPING) {
                    throw e;
                }
                pause(RETRY_MILLIS);
            }
        }
    }

    private List<Outcome> run(List<Envelope> commands) {
        Submission submission = Submission.of(commands);
        loop.submit(submission);
        return Submission.await(submission.answers());
    }

    /** Nobody waits for an activation by the millisecond, but everybody for the loop. */
    private static void restAfter(int decided) {
        if (decided % AT_A_STRETCH == 0) {
            pause(REST_MILLIS);
        }
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable(STOPPING, "The service is stopping.", 5);
        }
    }

    /** Whatever waits for the loop waits no longer. */
    @Override
    public void close() {
        closing = true;
    }
}
