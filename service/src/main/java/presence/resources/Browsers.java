package presence.resources;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import presence.door.Passage.Site;

/**
 * What browsers do by themselves: they send a cookie along, and say whose page asks. Over TLS the cookie's name keeps every
 * other host from setting it.
 */
public final class Browsers {
    private static final String OVER_TLS = "__Host-presence";
    private static final String ON_THIS_MACHINE = "presence";
    private static final String SITE = "Sec-Fetch-Site";

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0*(:0*)*:0*1)]", Pattern.CASE_INSENSITIVE);

    private Browsers() {}

    /** The name of the cookie that holds a session's token. */
    static String cookie(boolean secure) {
        return secure ? OVER_TLS : ON_THIS_MACHINE;
    }

    /**
     * The header {@code Set-Cookie} that gives a browser its session. It is the browser's until that ends.
     *
     * @param secure whether it came over TLS
     */
    public static String signedIn(String token, boolean secure) {
        return cookie(secure) + "=" + token + "; Path=/; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : "");
    }

    /** The header {@code Set-Cookie} that takes it away. */
    static String signedOut(boolean secure) {
        return signedIn("", secure) + "; Max-Age=0";
    }

    /** The name of the cookie of a browser that is on its way to the issuer and back. */
    public static String journeyCookie(boolean secure) {
        return cookie(secure) + "-sign-in";
    }

    /**
     * The header {@code Set-Cookie} that goes with a browser to the issuer and back, for ten minutes. It has to come along when
     * the issuer's page leads here.
     */
    public static String settingOut(String journey, boolean secure) {
        return journeyCookie(secure) + "=" + journey + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=600"
                + (secure ? "; Secure" : "");
    }

    /** The header {@code Set-Cookie} that takes it away. */
    public static String journeyEnded(boolean secure) {
        return settingOut("", secure).replace("Max-Age=600", "Max-Age=0");
    }

    /** The token of the session in a request's cookie; null if there is none. */
    static @Nullable String session(Request request) {
        if (!request.getHeaders().contains(HttpHeader.COOKIE)) {
            return null;
        }
        String name = cookie(request.isSecure());
        for (HttpCookie cookie : Request.getCookies(request)) {
            if (cookie.getName().equals(name)) {
                return cookie.getValue();
            }
        }
        return null;
    }

    /** Whose page asks. Browsers say so by one header where they trust the connection, and by another elsewhere. */
    static Site site(Request request) {
        String said = request.getHeaders().get(SITE);
        if (said != null) {
            return said.equals("same-origin") ? Site.OWN : Site.OTHER;
        }
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (origin == null) {
            return Site.UNSAID;
        }
        return isOwn(origin, request.getHttpURI()) ? Site.OWN : Site.OTHER;
    }

    private static boolean isOwn(String origin, HttpURI own) {
        try {
            URI asking = new URI(origin);
            String scheme = String.valueOf(own.getScheme()).toLowerCase(Locale.ROOT);
            return scheme.equals(asking.getScheme())
                    && String.valueOf(own.getHost()).equalsIgnoreCase(asking.getHost())
                    && HttpScheme.normalizePort(scheme, own.getPort())
                            == HttpScheme.normalizePort(scheme, asking.getPort());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Whether nobody between here and the browser reads along, as far as can be known. */
    public static boolean isConfidential(boolean secure, String host) {
        return secure || isThisMachine(host);
    }

    /** Whether a host's name, or address, leads to this machine wherever it is asked for. */
    static boolean isThisMachine(String host) {
        return LOOPBACK.matcher(host).matches();
    }
}
