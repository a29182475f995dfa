package presence.history;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import presence.history.HistoryReader.Standing;
import presence.index.PresenceIndex;
import presence.loop.Chronicle;
import presence.records.RecordsDatabase;
import presence.records.RecordsException;
import presence.state.Happening;

/**
 * Records what happens, each event once. The loop's thread leaves events here; a thread of its own writes them, many in one
 * transaction together with the number of the last one, and deletes what is older than is to be kept.
 *
 * <p><b>When the records are away</b> events wait, up to the capacity of the queue; then the loop takes no more commands.
 * It is tried again until it goes on by itself. What waits when the process ends is told again at the next start.
 */
public final class HistoryChronicle implements Chronicle, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryChronicle.class);

    /** How many events are recorded by one transaction at most. */
    private static final int BATCH = 10_000;

    /** So many events between two transactions are a rush: they are put down, and filed when it is over. */
    private static final int RUSH = 1_000;

    /** How long events wait for others unless somebody asks for them: a commit costs the same for one as for many. */
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** How long the end of the service waits for what is still to be recorded. */
    private static final Duration END = Duration.ofSeconds(10);

    private final RecordsDatabase records;
    private final HistoryConfiguration configuration;
    private final List<Recorder> recorders;
    private final Pruner pruner;
    private final Unfiled unfiled;
    private final LinkedBlockingQueue<Happening> waiting = new LinkedBlockingQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread = new Thread(this::run, "presence-history");

    /** The last event that was noted, or recorded before the start. Written by one thread at a time: at the start, the loop's. */
    private volatile long noted;

    private boolean gap;
    private volatile long recorded;
    private volatile long asked;

    /** Somebody asks about what happened up to this event. */
    private volatile long askedAbout;

    private volatile boolean closing;
    private volatile boolean abandoned;
    private volatile @Nullable String fault;
    private volatile @Nullable Beginning beginning;
    private Standing standing;

    /**
     * Finds out what is recorded already, and begins to record.
     *
     * @param recorders what else keeps something of each event, in the transaction that records it
     * @param clock says how old something is
     * @throws RecordsException if the records cannot be read
     */
    public HistoryChronicle(
            RecordsDatabase records, HistoryConfiguration configuration, List<Recorder> recorders, Clock clock)
            throws RecordsException {
        this.records = records;
        this.configuration = configuration;
        this.recorders = List.copyOf(recorders);
        this.pruner = new Pruner(configuration.retention().toJavaDuration(), clock);
        standing = records.read("read where the history is", handle -> new HistoryReader(handle).standing())
                .orElseGet(() -> new Standing(0, clock.millis(), ""));
        unfiled = new Unfiled(records);
        recorded = standing.recorded();
        noted = standing.recorded();
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((failed, e) -> LOG.error("The history's thread has died", e));
        thread.start();
    }

    /**
     * To be called once, when the loop has restored its state and before it turns. If what was told does not follow on what
     * is recorded, or other rules conclude now, every agent's state is recorded as it is found.
     *
     * @param index the state
     * @param told the number of the last event told
     * @param rules the hash of the rules that conclude
     */
    public void begin(PresenceIndex index, long told, String rules) {
        if (told < noted) {
            LOG.warn(
                    "The history has events up to {}, the journal up to {}. Maybe an older backup of the journal was"
                            + " restored. The history goes on from the state as it is now.",
                    noted,
                    told);
        } else if (gap || told > noted) {
            LOG.warn(
                    "The history lacks events between {} and {}. Maybe it was restored from a backup, or is new. It goes on"
                            + " from the state as it is now.",
                    standing.recorded(),
                    told);
        }
        if (told != noted || gap || !rules.equals(standing.rules())) {
            beginning = new Beginning(index, told, rules);
            // Whoever asks for the last event waits for the state to be recorded.
            recorded = Math.min(recorded, told - 1);
        }
        noted = told;
        wake();
    }

    @Override
    public void note(Happening happening) {
        long number = happening.number();
        if (number > noted) {
            gap |= number != noted + 1;
            noted = number;
            waiting.add(happening);
        }
    }

    @Override
    public boolean full() {
        return waiting.size() >= configuration.queueCapacity();
    }

    /** How many events wait to be recorded. */
    public int waiting() {
        return waiting.size();
    }

    /** Why nothing can be recorded now; empty if it can. */
    public Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    /** Whether the thread that records is there. */
    public boolean alive() {
        return thread.isAlive();
    }

    /** How many events are recorded and not filed yet. */
    public long toBeFiled() {
        long now = recorded;
        return now - unfiled.upTo(now);
    }

    /** Waits until everything that has been noted can be read; as {@link #recorded(long, Duration)}. */
    public boolean upToDate(Duration atMost) {
        long number = noted;
        lock.lock();
        try {
            askedAbout = Math.max(askedAbout, number);
        } finally {
            lock.unlock();
        }
        return reached(number, atMost, () -> unfiled.upTo(recorded));
    }

    @Override
    public boolean recorded(long number, Duration atMost) {
        return reached(number, atMost, () -> recorded);
    }

    private boolean reached(long number, Duration atMost, LongSupplier upTo) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            if (number > asked) {
                asked = number;
            }
            changed.signalAll();
            while (upTo.getAsLong() < number && left > 0 && fault == null && thread.isAlive()) {
                left = changed.awaitNanos(left);
            }
            return upTo.getAsLong() >= number;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    // --- the thread that records

    private void run() {
        while (true) {
            boolean last = closing;
            gather();
            if (!recordWaiting() && last) {
                return;
            }
            if (!closing) {
                pruneWhenDue();
            }
        }
    }

    /** Waits until a transaction is worth it. */
    private void gather() {
        long left = GATHER_NANOS;
        lock.lock();
        try {
            while (left > 0
                    && !closing
                    && beginning == null
                    && (asked <= recorded || waiting.isEmpty())
                    && !isFilingAsked()
                    && waiting.size() < BATCH) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            LOG.warn("The history's thread was interrupted; it ends by being closed only.");
        } finally {
            lock.unlock();
        }
    }

    private boolean isFilingAsked() {
        return unfiled.any() && unfiled.upTo(recorded) < askedAbout;
    }

    /** Files some of what was put down in a rush. */
    private boolean file() {
        if (!persist(unfiled::file)) {
            return false;
        }
        reached(recorded);
        return true;
    }

    /** Records what waits; answers whether there was anything. Gives up at the end of the service only. */
    private boolean recordWaiting() {
        Beginning found = beginning;
        Happening first = waiting.peek();
        if (found != null && (first == null || first.number() > found.told())) {
            if (unfiled.any()) {
                return file();
            }
            if (!persist(() -> standing = found.record(records, standing))) {
                return false;
            }
            beginning = null;
            reached(found.told());
            return true;
        }
        List<Happening> batch = batch(found == null ? Long.MAX_VALUE : found.told());
        boolean rush = batch.size() >= RUSH;
        boolean recording = !batch.isEmpty() && record(batch, rush || unfiled.any(), found);
        // Beside a rush only if somebody asks, and then only as much as keeps up with it.
        boolean filing = unfiled.any() && (!rush || isFilingAsked()) && !closing && file();
        return recording || filing;
    }

    /** Records a batch: files it, or puts it down to be filed. */
    private boolean record(List<Happening> batch, boolean putDown, @Nullable Beginning found) {
        long number = batch.get(batch.size() - 1).number();
        long keptSince = standing.recorded() == 0
                ? Math.min(standing.keptSince(), batch.get(0).event().at())
                : standing.keptSince();
        // Without its rules a history is found wanting at the next start: the state is still to be recorded.
        Standing next = new Standing(number, keptSince, found == null ? standing.rules() : "");
        boolean done = persist(() -> records.change("record " + batch.size() + " events", handle -> {
            if (putDown) {
                unfiled.put(handle, batch);
            } else {
                HistoryTables.write(
                        handle, records.isPostgresql(), sheet -> batch.forEach(happening -> Rows.of(happening, sheet)));
            }
            for (Recorder recorder : recorders) {
                recorder.record(handle, batch);
            }
            new HistoryReader(handle).standing(next);
        }));
        if (!done) {
            return false;
        }
        recorders.forEach(Recorder::committed);
        if (putDown) {
            unfiled.put(batch.get(0).number() - 1);
        }
        standing = next;
        reached(found == null ? number : Math.min(number, found.told() - 1));
        return true;
    }

    private List<Happening> batch(long upTo) {
        List<Happening> batch = new ArrayList<>();
        Happening next = waiting.peek();
        while (next != null && next.number() <= upTo && batch.size() < BATCH) {
            batch.add(next);
            waiting.poll();
            next = waiting.peek();
        }
        return batch;
    }

    private void reached(long number) {
        lock.lock();
        try {
            recorded = number;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Something done with the records. */
    @FunctionalInterface
    private interface Step {
        void run() throws RecordsException;
    }

    /** Does it as often as it takes; answers false when the service has ended meanwhile. */
    private boolean persist(Step step) {
        while (!abandoned) {
            try {
                step.run();
                if (fault != null) {
                    LOG.info("The history is recorded again.");
                    fault = null;
                }
                return true;
            } catch (RecordsException | RuntimeException e) {
                if (fault == null) {
                    LOG.error("The history cannot be recorded: {} It is tried again until it can.", e.getMessage());
                }
                fault = String.valueOf(e.getMessage());
                wake();
                pause();
            }
        }
        return false;
    }

    private void pause() {
        long left = RETRY_NANOS;
        lock.lock();
        try {
            while (left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            LOG.warn("The history's thread was interrupted; it ends by being closed only.");
        } finally {
            lock.unlock();
        }
    }

    private void pruneWhenDue() {
        try {
            standing = pruner.bite(records, standing);
        } catch (RecordsException e) {
            LOG.warn("What is too old could not be deleted: {} It is tried again later.", e.getMessage());
        }
    }

    /** Ends without recording what waits. */
    void abandon() {
        abandoned = true;
        closing = true;
        wake();
        join(END);
    }

    private void join(Duration atMost) {
        try {
            thread.join(atMost.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Records what waits and ends. What cannot be recorded now is told again at the next start. */
    @Override
    public void close() {
        closing = true;
        wake();
        join(END);
        abandon();
        if (recorded < noted) {
            LOG.warn("{} events are not recorded yet; the next start does it.", noted - recorded);
        }
    }
}
