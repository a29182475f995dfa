package presence.health;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.LongSupplier;
import presence.live.ChangeStream;

/** Counts what the change stream does, for Prometheus; read from it when it is asked for. */
public final class StreamMetrics {
    private StreamMetrics() {}

    /** Adds what the stream counts. */
    public static void register(PrometheusRegistry registry, ChangeStream stream) {
        GaugeWithCallback.builder()
                .name("presence_stream_subscribers")
                .help("Subscribers of the change stream.")
                .callback(callback -> callback.call(stream.subscribers()))
                .register(registry);
        counter(
                registry,
                "presence_stream_messages_total",
                "Messages of the change stream, each counted once.",
                stream::messages);
        counter(
                registry,
                "presence_stream_resyncs_total",
                "How often a subscriber had to begin anew with a snapshot.",
                stream::resyncs);
    }

    private static void counter(PrometheusRegistry registry, String name, String help, LongSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsLong()))
                .register(registry);
    }
}
