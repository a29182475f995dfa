package presence.health;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.LongSupplier;
import presence.history.HistoryChronicle;

/** Says how recording gets on, for Prometheus. Any thread. */
public final class HistoryMetrics {
    private final PrometheusRegistry registry;

    public HistoryMetrics(PrometheusRegistry registry) {
        this.registry = registry;
    }

    /** Adds what is read from the history when it is asked for. */
    public void watch(HistoryChronicle history) {
        gauge("presence_history_waiting_events", "Events waiting to be recorded.", history::waiting);
        gauge(
                "presence_history_unfiled_events",
                "Events that were recorded in a rush and cannot be asked about yet.",
                history::toBeFiled);
        gauge(
                "presence_history_up",
                "1 while events can be recorded.",
                () -> history.alive() && history.fault().isEmpty() ? 1 : 0);
    }

    private void gauge(String name, String help, LongSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsLong()))
                .register(registry);
    }
}
