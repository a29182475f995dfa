package presence.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.drools.core.time.impl.PseudoClockScheduler;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieServices;
import org.kie.api.runtime.ClassObjectFilter;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.KieSessionConfiguration;
import org.kie.api.runtime.conf.ClockTypeOption;
import org.kie.api.runtime.conf.ThreadSafeOption;
import org.kie.api.runtime.rule.FactHandle;
import presence.facts.Agent;
import presence.facts.Deadline;
import presence.facts.OfferMissed;
import presence.facts.ProfileSelected;
import presence.facts.QueueAsked;
import presence.facts.QueueStaffing;
import presence.facts.TransferAsked;

/**
 * Asks the rules. Standing in it are the policy and every deadline that is near, which timer rules wait on; to decide is to
 * put the case's facts in, fire, read what was concluded and take the facts out again.
 *
 * <p>A deadline that is far off waits outside until it is near. A timer that stands costs ten times the memory and, when
 * it is cancelled, a hundred times the work; and most deadlines are cancelled long before they are due.
 *
 * <p>The session's time is what it was told last; it never reads a clock. Not safe for threads: whoever opens it owns it.
 */
public final class PresenceSession implements AutoCloseable {
    /** How far off a deadline is near, in milliseconds. */
    private static final long NEAR = 15_000;

    /** How many deadlines that are near but not due are let in at a time, so that many of one instant come little by little. */
    private static final int LET_IN = 250;

    /** The order in which deadlines come; none is equal to another, since nothing has two of one kind. */
    private static final Comparator<Deadline> BY_INSTANT = Comparator.comparingLong(Deadline::at)
            .thenComparing(deadline -> deadline.getClass().getName())
            .thenComparing(Deadline::subject);

    private final RuleBook rules;
    private final KieSession session;
    private final PseudoClockScheduler clock;
    private final Recorder recorder;
    private final List<FactHandle> policy = new ArrayList<>();

    /** Deadlines that wait outside. */
    private final NavigableSet<Deadline> distant = new TreeSet<>(BY_INSTANT);

    /** Whether deadlines have come or gone that the rules have not seen yet. */
    private boolean unsettled;

    private PresenceSession(RuleBook rules, KieSession session, PseudoClockScheduler clock, Recorder recorder) {
        this.rules = rules;
        this.session = session;
        this.clock = clock;
        this.recorder = recorder;
    }

    /**
     * Opens a session.
     *
     * @param rules the rules it asks
     * @param now its first instant, in milliseconds since 1970-01-01T00:00Z
     */
    public static PresenceSession open(RuleBook rules, long now) {
        KieSessionConfiguration configuration = KieServices.Factory.get().newKieSessionConfiguration();
        configuration.setOption(ClockTypeOption.PSEUDO);
        // One thread owns it.
        configuration.setOption(ThreadSafeOption.NO);
        KieSession session = rules.base().newKieSession(configuration, null);
        PseudoClockScheduler clock = session.getSessionClock();
        clock.setStartupTime(now);
        Recorder recorder = new Recorder(rules.rules());
        // A set of rules of which none concludes anything declares no verdict that could be set.
        session.setGlobal("verdict", recorder);
        return new PresenceSession(rules, session, clock, recorder);
    }

    /** The rules that are asked. */
    public RuleBook rules() {
        return rules;
    }

    /** The session's time, in milliseconds since 1970-01-01T00:00Z. */
    public long now() {
        return clock.getCurrentTime();
    }

    /** Tells the listener of each rule that fires from now on, in the order in which they fire. */
    public void onFiring(Consumer<Rule> listener) {
        recorder.listener(listener);
    }

    /** Replaces the policy. Decisions made before are not made again: that is the caller's. */
    public void policy(List<? extends Record> facts) {
        policy.forEach(session::delete);
        policy.clear();
        facts.forEach(fact -> policy.add(session.insert(fact)));
        fire();
    }

    /** What the rules conclude about an agent. */
    public Verdict decide(Agent agent) {
        recorder.begin();
        FactHandle handle = session.insert(agent);
        try {
            fire();
        } finally {
            session.delete(handle);
        }
        return recorder.verdict();
    }

    /** What the rules conclude about an agent when a conversation of this queue is asked about. */
    public Verdict decide(Agent agent, QueueAsked question) {
        return decideAsked(agent, question);
    }

    /** What the rules conclude about an agent when the transfer of somebody's conversation is asked about. */
    public Verdict decide(Agent agent, TransferAsked question) {
        return decideAsked(agent, question);
    }

    private Verdict decideAsked(Agent agent, Object question) {
        FactHandle handle = session.insert(question);
        try {
            return decide(agent);
        } finally {
            session.delete(handle);
        }
    }

    /** The queue group that the agent joins because of the selection, if any. */
    public Optional<String> groupToJoin(ProfileSelected selection) {
        conclude(selection);
        return Optional.ofNullable(recorder.joinedGroup());
    }

    /** Whether the queue's reserve is open for the capability. */
    public boolean reserveOpen(QueueStaffing staffing) {
        return reserveOpenedBy(staffing).isPresent();
    }

    /** The rule that opens the queue's reserve for the capability, if one does. */
    public Optional<Rule> reserveOpenedBy(QueueStaffing staffing) {
        conclude(staffing);
        return Optional.ofNullable(recorder.reserveOpenedBy());
    }

