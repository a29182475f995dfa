package presence.health;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.ToLongFunction;
import presence.webhook.Subscription;
import presence.webhook.Webhooks;

/** Counts what becomes of events on their way to webhooks, for Prometheus; read when it is asked for. */
public final class WebhookMetrics {
    private WebhookMetrics() {}

    /** Adds what the webhooks count. */
    public static void register(PrometheusRegistry registry, Webhooks webhooks) {
        gauge(
                registry,
                "presence_webhook_pending",
                "Events that wait for a webhook or are under way.",
                webhooks,
                Subscription::pending);
        gauge(
                registry,
                "presence_webhook_dead_letters",
                "Events that did not arrive in time and are kept.",
                webhooks,
                Subscription::deadLetters);
        gauge(
                registry,
                "presence_webhook_lost",
                "Events that were not kept for a webhook, since too many waited.",
                webhooks,
                Subscription::lost);
        CounterWithCallback.builder()
                .name("presence_webhook_deliveries_total")
                .help("Tries to send an event to a webhook, by outcome.")
                .labelNames("outcome")
                .callback(callback -> {
                    callback.call(webhooks.delivered(), "delivered");
                    callback.call(webhooks.failed(), "failed");
                })
                .register(registry);
    }

    private static void gauge(
            PrometheusRegistry registry,
            String name,
            String help,
            Webhooks webhooks,
            ToLongFunction<Subscription> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("webhook")
                .callback(callback ->
                        webhooks.all().forEach(webhook -> callback.call(value.applyAsLong(webhook), webhook.id())))
                .register(registry);
    }
}
