package presence.webhook;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import presence.records.RecordsException;
import presence.webhook.WebhookRecords.Results;

/**
 * Decides what is sent when, and notes what became of it. One thread decides; it waits for the records and for nobody else.
 *
 * <p>What has arrived is deleted with others, within a tenth of a second or so. A kill in between sends it again: every event
 * arrives at least once. While nothing can be noted nothing more is sent.
 */
final class Dispatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /** The most dead letters that are kept for a webhook; beyond, the oldest go. */
    static final int MOST_DEAD_LETTERS = 100_000;

    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int GATHERED = 500;

    /** How often it looks at the clock while something waits for its time. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long HOUSE_KEPT_EVERY_MILLIS = TimeUnit.MINUTES.toMillis(1);
    private static final int BITE = 2_000;
    private static final long END_MILLIS = 5_000;

    private final Map<String, Subscription> webhooks;
    private final WebhookRecords records;
    private final Sender sender;
    private final Backoff backoff;
    private final long giveUpAfter;
    private final long deadLetterRetention;
    private final Clock clock;

    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final Queue<Completion> completions = new ConcurrentLinkedQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread = new Thread(this::run, "presence-webhooks");
    private boolean woken;
    private volatile boolean closing;
    private boolean faulty;
    private long gatheringSince;
    private long houseKeptAt = Long.MIN_VALUE;

    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    private record Completion(Lane lane, Letter letter, Delivery delivery) {}

    /**
     * @param webhooks every webhook by its id, as they are at each moment
     * @param clock says when something is to be tried again, and when it is too old
     */
    Dispatcher(
            Map<String, Subscription> webhooks,
            WebhookRecords records,
            Sender sender,
            Backoff backoff,
            WebhookConfiguration configuration,
            Clock clock) {
        this.webhooks = webhooks;
        this.records = records;
        this.sender = sender;
        this.backoff = backoff;
        this.giveUpAfter = configuration.giveUpAfter().toMilliseconds();
        this.deadLetterRetention = configuration.deadLetterRetention().toMilliseconds();
        this.clock = clock;
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((failed, e) -> LOG.error("The thread of webhooks has died", e));
    }

    /** Begins to send. */
    void start() {
        thread.start();
    }

    /** Says that there is something new to look at. Any thread. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many tries have brought an event there. Any thread. */
    long delivered() {
        return delivered.get();
    }

    /** How many tries have not. Any thread. */
    long failed() {
        return failed.get();
    }

    // --- the thread

    private void run() {
        while (!closing) {
            long wait;
            try {
                turn();
                wait = lanes.values().stream().allMatch(lane -> lane.isIdle() && lane.unnoted() == 0)
                        ? IDLE_NANOS
                        : TICK_NANOS;
                if (faulty) {
                    LOG.info("Webhooks go on.");
                    faulty = false;
                }
            } catch (RecordsException | RuntimeException e) {
                if (!faulty) {
                    LOG.error("Webhooks wait: {} It is tried again until it can be done.", e.getMessage());
                }
                faulty = true;
                wait = RETRY_NANOS;
            }
            await(wait);
        }
        try {
            complete();
            note();
        } catch (RecordsException e) {
            LOG.warn("What arrived last is sent once more after the next start: {}", e.getMessage());
        }
    }

    private void await(long nanos) {
        long left = nanos;
        lock.lock();
        try {
            while (!(woken && !faulty) && !closing && left > 0) {
                left = changed.awaitNanos(left);
            }
            woken = false;
        } catch (InterruptedException e) {
            LOG.warn("The thread of webhooks was interrupted; it ends by being closed only.");
        } finally {
            lock.unlock();
        }
    }

    private void turn() throws RecordsException {
        lanes.keySet().retainAll(webhooks.keySet());
        webhooks.forEach(
                (id, webhook) -> lanes.computeIfAbsent(id, unused -> new Lane(webhook, records, backoff, giveUpAfter)));
        complete();
        if (isNoteDue()) {
            note();
        }
        for (Lane lane : lanes.values()) {
            if (lane.webhook().takeAnew()) {
                lane.beginAnew();
            }
            lane.load();
            send(lane);
        }
        keepHouse(clock.millis());
    }

    private void complete() {
        long now = clock.millis();
        for (Completion next = completions.poll(); next != null; next = completions.poll()) {
            (next.delivery.arrived() ? delivered : failed).incrementAndGet();
            if (lanes.get(next.lane.webhook().id()) == next.lane) {
                next.lane.done(next.letter, next.delivery, now);
            }
        }
    }

    private int unnoted() {
        return lanes.values().stream().mapToInt(Lane::unnoted).sum();
    }

    private boolean isNoteDue() {
        int unnoted = unnoted();
        if (unnoted == 0) {
            gatheringSince = 0;
            return false;
        }
        long now = System.nanoTime();
        if (gatheringSince == 0) {
            gatheringSince = now;
        }
        return faulty
                || unnoted >= GATHERED
                || now - gatheringSince >= GATHER_NANOS
                || webhooks.values().stream().anyMatch(Subscription::isToBeginAnew);
    }

    private void note() throws RecordsException {
        long now = clock.millis();
        List<Results> results = new ArrayList<>();
        // In the order of the ids, so that two transactions do not wait for each other.
        lanes.values().stream()
                .filter(lane -> lane.unnoted() > 0)
                .map(lane -> lane.results(now))
                .sorted((one, other) -> one.webhook().compareTo(other.webhook()))
                .forEach(results::add);
        if (!results.isEmpty()) {
            Map<String, Long> deadLetters = records.note(results);
            for (Results noted : results) {
                Lane lane = lanes.get(noted.webhook());
                if (lane != null) {
                    lane.noted(deadLetters.getOrDefault(noted.webhook(), 0L));
                }
            }
        }
        gatheringSince = 0;
    }

    private void send(Lane lane) throws RecordsException {
        List<Letter> next = lane.next(clock.millis());
        if (next.isEmpty()) {
            return;
        }
        Subscription webhook = lane.webhook();
        Map<Long, String> bodies = Map.of();
        try {
            bodies = records.bodies(
                    webhook.id(), next.stream().map(Letter::number).toList());
        } catch (RecordsException e) {
            next.forEach(lane::putBack);
            throw e;
        }
        for (Letter letter : next) {
            String body = bodies.get(letter.number());
            if (body == null) {
                lane.gone(letter);
                continue;
            }
            sender.send(webhook.definition().url(), webhook.secrets(), letter.id(), body, delivery -> {
                completions.add(new Completion(lane, letter, delivery));
                wake();
            });
        }
    }

    /** Deletes what is too old or too much, a bite at a time. */
    private void keepHouse(long now) throws RecordsException {
        if (now < houseKeptAt) {
            return;
        }
        boolean more = records.deleteLeftBehind(BITE) >= BITE;
        for (Map.Entry<String, Long> pruned :
                records.pruneDeadLetters(now - deadLetterRetention, BITE).entrySet()) {
            more |= pruned.getValue() >= BITE;
            Subscription webhook = webhooks.get(pruned.getKey());
            if (webhook != null) {
                webhook.addDeadLetters(-pruned.getValue());
            }
        }
        for (Subscription webhook : webhooks.values()) {
            long beyond = webhook.deadLetters() - MOST_DEAD_LETTERS;
            if (beyond > 0) {
                int deleted = records.deleteFirstDeadLetters(webhook.id(), (int) Math.min(beyond, BITE));
                webhook.addDeadLetters(-deleted);
                more |= beyond > BITE;
            }
        }
        houseKeptAt = more ? now : now + HOUSE_KEPT_EVERY_MILLIS;
    }

    /** Ends. What is under way is not waited for: it is sent again after the next start. */
    @Override
    public void close() {
        closing = true;
        wake();
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
