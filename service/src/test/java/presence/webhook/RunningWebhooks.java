package presence.webhook;

import static org.awaitility.Awaitility.await;

import io.dropwizard.util.Duration;
import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import presence.TestRules;
import presence.api.EventKind;
import presence.api.WebhookDefinition;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.Outcome;
import presence.history.HistoryChronicle;
import presence.history.HistoryConfiguration;
import presence.history.Recorder;
import presence.journal.Journal;
import presence.journal.TestDatabase;
import presence.loop.LoopConfiguration;
import presence.loop.LoopObserver;
import presence.loop.MovedClock;
import presence.loop.PresenceLoop;
import presence.loop.Submission;
import presence.records.RecordsDatabase;
import presence.state.RuleSource;

/** A loop on a real journal whose events go to webhooks, with a clock that the test moves. */
final class RunningWebhooks implements AutoCloseable {
    static final WebhookConfiguration SETTINGS = settings(1_000_000, 10);

    private final MovedClock clock;
    private final Journal journal;
    final RecordsDatabase records;
    final Webhooks webhooks;
    final HistoryChronicle chronicle;
    final PresenceLoop loop;

    RunningWebhooks(TestDatabase database, MovedClock clock) throws Exception {
        this(database, clock, SETTINGS, Sender.Names.OF_THE_MACHINE);
    }

    /** @param more what else keeps something of what happens */
    RunningWebhooks(
            TestDatabase database,
            MovedClock clock,
            WebhookConfiguration settings,
            Sender.Names names,
            Recorder... more)
            throws Exception {
        this.clock = clock;
        journal = database.open();
        records = RecordsDatabase.open(database.configuration());
        webhooks = new Webhooks(records, settings, names, new Backoff(new Random(1)), clock);
        List<Recorder> recorders = new java.util.ArrayList<>(List.of(webhooks.recorder()));
        recorders.addAll(List.of(more));
        chronicle = new HistoryChronicle(records, HistoryConfiguration.defaults(), recorders, clock);
        loop = new PresenceLoop(
                RuleSource.always(TestRules.SHIPPED),
                journal,
                new LoopConfiguration(20_000, 20_000, 1_000_000, Duration.days(30)),
                LoopObserver.NONE,
                chronicle,
                clock);
        chronicle.begin(loop.index(), loop.told(), TestRules.SHIPPED.hash());
        loop.start();
        webhooks.start();
    }

    /** This machine may be sent to. */
    static WebhookConfiguration settings(int capacity, int timeoutSeconds) {
        return new WebhookConfiguration(
                "/presence",
                Duration.seconds(timeoutSeconds),
                Duration.hours(24),
                capacity,
                Duration.days(30),
                List.of("127.0.0.0/8"));
    }

    static ConditionFactory soon() {
        return await().pollInterval(java.time.Duration.ofMillis(5)).atMost(java.time.Duration.ofSeconds(60));
    }

    List<Outcome> submit(Command... commands) {
        Submission submission =
                Submission.of(Arrays.stream(commands).map(Envelope::of).toList());
        loop.submit(submission);
        return submission.outcomes().orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** Everything that has happened is recorded. */
    void recorded() {
        soon().until(() -> chronicle.upToDate(java.time.Duration.ofSeconds(10)));
    }

    void move(java.time.Duration by) {
        clock.move(by);
        long now = clock.millis();
        soon().until(() -> loop.index().publishedAt() >= now);
    }

    /** Moves the clock on, a step at a time, until it is so. */
    void moveUntil(java.time.Duration step, Callable<Boolean> so) {
        soon().until(() -> {
            if (so.call()) {
                return true;
            }
            clock.move(step);
            return false;
        });
    }

    Subscription register(String url, EventKind... kinds) throws Exception {
        return register(url, Set.of(), kinds);
    }

    Subscription register(String url, Set<String> agents, EventKind... kinds) throws Exception {
        return webhooks.register(definition(url, agents, true, kinds)).webhook();
    }

    static WebhookDefinition definition(String url, Set<String> agents, boolean active, EventKind... kinds) {
        Set<EventKind> wanted = kinds.length == 0 ? EnumSet.allOf(EventKind.class) : EnumSet.copyOf(List.of(kinds));
        return new WebhookDefinition(URI.create(url), wanted, agents, null, active);
    }

    /** Nothing waits any more, as far as is recorded. */
    void drained(Subscription webhook) {
        soon().until(() -> webhook.pending() == 0);
    }

    /** What the tables hold, past everything. */
    long rows(String table) throws Exception {
        return records.read(
                "count",
                handle -> handle.createQuery("select count(*) from " + table)
                        .mapTo(Long.class)
                        .one());
    }

    static InetAddress[] addresses(String... addresses) {
        return Arrays.stream(addresses)
                .map(address -> {
                    try {
                        return InetAddress.getByName(address);
                    } catch (java.net.UnknownHostException e) {
                        throw new IllegalArgumentException(e);
                    }
                })
                .toArray(InetAddress[]::new);
    }

    @Override
    public void close() throws Exception {
        loop.close();
        webhooks.close();
        chronicle.close();
        records.close();
        journal.close();
    }
}
