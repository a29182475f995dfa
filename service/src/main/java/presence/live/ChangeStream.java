package presence.live;

import static presence.command.ErrorCode.FUTURE_EVENT_ID;
import static presence.command.ErrorCode.STOPPING;
import static presence.command.ErrorCode.TOO_MANY_STREAMS;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import presence.api.BadInput;
import presence.facts.Channel;
import presence.index.CatalogueView;
import presence.loop.PresenceLoop;
import presence.loop.Unavailable;
import presence.state.AgentState;
import presence.state.Happening;
import presence.state.PresenceEvent;

/**
 * Tells subscribers what becomes of agents and queues, as it happens, each agent in order.
 *
 * <p>One thread writes each message once, whoever wants it. Others, as many as there are cores, go round the subscribers and
 * send each what it wants; one more prepares snapshots. No thread waits for a subscriber, and nothing is kept for one but its
 * place among the messages. While nobody listens nothing is written.
 *
 * <p>Ids grow for ever: they begin with the service's time in microseconds, which is more than a process can have given
 * before. Messages are kept as {@code stream.history} says, and for a minute after the last subscriber has gone.
 *
 * <p>Every method may be called by any thread.
 */
public final class ChangeStream implements AutoCloseable {
    /** What a connection is sent now and then, so that both sides see that it is there. */
    static final byte[] KEEP_ALIVE = MessageForm.utf8(":\n\n");

    private static final Logger LOG = LoggerFactory.getLogger(ChangeStream.class);

    /** How soon a browser connects again, in milliseconds. */
    private static final byte[] RETRY = MessageForm.utf8("retry: 2000\n\n");

    /** How many messages a process may give in a millisecond, all its time long, before its successor's ids overtake them. */
    private static final long IDS_A_MILLISECOND = 1_000;

    /** Rounds are so far apart, or later ones find little and cost as much: to look at thousands of subscribers takes a while. */
    private static final long ROUNDS_APART_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** After how many messages of a large turn the first are sent. */
    private static final int SENT_AFTER = 256;

    /** How long messages are kept when nobody listens. */
    private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final StreamConfiguration configuration;
    private final Turns turns;
    private final PresenceLoop loop;
    private final Clock clock;
    private final MessageLog log;
    private final Picture picture;
    private final Round[] rounds;
    private final ExecutorService senders;
    private final ExecutorService snapshots;
    private final Thread thread = new Thread(this::run, "presence-stream");
    private final AtomicInteger subscribers = new AtomicInteger();
    private final LongAdder messages = new LongAdder();
    private final LongAdder resyncs = new LongAdder();
    private final AtomicLong keepAlives = new AtomicLong();

    /** The number of the last turn that the picture has. */
    private final AtomicLong told = new AtomicLong();

    /** The definitions that have been told of. */
    private volatile @Nullable CatalogueView defined;

    private volatile long leftAtNanos = System.nanoTime();
    private volatile boolean stopping;

    /** Subscribers that are gone round together. */
    private final class Round implements Runnable {
        private final Set<Subscriber> members = ConcurrentHashMap.newKeySet();
        private final AtomicBoolean due = new AtomicBoolean();

        void go() {
            if (due.compareAndSet(false, true)) {
                senders.execute(this);
            }
        }

        @Override
        public void run() {
            due.set(false);
            members.forEach(Subscriber::move);
        }
    }

    /**
     * @param turns what the loop brings; an observer of the loop
     * @param loop asked for what is visible
     * @param clock the service's time
     */
    public ChangeStream(StreamConfiguration configuration, Turns turns, PresenceLoop loop, Clock clock) {
        this.configuration = configuration;
        this.turns = turns;
        this.loop = loop;
        this.clock = clock;
        // The engine's time never runs backwards, so ids do not either when the clock was set back.
        log = new MessageLog(configuration.history(), now() * IDS_A_MILLISECOND);
        picture = new Picture(log);
        int cores = Runtime.getRuntime().availableProcessors();
        rounds = new Round[cores];
        for (int i = 0; i < cores; i++) {
            rounds[i] = new Round();
        }
        senders = Executors.newFixedThreadPool(cores, named("presence-stream-sender"));
        snapshots = Executors.newSingleThreadExecutor(named("presence-stream-snapshots"));
        thread.setDaemon(true);
    }

    private static ThreadFactory named(String name) {
        return work -> {
            Thread worker = new Thread(work, name);
            worker.setDaemon(true);
            return worker;
        };
    }

    /** Begins to tell. */
    public void start() {
        thread.start();
    }

