package presence.webhook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How events are sent to webhooks: {@code webhooks} in {@code config.yml}.
 *
 * @param source what events say of where they come from
 * @param timeout how long a request may take as a whole, 1 s to 1 min
 * @param giveUpAfter how long after its first try an event that does not arrive becomes a dead letter, 1 s to 30 d
 * @param outboxCapacity the most events that may wait for one webhook, 100 to 10,000,000
 * @param deadLetterRetention for how long dead letters are kept, at least 1 h
 * @param allowedNetworks networks of one's own that may be sent to, as {@code 10.1.0.0/16}
 */
public record WebhookConfiguration(
        @Pattern(regexp = "[!-~]{1,256}", message = "must be 1 to 256 characters of a URI reference, such as /presence") String source,

        @MinDuration(value = 1, unit = TimeUnit.SECONDS) @MaxDuration(value = 1, unit = TimeUnit.MINUTES)
        Duration timeout,

        @MinDuration(value = 1, unit = TimeUnit.SECONDS) @MaxDuration(value = 30, unit = TimeUnit.DAYS)
        Duration giveUpAfter,

        @Min(100) @Max(10_000_000) int outboxCapacity,

        @MinDuration(value = 1, unit = TimeUnit.HOURS) Duration deadLetterRetention,
        @Size(max = 100) List<String> allowedNetworks) {

    /** Every setting has a default. */
    @JsonCreator
    public static WebhookConfiguration of(
            @JsonProperty("source") @Nullable String source,
            @JsonProperty("timeout") @Nullable Duration timeout,
            @JsonProperty("giveUpAfter") @Nullable Duration giveUpAfter,
            @JsonProperty("outboxCapacity") @Nullable Integer outboxCapacity,
            @JsonProperty("deadLetterRetention") @Nullable Duration deadLetterRetention,
            @JsonProperty("allowedNetworks") @Nullable List<String> allowedNetworks) {
        return new WebhookConfiguration(
                source == null ? "/presence" : source,
                timeout == null ? Duration.seconds(10) : timeout,
                giveUpAfter == null ? Duration.hours(24) : giveUpAfter,
                outboxCapacity == null ? 1_000_000 : outboxCapacity,
                deadLetterRetention == null ? Duration.days(30) : deadLetterRetention,
                allowedNetworks == null ? List.of() : List.copyOf(allowedNetworks));
    }

    /** The settings as they are when the file says nothing. */
    public static WebhookConfiguration defaults() {
        return of(null, null, null, null, null, null);
    }

    /** Whether every network can be read. */
    @ValidationMethod(
            message =
                    "allowedNetworks must be networks such as 10.1.0.0/16 or fd00:1::/32, with no bits set after the prefix")
    public boolean isEveryNetworkReadable() {
        return allowedNetworks.stream().allMatch(network -> Network.read(network) != null);
    }
}
