package presence;

import io.dropwizard.core.setup.Environment;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import presence.command.ErrorCode;
import presence.door.Admission;
import presence.door.Audit;
import presence.door.AuthenticationConfiguration;
import presence.door.AuthenticationConfiguration.Mode;
import presence.door.Door;
import presence.door.KeyRing;
import presence.door.Keys;
import presence.door.OpenDoorException;
import presence.door.OpenDoors;
import presence.door.Ownership;
import presence.door.Principal;
import presence.door.Sessions;
import presence.door.SignIns;
import presence.door.Tokens;
import presence.door.WaysIn;
import presence.health.RecordsHealth;
import presence.loop.PresenceLoop;
import presence.oidc.CodeFlow;
import presence.page.SignInPages;
import presence.records.AuditRecords;
import presence.records.KeyRecords;
import presence.records.RecordsDatabase;
import presence.records.RecordsException;
import presence.records.SessionRecords;
import presence.resources.Connections;
import presence.resources.DoorHandler;
import presence.resources.KeyResource;
import presence.resources.MeResource;
import presence.resources.OwnPagesHandler;
import presence.resources.SessionResource;
import presence.resources.SignInResource;
import presence.state.Conversation;
import presence.state.Offer;

/** Puts the locks of the doors together, where there are any. */
final class Doors {
    private static final Logger LOG = LoggerFactory.getLogger(Doors.class);

    private static final long KEYS_READ_EVERY_MILLIS = 1_000;

    private final @Nullable Door door;
    private final @Nullable KeyRing keys;
    private final @Nullable Audit audit;
    private final @Nullable Sessions sessions;
    private final @Nullable SignIns signIns;
    private final WaysIn ways;
    private final @Nullable CodeFlow flow;
    private final Keys made;
    private final Connections connections;
    private final ScheduledExecutorService reader;

    private Doors(
            @Nullable Door door,
            @Nullable KeyRing keys,
            @Nullable Audit audit,
            @Nullable Sessions sessions,
            @Nullable SignIns signIns,
            WaysIn ways,
            @Nullable CodeFlow flow,
            Keys made,
            Connections connections,
            ScheduledExecutorService reader) {
        this.door = door;
        this.keys = keys;
        this.audit = audit;
        this.sessions = sessions;
        this.signIns = signIns;
        this.ways = ways;
        this.flow = flow;
        this.made = made;
        this.connections = connections;
        this.reader = reader;
    }

    /** @throws OpenDoorException if others than this machine would come in without being asked who they are */
    static void requireLocks(PresenceConfiguration configuration) {
        List<String> faults = OpenDoors.faults(configuration.getAuthentication(), configuration.getServerFactory());
        if (!faults.isEmpty()) {
            throw new OpenDoorException(faults);
        }
        if (OpenDoors.operationsReachable(configuration.getServerFactory())) {
            LOG.warn(
                    "The connector for operations, server.adminConnectors, can be reached from other machines, and asks"
                            + " nobody who they are. Maybe set its bindHost to 127.0.0.1, or keep others out by a firewall.");
        }
    }

