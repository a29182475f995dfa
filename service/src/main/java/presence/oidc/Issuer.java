package presence.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.FormRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import presence.door.SignInConfiguration;

/**
 * The issuer's token endpoint. No redirect is followed and no cookie kept; an answer has {@value #MOST_BYTES} bytes at most and
 * {@value #SECONDS} s. Any thread; a call waits.
 */
final class Issuer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Issuer.class);

    private static final int MOST_BYTES = 256 << 10;
    private static final int SECONDS = 5;
    private static final int AT_ONCE = 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SignInConfiguration settings;
    private final URI tokenUrl;
    private final String clientId;
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final HttpClient client;

    /** The issuer does not say who it was. */
    static final class NoAnswer extends Exception {
        private static final long serialVersionUID = 1L;

        NoAnswer(String message) {
            super(message, null, false, false);
        }
    }

    Issuer(SignInConfiguration settings) {
        this.settings = settings;
        this.tokenUrl = URI.create(String.valueOf(settings.tokenUrl()));
        this.clientId = String.valueOf(settings.clientId());
        this.client = client();
    }

    private static HttpClient client() {
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        HttpClient http = new HttpClient(new HttpClientTransportOverHTTP(connector));
        QueuedThreadPool threads = new QueuedThreadPool(8, 1);
        threads.setName("issuer");
        threads.setDaemon(true);
        http.setExecutor(threads);
        http.setConnectTimeout(TimeUnit.SECONDS.toMillis(SECONDS));
        http.setIdleTimeout(TimeUnit.SECONDS.toMillis(SECONDS));
        http.setFollowRedirects(false);
        http.setHttpCookieStore(new HttpCookieStore.Empty());
        return http;
    }

    void start() {
        try {
            client.start();
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP client does not start.", e);
        }
    }

    /**
     * The ID token that a code is good for.
     *
     * @param verifier shows that the journey was begun here
     * @param redirect where the code came to
     * @throws NoAnswer if there is none, in words for whom it is about
     */
    String idToken(String code, String verifier, String redirect) throws NoAnswer {
        if (!turns.tryAcquire()) {
            throw new NoAnswer("Many people are signing in at the moment.");
        }
        try {
            return idToken(send(request(code, verifier, redirect)));
        } finally {
            turns.release();
        }
    }

    private Request request(String code, String verifier, String redirect) throws NoAnswer {
        Fields form = new Fields();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", redirect);
        form.put("code_verifier", verifier);
        form.put("client_id", clientId);
        String authorization = settings.clientSecretFile() == null ? null : basic(settings.clientSecretFile());
        return client.newRequest(tokenUrl)
                .method(HttpMethod.POST)
                .headers(headers -> {
                    headers.put(HttpHeader.ACCEPT, "application/json");
                    if (authorization != null) {
                        headers.put(HttpHeader.AUTHORIZATION, authorization);
                    }
                })
                .body(new FormRequestContent(form))
                .timeout(SECONDS, TimeUnit.SECONDS);
    }

    private String basic(String file) throws NoAnswer {
        try {
            String secret = Files.readString(Path.of(file)).strip();
            String both = encoded(clientId) + ":" + encoded(secret);
            return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException | RuntimeException e) {
            LOG.error("authentication.signIn.clientSecretFile: {} cannot be read.", file);
            throw new NoAnswer("This service cannot show the issuer who it is.");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private ContentResponse send(Request request) throws NoAnswer {
        try {
            return new CompletableResponseListener(request, MOST_BYTES).send().get(2L * SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswer("The service is stopping.");
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            LOG.warn("The issuer cannot be asked at {}: {}", tokenUrl, cause.toString());
            throw new NoAnswer("The issuer does not answer.");
        }
    }

    private String idToken(ContentResponse answer) throws NoAnswer {
        JsonNode json = json(answer);
        String token = json.path("id_token").asText();
        if (answer.getStatus() == 200 && !token.isEmpty()) {
            return token;
        }
        String error = json.path("error").asText();
        LOG.warn(
                "The issuer answered {} at {}, {}",
                answer.getStatus(),
                tokenUrl,
                answer.getStatus() == 200
                        ? "without an id_token. Maybe authentication.signIn.scopes lacks openid."
                        : error.matches("[a-z_]{1,64}") ? "error " + error + "." : "with no error that is known.");
        throw new NoAnswer("The issuer does not say who you are. Maybe begin again.");
    }

    private static JsonNode json(ContentResponse answer) {
        try {
            return JSON.readTree(answer.getContent());
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }

    @Override
    public void close() {
        LifeCycle.stop(client);
    }
}
