package presence.loop;

import static presence.command.ErrorCode.INTERNAL;
import static presence.command.ErrorCode.JOURNAL_UNAVAILABLE;
import static presence.command.ErrorCode.OVERLOADED;
import static presence.command.ErrorCode.STOPPING;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import presence.api.BadInput;
import presence.api.CommandReader;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.Outcome;
import presence.command.RulesRelease;
import presence.engine.RuleBook;
import presence.index.PresenceIndex;
import presence.journal.Journal;
import presence.journal.JournalEntry;
import presence.journal.JournalException;
import presence.snapshot.Snapshots;
import presence.state.ContactCentre;
import presence.state.Happening;
import presence.state.PresenceEvent;
import presence.state.RuleSource;
import presence.state.StateImage;

/**
 * Owns the contact centre. A turn takes a batch of commands, stamps it with the time, makes it durable with one commit, lets
 * due deadlines happen, applies the commands, publishes, and answers.
 *
 * <p>{@link #submit} and the questions may be called from any thread. Everything else happens on the loop's own thread, but
 * for snapshots, which are written by another.
 *
 * <p><b>When the journal fails</b> the batch is refused, commands are refused until the journal answers again, and
 * deadlines go on. If it then turns out that the failed batch is durable after all, the state is read anew from the
 * journal, so that memory and journal never differ.
 */
