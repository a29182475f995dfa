package presence.loop;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How the loop works: {@code loop} in {@code config.yml}.
 *
 * @param queueCapacity the most commands that may wait; beyond it they are answered OVERLOADED. 100 to 1,000,000
 * @param batchCommands the most commands made durable together, 1 to 100,000
 * @param snapshotCommands after how many commands a snapshot is taken, 1,000 to 100,000,000
 * @param journalRetention for how long entries are kept that a snapshot covers, at least 1 minute
 */
public record LoopConfiguration(
        @Min(100) @Max(1_000_000) int queueCapacity,
        @Min(1) @Max(100_000) int batchCommands,
        @Min(1_000) @Max(100_000_000) int snapshotCommands,
        @MinDuration(value = 1, unit = TimeUnit.MINUTES) Duration journalRetention) {

    /** Every setting has a default. */
    @JsonCreator
    public static LoopConfiguration of(
            @JsonProperty("queueCapacity") @Nullable Integer queueCapacity,
            @JsonProperty("batchCommands") @Nullable Integer batchCommands,
            @JsonProperty("snapshotCommands") @Nullable Integer snapshotCommands,
            @JsonProperty("journalRetention") @Nullable Duration journalRetention) {
        return new LoopConfiguration(
                queueCapacity == null ? 20_000 : queueCapacity,
                batchCommands == null ? 2_000 : batchCommands,
                snapshotCommands == null ? 250_000 : snapshotCommands,
                journalRetention == null ? Duration.days(30) : journalRetention);
    }

    /** The settings as they are when the file says nothing. */
    public static LoopConfiguration defaults() {
        return of(null, null, null, null);
    }
}
