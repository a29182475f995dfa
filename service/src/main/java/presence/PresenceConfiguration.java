package presence;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.core.Configuration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import presence.door.AuditConfiguration;
import presence.door.AuthenticationConfiguration;
import presence.door.LimitsConfiguration;
import presence.engine.RuleFile;
import presence.engine.RuleFiles;
import presence.history.HistoryConfiguration;
import presence.journal.JournalConfiguration;
import presence.live.StreamConfiguration;
import presence.loop.LoopConfiguration;
import presence.webhook.WebhookConfiguration;

/** What {@code config.yml} may say. */
public final class PresenceConfiguration extends Configuration {
    @Valid @NotNull private JournalConfiguration database = JournalConfiguration.defaults();

    @Valid @NotNull private LoopConfiguration loop = LoopConfiguration.defaults();

    @Valid @NotNull private HistoryConfiguration history = HistoryConfiguration.defaults();

    @Valid @NotNull private StreamConfiguration stream = StreamConfiguration.defaults();

    @Valid @NotNull private WebhookConfiguration webhooks = WebhookConfiguration.defaults();

    @Valid @NotNull private RulesConfiguration rules = new RulesConfiguration(null);

    @Valid @NotNull private AuthenticationConfiguration authentication = AuthenticationConfiguration.defaults();

    @Valid @NotNull private LimitsConfiguration limits = LimitsConfiguration.defaults();

    @Valid @NotNull private AuditConfiguration audit = AuditConfiguration.defaults();

    /**
     * Where the rules come from.
     *
     * @param folder a folder of rules; null for those that the program brings with it
     */
    public record RulesConfiguration(
            @JsonProperty("folder") @Nullable String folder) {
        /** The files of the rules. */
        public List<RuleFile> files() {
            return files(RuleFiles.RULES);
        }

        /** The files of the rules and of their scenarios. */
        public List<RuleFile> filesAndScenarios() {
            return Stream.concat(files().stream(), files(RuleFiles.SCENARIOS).stream())
                    .toList();
        }

        private List<RuleFile> files(String ending) {
            if (folder == null) {
                return RuleFiles.shipped(ending);
            }
            return ending.equals(RuleFiles.RULES)
                    ? RuleFiles.in(Path.of(folder))
                    : RuleFiles.in(Path.of(folder), ending);
        }
    }

    /** Where the journal is kept. */
    @JsonProperty
    public JournalConfiguration getDatabase() {
        return database;
    }

    @JsonProperty
    public void setDatabase(JournalConfiguration database) {
        this.database = database;
    }

    /** How the loop works. */
    @JsonProperty
    public LoopConfiguration getLoop() {
        return loop;
    }

    @JsonProperty
    public void setLoop(LoopConfiguration loop) {
        this.loop = loop;
    }

    /** What is kept of what was. */
    @JsonProperty
    public HistoryConfiguration getHistory() {
        return history;
    }

    @JsonProperty
    public void setHistory(HistoryConfiguration history) {
        this.history = history;
    }

    /** How changes are streamed. */
    @JsonProperty
    public StreamConfiguration getStream() {
        return stream;
    }

    @JsonProperty
    public void setStream(StreamConfiguration stream) {
        this.stream = stream;
    }

    /** How events are sent to webhooks. */
    @JsonProperty
    public WebhookConfiguration getWebhooks() {
        return webhooks;
    }

    @JsonProperty
    public void setWebhooks(WebhookConfiguration webhooks) {
        this.webhooks = webhooks;
    }

    /** Where the rules come from. */
    @JsonProperty
    public RulesConfiguration getRules() {
        return rules;
    }

    @JsonProperty
    public void setRules(RulesConfiguration rules) {
        this.rules = rules;
    }

    /** Who is let in. */
    @JsonProperty
    public AuthenticationConfiguration getAuthentication() {
        return authentication;
    }

    @JsonProperty
    public void setAuthentication(AuthenticationConfiguration authentication) {
        this.authentication = authentication;
    }

    /** How much callers may ask for. */
    @JsonProperty
    public LimitsConfiguration getLimits() {
        return limits;
    }

    @JsonProperty
    public void setLimits(LimitsConfiguration limits) {
        this.limits = limits;
    }

    /** The audit log. */
    @JsonProperty
    public AuditConfiguration getAudit() {
        return audit;
    }

    @JsonProperty
    public void setAudit(AuditConfiguration audit) {
        this.audit = audit;
    }
}
