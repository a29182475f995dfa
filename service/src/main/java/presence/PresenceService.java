package presence;

import io.dropwizard.core.server.AbstractServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.Managed;
import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.eclipse.jetty.util.component.LifeCycle;
import org.glassfish.jersey.server.ServerProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import presence.explain.Explainer;
import presence.explain.RulesInForce;
import presence.health.HistoryHealth;
import presence.health.HistoryMetrics;
import presence.health.JournalHealth;
import presence.health.LoopHealth;
import presence.health.LoopMetrics;
import presence.health.RulesHealth;
import presence.health.StreamMetrics;
import presence.health.WebhookMetrics;
import presence.history.History;
import presence.history.HistoryChronicle;
import presence.history.Report;
import presence.journal.Journal;
import presence.journal.JournalException;
import presence.live.ChangeStream;
import presence.live.Turns;
import presence.loop.LoopObserver;
import presence.loop.LoopObservers;
import presence.loop.PresenceLoop;
import presence.page.PageResource;
import presence.records.AuditRecords;
import presence.records.RecordsDatabase;
import presence.records.RecordsException;
import presence.records.RulesRecords;
import presence.resources.AgentResource;
import presence.resources.AnswerLength;
import presence.resources.AuditResource;
import presence.resources.BoardResource;
import presence.resources.Bulk;
import presence.resources.CommandGateway;
import presence.resources.CommandHandler;
import presence.resources.CommandsResource;
import presence.resources.ConversationResource;
import presence.resources.Eligible;
import presence.resources.EligibleHandler;
import presence.resources.Explanations;
import presence.resources.OfferResource;
import presence.resources.Past;
import presence.resources.PolicyResource;
import presence.resources.Presence;
import presence.resources.ProblemErrorHandler;
import presence.resources.ProblemMapper;
import presence.resources.ProfileResource;
import presence.resources.QueueGroupResource;
import presence.resources.QueueResource;
import presence.resources.ReportResource;
import presence.resources.RequestBodyReader;
import presence.resources.RulesResource;
import presence.resources.StreamHandler;
import presence.resources.StreamResource;
import presence.resources.UnreadBody;
import presence.resources.VocabularyResource;
import presence.resources.WebhookResource;
import presence.rulebook.Activation;
import presence.rulebook.Releases;
import presence.rulebook.Rulebook;
import presence.rulebook.Workshop;
import presence.webhook.Webhooks;

/** Puts the parts together: rules, journal, loop, and the doors to them. */
final class PresenceService implements Managed {
    private static final Logger LOG = LoggerFactory.getLogger(PresenceService.class);

    private final Journal journal;
    private final RecordsDatabase records;
    private final Webhooks webhooks;
    private final HistoryChronicle history;
    private final PresenceLoop loop;
    private final ChangeStream changes;
    private final Doors doors;
    private final Releases releases;
    private final Rulebook rulebook;
    private final Activation activation;
    private final Explainer explainer;

    private PresenceService(
            Journal journal,
            RecordsDatabase records,
            Webhooks webhooks,
            HistoryChronicle history,
            PresenceLoop loop,
            ChangeStream changes,
            Doors doors,
            Releases releases,
            Rulebook rulebook,
            Activation activation,
            Explainer explainer) {
        this.journal = journal;
        this.records = records;
        this.webhooks = webhooks;
        this.history = history;
        this.loop = loop;
        this.changes = changes;
        this.doors = doors;
        this.releases = releases;
        this.rulebook = rulebook;
        this.activation = activation;
        this.explainer = explainer;
    }

