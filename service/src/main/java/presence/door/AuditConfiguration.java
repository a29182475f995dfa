package presence.door;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The audit log: {@code audit} in {@code config.yml}.
 *
 * @param retention for how long it is kept, at least a day
 */
public record AuditConfiguration(
        @MinDuration(value = 1, unit = TimeUnit.DAYS) Duration retention) {

    /** Every setting has a default. */
    @JsonCreator
    public static AuditConfiguration of(@JsonProperty("retention") @Nullable Duration retention) {
        return new AuditConfiguration(retention == null ? Duration.days(400) : retention);
    }

    /** The settings as they are when the file says nothing. */
    public static AuditConfiguration defaults() {
        return of(null);
    }
}
