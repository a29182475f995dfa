package presence.webhook;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import presence.api.EventKind;
import presence.api.WebhookDefinition;

/**
 * A webhook as it stands: what was said of it, and what has become of it. Any thread reads; who writes stands at each field.
 */
public final class Subscription {
    private final String id;
    private final long createdAt;

    /** Written by who changes it, one at a time. */
    private volatile WebhookDefinition definition;

    /** Written by who changes it, one at a time. */
    private volatile Secrets secrets;

    private final AtomicLong pending = new AtomicLong();
    private final AtomicLong deadLetters = new AtomicLong();

    /** Whether something may wait that the dispatcher has not seen. */
    private final AtomicBoolean news = new AtomicBoolean(true);

    /** Whether the dispatcher is to begin anew: at once, and with what is old. */
    private final AtomicBoolean anew = new AtomicBoolean();

    /** Written by the history's thread. */
    private volatile Loss loss;

    /** Written by the dispatcher. */
    private volatile @Nullable Long deliveredAt;

    /** Written by the dispatcher, and at the beginning. */
    private volatile @Nullable Failure failure;

    /**
     * How a try failed last.
     *
     * @param at when, in milliseconds since 1970-01-01T00:00Z
     * @param error a sentence; it says nothing about networks that its reader may not know
     */
    public record Failure(long at, String error) {}

    /**
     * Events that were not kept, for want of room.
     *
     * @param events how many there were in all
     * @param from the number of the first that the receiver has not been told about; 0 if it knows of all
     * @param to the number of the last of these
     */
    record Loss(long events, long from, long to) {
        boolean untold() {
            return from > 0;
        }

        Loss and(long number) {
            return new Loss(events + 1, untold() ? from : number, number);
        }

        Loss told() {
            return new Loss(events, 0, 0);
        }
    }

    Subscription(
            String id,
            long createdAt,
            WebhookDefinition definition,
            Secrets secrets,
            Loss loss,
            @Nullable Long deliveredAt,
            @Nullable Failure failure) {
        this.id = id;
        this.createdAt = createdAt;
        this.definition = definition;
        this.secrets = secrets;
        this.loss = loss;
        this.deliveredAt = deliveredAt;
        this.failure = failure;
    }

    public String id() {
        return id;
    }

    /** When it was registered, in milliseconds since 1970-01-01T00:00Z. */
    public long createdAt() {
        return createdAt;
    }

    public WebhookDefinition definition() {
        return definition;
    }

    /** How many events wait to be sent or are under way. */
    public long pending() {
        return Math.max(0, pending.get());
    }

    /** How many events did not arrive in time. */
    public long deadLetters() {
        return Math.max(0, deadLetters.get());
    }

    /** How many events were not kept, for want of room. */
    public long lost() {
        return loss.events();
    }

    /** When an event arrived last, in milliseconds since 1970-01-01T00:00Z; null if none has. */
    public @Nullable Long deliveredAt() {
        return deliveredAt;
    }

    /** How a try failed last; null if none has. */
    public @Nullable Failure failure() {
        return failure;
    }

    /** What happened before it was registered may be recorded after that, and is not for it. */
    boolean wants(EventKind kind, String agent, long at) {
        WebhookDefinition wanted = definition;
        return at >= createdAt
                && wanted.kinds().contains(kind)
                && (wanted.agents().isEmpty() || wanted.agents().contains(agent));
    }

    Secrets secrets() {
        return secrets;
    }

    void define(WebhookDefinition changed) {
        definition = changed;
    }

    void sign(Secrets changed) {
        secrets = changed;
    }

    Loss loss() {
        return loss;
    }

    void lose(Loss changed) {
        loss = changed;
    }

    void delivered(long at) {
        deliveredAt = at;
    }

    void failed(Failure how) {
        failure = how;
    }

    void addPending(long more) {
        pending.addAndGet(more);
    }

    void addDeadLetters(long more) {
        deadLetters.addAndGet(more);
    }

    /** Says that something new waits. */
    void tell() {
        news.set(true);
    }

    /** Whether something new waits; it is taken as seen. */
    boolean takeNews() {
        return news.compareAndSet(true, false);
    }

    /** Says that everything is to be tried at once, also what is older than what was seen. */
    void beginAnew() {
        anew.set(true);
    }

    boolean isToBeginAnew() {
        return anew.get();
    }

    /** Whether it is to begin anew; it is taken as done. */
    boolean takeAnew() {
        return anew.compareAndSet(true, false);
    }
}