    /**
     * Begins to send to a subscriber: a snapshot and what comes after it, or what came after a message and is kept.
     *
     * @param goOnFrom the id of the last message it had; null for none
     * @throws BadInput if no message had this id yet
     * @throws Unavailable if there are as many subscribers as there may be, or the service stops
     */
    public void subscribe(StreamFilter filter, @Nullable Long goOnFrom, Outlet outlet) {
        if (goOnFrom != null && goOnFrom > log.last()) {
            throw new BadInput(
                    FUTURE_EVENT_ID,
                    "No message has had the id " + goOnFrom + " yet; the last one is " + log.last()
                            + ". Maybe it came from another service.");
        }
        if (subscribers.incrementAndGet() > configuration.subscribers()) {
            left();
            throw new Unavailable(
                    TOO_MANY_STREAMS, configuration.subscribers() + " streams are open, which is the most.", 5);
        }
        watch();
        Round round = rounds[Math.floorMod(outlet.hashCode(), rounds.length)];
        Subscriber subscriber = new Subscriber(this, filter, goOnFrom, outlet, snapshots, over -> {
            if (round.members.remove(over)) {
                left();
            }
        });
        round.members.add(subscriber);
        if (stopping && round.members.remove(subscriber)) {
            left();
            throw new Unavailable(STOPPING, "The service is stopping.", 5);
        }
        subscriber.move();
    }

    private void left() {
        leftAtNanos = System.nanoTime();
        subscribers.decrementAndGet();
    }

    private synchronized void watch() {
        if (!turns.watched()) {
            turns.watch();
            drawAnew();
        }
    }

    /** What is visible is in the picture at once, and need not be told. */
    private void drawAnew() {
        long visible = turns.handedOver();
        defined = catalogue();
        picture.drawAnew(loop.index());
        told.accumulateAndGet(visible, Math::max);
    }

    /** Whether somebody listens and the picture is drawn. */
    private synchronized boolean watched() {
        return turns.watched();
    }

    /** Ends every stream, and takes no more. */
    public void stop() {
        stopping = true;
        for (Round round : rounds) {
            round.members.forEach(Subscriber::end);
        }
    }

    @Override
    public void close() {
        stop();
        thread.interrupt();
        senders.shutdown();
        snapshots.shutdown();
    }

    // --- for operations

    /** How many are connected. */
    public int subscribers() {
        return subscribers.get();
    }

    /** How many messages have been written, each for all who wanted it. */
    public long messages() {
        return messages.sum();
    }

    /** How often a subscriber had to begin anew, since what it had missed was kept no longer. */
    public long resyncs() {
        return resyncs.sum();
    }

    // --- for subscribers

    MessageLog log() {
        return log;
    }

    Picture picture() {
        return picture;
    }

    /** The last turn that has begun its way here. */
    long handedOver() {
        return turns.handedOver();
    }

    /** Whether the picture has everything of this turn. */
    boolean told(long turn) {
        return told.get() >= turn;
    }

    /** How often it has been time for a comment. */
    long keepAlives() {
        return keepAlives.get();
    }

    /** What every connection begins with. */
    byte[] greeting(StreamFilter filter) {
        if (!filter.kinds().contains(MessageKind.RULES_RELEASE)) {
            return RETRY;
        }
        byte[] rules = MessageForm.text(
                MessageKind.RULES_RELEASE, MessageForm.release(loop.released().name(), now()));
        byte[] both = new byte[RETRY.length + rules.length];
        System.arraycopy(RETRY, 0, both, 0, RETRY.length);
        System.arraycopy(rules, 0, both, RETRY.length, rules.length);
        return both;
    }

    byte[] resync() {
        resyncs.increment();
        return MessageForm.text(MessageKind.RESYNC, MessageForm.resync(now()));
    }

    /** A part of a snapshot; with the last one a subscriber can go on from there. */
    byte[] text(Picture.Part part) {
        MessageForm.Body body = MessageForm.snapshot(part, catalogue(), now());
        return part.reached() == null
                ? MessageForm.text(part.after(), MessageKind.SNAPSHOT, body)
                : MessageForm.text(MessageKind.SNAPSHOT, body);
    }

    private CatalogueView catalogue() {
        return loop.index().catalogue();
    }

    private long now() {
        return Math.max(clock.millis(), loop.index().publishedAt());
    }

    // --- the thread that tells

