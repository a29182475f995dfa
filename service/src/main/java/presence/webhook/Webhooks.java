package presence.webhook;

import static presence.command.ErrorCode.ADDRESS_NOT_ALLOWED;

import java.net.URI;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import presence.api.BadInput;
import presence.api.WebhookDefinition;
import presence.history.Recorder;
import presence.records.RecordsDatabase;
import presence.records.RecordsException;
import presence.webhook.Subscription.Failure;
import presence.webhook.Subscription.Loss;

/**
 * The webhooks: what administrators do with them. They are held in memory and kept in the records. Any thread; what changes
 * something waits for the records. Times are milliseconds since 1970-01-01T00:00Z.
 */
public final class Webhooks implements AutoCloseable {
    /** The most webhooks there can be. */
    public static final int MOST = 100;

    private static final int ID_BYTES = 6;
    private static final long LOOKUP_MILLIS = 2_000;
    private static final int TESTS_AT_ONCE = 4;
    private static final int REPLAYED_AT_ONCE = 500;

    private final Map<String, Subscription> webhooks = new ConcurrentHashMap<>();
    private final WebhookRecords records;
    private final Sender sender;
    private final CloudEvents events;
    private final Outbox outbox;
    private final Dispatcher dispatcher;
    private final int capacity;
    private final long timeoutMillis;
    private final Clock clock;
    private final Semaphore tests = new Semaphore(TESTS_AT_ONCE);

    /** Held by who changes a webhook, so that records and memory say the same. */
    private final ReentrantLock changing = new ReentrantLock();

    /**
     * Reads the webhooks. Nothing is sent before {@link #start}.
     *
     * @param clock says when something is to be tried again, and what signatures say
     * @throws RecordsException if they cannot be read
     */
    public Webhooks(RecordsDatabase database, WebhookConfiguration configuration, Clock clock) throws RecordsException {
        this(database, configuration, Sender.Names.OF_THE_MACHINE, new Backoff(new Random()), clock);
    }

    /** The same with other names and other chance. */
    Webhooks(
            RecordsDatabase database,
            WebhookConfiguration configuration,
            Sender.Names names,
            Backoff backoff,
            Clock clock)
            throws RecordsException {
        this.records = new WebhookRecords(database);
        this.events = new CloudEvents(configuration.source());
        this.capacity = configuration.outboxCapacity();
        this.timeoutMillis = configuration.timeout().toMilliseconds();
        this.clock = clock;
        for (Subscription webhook : records.all()) {
            webhooks.put(webhook.id(), webhook);
        }
        this.sender = new Sender(
                names,
                new Addresses(configuration.allowedNetworks()),
                configuration.timeout().toJavaDuration(),
                clock);
        this.dispatcher = new Dispatcher(webhooks, records, sender, backoff, configuration, clock);
        this.outbox = new Outbox(database, webhooks, events, capacity, dispatcher::wake);
    }

    /** Takes in what is sent to webhooks. */
    public Recorder recorder() {
        return outbox;
    }

    /** Begins to send. */
    public void start() {
        sender.start();
        dispatcher.start();
    }

    // --- questions

    /** Every webhook, in the order they were registered. */
    public List<Subscription> all() {
        return webhooks.values().stream()
                .sorted(Comparator.comparingLong(Subscription::createdAt).thenComparing(Subscription::id))
                .toList();
    }

    /** The webhook; null if there is none. */
    public @Nullable Subscription find(String id) {
        return webhooks.get(id);
    }

    /** How many tries have brought an event there. */
    public long delivered() {
        return dispatcher.delivered();
    }

    /** How many tries have not. */
    public long failed() {
        return dispatcher.failed();
    }

    // --- changes

