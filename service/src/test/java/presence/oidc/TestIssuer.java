package presence.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * An OpenID Connect issuer that keeps to the rules: it signs with a key of its own, takes a code once, and holds it against the
 * client's secret, the address it came to, and the challenge. Whoever asks is the person that was set.
 */
public final class TestIssuer implements AutoCloseable {
    public static final String CLIENT = "presence-pages";
    public static final String SECRET = "cool moon & 7";

    private static final RSAKey KEY = key("one");
    private static final RSAKey STRANGE = key("one");

    private final HttpServer server;
    private final Clock clock;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private volatile Map<String, Object> person = Map.of("sub", "anna", "roles", List.of("agent"), "agent", "a-17");
    private volatile UnaryOperator<JWTClaimsSet.Builder> changed = claims -> claims;
    private volatile Signature signature = Signature.GOOD;
    private volatile String refusal = "";
    private volatile String lastToken = "";

    /** How tokens are signed. */
    enum Signature {
        GOOD,
        OF_ANOTHER_KEY,
        NONE
    }

    public TestIssuer(Clock clock) {
        this.clock = clock;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext(
                "/keys",
                exchange ->
                        answer(exchange, 200, new JWKSet(KEY).toPublicJWKSet().toString()));
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.start();
    }

    private static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Who comes next: claims of the ID token. */
    public void person(Map<String, Object> claims) {
        person = claims;
    }

    void changing(UnaryOperator<JWTClaimsSet.Builder> change) {
        changed = change;
    }

    void signing(Signature how) {
        signature = how;
    }

    /** Whoever comes is refused with this error; with none if it is empty. */
    void refusing(String error) {
        refusal = error;
    }

    /** The ID token that was given last. */
    String lastToken() {
        return lastToken;
    }

    void asUsual() {
        changed = claims -> claims;
        signature = Signature.GOOD;
        refusal = "";
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = fields(exchange.getRequestURI().getRawQuery());
        boolean good = "code".equals(asked.get("response_type"))
                && CLIENT.equals(asked.get("client_id"))
                && List.of(asked.get("scope").split(" ")).contains("openid")
                && "S256".equals(asked.get("code_challenge_method"))
                && asked.get("redirect_uri").endsWith("/sign-in/callback");
        if (!good) {
            answer(exchange, 400, "{\"error\":\"invalid_request\"}");
            return;
        }
        String result;
        if (refusal.isEmpty()) {
            String code = UUID.randomUUID().toString();
            codes.put(code, asked);
            result = "code=" + code;
        } else {
            result = "error=" + URLEncoder.encode(refusal, StandardCharsets.UTF_8);
        }
        exchange.getResponseHeaders()
                .add(
                        "Location",
                        asked.get("redirect_uri") + "?" + result + "&state=" + asked.get("state") + "&iss="
                                + URLEncoder.encode(address(), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> shown =
                fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String client = "Basic "
                + Base64.getEncoder()
                        .encodeToString((CLIENT + ":" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8))
                                .getBytes(StandardCharsets.UTF_8));
        if (!client.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, "{\"error\":\"invalid_client\"}");
            return;
        }
        Map<String, String> asked = codes.remove(String.valueOf(shown.get("code")));
        if (asked == null
                || !"authorization_code".equals(shown.get("grant_type"))
                || !asked.get("redirect_uri").equals(shown.get("redirect_uri"))
                || !asked.get("code_challenge").equals(challenge(shown.get("code_verifier")))) {
            answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        lastToken = idToken(asked);
        answer(
                exchange,
                200,
                "{\"access_token\":\"opaque\",\"token_type\":\"Bearer\",\"id_token\":\"" + lastToken + "\"}");
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256")
                            .digest(String.valueOf(verifier).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("JavaUtilDate") // as the library has it
    private String idToken(Map<String, String> asked) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(address())
                .audience(CLIENT)
                .issueTime(Date.from(clock.instant()))
                .expirationTime(Date.from(clock.instant().plusSeconds(300)))
                .claim("nonce", asked.get("nonce"));
        person.forEach(claims::claim);
        JWTClaimsSet set = changed.apply(claims).build();
        if (signature == Signature.NONE) {
            return new PlainJWT(set).serialize();
        }
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(KEY.getKeyID())
                            .type(JOSEObjectType.JWT)
                            .build(),
                    set);
            token.sign(new RSASSASigner(signature == Signature.GOOD ? KEY : STRANGE));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> fields(String form) {
        Map<String, String> fields = new HashMap<>();
        for (String field : form.split("&")) {
            String[] parts = field.split("=", 2);
            fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
