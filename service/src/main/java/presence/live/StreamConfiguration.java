package presence.live;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How changes are streamed.
 *
 * @param subscribers how many can be connected, 1 to 100,000
 * @param keepAlive how often a comment is sent, 1 second to 5 minutes
 * @param history how many messages are kept for who comes back or reads slowly, 1,000 to 1,000,000
 */
public record StreamConfiguration(
        @Min(1) @Max(100_000) int subscribers,

        @MinDuration(value = 1, unit = TimeUnit.SECONDS) @MaxDuration(value = 5, unit = TimeUnit.MINUTES)
        Duration keepAlive,

        @Min(1_000) @Max(1_000_000) int history) {

    /** Every setting has a default. */
    @JsonCreator
    public static StreamConfiguration of(
            @JsonProperty("subscribers") @Nullable Integer subscribers,
            @JsonProperty("keepAlive") @Nullable Duration keepAlive,
            @JsonProperty("history") @Nullable Integer history) {
        return new StreamConfiguration(
                subscribers == null ? 10_000 : subscribers,
                keepAlive == null ? Duration.seconds(15) : keepAlive,
                history == null ? 50_000 : history);
    }

    /** The settings as they are when the file says nothing. */
    public static StreamConfiguration defaults() {
        return of(null, null, null);
    }
}
