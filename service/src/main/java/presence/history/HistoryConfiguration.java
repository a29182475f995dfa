package presence.history;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of what was: {@code history} in {@code config.yml}.
 *
 * @param retention for how long, at least 1 day
 * @param queueCapacity the most events that may wait to be recorded; beyond it commands are answered OVERLOADED. 1,000 to
 *     5,000,000
 */
public record HistoryConfiguration(
        @MinDuration(value = 1, unit = TimeUnit.DAYS) Duration retention,
        @Min(1_000) @Max(5_000_000) int queueCapacity) {

    /** Every setting has a default. */
    @JsonCreator
    public static HistoryConfiguration of(
            @JsonProperty("retention") @Nullable Duration retention,
            @JsonProperty("queueCapacity") @Nullable Integer queueCapacity) {
        return new HistoryConfiguration(
                retention == null ? Duration.days(90) : retention, queueCapacity == null ? 200_000 : queueCapacity);
    }

    /** The settings as they are when the file says nothing. */
    public static HistoryConfiguration defaults() {
        return of(null, null);
    }
}