    /** Whether the agent who missed the offer is not ready any more, if a rule concludes that. */
    public Optional<NotReady> missed(OfferMissed missed) {
        conclude(missed);
        return Optional.ofNullable(recorder.concludedNotReady());
    }

    private void conclude(Object fact) {
        recorder.begin();
        FactHandle handle = session.insert(fact);
        try {
            fire();
        } finally {
            session.delete(handle);
        }
    }

    /**
     * Lets a deadline wait until it fires or is cancelled. One that is overdue fires with the next advance.
     *
     * @throws IllegalStateException if it is far off and another of its kind, subject and instant waits already
     */
    public void await(Deadline deadline) {
        if (deadline.at() - now() > NEAR) {
            if (!distant.add(deadline)) {
                throw new IllegalStateException("Another deadline like " + deadline + " waits already.");
            }
        } else {
            letIn(deadline);
        }
    }

    /**
     * Lets every deadline wait here that waits in another session, which loses them. Each happens here as it would have
     * there, by these rules. Its time becomes that of the other.
     */
    public void takeOver(PresenceSession other) {
        advance(other.now(), due -> {});
        distant.addAll(other.distant);
        other.distant.clear();
        // A copy: what is found is a view of what is there.
        for (Object deadline : List.copyOf(other.session.getObjects(new ClassObjectFilter(Deadline.class)))) {
            other.cancel((Deadline) deadline);
            // Let in again when its time has come, little by little.
            distant.add((Deadline) deadline);
        }
    }

    private void letIn(Deadline deadline) {
        session.insert(deadline);
        unsettled = true;
    }

    /** Takes a deadline away. Does nothing if it has fired already. */
    public void cancel(Deadline deadline) {
        if (distant.remove(deadline)) {
            return;
        }
        @Nullable FactHandle handle = session.getFactHandle(deadline);
        if (handle != null) {
            session.delete(handle);
            unsettled = true;
        }
    }

    /** How many deadlines wait. */
    public int pendingDeadlines() {
        return Math.toIntExact(standing()) + distant.size();
    }

    /**
     * When the next deadline is due, in milliseconds since 1970-01-01T00:00Z; {@link Long#MAX_VALUE} if none waits.
     */
    public long nextDeadline() {
        settle();
        if (recorder.anythingDue()) {
            return now();
        }
        long wait = clock.getTimeToNextJob();
        long near = wait < 0 ? Long.MAX_VALUE : now() + wait;
        return distant.isEmpty() ? near : Math.min(near, distant.first().at());
    }

    /**
     * Moves the time forward. Due timer rules fire first, in the order of their deadlines, each at its own instant: the
     * session's time is that instant while it is handled.
     *
     * @param to the new time, in milliseconds since 1970-01-01T00:00Z; a time gone by is as good as now
     * @param handler applies what a timer rule concluded; it may let further deadlines wait
     */
    public void advance(long to, Consumer<Due> handler) {
        long until = Math.max(to, now());
        letInUntil(until + NEAR, LET_IN);
        long next;
        while ((next = nextDeadline()) <= until) {
            letInUntil(next, Integer.MAX_VALUE);
            if (!recorder.anythingDue()) {
                settle();
                clock.advanceTime(Math.max(next - now(), 0), TimeUnit.MILLISECONDS);
                fire(standing());
            }
            for (Due due : recorder.takeDue()) {
                cancel(due.deadline());
                handler.accept(due);
            }
        }
        if (to > now()) {
            clock.advanceTime(to - now(), TimeUnit.MILLISECONDS);
        }
    }

    /**
     * Begins anew at another instant, which may be one gone by: no deadline waits any more, and the policy stays. For who
     * asks what would be.
     *
     * @param now the session's time from now on, in milliseconds since 1970-01-01T00:00Z
     */
    public void restart(long now) {
        distant.clear();
        if (unsettled || recorder.anythingDue() || session.getFactCount() > policy.size()) {
            for (FactHandle handle : List.<FactHandle>copyOf(session.getFactHandles())) {
                if (!policy.contains(handle)) {
                    session.delete(handle);
                }
            }
            // A timer goes with its fact only when the rules have seen that.
            fire();
            recorder.takeDue();
        }
        clock.setStartupTime(now);
    }

    /** Lets in the deadlines up to an instant, the first of them first. */
    private void letInUntil(long instant, int most) {
        for (int i = 0; i < most && !distant.isEmpty() && distant.first().at() <= instant; i++) {
            letIn(distant.pollFirst());
        }
    }

    /** Rules must see a change of facts before the time moves, or a timer that has just been cancelled would fire. */
    private void settle() {
        if (unsettled) {
            fire();
        }
    }

    private void fire() {
        fire(unsettled ? standing() : 0);
    }

    /**
     * Lets the rules fire until none holds any more.
     *
     * @param deadlines how many deadlines may be due
     * @throws IllegalStateException if they go on beyond all measure; what they still had to say is forgotten with the case
     */
    private void fire(long deadlines) {
        unsettled = false;
        // A rule fires once for a deadline.
        int most = (int) Math.min(Integer.MAX_VALUE, RuleLimits.FIRINGS + deadlines * recorder.rules());
        if (session.fireAllRules(recorder, most) >= most) {
            throw new IllegalStateException(
                    "The rules fired " + most + " times for one case and had not come to an end; the"
                            + " last that fired was " + recorder.lastFired() + ".");
        }
    }

    private long standing() {
        return session.getFactCount() - policy.size();
    }

    @Override
    public void close() {
        session.dispose();
    }
}
