package presence.health;

import com.codahale.metrics.health.HealthCheck;
import presence.history.HistoryChronicle;

/** Whether what happens can be recorded right now. */
public final class HistoryHealth extends HealthCheck {
    private final HistoryChronicle history;

    public HistoryHealth(HistoryChronicle history) {
        this.history = history;
    }

    @Override
    protected Result check() {
        String seen = history.waiting() + " events wait to be recorded";
        if (!history.alive()) {
            return Result.unhealthy("The history's thread has ended: " + seen + ". Restart the service.");
        }
        return history.fault()
                .map(fault -> Result.unhealthy(fault + " Meanwhile " + seen + "."))
                .orElseGet(() -> Result.healthy(seen));
    }
}