    /** @throws RecordsException if the keys cannot be read */
    static Doors open(
            PresenceConfiguration configuration,
            Environment environment,
            RecordsDatabase records,
            PresenceLoop loop,
            PrometheusRegistry registry,
            Clock clock)
            throws RecordsException {
        Connections connections = new Connections(configuration.getLimits().connections());
        ScheduledExecutorService reader = environment
                .lifecycle()
                .scheduledExecutorService("keys-%d", true)
                .threads(1)
                .build();
        Counter refusals = Counter.builder()
                .name("presence_door_refusals_total")
                .help("Requests that were not let through, by code")
                .labelNames("code")
                .register(registry);
        // Seen before the first one.
        for (ErrorCode code : List.of(ErrorCode.UNAUTHENTICATED, ErrorCode.FORBIDDEN, ErrorCode.RATE_LIMITED)) {
            refusals.initLabelValues(code.name());
        }
        WaysIn ways = WaysIn.of(configuration.getAuthentication());
        if (ways.mode() == Mode.NONE) {
            Keys made = new Keys(new KeyRecords(records), () -> {}, clock);
            return new Doors(null, null, null, null, null, ways, null, made, connections, reader);
        }
        KeyRing keys = new KeyRing(new KeyRecords(records), clock);
        if (keys.size() == 0 && configuration.getAuthentication().mode() == Mode.KEYS) {
            LOG.warn("There is no key yet, so nobody is let in. Maybe make one: keys add NAME --role ADMIN config.yml");
        }
        Audit audit = new Audit(
                new AuditRecords(records), configuration.getAudit().retention().toJavaDuration(), clock);
        environment
                .healthChecks()
                .register("records", new RecordsHealth(records.name(), keys::current, audit::writing));
        Sessions sessions = new Sessions(new SessionRecords(records), keys, configuration.getAuthentication(), clock);
        Consumer<ErrorCode> whenRefused =
                code -> refusals.labelValues(code.name()).inc();
        Tokens tokens =
                ways.mode() == Mode.KEYS_AND_TOKENS ? new Tokens(configuration.getAuthentication(), clock) : null;
        Door door = new Door(
                configuration.getAuthentication(),
                keys,
                sessions,
                tokens,
                audit,
                configuration.getLimits(),
                ownership(loop),
                whenRefused,
                clock);
        SignIns signIns = new SignIns(keys, sessions, audit, configuration.getLimits(), whenRefused, clock);
        CodeFlow flow = tokens == null || !ways.oidc()
                ? null
                : new CodeFlow(configuration.getAuthentication(), tokens, signIns);
        Keys made = new Keys(new KeyRecords(records), keys::readAgain, clock);
        return new Doors(door, keys, audit, sessions, signIns, ways, flow, made, connections, reader);
    }

    private static Ownership ownership(PresenceLoop loop) {
        return new Ownership() {
            @Override
            public @Nullable String agentOfConversation(String id) {
                Conversation conversation = loop.index().conversation(id);
                return conversation == null ? null : conversation.agent();
            }

            @Override
            public @Nullable String agentOfOffer(String id) {
                Offer offer = loop.index().offer(id);
                return offer == null ? null : offer.agent();
            }
        };
    }

    /** Puts the lock before everything that answers. Called when everything else is in its place. */
    void lock(Environment environment) {
        environment.lifecycle().addEventListener(connections);
        environment.getApplicationContext().insertHandler(door == null ? new OwnPagesHandler() : new DoorHandler(door));
    }

    /** What stands between the lines of this request and the loop. */
    Admission admission(HttpServletRequest request) {
        return door != null && request.getAttribute(Principal.class.getName()) instanceof Principal principal
                ? door.admission(principal, String.valueOf(request.getRemoteAddr()))
                : Admission.FREE;
    }

    /** What answers people who sign in or out, and who they are. */
    List<Object> resources(AuthenticationConfiguration settings) {
        List<Object> resources = new ArrayList<>(List.of(
                new MeResource(ways),
                new SignInResource(ways),
                new SessionResource(signIns, ways, CodeFlow.signedOutAt(settings.signIn())),
                new KeyResource(made, ways)));
        if (flow != null) {
            resources.add(new SignInPages(flow));
        }
        return resources;
    }

    void start() {
        if (keys != null && sessions != null && audit != null) {
            audit.start();
            if (flow != null) {
                flow.start();
            }
            var unused = reader.scheduleWithFixedDelay(
                    () -> {
                        keys.readAgain();
                        sessions.tend();
                    },
                    KEYS_READ_EVERY_MILLIS,
                    KEYS_READ_EVERY_MILLIS,
                    TimeUnit.MILLISECONDS);
        }
    }

    /** Writes down what has been done, once nothing more is. */
    void stop() {
        reader.shutdownNow();
        if (flow != null) {
            flow.close();
        }
        if (audit != null) {
            audit.close();
        }
    }
}