public final class PresenceLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PresenceLoop.class);

    /** The longest the loop sleeps, in milliseconds: the clock it reads may be set while it does. */
    private static final long LONGEST_SLEEP = 20;

    /** How long the loop waits before it asks a failing journal again, in milliseconds. */
    private static final long JOURNAL_RETRY = 200;

    /** How long a snapshot waits for what it covers to be recorded. */
    private static final Duration RECORDED_WITHIN = Duration.ofSeconds(30);

    /** How far apart failures of the rules are logged, in milliseconds: bad rules fail with every decision. */
    private static final long FAULTS_APART = 10_000;

    /** The most bytes of commands that may wait: many small ones, or a few large definitions. */
    private static final long WAITING_BYTES = 64 << 20;

    /** No batch is larger, in bytes, so that an entry stays within what the journal takes. */
    private static final int BATCH_BYTES = 8 << 20;

    private final RuleSource rules;
    private final Journal journal;
    private final LoopConfiguration configuration;
    private final LoopObserver observer;
    private final Chronicle chronicle;
    private final Clock clock;
    private final LinkedBlockingQueue<Submission> waiting = new LinkedBlockingQueue<>();
    private final AtomicInteger waitingCommands = new AtomicInteger();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicBoolean snapshotRunning = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread thread = new Thread(this::run, "presence-loop");

    private ContactCentre centre;
    private volatile PresenceIndex index;
    private volatile boolean stopping;
    private volatile @Nullable JournalException journalFault;
    private volatile long turnedAt;
    private volatile int pendingDeadlines;
    private volatile long told;
    private volatile Released released;
    private volatile boolean deciding;
    private @Nullable JournalEntry inDoubt;

    /** What has been told since an entry is in doubt: it may have to be concluded once more. */
    private final Set<PresenceEvent> toldInDoubt = new HashSet<>();

    /** What happened while an entry is in doubt: if it turns out to be durable, other things may have happened instead. */
    private final List<Happening> held = new ArrayList<>();

    /** Whether what happens is news to observers, and not history read from the journal. */
    private boolean telling = true;

    private boolean recovering;
    private long rulesFailedBefore;
    private long journalAskedAt;
    private long commandsSinceSnapshot;

    /**
     * Restores the contact centre from the journal and lets deadlines that have passed meanwhile happen. The loop does not
     * turn before {@link #start}.
     *
     * @param rules where the rules of releases come from
     * @param journal what is restored from and written to; the loop does not close it
     * @param configuration the loop's settings
     * @param observer told of everything the loop does
     * @param chronicle keeps what happens; the loop does not close it
     * @param clock read at the edge of each turn, and nowhere else
     * @throws JournalException if the journal cannot be read
     */
    public PresenceLoop(
            RuleSource rules,
            Journal journal,
            LoopConfiguration configuration,
            LoopObserver observer,
            Chronicle chronicle,
            Clock clock)
            throws JournalException {
        this.rules = rules;
        this.journal = journal;
        this.configuration = configuration;
        this.observer = observer;
        this.chronicle = chronicle;
        this.clock = clock;
        Recovered recovered = recover();
        centre = recovered.centre();
        index = recovered.index();
        centre.advance(clock.millis());
        index.publish(centre);
        index.watch(observer);
        pendingDeadlines = centre.pendingDeadlines();
        told = centre.told();
        released = new Released(centre.release(), centre.rules());
        turnedAt = clock.millis();
    }

    /**
     * Which rules conclude.
     *
     * @param release the release that is to conclude
     * @param rules the rules that do: its own, or those that stand in for it
     */
    public record Released(RulesRelease release, RuleBook rules) {
        /** The name of the rules in answers: how the hash of their content begins. */
        public String name() {
            return rules.hash().substring(0, NAME_LENGTH);
        }

        private static final int NAME_LENGTH = 12;
    }

    /** Which rules conclude now. */
    public Released released() {
        return released;
    }

    /**
     * Whether agents may keep what earlier rules concluded: from an activation on until {@link #decidedAgain()}. No snapshot
     * is taken meanwhile, so that a start that follows takes it up again.
     */
    public boolean deciding() {
        return deciding;
    }

    /** Every agent has been decided by the rules that conclude now. */
    public void decidedAgain() {
        deciding = false;
    }

    /** Begins to take commands. */
    public void start() {
        thread.setUncaughtExceptionHandler((failed, e) -> LOG.error("The loop has died", e));
        thread.start();
    }

    /**
     * Hands in commands.
     *
     * @throws Unavailable if they cannot be taken in now: the loop is full, the journal is away, or the service stops
     */
    public void submit(Submission submission) {
        if (stopping) {
            throw stopping();
        }
        JournalException fault = journalFault;
        if (fault != null) {
            throw journalUnavailable(fault);
        }
        if (chronicle.full()) {
            throw new Unavailable(OVERLOADED, "What has happened cannot be recorded as fast as commands come in.", 1);
        }
        int commands = submission.commands().size();
        int before = waitingCommands.getAndAdd(commands);
        long bytesBefore = waitingBytes.getAndAdd(submission.bytes());
        boolean full =
                before + commands > configuration.queueCapacity() || bytesBefore + submission.bytes() > WAITING_BYTES;
        if (before > 0 && full) {
            left(submission);
            throw new Unavailable(
                    OVERLOADED,
                    before + " commands (" + bytesBefore + " bytes) are waiting; the most is "
                            + configuration.queueCapacity() + " (" + WAITING_BYTES + " bytes).",
                    1);
        }
        waiting.add(submission);
        if (stopping && waiting.remove(submission)) {
            // The loop may have looked into the queue for the last time before this was put there.
            left(submission);
            throw stopping();
        }
    }

    /** The submission waits no longer. */
    private void left(Submission submission) {
        waitingCommands.addAndGet(-submission.commands().size());
        waitingBytes.addAndGet(-submission.bytes());
    }

    /** Answers every question about the present. Ask for it anew each time: a new one may have taken its place. */
    public PresenceIndex index() {
        return index;
    }

    /** How many commands wait to be taken in. */
    public int waitingCommands() {
        return waitingCommands.get();
    }

    /** How many deadlines are pending. */
    public int pendingDeadlines() {
        return pendingDeadlines;
    }

    /** The number of the last event of which the index has what became of it; 0 if none ever was told. */
    public long told() {
        return told;
    }

    /** Whether the loop turns. */
    public boolean alive() {
        return thread.isAlive();
    }

    /** How long ago the last turn ended, in milliseconds: hardly more than {@value #LONGEST_SLEEP} in a healthy loop. */
    public long lag() {
        return Math.max(0, clock.millis() - turnedAt);
    }

    /** Why the journal cannot be written now; empty if it can. */
    public Optional<JournalException> journalFault() {
        return Optional.ofNullable(journalFault);
    }

    /** Takes no more commands, finishes those that wait, takes a snapshot, and ends the loop. A second call does nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        stopping = true;
        if (thread.isAlive()) {
            joinThread();
        }
        refuseWaiting(stopping());
        // One that is being written must be finished before the caller closes the journal.
        awaitSnapshot();
        if (commandsSinceSnapshot > 0 && inDoubt == null && journalFault == null && !deciding) {
            snapshot(centre.image(), journal.lastNumber());
        }
        centre.close();
    }

    private void joinThread() {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // --- the loop's thread

    private void run() {
        List<Submission> batch = List.of();
        try {
            while (true) {
                boolean last = stopping && waiting.isEmpty();
                batch = last ? List.of() : takeBatch();
                turn(batch);
                if (last) {
                    return;
                }
            }
        } finally {
            stopping = true;
            // Nobody waits for an answer that a fault has kept from being given; answers that were given stay.
            batch.forEach(submission -> submission.outcomes().completeExceptionally(stopping()));
            refuseWaiting(stopping());
        }
    }

    private List<Submission> takeBatch() {
        List<Submission> batch = new ArrayList<>();
        Submission next = takeFirst();
        int commands = 0;
        int bytes = 0;
        while (next != null) {
            batch.add(next);
            commands += next.commands().size();
            bytes += next.bytes();
            Submission following = waiting.peek();
            boolean fits = following != null
                    && commands + following.commands().size() <= configuration.batchCommands()
                    && bytes + following.bytes() <= BATCH_BYTES;
            next = fits ? waiting.poll() : null;
        }
        batch.forEach(this::left);
        return batch;
    }

    private @Nullable Submission takeFirst() {
        long untilDeadline = centre.nextDeadline() - clock.millis();
        long sleep = Math.max(0, Math.min(LONGEST_SLEEP, untilDeadline));
        try {
            return sleep == 0 ? waiting.poll() : waiting.poll(sleep, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            LOG.warn("The loop's thread was interrupted; it ends by being closed only.");
            return null;
        }
    }

    private void turn(List<Submission> batch) {
        // The engine's time never runs backwards: when the clock was set back, it waits.
        long now = Math.max(clock.millis(), centre.now());
        long began = System.nanoTime();
        if (journalFault != null) {
            askJournal();
        }
        boolean durable = !batch.isEmpty() && journal(batch, now);
        long journalled = System.nanoTime();
        centre.advance(now);
        List<List<Outcome>> outcomes = durable ? apply(batch) : List.of();
        long applied = System.nanoTime();
        index.publish(centre);
        observer.published();
        pendingDeadlines = centre.pendingDeadlines();
        told = centre.told();
        tellReleased();
        turnedAt = clock.millis();
        int commands = 0;
        for (int i = 0; i < outcomes.size(); i++) {
            commands += outcomes.get(i).size();
            batch.get(i).outcomes().complete(outcomes.get(i));
        }
        observer.turned(commands, durable ? journalled - began : 0, applied - journalled, System.nanoTime() - applied);
        snapshotWhenDue(commands);
    }

    private void tellReleased() {
        Released before = released;
        if (before.rules() != centre.rules() || !before.release().equals(centre.release())) {
            released = new Released(centre.release(), centre.rules());
            LOG.info(
                    "Release {} of the rules concludes from now on: {}, {} rules.",
                    centre.release().number(),
                    released.name(),
                    centre.rules().rules().size());
            observer.released(released);
        }
    }

    private List<List<Outcome>> apply(List<Submission> batch) {
        List<List<Outcome>> outcomes = new ArrayList<>(batch.size());
        for (Submission submission : batch) {
            List<Outcome> answers = new ArrayList<>(submission.commands().size());
            for (Envelope command : submission.commands()) {
                Outcome outcome = apply(centre, command);
                observer.applied(command.command().type(), outcome);
                answers.add(outcome);
            }
            outcomes.add(answers);
        }
        return outcomes;
    }

    /** A fault in a rule or in this program must not end the loop: the command is refused, now and at every replay. */
    private Outcome apply(ContactCentre centre, Envelope command) {
        if (command.command() instanceof Command.ActivateRules) {
            deciding = true;
        }
        try {
            return centre.apply(command);
        } catch (RuntimeException e) {
            LOG.error("A command could not be applied: {}", command, e);
            return Outcome.refused(INTERNAL, "The command met a fault of the service, which has been logged.");
        }
    }

    // --- the journal

    /** Makes the batch durable. If that fails, it is answered as not taken in. */
    private boolean journal(List<Submission> batch, long now) {
        JournalException fault = journalFault;
        if (fault == null) {
            JournalEntry entry = entry(journal.lastNumber() + 1, now, batch);
            try {
                journal.append(entry);
                return true;
            } catch (JournalException e) {
                inDoubt = entry;
                fault = e;
                failed(e);
            }
        }
        Unavailable unavailable = journalUnavailable(fault);
        batch.forEach(submission -> submission.outcomes().completeExceptionally(unavailable));
        return false;
    }

    private void failed(JournalException e) {
        LOG.error("The journal cannot be written: {} Commands are refused until it can; reads go on.", e.getMessage());
        journalFault = e;
        journalAskedAt = clock.millis();
    }

    /** Asks whether the journal is back, and what became of the entry whose commit was not answered. */
    private void askJournal() {
        JournalException fault = journalFault;
        if (fault != null && !fault.isTransient()) {
            return;
        }
        if (Math.abs(clock.millis() - journalAskedAt) < JOURNAL_RETRY) {
            return;
        }
        journalAskedAt = clock.millis();
        try {
            journal.settle();
            JournalEntry entry = inDoubt;
            // Not what settle() answers: if the state could not be read anew last time, nothing is in doubt any more.
            if (entry != null && journal.lastNumber() >= entry.number()) {
                adopt(entry);
            }
            inDoubt = null;
            toldInDoubt.clear();
            held.forEach(chronicle::note);
            held.clear();
            journal.check();
            journalFault = null;
            LOG.info("The journal can be written again.");
        } catch (JournalException e) {
            journalFault = e;
        }
    }

    /** The entry is durable although its commit was not answered: make it part of the state. */
    private void adopt(JournalEntry entry) throws JournalException {
        if (centre.now() <= entry.atEpochMilli()) {
            centre.advance(entry.atEpochMilli());
            applyAll(centre, entry);
            commandsSinceSnapshot += entry.commands();
        } else {
            LOG.warn("Entry {} is in the journal after all; the state is read anew.", entry.number());
            held.clear();
            Recovered fresh = recover();
            fresh.centre().advance(Math.max(clock.millis(), centre.now()));
            fresh.index().publish(fresh.centre());
            centre.close();
            centre = fresh.centre();
            index = fresh.index();
            index.watch(observer);
            observer.readAnew();
        }
    }

    /** A contact centre, and the index that its offers go by. */
    private record Recovered(ContactCentre centre, PresenceIndex index) {
        static Recovered of(ContactCentre centre) {
            return new Recovered(centre, new PresenceIndex(centre));
        }
    }

    /** The state as the journal has it. What becomes of it is history, told before; but for the entry that was in doubt. */
    private Recovered recover() throws JournalException {
        long began = System.nanoTime();
        long doubtful = inDoubt == null ? Long.MAX_VALUE : inDoubt.number();
        @Nullable Recovered[] restored = {null};
        long[] commands = {0};
        boolean recovered = false;
        telling = false;
        recovering = true;
        try {
            Optional<Snapshots.Restored> snapshot = Snapshots.latest(journal);
            if (snapshot.isPresent()) {
                restored[0] =
                        Recovered.of(ContactCentre.restore(rules, snapshot.get().image(), this::tell));
            }
            journal.read(snapshot.map(Snapshots.Restored::coversNumber).orElse(0L), entry -> {
                Recovered soFar = restored[0];
                if (soFar == null) {
                    soFar = Recovered.of(new ContactCentre(rules, entry.atEpochMilli(), this::tell));
                    restored[0] = soFar;
                }
                ContactCentre centreThen = soFar.centre();
                centreThen.advance(entry.atEpochMilli());
                telling = entry.number() >= doubtful;
                applyAll(centreThen, entry);
                commands[0] += entry.commands();
            });
            Recovered found = restored[0];
            if (found == null) {
                found = Recovered.of(new ContactCentre(rules, clock.millis(), this::tell));
            }
            recovered = true;
            commandsSinceSnapshot = commands[0];
            LOG.info(
                    "Restored {} agents from {} and {} commands in {} ms.",
                    found.centre().agents().size(),
                    snapshot.isPresent() ? "a snapshot" : "an empty state",
                    commands[0],
                    (System.nanoTime() - began) / 1_000_000);
            return found;
        } finally {
            telling = true;
            recovering = false;
            if (!recovered && restored[0] != null) {
                restored[0].centre().close();
            }
        }
    }

    private void tell(Happening happening) {
        if (inDoubt != null && !recovering) {
            held.add(happening);
        } else {
            chronicle.note(happening);
        }
        PresenceEvent event = happening.event();
        if (telling && (inDoubt == null || toldInDoubt.add(event))) {
            observer.happened(happening);
        }
        if (event instanceof PresenceEvent.RulesFailed failed && rulesFailedBefore + FAULTS_APART < event.at()) {
            rulesFailedBefore = event.at();
            LOG.error(
                    "The rules fail, and agent '{}' is undecided: {} Others may be as well; put the last good rules back.",
                    failed.agent(),
                    failed.fault());
        }
    }

    private void applyAll(ContactCentre centre, JournalEntry entry) {
        byte[] body = entry.body();
        int from = 0;
        for (int i = 0; i < body.length; i++) {
            if (body[i] == '\n') {
                apply(centre, read(entry, from, i - from));
                from = i + 1;
            }
        }
    }

    /** A command was readable when it was taken in: to skip it would make another state of the same journal. */
    private static Envelope read(JournalEntry entry, int from, int length) {
        try {
            return CommandReader.journalled(CommandReader.json(entry.body(), from, length));
        } catch (BadInput e) {
            throw new UnreadableEntry(entry.number(), e);
        }
    }

    private static JournalEntry entry(long number, long now, List<Submission> batch) {
        int commands = 0;
        int bytes = 0;
        for (Submission submission : batch) {
            commands += submission.commands().size();
            bytes += submission.bytes();
        }
        byte[] body = new byte[bytes];
        int at = 0;
        for (Submission submission : batch) {
            for (byte[] line : submission.lines()) {
                System.arraycopy(line, 0, body, at, line.length);
                at += line.length;
            }
        }
        return new JournalEntry(number, now, commands, body);
    }

    // --- snapshots

    private void snapshotWhenDue(int commands) {
        commandsSinceSnapshot += commands;
        if (commandsSinceSnapshot < configuration.snapshotCommands()
                || inDoubt != null
                || deciding
                || !snapshotRunning.compareAndSet(false, true)) {
            return;
        }
        commandsSinceSnapshot = 0;
        StateImage image = centre.image();
        long number = journal.lastNumber();
        Thread writer = new Thread(
                () -> {
                    try {
                        snapshot(image, number);
                    } finally {
                        snapshotRunning.set(false);
                    }
                },
                "presence-snapshot");
        writer.setDaemon(true);
        writer.start();
    }

    private void awaitSnapshot() {
        while (!snapshotRunning.compareAndSet(false, true)) {
            try {
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** A snapshot that fails costs time at the next start, nothing else. */
    private void snapshot(StateImage image, long number) {
        long began = System.nanoTime();
        try {
            if (!chronicle.recorded(image.told(), RECORDED_WITHIN)) {
                LOG.warn("No snapshot: what has happened is not recorded yet. The next start takes longer.");
                return;
            }
            Snapshots.write(image, number, journal);
            journal.prune(image.at() - configuration.journalRetention().toMilliseconds());
            LOG.info(
                    "Snapshot of {} agents after entry {} written in {} ms.",
                    image.agents().size(),
                    number,
                    (System.nanoTime() - began) / 1_000_000);
        } catch (JournalException | RuntimeException e) {
            LOG.warn("The snapshot could not be written: {} The next start takes longer.", e.getMessage());
        }
    }

    // --- refusals

    private void refuseWaiting(Unavailable unavailable) {
        Submission submission;
        while ((submission = waiting.poll()) != null) {
            left(submission);
            submission.outcomes().completeExceptionally(unavailable);
        }
    }

    private static Unavailable stopping() {
        return new Unavailable(STOPPING, "The service is stopping and takes no more commands.", 5);
    }

    private static Unavailable journalUnavailable(JournalException fault) {
        return new Unavailable(
                JOURNAL_UNAVAILABLE,
                "The command could not be made durable (" + fault.code()
                        + "). It may be repeated with the same id; it is applied once at most.",
                5);
    }
}
