package presence.health;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.EnumMap;
import java.util.Map;
import presence.command.CommandType;
import presence.command.Outcome;
import presence.facts.Status;
import presence.index.PresenceIndex;
import presence.loop.LoopObserver;
import presence.loop.PresenceLoop;
import presence.state.Happening;

/** Counts and times what the loop does, for Prometheus. Called on the loop's thread; read from any. */
public final class LoopMetrics implements LoopObserver {
    private static final double NANOS = 1e9;
    private static final double[] SECONDS = {
        0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5
    };

    private final PrometheusRegistry registry;
    private final Map<CommandType, Map<Outcome.Kind, CounterDataPoint>> commands = new EnumMap<>(CommandType.class);
    private final Counter refusals;
    private final Counter events;
    private final Histogram journal;
    private final Histogram fire;
    private final Histogram publish;
    private final Histogram batch;

    public LoopMetrics(PrometheusRegistry registry) {
        this.registry = registry;
        Counter counter = Counter.builder()
                .name("presence_commands_total")
                .help("Commands taken in, by type and outcome.")
                .labelNames("type", "outcome")
                .register(registry);
        for (CommandType type : CommandType.values()) {
            Map<Outcome.Kind, CounterDataPoint> byOutcome = new EnumMap<>(Outcome.Kind.class);
            for (Outcome.Kind kind : Outcome.Kind.values()) {
                byOutcome.put(kind, counter.labelValues(type.name(), kind.name()));
            }
            commands.put(type, byOutcome);
        }
        refusals = Counter.builder()
                .name("presence_refusals_total")
                .help("Commands refused, by code.")
                .labelNames("code")
                .register(registry);
        events = Counter.builder()
                .name("presence_events_total")
                .help("What became of agents, by kind.")
                .labelNames("kind")
                .register(registry);
        journal = seconds("presence_journal_commit", "How long a batch took to become durable.");
        fire = seconds("presence_fire", "How long the deadlines and commands of a turn took to be decided.");
        publish = seconds("presence_publish", "How long a turn took to be made visible.");
        batch = Histogram.builder()
                .name("presence_batch_commands")
                .help("Commands made durable by one commit.")
                .classicOnly()
                .classicUpperBounds(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000)
                .register(registry);
    }

    private Histogram seconds(String name, String help) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .unit(Unit.SECONDS)
                .classicOnly()
                .classicUpperBounds(SECONDS)
                .register(registry);
    }

    /** Adds what is read from the loop when it is asked for. */
    public void watch(PresenceLoop loop) {
        gauge("presence_queue_commands", "Commands waiting to be taken in.", loop::waitingCommands);
        gauge(
                "presence_pending_deadlines",
                "Deadlines pending: profiles, grace, wrap-up, offers, silence.",
                loop::pendingDeadlines);
        gauge("presence_loop_lag_milliseconds", "Time since the loop's last turn.", loop::lag);
        gauge(
                "presence_journal_up",
                "1 while commands can be made durable.",
                () -> loop.journalFault().isEmpty() ? 1 : 0);
        GaugeWithCallback.builder()
                .name("presence_agents")
                .help("Agents by status.")
                .labelNames("status")
                .callback(callback ->
                        agents(loop.index()).forEach((status, count) -> callback.call(count, status.name())))
                .register(registry);
    }

    private void gauge(String name, String help, java.util.function.LongSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsLong()))
                .register(registry);
    }

    private static Map<Status, Integer> agents(PresenceIndex index) {
        Map<Status, Integer> counts = new EnumMap<>(Status.class);
        for (Status status : Status.values()) {
            counts.put(status, 0);
        }
        index.agentsAfter("").forEach(agent -> counts.merge(agent.verdict().status(), 1, Integer::sum));
        return counts;
    }

    @Override
    public void applied(CommandType type, Outcome outcome) {
        Map<Outcome.Kind, CounterDataPoint> byOutcome = commands.get(type);
        CounterDataPoint counter = byOutcome == null ? null : byOutcome.get(outcome.kind());
        if (counter != null) {
            counter.inc();
        }
        if (outcome.code() != null) {
            refusals.labelValues(outcome.code().name()).inc();
        }
    }

    @Override
    public void happened(Happening happening) {
        events.labelValues(happening.event().getClass().getSimpleName()).inc();
    }

    @Override
    public void turned(int taken, long journalNanos, long applyNanos, long publishNanos) {
        if (taken > 0) {
            batch.observe(taken);
            journal.observe(journalNanos / NANOS);
            fire.observe(applyNanos / NANOS);
            publish.observe(publishNanos / NANOS);
        }
    }
}
