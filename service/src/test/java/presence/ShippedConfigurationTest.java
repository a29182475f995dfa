package presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Layout;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.DefaultConfigurationFactoryFactory;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.logging.common.AbstractAppenderFactory;
import io.dropwizard.logging.common.DefaultLoggingFactory;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.text.StringSubstitutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import presence.cli.StartFault;
import presence.door.AuditConfiguration;
import presence.door.AuthenticationConfiguration;
import presence.door.LimitsConfiguration;
import presence.door.SignInConfiguration;
import presence.history.HistoryConfiguration;
import presence.journal.JournalConfiguration;
import presence.live.StreamConfiguration;
import presence.loop.LoopConfiguration;
import presence.webhook.WebhookConfiguration;

/** config.yml, as shipped: it loads, it says everything there is to say, and what it says is so. */
class ShippedConfigurationTest {
    private static final Pattern LINE = Pattern.compile("( *)(- )?([A-Za-z.]+):(?: (.*))?");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Map<String, Class<? extends Record>> OURS = Map.of(
            "authentication", AuthenticationConfiguration.class,
            "authentication/signIn", SignInConfiguration.class,
            "limits", LimitsConfiguration.class,
            "audit", AuditConfiguration.class,
            "database", JournalConfiguration.class,
            "history", HistoryConfiguration.class,
            "loop", LoopConfiguration.class,
            "stream", StreamConfiguration.class,
            "webhooks", WebhookConfiguration.class,
            "rules", PresenceConfiguration.RulesConfiguration.class);

    /** A setting of the file, with the comment above it. */
    private record Setting(String path, String comment) {
        String defaultSaid() {
            Matcher said = Pattern.compile("Default: (.*)$").matcher(comment);
            return said.find() ? said.group(1) : "";
        }
    }

    private static String shipped() throws IOException {
        return Files.readString(RunningPresence.CONFIGURATION);
    }

    private static PresenceConfiguration load(String yaml) throws Exception {
        return load(yaml, Map.of());
    }

