package presence.health;

import com.codahale.metrics.health.HealthCheck;
import presence.loop.PresenceLoop;

/** Whether the loop turns, and whether it keeps up. */
public final class LoopHealth extends HealthCheck {
    /** A loop that has not turned for so long is stuck, in milliseconds. */
    private static final long STUCK = 5_000;

    private final PresenceLoop loop;

    public LoopHealth(PresenceLoop loop) {
        this.loop = loop;
    }

    @Override
    protected Result check() {
        long lag = loop.lag();
        String seen = "last turn " + lag + " ms ago, " + loop.waitingCommands() + " commands waiting, "
                + loop.pendingDeadlines() + " deadlines pending";
        if (!loop.alive()) {
            return Result.unhealthy("The loop has ended: " + seen + ". Restart the service.");
        }
        return lag > STUCK ? Result.unhealthy("The loop is stuck: " + seen + ".") : Result.healthy(seen);
    }
}
