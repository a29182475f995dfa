package presence.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.dropwizard.util.Duration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which tokens are good, with an issuer that really serves its keys over HTTP. */
class TokensTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:30:00Z");
    private static final RSAKey RSA = rsa("one");
    private static final RSAKey OTHER = rsa("two");
    private static final ECKey CURVE = curve();

    private final AtomicReference<JWKSet> published = new AtomicReference<>(new JWKSet(List.of(RSA, CURVE)));
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer issuer;
    private Tokens tokens;

    private static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey curve() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("curve").generate();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void serveKeys() throws IOException {
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/keys", exchange -> {
            asked.incrementAndGet();
            byte[] keys = published.get().toPublicJWKSet().toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        issuer.start();
        tokens = at(NOW);
    }

    @AfterEach
    void stop() {
        issuer.stop(0);
    }

    private Tokens at(Instant now) {
        return new Tokens(
                AuthenticationConfiguration.of(
                        AuthenticationConfiguration.Mode.KEYS_AND_TOKENS,
                        "https://issuer.example",
                        "presence",
                        "http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys",
                        List.of("RS256", "ES256"),
                        Duration.seconds(30),
                        null,
                        "realm_access.roles",
                        null,
                        null,
                        null,
                        null,
                        null),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    @SuppressWarnings("JavaUtilDate") // as the library has it
    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("https://issuer.example")
                .audience("presence")
                .subject("anna")
                .claim("agent", "a-17")
                .claim("realm_access", Map.of("roles", List.of("agent", "offline_access")))
                .issueTime(Date.from(NOW.minusSeconds(60)))
                .expirationTime(Date.from(NOW.plusSeconds(300)));
    }

    private static String signed(JWTClaimsSet claims, JWK key, JWSAlgorithm algorithm, JWSSigner signer) {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(algorithm)
                        .keyID(key.getKeyID())
                        .type(JOSEObjectType.JWT)
                        .build(),
                claims);
        try {
            token.sign(signer);
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    private static String byRsa(JWTClaimsSet claims, RSAKey key) throws Exception {
        return signed(claims, key, JWSAlgorithm.RS256, new RSASSASigner(key));
    }

    private void refused(String token, String... words) {
        assertThatExceptionOfType(Forbidden.class)
                .isThrownBy(() -> tokens.owner(token))
                .satisfies(refusal -> {
                    assertThat(refusal.code().status()).isEqualTo(401);
                    for (String word : words) {
                        assertThat(refusal.getMessage()).contains(word);
                    }
                    assertThat(token.length() < 10 || !refusal.getMessage().contains(token))
                            .isTrue();
                });
    }

    @Test
    void a_good_token_says_who_it_is_and_which_agent() throws Exception {
        Principal anna = tokens.owner(byRsa(claims().build(), RSA));

        assertThat(anna.name()).isEqualTo("anna");
        assertThat(anna.agent()).isEqualTo("a-17");
        assertThat(anna.roles()).containsExactly(Role.AGENT);
        assertThat(tokens.owner(signed(claims().build(), CURVE, JWSAlgorithm.ES256, new ECDSASigner(CURVE))))
                .isEqualTo(anna);
    }

    @Test
    void a_token_that_nobody_signed_is_refused() {
        refused(new PlainJWT(claims().build()).serialize());
        refused("a.b.c");
        refused("");
        refused("x".repeat(8_000));
    }

    @Test
    void a_token_of_another_key_is_refused_whatever_name_it_gives_it() throws Exception {
        RSAKey forged = new RSAKey.Builder(OTHER).keyID("one").build();
        refused(byRsa(claims().build(), forged), "signature");
        refused(byRsa(claims().build(), OTHER));
    }

    @Test
    void a_token_changed_after_it_was_signed_is_refused() throws Exception {
        String good = byRsa(claims().build(), RSA);
        String bad = byRsa(claims().subject("root").build(), RSA);
        refused(bad.substring(0, bad.lastIndexOf('.')) + good.substring(good.lastIndexOf('.')), "signature");
    }

    @Test
    void the_public_key_is_no_secret_to_sign_with() throws Exception {
        byte[] known = RSA.toPublicJWK().toString().getBytes(StandardCharsets.UTF_8);
        refused(signed(claims().build(), RSA, JWSAlgorithm.HS256, new MACSigner(known)), "lgorithm");
    }

    @Test
    void an_algorithm_that_is_not_set_is_refused_though_the_key_is_right() throws Exception {
        refused(signed(claims().build(), RSA, JWSAlgorithm.PS256, new RSASSASigner(RSA)), "lgorithm");
    }

    @Test
    void a_token_for_another_service_or_of_another_issuer_is_refused() throws Exception {
        refused(byRsa(claims().audience("payroll").build(), RSA), "aud");
        refused(byRsa(claims().issuer("https://other.example").build(), RSA), "iss");
        refused(byRsa(claims().subject(null).build(), RSA), "sub");
        refused(byRsa(claims().expirationTime(null).build(), RSA), "exp");
    }

    @Test
    @SuppressWarnings("JavaUtilDate")
    void a_token_is_good_from_its_beginning_to_its_end_and_as_long_as_clocks_may_differ() throws Exception {
        String token = byRsa(claims().notBeforeTime(Date.from(NOW)).build(), RSA);

        assertThat(at(NOW.minusSeconds(29)).owner(token).name()).isEqualTo("anna");
        assertThat(at(NOW.plusSeconds(329)).owner(token).name()).isEqualTo("anna");
        tokens = at(NOW.minusSeconds(31));
        refused(token, "before use time");
        tokens = at(NOW.plusSeconds(330));
        refused(token, "Expired");
    }

    @Test
    void a_new_key_of_the_issuer_is_found_when_a_token_names_it() throws Exception {
        assertThat(tokens.owner(byRsa(claims().build(), RSA)).name()).isEqualTo("anna");
        published.set(new JWKSet(List.of(OTHER)));

        assertThat(tokens.owner(byRsa(claims().subject("eve").build(), OTHER)).name())
                .isEqualTo("eve");
        assertThat(asked).hasValue(2);
    }

    @Test
    void forged_tokens_by_the_hundred_do_not_make_the_service_ask_the_issuer_as_often() throws Exception {
        for (int i = 0; i < 100; i++) {
            RSAKey forged = new RSAKey.Builder(OTHER).keyID("forged-" + i).build();
            refused(byRsa(claims().build(), forged));
        }
        assertThat(asked.get()).isLessThan(5);
    }

    @Test
    void the_keys_outlive_an_issuer_that_does_not_answer() throws Exception {
        assertThat(tokens.owner(byRsa(claims().build(), RSA)).name()).isEqualTo("anna");
        issuer.stop(0);

        assertThat(tokens.owner(byRsa(claims().subject("eve").build(), RSA)).name())
                .isEqualTo("eve");
        tokens = at(NOW);
        refused(byRsa(claims().build(), RSA), "cannot be checked");
    }

    @Test
    void words_that_are_no_roles_give_nothing() throws Exception {
        Principal nobody = tokens.owner(
                byRsa(claims().claim("realm_access", Map.of("roles", "king")).build(), RSA));
        assertThat(nobody.roles()).isEmpty();
        Principal several = tokens.owner(byRsa(
                claims().claim("realm_access", Map.of("roles", "supervisor Analyst"))
                        .build(),
                RSA));
        assertThat(several.roles()).containsExactlyInAnyOrder(Role.SUPERVISOR, Role.ANALYST);
    }
}
