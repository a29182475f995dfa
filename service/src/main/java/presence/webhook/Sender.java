package presence.webhook;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProxyAuthenticationProtocolHandler;
import org.eclipse.jetty.client.RedirectProtocolHandler;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events over HTTP, signed. It trusts nobody it sends to: no redirect is followed, no cookie is kept, and an answer is
 * read for its status, 64 KiB of it at most. A name is looked up for each connection, and the connection goes to the very
 * addresses that were found to be allowed. Any thread.
 */
final class Sender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

    private static final long LONGEST_ANSWER = 64 << 10;
    private static final int LONGEST_HEADERS = 16 << 10;
    private static final int THREADS = 16;

    /** How many names can be looked up at once; a lookup may hang for long, and cannot be ended. */
    private static final int LOOKUPS = 8;

    private static final int WAITING_LOOKUPS = 1_000;

    private final Names names;
    private final Addresses addresses;
    private final Duration timeout;
    private final Clock clock;
    private final HttpClient client;
    private final ExecutorService lookups;

    /** Where the addresses of names are had from. */
    @FunctionalInterface
    interface Names {
        /** The names that the machine knows. */
        Names OF_THE_MACHINE = InetAddress::getAllByName;

        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** A host has an address that webhooks may not be sent to. It does not say which. */
    static final class AddressNotAllowed extends Exception {
        private static final long serialVersionUID = 1L;

        AddressNotAllowed() {
            super("The host leads to an address that webhooks may not be sent to.");
        }
    }

    /**
     * @param timeout how long a request may take as a whole
     * @param clock says when an event is signed
     */
    Sender(Names names, Addresses addresses, Duration timeout, Clock clock) {
        this.names = names;
        this.addresses = addresses;
        this.timeout = timeout;
        this.clock = clock;
        AtomicInteger number = new AtomicInteger();
        this.lookups = new ThreadPoolExecutor(
                LOOKUPS, LOOKUPS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_LOOKUPS), task -> {
                    Thread thread = new Thread(task, "webhook-names-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        ((ThreadPoolExecutor) lookups).allowCoreThreadTimeOut(true);
        this.client = client();
    }

    private HttpClient client() {
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        HttpClient http = new HttpClient(new HttpClientTransportOverHTTP(connector));
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
        threads.setName("webhooks");
        threads.setDaemon(true);
        http.setExecutor(threads);
        http.setSocketAddressResolver(this::resolve);
        http.setConnectTimeout(timeout.toMillis());
        // A connection that is used again must not be older than what closes it on the way.
        http.setIdleTimeout(timeout.toMillis());
        http.setDestinationIdleTimeout(TimeUnit.MINUTES.toMillis(1));
        http.setFollowRedirects(false);
        http.setHttpCookieStore(new HttpCookieStore.Empty());
        http.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "presence"));
        http.setMaxResponseHeadersSize(LONGEST_HEADERS);
        return http;
    }

    /** Begins. */
    void start() {
        try {
            client.start();
            // What would act on an answer by itself.
            client.getProtocolHandlers().remove(RedirectProtocolHandler.NAME);
            client.getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
            client.getProtocolHandlers().remove(ProxyAuthenticationProtocolHandler.NAME);
            client.getContentDecoderFactories().clear();
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP client does not start.", e);
        }
    }

    /**
     * Sends an event, and says later how that came out, on another thread.
     *
     * @param id the event's id, by which receivers know repeats
     * @param whenDone must be quick
     */
    void send(URI url, Secrets secrets, String id, String event, Consumer<Delivery> whenDone) {
        byte[] body = event.getBytes(StandardCharsets.UTF_8);
        long now = clock.millis();
        long began = System.nanoTime();
        Exchange exchange = new Exchange(began, whenDone);
        try {
            client.newRequest(url)
                    .method(HttpMethod.POST)
                    .headers(headers -> headers.put("webhook-id", id)
                            .put("webhook-timestamp", Long.toString(Math.floorDiv(now, 1_000)))
                            .put("webhook-signature", secrets.signatures(id, now, body)))
                    .body(new BytesRequestContent(CloudEvents.MEDIA_TYPE, body))
                    .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .send(exchange);
        } catch (RuntimeException e) {
            LOG.warn(
                    "A request to a webhook could not be made: {}", e.getClass().getSimpleName());
            whenDone.accept(new Delivery(null, "The request could not be made.", 0));
        }
    }

    /** What is seen of an answer: its status, and how long it is. */
    private final class Exchange implements Response.Listener {
        private final long began;
        private final Consumer<Delivery> whenDone;
        private volatile int status;
        private long length;

        Exchange(long began, Consumer<Delivery> whenDone) {
            this.began = began;
            this.whenDone = whenDone;
        }

        @Override
        public void onHeaders(Response response) {
            status = response.getStatus();
        }

        @Override
        public void onContent(Response response, ByteBuffer content) {
            length += content.remaining();
            content.position(content.limit());
            if (length > LONGEST_ANSWER) {
                var unused = response.abort(new IllegalStateException("The answer is longer than is read."));
            }
        }

        @Override
        public void onComplete(Result result) {
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            // The status is the answer; what becomes of the rest of it tells nothing more.
            whenDone.accept(
                    status > 0
                            ? new Delivery(status, said(status), took)
                            : new Delivery(null, why(Objects.requireNonNull(result.getFailure())), took));
        }
    }

    private static @Nullable String said(int status) {
        if (status >= 200 && status < 300) {
            return null;
        }
        return status >= 300 && status < 400
                ? "It answered " + status + "; redirects are not followed."
                : "It answered " + status + ".";
    }

    /** In words that say nothing of addresses. */
    private String why(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AddressNotAllowed) {
                return String.valueOf(cause.getMessage());
            } else if (cause instanceof UnknownHostException) {
                return "The host's name is not known.";
            } else if (cause instanceof SSLException) {
                return "TLS failed. Maybe the certificate is not one that is trusted here, or is for another name.";
            } else if (cause instanceof ConnectException) {
                return "No connection could be made.";
            } else if (cause instanceof TimeoutException) {
                return "It did not answer within " + timeout.toSeconds() + " s.";
            }
        }
        return "The connection ended before an answer that can be read.";
    }

    // --- addresses

    private void resolve(String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
        boolean tls = context.get(Destination.CONTEXT_KEY) instanceof Destination destination && destination.isSecure();
        try {
            lookups.execute(() -> lookUp(host, port, tls, promise));
        } catch (RejectedExecutionException e) {
            promise.failed(new UnknownHostException("Too many names are looked up."));
        }
    }

    private void lookUp(String host, int port, boolean tls, Promise<List<InetSocketAddress>> promise) {
        List<InetSocketAddress> found;
        try {
            found = allowed(host, tls).stream()
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
        } catch (UnknownHostException | AddressNotAllowed | RuntimeException e) {
            promise.failed(e);
            return;
        }
        promise.succeeded(found);
    }

    /**
     * The addresses of a host. It waits for them.
     *
     * @param tls whether it is to be sent to by https
     * @throws AddressNotAllowed if any of them may not be sent to
     */
    List<InetAddress> allowed(String host, boolean tls) throws UnknownHostException, AddressNotAllowed {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        List<InetAddress> found = Arrays.asList(names.addresses(bare));
        if (!addresses.mayBeSentTo(found, tls)) {
            throw new AddressNotAllowed();
        }
        return found;
    }

    /** The executor that looks names up. */
    ExecutorService lookups() {
        return lookups;
    }

    /** Cuts what is under way. */
    @Override
    public void close() {
        LifeCycle.stop(client);
        lookups.shutdownNow();
    }
}