    private void run() {
        long keepAliveNanos = configuration.keepAlive().toNanoseconds();
        long began = System.nanoTime();
        long keepAliveDue = keepAliveNanos;
        long roundDue = keepAliveDue;
        long roundAt = 0;
        while (!stopping) {
            try {
                Turn turn = turns.next(Math.max(0, Math.min(keepAliveDue, roundDue) - (System.nanoTime() - began)));
                if (turn != null) {
                    roundDue = Math.min(roundDue, roundAt + ROUNDS_APART_NANOS);
                    if (watched() && turns.current(turn)) {
                        tell(turn);
                    }
                    told.accumulateAndGet(turn.number, Math::max);
                }
                long now = System.nanoTime() - began;
                if (now >= keepAliveDue) {
                    keepAliveDue += keepAliveNanos;
                    keepAlives.incrementAndGet();
                    forgetWhenAlone();
                    roundDue = now;
                }
                if (now >= roundDue) {
                    goRound();
                    roundAt = now;
                    roundDue = keepAliveDue;
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("The change stream met a fault of the service; everybody gets a snapshot", e);
                drawAnew();
            }
        }
    }

    private void goRound() {
        for (Round round : rounds) {
            if (!round.members.isEmpty()) {
                round.go();
            }
        }
    }

    private synchronized void forgetWhenAlone() {
        if (turns.watched() && subscribers.get() == 0 && System.nanoTime() - leftAtNanos > KEPT_NANOS) {
            turns.lookAway();
            picture.forget();
        }
    }

    private void tell(Turn turn) {
        if (turn.anew) {
            drawAnew();
        }
        if (turn.release != null) {
            add(MessageKind.RULES_RELEASE, null, Set.of(), MessageForm.release(turn.release, now()));
        }
        if (turn.redefined) {
            tellRedefined();
        }
        long now = now();
        Map<String, Happening> latest = new HashMap<>();
        Set<String> deleted = new HashSet<>();
        Map<String, Turn.Change> changes = new LinkedHashMap<>();
        for (Turn.Change change : turn.changes) {
            // An agent may become visible several times in a turn, where offers are made in it.
            changes.merge(change.agent(), change, Turn.Change::then);
        }
        for (Happening happening : turn.happenings) {
            PresenceEvent event = happening.event();
            latest.put(event.agent(), happening);
            if (event instanceof PresenceEvent.AgentDeleted) {
                deleted.add(event.agent());
            }
            Turn.Change change = changes.get(event.agent());
            tell(happening, change == null ? null : change.after());
        }
        for (Turn.Change change : changes.values()) {
            tell(change, deleted.contains(change.agent()), latest.get(change.agent()), now);
        }
        for (Turn.Staffing staffing : turn.staffing) {
            tell(staffing, now);
        }
    }

    /** What is visible may be of a later turn already; then there is nothing left to tell of with that one. */
    private void tellRedefined() {
        CatalogueView before = defined;
        CatalogueView after = catalogue();
        defined = after;
        if (before != null) {
            for (Redefinition definition : Redefinition.between(before, after)) {
                add(MessageKind.DEFINITIONS_CHANGED, null, Set.of(), MessageForm.definition(definition, now()));
            }
        }
    }

    private void tell(Happening happening, @Nullable AgentState after) {
        PresenceEvent event = happening.event();
        MessageKind kind = MessageForm.kind(event);
        if (kind == null) {
            return;
        }
        Set<String> queues = new HashSet<>(queues(picture.agent(event.agent()), after));
        queues.addAll(named(event));
        add(kind, event.agent(), queues, MessageForm.event(happening));
    }

    /** The queues that an event names itself: an agent may have joined and left one in the same turn. */
    private static Collection<String> named(PresenceEvent event) {
        if (event instanceof PresenceEvent.QueuesChanged changed) {
            return Stream.concat(changed.joined().stream(), changed.left().stream())
                    .toList();
        }
        String queue = event instanceof PresenceEvent.OfferChanged changed
                ? changed.offer().queue()
                : null;
        return queue == null ? List.of() : List.of(queue);
    }

    /**
     * The picture may be ahead when the watch has just begun: what it has already is not told. A version is never given twice,
     * not even to an agent who was deleted.
     */
    private void tell(Turn.Change change, boolean deleted, @Nullable Happening latest, long now) {
        String agent = change.agent();
        AgentState before = change.before();
        AgentState after = change.after();
        AgentState known = picture.agent(agent);
        if (known != null && (deleted || after == null) && before != null && known.version() <= before.version()) {
            picture.addGone(
                    message(MessageKind.AGENT_DELETED, agent, known.queues(), MessageForm.gone(agent, now, latest)),
                    agent);
            sometimesGoRound();
        }
        if (after != null && (known == null || known.version() < after.version())) {
            picture.add(
                    message(
                            MessageKind.PRESENCE,
                            agent,
                            queues(known, after),
                            MessageForm.presence(after, catalogue(), now, latest)),
                    after);
            sometimesGoRound();
        }
    }

    private static Set<String> queues(@Nullable AgentState before, @Nullable AgentState after) {
        Set<String> then = before == null ? Set.of() : before.queues();
        Set<String> now = after == null ? then : after.queues();
        if (then.equals(now) || then.isEmpty()) {
            return now;
        }
        Set<String> both = new HashSet<>(then);
        both.addAll(now);
        return both;
    }

    private void tell(Turn.Staffing staffing, long now) {
        int before = picture.staffed(staffing.queue(), staffing.capability(), staffing.eligible());
        if ((before > 0) == (staffing.eligible() > 0)) {
            return;
        }
        for (Channel channel : Channel.values()) {
            if (channel.capability() == staffing.capability()
                    && catalogue().policy().handles(channel)) {
                add(
                        MessageKind.STAFFING,
                        null,
                        Set.of(staffing.queue()),
                        MessageForm.staffing(staffing.queue(), channel, staffing.eligible(), now));
            }
        }
    }

    private void add(MessageKind kind, @Nullable String agent, Set<String> queues, MessageForm.Body body) {
        picture.add(message(kind, agent, queues, body));
        sometimesGoRound();
    }

    private Message message(MessageKind kind, @Nullable String agent, Set<String> queues, MessageForm.Body body) {
        long id = log.last() + 1;
        messages.increment();
        return new Message(id, kind, agent, queues, MessageForm.text(id, kind, body));
    }

    private void sometimesGoRound() {
        if (log.last() % SENT_AFTER == 0) {
            goRound();
        }
    }
}
