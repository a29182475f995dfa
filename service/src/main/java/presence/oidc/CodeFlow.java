package presence.oidc;

import static presence.command.ErrorCode.FORBIDDEN;
import static presence.command.ErrorCode.UNAUTHENTICATED;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import presence.door.AuthenticationConfiguration;
import presence.door.Forbidden;
import presence.door.Principal;
import presence.door.Secrets;
import presence.door.Sessions.Begun;
import presence.door.SignInConfiguration;
import presence.door.SignIns;
import presence.door.Tokens;
import presence.oidc.Issuer.NoAnswer;
import presence.records.RecordsException;

/**
 * OpenID Connect's authorization code flow with PKCE. A browser is sent to the issuer, comes back with a code, and the issuer
 * tells who it is for the code, over a connection of the service's own.
 *
 * <p>Any thread; {@link #arrive} waits for the issuer and the records, for seconds.
 */
public final class CodeFlow implements AutoCloseable {
    /** Where browsers come back to. */
    public static final String CALLBACK = "/sign-in/callback";

    private final SignInConfiguration settings;
    private final String issuerName;
    private final String redirect;
    private final Issuer issuer;
    private final Tokens people;
    private final SignIns signIns;

    /**
     * @param settings with everything that the flow takes
     * @param tokens know the issuer's keys
     * @param signIns let people in
     */
    public CodeFlow(AuthenticationConfiguration settings, Tokens tokens, SignIns signIns) {
        this.settings = settings.signIn();
        this.issuerName = String.valueOf(settings.tokenIssuer());
        this.redirect = settings.signIn().publicUrl() + CALLBACK;
        this.issuer = new Issuer(settings.signIn());
        this.people = tokens.of(String.valueOf(settings.signIn().clientId()));
        this.signIns = signIns;
    }

    /** Begins. */
    public void start() {
        issuer.start();
    }

    /**
     * A browser that has arrived where it wanted to be.
     *
     * @param session its session, which has begun
     * @param to where it wanted to be
     */
    public record Arrived(Begun session, String to) {}

    /**
     * What a browser brings back.
     *
     * @param cookie the journey's cookie; null if it is gone
     * @param state what the issuer was sent with it; null if it does not say
     * @param code what is good for an ID token; null if the issuer gives none
     * @param error why there is no code; null if there is one
     * @param issuer who the answer is from; null if it does not say
     * @param address where it came from
     */
    public record Return(
            @Nullable String cookie,
            @Nullable String state,
            @Nullable String code,
            @Nullable String error,
            @Nullable String issuer,
            String address) {
        /** Without what proves anything. */
        @Override
        public String toString() {
            return "Return[" + address + "]";
        }
    }

    /**
     * Sets out.
     *
     * @param to where the browser wants to be in the end; it leads here
     * @throws Forbidden if it is tried too often
     */
    public Journey setOut(String to, String address) {
        signIns.requirePatience(address);
        return Journey.begin(to);
    }

    /** Where the issuer asks who it is. */
    public URI askedAt(Journey journey) {
        Map<String, String> question = new LinkedHashMap<>();
        question.put("response_type", "code");
        question.put("client_id", String.valueOf(settings.clientId()));
        question.put("redirect_uri", redirect);
        question.put("scope", settings.scopes());
        question.put("state", journey.state());
        question.put("nonce", journey.nonce());
        question.put("code_challenge", journey.challenge());
        question.put("code_challenge_method", "S256");
        return with(String.valueOf(settings.authorizationUrl()), question);
    }

    /** Where people sign out at the issuer; null where they do not. */
    public static @Nullable String signedOutAt(SignInConfiguration settings) {
        String url = settings.endSessionUrl();
        if (url == null) {
            return null;
        }
        Map<String, String> question = new LinkedHashMap<>();
        question.put("client_id", String.valueOf(settings.clientId()));
        question.put("post_logout_redirect_uri", settings.publicUrl() + "/");
        return with(url, question).toString();
    }

    private static URI with(String url, Map<String, String> question) {
        return URI.create(url
                + (url.indexOf('?') < 0 ? "?" : "&")
                + question.entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")));
    }

    /**
     * Lets in who comes back.
     *
     * @throws Forbidden if it did not set out, or is not whom the issuer tells of, or nobody with a role
     * @throws RecordsException if the session cannot be kept
     */
    public Arrived arrive(Return back) throws RecordsException {
        signIns.requirePatience(back.address());
        String name = "";
        try {
            Journey journey = journey(back);
            Principal principal = who(back, journey);
            name = principal.name();
            if (principal.roles().isEmpty()) {
                throw new Forbidden(
                        FORBIDDEN,
                        "The issuer says that you are '" + name
                                + "', and gives you no role here. Maybe ask an administrator for one.");
            }
            return new Arrived(signIns.asTheIssuerSays(principal, back.address()), journey.to());
        } catch (Forbidden e) {
            signIns.refused(e, name, back.address());
            throw e;
        }
    }

    private Journey journey(Return back) {
        Journey journey = back.cookie() == null ? null : Journey.read(back.cookie());
        if (journey == null || back.state() == null || !Secrets.same(journey.state(), back.state())) {
            throw new Forbidden(
                    UNAUTHENTICATED,
                    "This sign-in was not begun in this browser, or too long ago, or another one was begun since.");
        }
        if (back.issuer() != null && !back.issuer().equals(issuerName)) {
            throw new Forbidden(UNAUTHENTICATED, "The answer is from another issuer than was asked.");
        }
        return journey;
    }

    private Principal who(Return back, Journey journey) {
        String code = back.code();
        if (code == null || code.isEmpty()) {
            String error = back.error() == null ? "" : back.error();
            throw new Forbidden(
                    UNAUTHENTICATED,
                    "The issuer did not sign you in" + (error.matches("[a-z_]{1,64}") ? ": " + error + "." : "."));
        }
        try {
            return people.signedIn(issuer.idToken(code, journey.verifier(), redirect), journey.nonce());
        } catch (NoAnswer e) {
            throw new Forbidden(UNAUTHENTICATED, String.valueOf(e.getMessage()));
        }
    }

    /** Cuts what is under way. */
    @Override
    public void close() {
        issuer.close();
    }
}