    /**
     * Restores what the journal holds and opens the doors. The service begins and ends with the environment's server.
     *
     * @param clock the service's time; the system's, but for a demo or a test
     * @throws OpenDoorException if everybody could come in
     * @throws JournalException if the journal cannot be opened or read
     * @throws RecordsException if what is kept beside the journal cannot be opened or read
     */
    static PresenceService open(PresenceConfiguration configuration, Environment environment, Clock clock)
            throws JournalException, RecordsException {
        Doors.requireLocks(configuration);
        PrometheusRegistry registry = new PrometheusRegistry();
        LoopMetrics metrics = new LoopMetrics(registry);
        PresenceService service = restore(configuration, environment, registry, metrics, clock);
        PresenceLoop.Released released = service.loop.released();
        LOG.info(
                "Rules release {} ({}, {} rules{}); database {}.",
                released.release().number(),
                released.name(),
                released.rules().rules().size(),
                released.release().number() > 0
                        ? ""
                        : configuration.getRules().folder() == null
                                ? " from the jar"
                                : " from " + configuration.getRules().folder(),
                configuration.getDatabase().url());
        metrics.watch(service.loop);
        new HistoryMetrics(registry).watch(service.history);
        StreamMetrics.register(registry, service.changes);
        WebhookMetrics.register(registry, service.webhooks);
        environment.lifecycle().manage(service);
        operations(environment, registry, service);
        Presence presence = new Presence(service.loop, clock);
        resources(configuration, environment, presence, service);
        changes(environment, presence, service.changes);
        environment.jersey().register(new AuditResource(new AuditRecords(service.records)));
        environment.jersey().register(new WebhookResource(service.webhooks));
        environment
                .jersey()
                .register(new RulesResource(
                        service.releases, service.rulebook, service.activation, new Workshop(), service.loop));
        service.doors.resources().forEach(environment.jersey()::register);
        service.doors.lock(environment);
        page(environment, () -> service.loop.released().name());
        return service;
    }

