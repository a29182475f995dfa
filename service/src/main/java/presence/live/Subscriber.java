package presence.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the messages for one connection: first a snapshot, unless it goes on from where it was before, then what it wants of
 * the messages, as fast as the connection takes them. Nothing is kept for it but its place. When the messages at its place
 * are kept no longer it is told so, and gets a snapshot again.
 *
 * <p>Of an agent it is told in order: while its snapshot is under way it hears of the agents that it has been shown, and of
 * the others when their turn comes.
 *
 * <p>Every method may be called by any thread.
 */
final class Subscriber {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);

    /** About how many bytes are sent at once. */
    private static final int AT_ONCE = 8 << 10;

    private final ChangeStream stream;
    private final StreamFilter filter;
    private final Outlet outlet;
    private final Executor snapshots;
    private final Consumer<Subscriber> whenOver;

    /** What is sent before anything else. */
    private final List<byte[]> due = new ArrayList<>();

    /** How often there was a reason to move that has not been followed: one thread follows them all. */
    private final AtomicInteger reasons = new AtomicInteger();

    // What follows belongs to whoever moves, and while a snapshot is prepared to whoever does that.

    /** The id of the last message that was sent or passed over. */
    private long position;

    /** The turn that has to be told before a snapshot: who subscribes after an answer finds it there. */
    private final long firstTold;

    /** The last agent of the snapshot that has been shown so far; null when no snapshot is under way. */
    private @Nullable String shown;

    private long keptAlive;

    /** The comment at which it was asked last whether it may stay. */
    private long asked;

    private boolean preparing;

    /** What has been prepared. */
    private volatile @Nullable List<byte[]> prepared;

    private volatile boolean sending;
    private volatile boolean ending;
    private volatile boolean over;

    /**
     * @param goOnFrom the id of the last message it had; null for one that is new
     * @param snapshots prepares parts of snapshots, which takes longer than to send what is ready
     * @param whenOver called once, when nothing more can be sent
     */
    Subscriber(
            ChangeStream stream,
            StreamFilter filter,
            @Nullable Long goOnFrom,
            Outlet outlet,
            Executor snapshots,
            Consumer<Subscriber> whenOver) {
        this.stream = stream;
        this.filter = filter;
        this.outlet = outlet;
        this.snapshots = snapshots;
        this.whenOver = whenOver;
        keptAlive = stream.keepAlives();
        asked = keptAlive;
        firstTold = stream.handedOver();
        if (goOnFrom == null) {
            beginSnapshot();
        } else if (stream.log().goesOnFrom(goOnFrom)) {
            position = goOnFrom;
        } else {
            resync();
        }
        // After the place was taken: what changes meanwhile is told twice, and not missed.
        due.add(0, stream.greeting(filter));
    }

    private void beginSnapshot() {
        shown = "";
        position = stream.log().last();
    }

    /** Ends it: the service stops. */
    void end() {
        ending = true;
        move();
    }

    /** Goes on as far as it can: there is something new, or there is room. */
    void move() {
        if (reasons.getAndIncrement() != 0) {
            return;
        }
        int followed = 1;
        do {
            step();
            followed = reasons.addAndGet(-followed);
        } while (followed != 0);
    }

    private void step() {
        if (over) {
            return;
        }
        try {
            if (ending) {
                finish();
            } else if (!sending) {
                send(next());
            }
        } catch (RuntimeException e) {
            LOG.error("A subscriber of the change stream met a fault of the service", e);
            sending = true;
            finish();
        }
    }

    private void finish() {
        over = true;
        if (sending) {
            outlet.cut();
        } else {
            outlet.end();
        }
        whenOver.accept(this);
    }

    private void send(List<byte[]> texts) {
        if (!texts.isEmpty()) {
            sending = true;
            outlet.send(texts, this::sent);
        }
    }

    private void sent(@Nullable Throwable failure) {
        sending = false;
        if (failure != null) {
            over = true;
            whenOver.accept(this);
        }
        move();
    }

    private List<byte[]> next() {
        long keepAlives = stream.keepAlives();
        if (asked != keepAlives) {
            asked = keepAlives;
            if (!outlet.mayStay()) {
                end();
                return List.of();
            }
        }
        if (!due.isEmpty()) {
            return takeDue();
        }
        List<byte[]> part = prepared;
        if (part != null) {
            prepared = null;
            preparing = false;
            return part;
        }
        if (shown != null && !preparing && stream.told(firstTold)) {
            preparing = true;
            snapshots.execute(this::prepare);
        }
        List<byte[]> messages = shown != null || preparing ? List.of() : messages();
        return messages.isEmpty() ? keepAlive() : messages;
    }

    private List<byte[]> takeDue() {
        List<byte[]> first = List.copyOf(due);
        due.clear();
        return first;
    }

    private List<byte[]> messages() {
        List<byte[]> texts = new ArrayList<>();
        int bytes = 0;
        long last = stream.log().last();
        while (position < last && bytes < AT_ONCE) {
            Message message = stream.log().message(position + 1);
            if (message == null) {
                resync();
                texts.addAll(takeDue());
                return texts;
            }
            position++;
            if (filter.wants(message)) {
                texts.add(message.bytes());
                bytes += message.bytes().length;
            }
        }
        return texts;
    }

    private List<byte[]> keepAlive() {
        long keepAlives = stream.keepAlives();
        if (keptAlive == keepAlives) {
            return List.of();
        }
        keptAlive = keepAlives;
        return List.of(ChangeStream.KEEP_ALIVE);
    }

    /** What it knows has a gap from here on. */
    private void resync() {
        beginSnapshot();
        due.add(stream.resync());
    }

    // --- the snapshot, on a thread of its own

    private void prepare() {
        try {
            prepared = part();
        } catch (RuntimeException e) {
            LOG.error("A snapshot of the change stream met a fault of the service", e);
            ending = true;
        }
        move();
    }

    /** What has become meanwhile of those who have been shown, and then, if that is not much, those who come next. */
    private List<byte[]> part() {
        String before = Objects.requireNonNull(shown);
        List<byte[]> texts = new ArrayList<>();
        if (!meanwhile(before, stream.log().last(), texts)) {
            return texts;
        }
        Picture.Part part = stream.picture().part(filter, before);
        if (!meanwhile(before, part.after(), texts)) {
            return texts;
        }
        position = part.after();
        shown = part.reached();
        texts.add(stream.text(part));
        return texts;
    }

    /**
     * Adds what it wants of the messages up to this one.
     *
     * @return whether that is all, and a part of the snapshot may follow
     */
    private boolean meanwhile(String before, long upTo, List<byte[]> texts) {
        int bytes = 0;
        while (position < upTo && bytes < AT_ONCE) {
            Message message = stream.log().message(position + 1);
            if (message == null) {
                resync();
                texts.addAll(takeDue());
                return false;
            }
            position++;
            String agent = message.agent();
            if (filter.wants(message) && (agent == null || agent.compareTo(before) <= 0)) {
                texts.add(message.withoutId());
                bytes += message.bytes().length;
            }
        }
        return position == upTo;
    }
}
