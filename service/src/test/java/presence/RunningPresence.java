package presence;

import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import presence.journal.JournalException;
import presence.records.RecordsException;

/** The service inside this process: shipped settings, real rules, a SQLite journal in a folder, and a clock that is set. */
public final class RunningPresence implements AutoCloseable {
    /** The settings as shipped. */
    public static final Path CONFIGURATION = Path.of("..", "config.yml");

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final MovableClock clock;
    private final HttpClient client = newClient();
    private HttpClient alone = client;
    private final DropwizardTestSupport<PresenceConfiguration> support;
    private String key = "";

    /** A clock that stands still until it is set. */
    private static final class MovableClock extends Clock {
        private final AtomicReference<Instant> now;

        private MovableClock(Instant now) {
            this.now = new AtomicReference<>(now);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    }

    /**
     * Starts the service, with its journal in the folder.
     *
     * @param settings more settings, each as {@code name=value}
     */
    public RunningPresence(Path folder, Instant now, String... settings) {
        clock = new MovableClock(now);
        Application<PresenceConfiguration> clocked = new Application<>() {
            @Override
            public void run(PresenceConfiguration configuration, Environment environment)
                    throws JournalException, RecordsException {
                PresenceService.open(configuration, environment, clock);
            }

            @Override
            public Class<PresenceConfiguration> getConfigurationClass() {
                return PresenceConfiguration.class;
            }

            @Override
            protected void bootstrapLogging() {
                // the tests' own settings
            }
        };
        support =
                new DropwizardTestSupport<>(
                        PresenceApplication.class, CONFIGURATION.toString(), overrides(folder, settings)) {
                    @Override
                    public Application<PresenceConfiguration> newApplication() {
                        return clocked;
                    }
                };
        try {
            support.before();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        // A stop gives connections that nobody uses a second to be used after all; nobody will here.
        for (Connector connector :
                support.getEnvironment().getApplicationContext().getServer().getConnectors()) {
            ((AbstractConnector) connector).setShutdownIdleTimeout(100);
        }
    }

    private static ConfigOverride[] overrides(Path folder, String... settings) {
        List<ConfigOverride> all = new ArrayList<>(List.of(
                ConfigOverride.config("database.url", "jdbc:sqlite:" + folder.resolve("presence.db")),
                ConfigOverride.config("server.applicationConnectors[0].port", "0"),
                ConfigOverride.config("server.adminConnectors[0].port", "0"),
                ConfigOverride.config("logging.level", "ERROR")));
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            all.add(ConfigOverride.config(parts[0], parts[1]));
        }
        return all.toArray(ConfigOverride[]::new);
    }

    /** Where it answers. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + support.getLocalPort());
    }

    /** Where operations look. */
    public URI operations() {
        return URI.create("http://127.0.0.1:" + support.getAdminPort());
    }

    public Instant now() {
        return clock.instant();
    }

    /** Sets the time. */
    public void at(Instant instant) {
        clock.now.set(instant);
    }

    /** Sends a request, begun with {@link #request}. */
    public HttpResponse<String> send(HttpRequest.Builder request) {
        return send(client, request);
    }

    /** Sends a request on a connection of its own, which the service may close when it has read enough. */
    public HttpResponse<String> sendAlone(HttpRequest.Builder request) {
        // Held, since a client that nobody holds ends its connections.
        alone = newClient();
        return send(alone, request);
    }

    /** The beginning of an answer that has no end, up to the empty line after this text. */
    public String begin(HttpRequest.Builder request, String upTo) throws IOException {
        alone = newClient();
        try (InputStream body =
                alone.send(request.build(), BodyHandlers.ofInputStream()).body()) {
            StringBuilder came = new StringBuilder();
            while (came.indexOf(upTo) < 0 || !came.toString().endsWith("\n\n")) {
                int next = body.read();
                if (next < 0) {
                    throw new EOFException("The answer ended after: " + came);
                }
                came.append((char) next);
            }
            return came.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpClient newClient() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    /** The text of an answer; none of one that has no end, which is left alone. */
    private static BodySubscriber<String> text(ResponseInfo answer) {
        return answer.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream")
                ? BodySubscribers.mapping(BodySubscribers.ofInputStream(), RunningPresence::leaveAlone)
                : BodyHandlers.ofString().apply(answer);
    }

    private static String leaveAlone(InputStream endless) {
        try {
            endless.close();
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(PATIENCE).build(), RunningPresence::text);
        } catch (IOException e) {
            throw new UncheckedIOException(request.build().toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** From now on requests begin with this key. */
    public void as(String key) {
        this.key = key;
    }

    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address() + path));
        return key.isEmpty() ? request : request.setHeader("Authorization", "Bearer " + key);
    }

    /** Runs lines of commands, whatever becomes of each, and gives the answer's lines. */
    public String run(String... lines) {
        return send(request("/v1/commands")
                        .header("Content-Type", "application/x-ndjson")
                        .POST(BodyPublishers.ofString(String.join("\n", lines) + "\n")))
                .body();
    }

    @Override
    public void close() {
        support.after();
    }
}