    /** Opens what is kept and restores the state; what has been opened is closed again when something cannot be. */
    private static PresenceService restore(
            PresenceConfiguration configuration,
            Environment environment,
            PrometheusRegistry registry,
            LoopObserver metrics,
            Clock clock)
            throws JournalException, RecordsException {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            Journal journal = configuration.getDatabase().open();
            opened.push(journal::close);
            RecordsDatabase records = RecordsDatabase.open(configuration.getDatabase());
            opened.push(records);
            Webhooks webhooks = new Webhooks(records, configuration.getWebhooks(), clock);
            opened.push(webhooks);
            HistoryChronicle history =
                    new HistoryChronicle(records, configuration.getHistory(), List.of(webhooks.recorder()), clock);
            opened.push(history);
            Turns turns = new Turns();
            Releases releases = new Releases(
                    new RulesRecords(records), configuration.getRules().filesAndScenarios(), clock);
            Rulebook rulebook = new Rulebook(releases);
            PresenceLoop loop = new PresenceLoop(
                    rulebook, journal, configuration.getLoop(), new LoopObservers(metrics, turns), history, clock);
            opened.push(loop);
            Doors doors = Doors.open(configuration, environment, records, loop, registry, clock);
            history.begin(loop.index(), loop.told(), loop.released().rules().hash());
            ChangeStream changes = new ChangeStream(configuration.getStream(), turns, loop, clock);
            Activation activation = new Activation(releases, rulebook, loop);
            Explainer explainer = new Explainer(loop::index, () -> inForce(loop.released()));
            opened.clear();
            return new PresenceService(
                    journal,
                    records,
                    webhooks,
                    history,
                    loop,
                    changes,
                    doors,
                    releases,
                    rulebook,
                    activation,
                    explainer);
        } finally {
            opened.forEach(PresenceService::close);
        }
    }

    /** The one place that says which rules explanations ask. */
    private static RulesInForce inForce(PresenceLoop.Released released) {
        return new RulesInForce(released.name(), released.rules());
    }

    private static void close(AutoCloseable opened) {
        try {
            opened.close();
        } catch (Exception e) {
            LOG.warn("Something could not be closed on the way out: {}", e.getMessage());
        }
    }

    private static void operations(Environment environment, PrometheusRegistry registry, PresenceService service) {
        environment.healthChecks().register("loop", new LoopHealth(service.loop));
        environment.healthChecks().register("journal", new JournalHealth(service.loop, service.journal));
        environment.healthChecks().register("history", new HistoryHealth(service.history));
        environment.healthChecks().register("rules", new RulesHealth(service.loop, service.rulebook));
        DropwizardExports.builder().dropwizardRegistry(environment.metrics()).register(registry);
        environment
                .admin()
                .addServlet("prometheus", new PrometheusMetricsServlet(registry))
                .addMapping("/prometheus");
    }

    private static void resources(
            PresenceConfiguration configuration, Environment environment, Presence presence, PresenceService service) {
        PresenceLoop loop = service.loop;
        if (configuration.getServerFactory() instanceof AbstractServerFactory server) {
            // Every error leaves as a problem document, so the framework's own forms are not wanted.
            server.setRegisterDefaultExceptionMappers(false);
            // To name a thread after its request costs more than many a request.
            server.setEnableThreadNameFilter(false);
        }
        environment.getApplicationContext().setErrorHandler(new ProblemErrorHandler());
        environment.lifecycle().addServerLifecycleListener(server -> server.setErrorHandler(new ProblemErrorHandler()));
        // Answers are ready as bytes: nothing has to be held back to know their length.
        environment.jersey().property(ServerProperties.OUTBOUND_CONTENT_LENGTH_BUFFER, 0);
        // An address is given as it is, whichever way an answer takes, and whatever proxy it came through.
        environment.jersey().property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
        environment.jersey().register(new AnswerLength());
        CommandGateway commands = new CommandGateway(loop);
        environment.jersey().register(new ProblemMapper());
        environment.jersey().register(UnreadBody.class);
        environment.jersey().register(new RequestBodyReader());
        Past past = new Past(
                new History(service.records, service.history), new Report(service.records, service.history), presence);
        Explanations explanations = new Explanations(service.explainer, presence, past);
        AgentResource agents = new AgentResource(commands, presence, past, new Bulk(commands, presence), explanations);
        environment.jersey().register(agents);
        environment.jersey().register(new ReportResource(past));
        ConversationResource conversations = new ConversationResource(commands, presence, explanations);
        environment.jersey().register(conversations);
        Eligible eligible = new Eligible(presence);
        environment.jersey().register(new QueueResource(commands, presence, eligible));
        OfferResource offers = new OfferResource(commands, presence);
        environment.jersey().register(offers);
        environment.jersey().register(new QueueGroupResource(commands, presence));
        environment.jersey().register(new ProfileResource(commands, presence));
        environment.jersey().register(new PolicyResource(commands, presence));
        environment.jersey().register(new VocabularyResource());
        environment.jersey().register(new BoardResource(presence));
        ExecutorService steps = environment
                .lifecycle()
                .executorService("answers-%d")
                .minThreads(Runtime.getRuntime().availableProcessors())
                .maxThreads(Runtime.getRuntime().availableProcessors())
                .build();
        environment.getApplicationContext().insertHandler(new EligibleHandler(eligible));
        environment
                .getApplicationContext()
                .insertHandler(new CommandHandler(commands, agents, conversations, offers, steps));
        commandStreams(environment, loop, service.doors, steps);
    }

    private static void commandStreams(Environment environment, PresenceLoop loop, Doors doors, Executor steps) {
        CommandsResource streams = new CommandsResource(loop, doors::admission, steps);
        environment.jersey().register(streams);
        whenStopping(environment, streams::stop);
    }

    private static void changes(Environment environment, Presence presence, ChangeStream changes) {
        environment.jersey().register(new StreamResource());
        environment.getApplicationContext().insertHandler(new StreamHandler(presence, changes));
        whenStopping(environment, changes::stop);
    }

    /** Before the server waits for the requests that are under way. */
    private static void whenStopping(Environment environment, Runnable action) {
        environment
                .lifecycle()
                .addServerLifecycleListener(server -> server.addEventListener(new LifeCycle.Listener() {
                    @Override
                    public void lifeCycleStopping(LifeCycle stopping) {
                        action.run();
                    }
                }));
    }

    private static void page(Environment environment, Supplier<String> rulesRelease) {
        PageResource page = new PageResource(rulesRelease);
        environment.jersey().register(page);
        environment.lifecycle().addServerLifecycleListener(page::serverStarted);
    }

    /** The loop, for who drives the service from inside the process. */
    PresenceLoop loop() {
        return loop;
    }

    @Override
    public void start() {
        loop.start();
        webhooks.start();
        changes.start();
        doors.start();
        Thread resumption = new Thread(activation::resume, "presence-rules");
        resumption.setDaemon(true);
        resumption.start();
    }

    /** Finishes what has been taken in, before the process ends. */
    @Override
    public void stop() {
        changes.close();
        activation.close();
        explainer.close();
        loop.close();
        webhooks.close();
        history.close();
        doors.stop();
        records.close();
        journal.close();
    }
}
