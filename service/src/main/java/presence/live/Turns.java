package presence.live;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import presence.command.CommandType;
import presence.command.Outcome;
import presence.facts.Capability;
import presence.loop.LoopObserver;
import presence.loop.PresenceLoop;
import presence.state.AgentState;
import presence.state.Happening;

/**
 * Notes what the loop's turns bring and hands it on, a turn at a time, when it is visible and before callers are answered. While nobody watches
 * it notes nothing. What it notes is never changed again, so nothing is copied.
 */
public final class Turns implements LoopObserver {
    /** The most that may wait, in happenings and changes: a few seconds of the fastest loop. */
    private static final int MOST_WAITING = 400_000;

    private static final Set<CommandType> DEFINING = EnumSet.of(
            CommandType.PUT_POLICY,
            CommandType.PUT_PROFILE,
            CommandType.DELETE_PROFILE,
            CommandType.PUT_QUEUE,
            CommandType.DELETE_QUEUE,
            CommandType.PUT_QUEUE_GROUP,
            CommandType.DELETE_QUEUE_GROUP);

    private final BlockingQueue<Turn> turns = new LinkedBlockingQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong handedOver = new AtomicLong();

    /** Which watch is on; 0 for none. */
    private volatile int watch;

    private int watches;

    /** The present turn; the loop's thread only. */
    private Turn turn = new Turn(0);

    /** From here on everything is noted that is not visible in the index yet. */
    synchronized void watch() {
        watch = ++watches;
    }

    /** Nothing is noted any more. */
    synchronized void lookAway() {
        watch = 0;
        turns.clear();
        waiting.set(0);
    }

    /** The number of the last turn that was handed over: what callers have been answered is in it or before it. */
    long handedOver() {
        return handedOver.get();
    }

    boolean watched() {
        return watch != 0;
    }

    /** The next turn; null when there is none within the time. */
    @Nullable Turn next(long nanos) throws InterruptedException {
        Turn next = turns.poll(nanos, TimeUnit.NANOSECONDS);
        if (next != null) {
            waiting.addAndGet(-next.size());
        }
        return next;
    }

    /** Whether the turn was noted for the watch that is on: what was noted for an earlier one has been seen otherwise. */
    boolean current(Turn noted) {
        return noted.watch == watch;
    }

    // --- the loop's thread

    private @Nullable Turn noted() {
        int now = watch;
        if (now == 0) {
            return null;
        }
        if (turn.watch != now) {
            turn = new Turn(now);
        }
        return turn;
    }

    @Override
    public void applied(CommandType type, Outcome outcome) {
        if (DEFINING.contains(type) && outcome.kind() == Outcome.Kind.APPLIED) {
            Turn noted = noted();
            if (noted != null) {
                noted.redefined = true;
            }
        }
    }

    @Override
    public void happened(Happening happening) {
        Turn noted = noted();
        if (noted != null) {
            noted.happenings.add(happening);
        }
    }

    @Override
    public void agentChanged(String agent, @Nullable AgentState before, @Nullable AgentState after) {
        Turn noted = noted();
        if (noted != null) {
            noted.changes.add(new Turn.Change(agent, before, after));
        }
    }

    @Override
    public void staffed(String queue, Capability capability, int eligible) {
        Turn noted = noted();
        if (noted != null) {
            noted.staffing.add(new Turn.Staffing(queue, capability, eligible));
        }
    }

    @Override
    public void readAnew() {
        if (noted() != null) {
            // What was noted of this turn was of the old state.
            turn = new Turn(turn.watch);
            turn.anew = true;
        }
    }

    @Override
    public void turned(int commands, long journalNanos, long applyNanos, long publishNanos) {}

    @Override
    public void published() {
        Turn over = noted();
        if (over == null || over.isEmpty()) {
            return;
        }
        turn = new Turn(over.watch);
        handOver(over);
    }

    /** What cannot be told as fast as it happens is not told: everybody gets a snapshot instead. */
    private void handOver(Turn over) {
        Turn handed = over;
        int before = waiting.get();
        if (before > 0 && before + over.size() > MOST_WAITING) {
            turns.clear();
            waiting.set(0);
            handed = new Turn(over.watch);
            handed.anew = true;
        }
        waiting.addAndGet(handed.size());
        handed.number = handedOver.incrementAndGet();
        turns.add(handed);
    }

    @Override
    public void released(PresenceLoop.Released released) {
        Turn news = new Turn(watch);
        news.release = released.name();
        turns.add(news);
    }
}
