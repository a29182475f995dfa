package presence.resources;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * How callers' connections are, whatever is asked over them: no more of them than the limit, and every answer with the
 * headers that keep a browser from doing with it what it is not for.
 */
public final class Connections implements LifeCycle.Listener, HttpConfiguration.Customizer {
    private static final List<HttpField> ALWAYS = List.of(
            new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
            new PreEncodedHttpField("X-Frame-Options", "DENY"),
            new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
            new PreEncodedHttpField("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store"));

    /** Two years, as browsers' own lists want it. */
    private static final HttpField OVER_TLS =
            new PreEncodedHttpField(HttpHeader.STRICT_TRANSPORT_SECURITY, "max-age=63072000");

    private final int most;

    /** @param most how many connections of callers are open at once */
    public Connections(int most) {
        this.most = most;
    }

    /** Before the server listens. */
    @Override
    public void lifeCycleStarting(LifeCycle starting) {
        if (!(starting instanceof Server server)) {
            return;
        }
        List<Connector> callers = new ArrayList<>();
        for (Connector connector : server.getConnectors()) {
            if (!"admin".equals(connector.getName())) {
                callers.add(connector);
            }
            // The framework wraps them, to count connections.
            for (HttpConfiguration.ConnectionFactory http :
                    connector.getContainedBeans(HttpConfiguration.ConnectionFactory.class)) {
                http.getHttpConfiguration().addCustomizer(this);
            }
        }
        server.addBean(new NetworkConnectionLimit(most, callers.toArray(Connector[]::new)));
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable headers) {
        // There are none of these yet, so they need not be looked for.
        for (HttpField field : ALWAYS) {
            headers.add(field);
        }
        if (request.isSecure()) {
            headers.add(OVER_TLS);
        }
        return request;
    }

    /** Puts the headers back that every answer has. */
    static void addTo(HttpFields.Mutable headers, boolean secure) {
        for (HttpField field : ALWAYS) {
            headers.put(field);
        }
        if (secure) {
            headers.put(OVER_TLS);
        }
    }
}