    /**
     * A webhook whose secret may be shown now, and never again.
     *
     * @param secret the secret
     */
    public record Shown(Subscription webhook, String secret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "Shown[" + webhook.id() + "]";
        }
    }

    /**
     * Registers a webhook. It hears of what happens from now on.
     *
     * @return null if there are {@value #MOST} already
     * @throws BadInput if its address is not one that may be sent to
     */
    public @Nullable Shown register(WebhookDefinition definition) throws RecordsException {
        Failure failure = check(definition.url());
        Secrets secrets = Secrets.first();
        byte[] bytes = new byte[ID_BYTES];
        new SecureRandom().nextBytes(bytes);
        Subscription webhook = new Subscription(
                "wh_" + HexFormat.of().formatHex(bytes),
                clock.millis(),
                definition,
                secrets,
                new Loss(0, 0, 0),
                null,
                failure);
        changing.lock();
        try {
            if (webhooks.size() >= MOST) {
                return null;
            }
            records.add(webhook);
            webhooks.put(webhook.id(), webhook);
        } finally {
            changing.unlock();
        }
        dispatcher.wake();
        return new Shown(webhook, secrets.current().shownOnce());
    }

    /**
     * Changes what was said of a webhook. Events that wait stay, and are tried at once, at the address of now.
     *
     * @throws BadInput if its address is not one that may be sent to
     */
    public void define(Subscription webhook, WebhookDefinition definition) throws RecordsException {
        Failure failure = check(definition.url());
        changing.lock();
        try {
            records.define(webhook.id(), definition);
            webhook.define(definition);
            if (failure != null) {
                webhook.failed(failure);
            }
            webhook.beginAnew();
        } finally {
            changing.unlock();
        }
        dispatcher.wake();
    }

    /** Deletes a webhook and everything that waits for it. */
    public void delete(Subscription webhook) throws RecordsException {
        changing.lock();
        try {
            records.delete(webhook.id());
            webhooks.remove(webhook.id());
        } finally {
            changing.unlock();
        }
        dispatcher.wake();
    }

    /** Gives the webhook another secret. The one of now signs too for another {@link Secrets#OVERLAP}. */
    public Shown changeSecret(Subscription webhook) throws RecordsException {
        changing.lock();
        try {
            Secrets secrets = webhook.secrets().changed(clock.millis());
            records.sign(webhook.id(), secrets);
            webhook.sign(secrets);
            return new Shown(webhook, secrets.current().shownOnce());
        } finally {
            changing.unlock();
        }
    }

    /** Until when the webhook's secret before the one of now signs too. */
    public long previousUntil(Subscription webhook) {
        return webhook.secrets().previousUntil();
    }

    /**
     * Whether the address may be sent to, as far as can be found out now.
     *
     * @return why an event would not arrive now; null if nothing is known against it
     */
    private @Nullable Failure check(URI url) {
        boolean tls = url.getScheme().equals("https");
        String unknown = "The host's name is not known.";
        Future<?> lookup;
        try {
            lookup = sender.lookups().submit(() -> sender.allowed(url.getHost(), tls));
        } catch (RejectedExecutionException e) {
            return tls ? new Failure(clock.millis(), unknown) : refuse(false);
        }
        try {
            lookup.get(LOOKUP_MILLIS, TimeUnit.MILLISECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause() instanceof UnknownHostException && tls
                    ? new Failure(clock.millis(), unknown)
                    : refuse(tls);
        } catch (TimeoutException e) {
            return tls ? new Failure(clock.millis(), unknown) : refuse(false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refuse(tls);
        } finally {
            lookup.cancel(true);
        }
    }

    /** It does not say where the name leads, nor whether it leads anywhere. */
    private static Failure refuse(boolean tls) {
        throw new BadInput(List.of(new BadInput.Fault(
                "/url",
                ADDRESS_NOT_ALLOWED,
                tls
                        ? "The address leads to a network that webhooks may not be sent to. Maybe have it added to"
                                + " webhooks.allowedNetworks in config.yml."
                        : "An address with http:// has to lead into a network of webhooks.allowedNetworks in config.yml;"
                                + " expected https://.")));
    }

    // --- trials

    /**
     * Sends a {@code presence.Test} at once, whatever waits, and says how that came out.
     *
     * @return null if too many are tried at the moment
     */
    public @Nullable Delivery test(Subscription webhook) {
        if (!tests.tryAcquire()) {
            return null;
        }
        try {
            String id = "test-" + UUID.randomUUID();
            CompletableFuture<Delivery> outcome = new CompletableFuture<>();
            sender.send(
                    webhook.definition().url(),
                    webhook.secrets(),
                    id,
                    events.test(id, webhook.id(), clock.millis()),
                    outcome::complete);
            return outcome.completeOnTimeout(
                            new Delivery(null, "It did not answer in time.", timeoutMillis),
                            timeoutMillis + LOOKUP_MILLIS,
                            TimeUnit.MILLISECONDS)
                    .join();
        } finally {
            tests.release();
        }
    }

    // --- dead letters

    /**
     * Some dead letters, the oldest event first.
     *
     * @param afterNumber only events with a greater number
     */
    public List<DeadLetter> deadLetters(Subscription webhook, long afterNumber, int limit) throws RecordsException {
        return records.deadLetters(webhook.id(), afterNumber, limit);
    }

    /**
     * Sends dead letters again, as if they were new, after what waits already. Those that would be too many stay.
     *
     * @param ids the ids of their events; null for all. Those that are no dead letters are left out
     * @return how many are sent again
     */
    public int replay(Subscription webhook, @Nullable List<String> ids) throws RecordsException {
        int replayed = 0;
        try {
            if (ids != null) {
                replayed = replaySome(webhook, numbers(ids));
            } else {
                long after = 0;
                List<Long> some = records.deadNumbers(webhook.id(), after, REPLAYED_AT_ONCE);
                while (!some.isEmpty() && webhook.pending() < capacity) {
                    replayed += replaySome(webhook, some);
                    after = some.get(some.size() - 1);
                    some = records.deadNumbers(webhook.id(), after, REPLAYED_AT_ONCE);
                }
            }
        } finally {
            if (replayed > 0) {
                webhook.beginAnew();
                dispatcher.wake();
            }
        }
        return replayed;
    }

    private int replaySome(Subscription webhook, List<Long> numbers) throws RecordsException {
        long room = Math.max(0, capacity - webhook.pending());
        int back = records.replay(webhook.id(), numbers.subList(0, (int) Math.min(room, numbers.size())));
        webhook.addPending(back);
        webhook.addDeadLetters(-back);
        return back;
    }

    /** Deletes a dead letter; answers whether there was one. */
    public boolean deleteDeadLetter(Subscription webhook, String event) throws RecordsException {
        List<Long> numbers = numbers(List.of(event));
        int deleted = numbers.isEmpty() ? 0 : records.deleteDeadLetters(webhook.id(), numbers);
        webhook.addDeadLetters(-deleted);
        return deleted > 0;
    }

    /** The numbers of events; what is the id of none is left out. */
    private static List<Long> numbers(List<String> ids) {
        return ids.stream()
                .map(id -> id.startsWith("lost-") ? id.substring("lost-".length()) : id)
                .filter(id -> id.matches("[0-9]{1,18}"))
                .map(Long::valueOf)
                .distinct()
                .toList();
    }

    /** Ends. What is under way is cut, and sent again after the next start. */
    @Override
    public void close() {
        dispatcher.close();
        sender.close();
    }
}
