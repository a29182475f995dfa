package presence.health;

import com.codahale.metrics.health.HealthCheck;
import java.util.Optional;
import presence.loop.PresenceLoop;
import presence.rulebook.Rulebook;

/** Which rules conclude, and whether they are those that should. */
public final class RulesHealth extends HealthCheck {
    private final PresenceLoop loop;
    private final Rulebook rulebook;

    public RulesHealth(PresenceLoop loop, Rulebook rulebook) {
        this.loop = loop;
        this.rulebook = rulebook;
    }

    @Override
    protected Result check() {
        PresenceLoop.Released released = loop.released();
        Optional<Rulebook.Fault> fault = rulebook.fault(released.release());
        if (fault.isPresent()) {
            return Result.unhealthy(
                    "Release %d of the rules is active and cannot be used, %s conclude in its place: %s",
                    fault.get().release().number(),
                    fault.get().standIn() == 0
                            ? "the rules of the program"
                            : "those of release " + fault.get().standIn(),
                    fault.get().reason());
        }
        return Result.healthy(
                "release %d, %s, %d rules",
                released.release().number(),
                released.name(),
                released.rules().rules().size());
    }
}