    private static PresenceConfiguration load(String yaml, Map<String, String> environment) throws Exception {
        return new DefaultConfigurationFactoryFactory<PresenceConfiguration>()
                .create(
                        PresenceConfiguration.class,
                        Validators.newValidator(),
                        Jackson.newObjectMapper(),
                        "no-properties")
                .build(
                        new SubstitutingSourceProvider(
                                path -> new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)),
                                new StringSubstitutor(environment).setEnableUndefinedVariableException(true)),
                        "config.yml");
    }

    @Test
    void it_loads_and_serves_this_machine_alone() throws Exception {
        PresenceConfiguration configuration = load(shipped());

        assertThat(configuration.getDatabase()).isEqualTo(JournalConfiguration.defaults());
        assertThat(configuration.getLoop()).isEqualTo(LoopConfiguration.defaults());
        assertThat(configuration.getAuthentication()).isEqualTo(AuthenticationConfiguration.defaults());
        assertThat(configuration.getLimits()).isEqualTo(LimitsConfiguration.defaults());
        assertThat(configuration.getAudit()).isEqualTo(AuditConfiguration.defaults());
        assertThat(configuration.getRules().folder()).isNull();
        DefaultServerFactory server = (DefaultServerFactory) configuration.getServerFactory();
        assertThat(List.of(
                        server.getApplicationConnectors().get(0),
                        server.getAdminConnectors().get(0)))
                .allSatisfy(connector -> assertThat(((HttpConnectorFactory) connector).getBindHost())
                        .isEqualTo("127.0.0.1"));
    }

    @Test
    void it_names_every_setting_of_ours() throws Exception {
        JsonNode file = YAML.readTree(shipped());
        for (Map.Entry<String, Class<? extends Record>> section : OURS.entrySet()) {
            List<String> names = new ArrayList<>();
            file.at("/" + section.getKey()).fieldNames().forEachRemaining(names::add);
            assertThat(names)
                    .as(section.getKey())
                    .containsExactlyInAnyOrderElementsOf(
                            java.util.Arrays.stream(section.getValue().getRecordComponents())
                                    .map(RecordComponent::getName)
                                    .toList());
        }
    }

    @Test
    void every_default_that_it_says_is_the_default() throws Exception {
        JsonNode defaults = Jackson.newObjectMapper().valueToTree(new PresenceConfiguration());
        int compared = 0;
        for (Setting setting : settings(shipped()).values()) {
            String said = setting.defaultSaid();
            if (said.isEmpty()
                    || said.contains(" of the machine")
                    || said.startsWith("to the ")
                    || said.equals("as below")) {
                continue;
            }
            JsonNode is = defaults.at("/" + setting.path());
            if (is.isArray() && is.size() == 1) {
                is = is.get(0);
            }
            if (setting.path().endsWith("gzip")) {
                is = is.path("enabled");
            }
            if (said.equals("none")) {
                assertThat(is.isMissingNode()
                                || is.isNull()
                                || (is.isEmpty() && is.asText().isEmpty()))
                        .as("%s is %s", setting.path(), is)
                        .isTrue();
            } else {
                assertThat(same(is.asText())).as(setting.path()).isEqualToIgnoringCase(same(said));
            }
            compared++;
        }
        assertThat(compared).isGreaterThan(20);
    }

    /** Durations and sizes have several spellings. */
    private static String same(String value) {
        if (value.matches("\\d+ ?[a-zA-Z]+") && !value.matches(".*(bytes|[KMG]i?B|kibibytes?)$")) {
            return io.dropwizard.util.Duration.parse(value).toJavaDuration().toString();
        }
        return value.matches("\\d+ ?(bytes|[KMG]i?B|kibibytes?)")
                ? Long.toString(io.dropwizard.util.DataSize.parse(value).toBytes())
                : value;
    }

    @Test
    void every_setting_of_ours_has_its_default_and_limits_said() throws Exception {
        Map<String, Setting> settings = settings(shipped());
        for (Map.Entry<String, Class<? extends Record>> section : OURS.entrySet()) {
            for (RecordComponent component : section.getValue().getRecordComponents()) {
                Setting setting = settings.get(section.getKey() + "/" + component.getName());
                if (component.getName().equals("password")) {
                    continue; // said with the user, above
                }
                assertThat(setting.defaultSaid()).as(setting.path()).isNotEmpty();
                assertThat(setting.comment()).as(setting.path()).contains(limits(component));
            }
        }
    }

    private static String limits(RecordComponent component) {
        Min least = component.getAccessor().getAnnotation(Min.class);
        Max most = component.getAccessor().getAnnotation(Max.class);
        MinDuration shortest = component.getAccessor().getAnnotation(MinDuration.class);
        MaxDuration longest = component.getAccessor().getAnnotation(MaxDuration.class);
        if (least != null && most != null) {
            return least.value() + " to " + most.value();
        } else if (shortest != null && longest != null) {
            return text(shortest.value(), shortest.unit()) + " to " + text(longest.value(), longest.unit());
        }
        return shortest == null ? "" : "At least " + text(shortest.value(), shortest.unit());
    }

    private static String text(long value, java.util.concurrent.TimeUnit unit) {
        return value + unit.name().substring(0, 1).toLowerCase(Locale.ROOT);
    }

    /** The settings by their path, with what the comments above them say. */
    private static Map<String, Setting> settings(String yaml) {
        Map<String, Setting> settings = new TreeMap<>();
        Deque<String> path = new ArrayDeque<>();
        Deque<Integer> indents = new ArrayDeque<>();
        StringBuilder comment = new StringBuilder();
        for (String line : yaml.lines().toList()) {
            Matcher key = LINE.matcher(line);
            if (line.strip().startsWith("#")) {
                comment.append(line.strip().substring(1).strip()).append('\n');
            } else if (key.matches()) {
                int indent = key.group(1).length() + (key.group(2) == null ? 0 : 2);
                while (!indents.isEmpty() && indents.getLast() >= indent) {
                    indents.removeLast();
                    path.removeLast();
                }
                indents.addLast(indent);
                path.addLast(key.group(3));
                String whole = String.join("/", path)
                        .replace("Connectors/", "Connectors/0/")
                        .replace("appenders/", "appenders/0/");
                settings.put(whole, new Setting(whole, comment.toString().strip()));
                comment.setLength(0);
            } else {
                comment.setLength(0);
            }
        }
        return settings;
    }

    // --- choices that stand there as comments: lines that begin with # and two spaces

    private static PresenceConfiguration with(String choice, Map<String, String> environment) throws Exception {
        List<String> choices = new ArrayList<>();
        StringBuilder block = new StringBuilder();
        for (String line : (shipped() + "\n").lines().toList()) {
            if (line.startsWith("#  ")) {
                block.append(line.substring(3)).append('\n');
            } else if (!block.isEmpty()) {
                choices.add(block.toString());
                block.setLength(0);
            }
        }
        if (!block.isEmpty()) {
            choices.add(block.toString());
        }
        List<String> found =
                choices.stream().filter(text -> text.contains(choice)).toList();
        assertThat(found).as("%s of %s", choice, choices).hasSize(1);
        ObjectNode whole = (ObjectNode) YAML.readTree(shipped());
        YAML.readTree(found.get(0))
                .properties()
                .forEach(
                        section -> ((ObjectNode) whole.path(section.getKey())).setAll((ObjectNode) section.getValue()));
        return load(YAML.writeValueAsString(whole), environment);
    }

    @Test
    void postgresql_takes_its_password_from_the_environment() throws Exception {
        JournalConfiguration database = with("jdbc:postgresql", Map.of("PRESENCE_DATABASE_PASSWORD", "cool moon 7"))
                .getDatabase();

        assertThat(database.url()).startsWith("jdbc:postgresql://");
        assertThat(database.user()).isEqualTo("presence");
        assertThat(database.password()).isEqualTo("cool moon 7");
        assertThat(with("jdbc:postgresql", Map.of()).getDatabase().password()).isNull();
    }

    @Test
    void the_log_can_be_json() throws Exception {
        DefaultLoggingFactory logging =
                (DefaultLoggingFactory) with("type: json", Map.of()).getLoggingFactory();
        @SuppressWarnings("unchecked")
        AbstractAppenderFactory<ILoggingEvent> appender =
                (AbstractAppenderFactory<ILoggingEvent>) logging.getAppenders().get(0);
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        LoggingEvent event = new LoggingEvent(
                "", context.getLogger("presence"), Level.INFO, "Rules release {}", null, new Object[] {"abc"});

        @SuppressWarnings("unchecked")
        Layout<ILoggingEvent> layout =
                (Layout<ILoggingEvent>) appender.getLayout().build(context, TimeZone.getTimeZone("UTC"));
        String line = layout.doLayout(event);

        JsonNode json = new ObjectMapper().readTree(line);
        assertThat(json.path("message").asText()).isEqualTo("Rules release abc");
        assertThat(json.path("level").asText()).isEqualTo("INFO");
    }

    @ParameterizedTest
    @CsvSource({"presence.log", "requests.log"})
    void the_log_can_be_files_that_are_turned_over(String file) throws Exception {
        assertThat(with(file, Map.of())).isNotNull();
    }

    // --- faults

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "loop: {queueCapcity: 100}          | loop.queueCapcity | queueCapacity",
                "databse: {url: 'jdbc:sqlite:x.db'} | databse           | database",
                "loop: {queueCapacity: 1}           | loop.queueCapacity| 100",
                "loop: {journalRetention: soon}     | journalRetention  | soon",
                "webhooks: {allowedNetworks: [x/8]} | allowedNetworks   | 10.1.0.0/16",
                "rules: {foldr: x}                  | foldr             | folder"
            })
    void a_fault_is_one_line_that_names_the_file_and_the_setting(String yaml, String setting, String hint) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> load(yaml))
                .satisfies(failure -> assertThat(StartFault.lines(failure).orElseThrow())
                        .singleElement()
                        .asString()
                        .startsWith("config.yml: ")
                        .contains(setting)
                        .contains(hint)
                        .doesNotContain("\n"));
    }
}
