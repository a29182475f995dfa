package presence.health;

import com.codahale.metrics.health.HealthCheck;
import presence.engine.RuleBook;

/** Which rules conclude. */
public final class RulesHealth extends HealthCheck {
    private final RuleBook rules;
    private final String release;

    public RulesHealth(RuleBook rules, String release) {
        this.rules = rules;
        this.release = release;
    }

    @Override
    protected Result check() {
        return Result.healthy("release " + release + ", " + rules.rules().size() + " rules");
    }
}
