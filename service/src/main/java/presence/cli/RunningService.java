package presence.cli;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import presence.api.Ids;

/**
 * A service that runs, asked over HTTP. Whatever keeps it from answering is told in lines; nothing it says is believed
 * unread, and no redirection is followed, since the key would go with it. One thread.
 */
final class RunningService {
    /** The largest answer that is read, in bytes: more than the largest set of rules takes. */
    static final int LARGEST_ANSWER = 32 << 20;

    private static final Duration CONNECTED = Duration.ofSeconds(10);

    /** A check may wait 20 s for another, and an activation 30 s for the loop. */
    private static final Duration ANSWERED = Duration.ofSeconds(90);

    private static final int MOST_ERRORS = 50;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final URI address;
    private final @Nullable String key;
    private final HttpClient http;

    /**
     * @param address where it is, without a slash at the end
     * @param key the key or token that is shown; null for none
     * @param tls what is trusted; null for what the JVM trusts
     */
    RunningService(URI address, @Nullable String key, @Nullable SSLContext tls) {
        this.address = address;
        this.key = key;
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(CONNECTED).followRedirects(HttpClient.Redirect.NEVER);
        this.http = (tls == null ? builder : builder.sslContext(tls)).build();
    }

    /**
     * An answer.
     *
     * @param status its status
     * @param body its JSON; missing if it has no body
     * @param retryAfter the header of that name; empty if it has none
     */
    record Answer(int status, JsonNode body, String retryAfter) {
        /** Whether it is a problem of this code. */
        boolean is(String code) {
            return code.equals(body.path("code").textValue());
        }
    }

    /**
     * Asks.
     *
     * @param body what is sent; null for nothing
     * @param version the version that {@code If-Match} names; null for none
     * @throws CommandFailed if there is no answer, or none that a service such as this gives
     */
    Answer ask(String method, String path, @Nullable JsonNode body, @Nullable Long version) throws CommandFailed {
        BodyPublisher publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes(body));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(ANSWERED)
                .header("Accept", "application/json, application/problem+json")
                .method(method, publisher);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (version != null) {
            request.header("If-Match", "\"" + version + "\"");
        }
        sign(request);
        return send(request.build());
    }

    /** A key says whose it is; without one the name on this machine is all there is. */
    private void sign(HttpRequest.Builder request) {
        String user = System.getProperty("user.name", "");
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        } else if (Ids.isId(user)) {
            request.header("Command-By", user);
        }
    }

    private Answer send(HttpRequest request) throws CommandFailed {
        CompletableFuture<Answer> answer = http.sendAsync(request, BodyHandlers.ofInputStream())
                .thenApplyAsync(response -> read(request, response));
        try {
            return answer.get(ANSWERED.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw unreachable(e);
        } catch (ExecutionException e) {
            throw unreachable(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("Interrupted while waiting for " + address + ".");
        }
    }

    private Answer read(HttpRequest request, HttpResponse<InputStream> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        String retryAfter = response.headers().firstValue("Retry-After").orElse("");
        try (InputStream in = response.body()) {
            byte[] bytes = in.readNBytes(LARGEST_ANSWER + 1);
            if (bytes.length > LARGEST_ANSWER) {
                throw stranger(request, response, "more than " + LARGEST_ANSWER + " bytes");
            } else if (bytes.length == 0) {
                return new Answer(response.statusCode(), MissingNode.getInstance(), retryAfter);
            } else if (!type.matches("application/(problem\\+)?json\\b.*")) {
                throw stranger(request, response, type.isEmpty() ? "bytes of no type" : type);
            }
            return new Answer(response.statusCode(), json(request, response, bytes), retryAfter);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode json(HttpRequest request, HttpResponse<?> response, byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw stranger(request, response, "what is no JSON");
        }
    }

    private static CompletionException stranger(HttpRequest request, HttpResponse<?> response, String what) {
        return new CompletionException(failed(request.method() + " " + request.uri() + " was answered "
                + response.statusCode() + " with " + shown(what)
                + "; expected JSON. Maybe something else answers there, such as a proxy."));
    }

    private CommandFailed unreachable(@Nullable Throwable cause) {
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            if (inner instanceof CommandFailed told) {
                return told;
            } else if (inner instanceof SSLException) {
                return failed(address + " cannot be trusted: " + reason(inner)
                        + ". Maybe name who has signed its certificate: --ca-file.");
            } else if (inner instanceof ConnectException) {
                return failed("There is no answer from " + address + ": " + reason(inner)
                        + ". Maybe the service does not run, or --server names another.");
            } else if (inner instanceof TimeoutException || inner instanceof HttpTimeoutException) {
                return failed(
                        address + " did not answer in time. Maybe it is busy; look at its health, and try again.");
            }
        }
        return failed("The answer of " + address + " cannot be read: " + reason(cause) + ".");
    }

    private static String reason(@Nullable Throwable cause) {
        String message = cause == null ? null : cause.getMessage();
        // The client of the JDK says nothing at all when nobody listens.
        return message != null
                ? shown(message)
                : cause instanceof ConnectException || cause == null
                        ? "no connection"
                        : cause.getClass().getSimpleName();
    }

    /**
     * The body of an answer that is as it should be.
     *
     * @throws CommandFailed with what the service says, if it has another status
     */
    JsonNode expect(Answer answer, int status) throws CommandFailed {
        if (answer.status() == status) {
            return answer.body();
        }
        JsonNode problem = answer.body();
        List<String> lines = new ArrayList<>();
        lines.add(address + " answers " + answer.status()
                + words(" ", problem.path("code").asText())
                + words(
                        ": ",
                        problem.path("detail").asText(problem.path("title").asText()))
                + advice(answer));
        for (JsonNode error : problem.path("errors")) {
            if (lines.size() <= MOST_ERRORS) {
                lines.add(shown(error.path("pointer").asText() + ": "
                        + error.path("detail").asText()));
            }
        }
        throw new CommandFailed(CommandFailed.FAULTS, lines);
    }

    private String advice(Answer answer) {
        return switch (answer.status()) {
            case 401 ->
                key == null
                        ? " Maybe give a key: in PRESENCE_KEY, or in a file that --key-file names."
                        : " Maybe the key is revoked, or that of another service.";
            case 403 -> " It takes a key with the role ANALYST.";
            case 429, 503 ->
                answer.retryAfter().matches("[0-9]{1,6}")
                        ? " Try again in " + answer.retryAfter() + " s."
                        : " Try again in a moment.";
            case 301, 302, 307, 308 -> ": it sends elsewhere. Maybe --server names another address than it has.";
            default -> "";
        };
    }

    private static String words(String before, String text) {
        return text.isEmpty() ? "" : before + shown(text);
    }

    /** What a service says, as it can be shown: it may be long, and must not steer a terminal. */
    static String shown(String text) {
        String cut = text.length() <= 2_000 ? text : text.substring(0, 2_000) + "…";
        return cut.replaceAll("\\p{Cc}+", " ");
    }

    private static byte[] bytes(JsonNode body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory cannot fail to be written", e);
        }
    }

    private static CommandFailed failed(String line) {
        return new CommandFailed(CommandFailed.FAULTS, line);
    }
}
