package presence.door;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import presence.records.AuditRecords;
import presence.records.AuditRecords.Deed;
import presence.records.RecordsException;

/**
 * Writes down who did what. One thread writes, many deeds at a time, from a bounded queue; when the records are away it
 * tries again until they are back. Whoever has done something may wait until it stands there.
 *
 * <p>Any thread.
 */
public final class Audit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

    /** How many deeds can wait to be written. Beyond, what would have to be written down is refused. */
    static final int MOST_WAITING = 50_000;

    private static final int BATCH = 1_000;
    private static final Duration TRIED_AGAIN_AFTER = Duration.ofSeconds(1);
    private static final long PRUNED_EVERY_MILLIS = TimeUnit.MINUTES.toMillis(10);
    private static final long LONGEST_WAIT_SECONDS = 5;

    private final AuditRecords records;
    private final Refusals refusals;
    private final Duration retention;
    private final Clock clock;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Thread writer = new Thread(this::run, "audit");
    private volatile boolean closed;
    private volatile boolean writing = true;
    private long prunedAt;

    private record Waiting(@Nullable Deed deed, @Nullable CompletableFuture<Void> written) {}

    /** @param retention for how long deeds are kept */
    public Audit(AuditRecords records, Duration retention, Clock clock) {
        this.records = records;
        this.refusals = new Refusals(clock);
        this.retention = retention;
        this.clock = clock;
        writer.setDaemon(true);
    }

    /** Begins to write. */
    public void start() {
        writer.start();
    }

    /** Whether so much waits to be written that nothing should be done that would have to be written down. */
    boolean full() {
        return queue.remainingCapacity() < BATCH;
    }

    /** Whether the log could be written to when that was tried last. */
    public boolean writing() {
        return writing;
    }

    /**
     * Hands in a deed and says when it is on disk.
     *
     * @return done when it is; failed when it did not get there within {@value #LONGEST_WAIT_SECONDS} s, though it may get
     *     there later, or when there was no room
     */
    CompletableFuture<Void> keep(Deed deed) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        if (!queue.offer(new Waiting(deed, written))) {
            leftOut(deed);
            written.completeExceptionally(new IllegalStateException("The audit log is full."));
        }
        return written.orTimeout(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Hands in a deed that nobody waits for. */
    void note(Deed deed) {
        if (!queue.offer(new Waiting(deed, null))) {
            leftOut(deed);
        }
    }

    private static void leftOut(Deed deed) {
        LOG.error(
                "The audit log takes in nothing more; left out: {} {} {}",
                deed.principal(),
                deed.action(),
                deed.outcome());
    }

    /** Hands in that somebody was refused. Many of one address are counted and not listed. */
    void refused(Deed deed) {
        if (refusals.first(deed)) {
            note(deed);
        }
    }

    private void run() {
        List<Waiting> batch = new ArrayList<>();
        while (!closed || !queue.isEmpty()) {
            try {
                Waiting first = queue.poll(1, TimeUnit.SECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, BATCH - 1);
                }
                for (Deed counted : refusals.due()) {
                    batch.add(new Waiting(counted, null));
                }
                write(batch);
                batch.clear();
                prune();
            } catch (InterruptedException e) {
                // Told to end while the records are away: what waits cannot be kept.
                LOG.error("The audit log ends with {} deeds not written.", batch.size() + queue.size());
                return;
            }
        }
    }

    private void write(List<Waiting> batch) throws InterruptedException {
        List<Deed> deeds = new ArrayList<>();
        for (Waiting waiting : batch) {
            if (waiting.deed != null) {
                deeds.add(waiting.deed);
            }
        }
        while (!deeds.isEmpty() && !written(deeds)) {
            Thread.sleep(TRIED_AGAIN_AFTER.toMillis());
        }
        for (Waiting waiting : batch) {
            if (waiting.written != null) {
                waiting.written.complete(null);
            }
        }
    }

    private boolean written(List<Deed> deeds) {
        try {
            records.add(deeds);
            if (!writing) {
                LOG.info("The audit log is written again.");
            }
            writing = true;
            return true;
        } catch (RecordsException | RuntimeException e) {
            if (writing) {
                LOG.error(
                        "The audit log cannot be written; {} deeds and what follows wait. {}",
                        deeds.size(),
                        e.getMessage());
            }
            writing = false;
            return false;
        }
    }

    private void prune() {
        long now = clock.millis();
        if (now - prunedAt < PRUNED_EVERY_MILLIS) {
            return;
        }
        try {
            if (!records.prune(now - retention.toMillis())) {
                prunedAt = now;
            }
        } catch (RecordsException e) {
            prunedAt = now;
            LOG.warn("Old deeds stay in the audit log for now. {}", e.getMessage());
        }
    }

    /** Writes what has been handed in, for as long as a few seconds, and ends. */
    @Override
    public void close() {
        for (Deed counted : refusals.all()) {
            note(counted);
        }
        closed = true;
        // Wakes the writer.
        var unused = queue.offer(new Waiting(null, null));
        try {
            writer.join(Duration.ofSeconds(LONGEST_WAIT_SECONDS).toMillis());
            writer.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
