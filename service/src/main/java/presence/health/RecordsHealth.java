package presence.health;

import com.codahale.metrics.health.HealthCheck;
import java.util.function.BooleanSupplier;

/** Whether what is kept beside the journal can be read and written. Routing goes on without it. */
public final class RecordsHealth extends HealthCheck {
    private final String name;
    private final BooleanSupplier keysRead;
    private final BooleanSupplier auditWritten;

    /**
     * @param name what an operator knows the records by
     * @param keysRead whether the keys could be read when that was tried last
     * @param auditWritten whether the audit log could be written to when that was tried last
     */
    public RecordsHealth(String name, BooleanSupplier keysRead, BooleanSupplier auditWritten) {
        this.name = name;
        this.keysRead = keysRead;
        this.auditWritten = auditWritten;
    }

    @Override
    protected Result check() {
        if (!keysRead.getAsBoolean()) {
            return Result.unhealthy("The keys cannot be read from " + name + "; those known before are good.");
        } else if (!auditWritten.getAsBoolean()) {
            return Result.unhealthy("The audit log cannot be written in " + name + "; deeds wait in memory.");
        }
        return Result.healthy(name);
    }
}
