package presence.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import presence.door.LockedPresence;

/** Signing in with an issuer, the whole way there and back, and every way it must not go. */
@TestInstance(Lifecycle.PER_CLASS)
class CodeFlowTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:30:00.000Z");
    private static final String PUBLIC = "http://127.0.0.1:9";

    private final HttpClient browser = HttpClient.newHttpClient();
    private TestIssuer issuer;
    private LockedPresence presence;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        issuer = new TestIssuer(Clock.fixed(NOW, ZoneOffset.UTC));
        Path secret = Files.writeString(folder.resolve("secret"), TestIssuer.SECRET + "\n");
        presence = new LockedPresence(
                folder,
                NOW,
                "authentication.mode=KEYS_AND_TOKENS",
                "authentication.tokenIssuer=" + issuer.address(),
                "authentication.tokenAudience=presence",
                "authentication.tokenKeysUrl=" + issuer.address() + "/keys",
                "authentication.signIn.clientId=" + TestIssuer.CLIENT,
                "authentication.signIn.clientSecretFile=" + secret,
                "authentication.signIn.authorizationUrl=" + issuer.address() + "/authorize",
                "authentication.signIn.tokenUrl=" + issuer.address() + "/token",
                "authentication.signIn.publicUrl=" + PUBLIC,
                "authentication.signIn.endSessionUrl=" + issuer.address() + "/logout",
                "limits.requestsPerSecond=1000");
    }

    @AfterAll
    void stop() {
        presence.close();
        issuer.close();
    }

    @BeforeEach
    void asUsual() {
        issuer.asUsual();
        issuer.person(Map.of("sub", "anna", "roles", List.of("agent", "offline_access"), "agent", "a-17"));
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static String cookie(HttpResponse<String> answer, String name) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> cookie.replaceFirst(";.*", ""))
                .findFirst()
                .orElse("");
    }

    private HttpResponse<String> setOut(String query) {
        return presence.get(null, "/sign-in/oidc" + query);
    }

    /** Where the issuer sends a browser back to, as a path of the service. */
    private String issuerSendsBack(HttpResponse<String> setOut) {
        try {
            HttpResponse<String> answer = browser.send(
                    HttpRequest.newBuilder(URI.create(header(setOut, "Location")))
                            .timeout(Duration.ofMinutes(1))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
            assertThat(header(answer, "Location")).startsWith(PUBLIC + "/sign-in/callback?");
            return header(answer, "Location").substring(PUBLIC.length());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> comeBack(String path, String cookie) {
        return presence.ask(null, "GET", path, "", "Cookie", cookie);
    }

    private HttpResponse<String> thereAndBack() {
        HttpResponse<String> out = setOut("?to=/board");
        return comeBack(issuerSendsBack(out), cookie(out, "presence-sign-in"));
    }

    private static void notSignedIn(HttpResponse<String> answer, int status, String why) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(header(answer, "Content-Type")).startsWith("text/html");
        assertThat(header(answer, "Content-Security-Policy")).contains("default-src 'none'");
        assertThat(answer.body()).contains("Not signed in").contains(why);
        assertThat(cookie(answer, "presence")).isEmpty();
    }

    // --- the way it goes

    @Test
    void who_the_issuer_knows_is_where_they_wanted_to_be_with_the_roles_it_says() throws Exception {
        HttpResponse<String> out = setOut("?to=/board?queue=sales");
        assertThat(out.statusCode()).isEqualTo(302);
        assertThat(header(out, "Location"))
                .startsWith(issuer.address() + "/authorize?response_type=code&client_id=presence-pages&")
                .contains("&scope=openid&", "&code_challenge_method=S256", "&nonce=", "&state=");
        assertThat(header(out, "Set-Cookie"))
                .matches("presence-sign-in=[\\w.-]+; Path=/; HttpOnly; SameSite=Lax; Max-Age=600");

        HttpResponse<String> arrived = comeBack(issuerSendsBack(out), cookie(out, "presence-sign-in"));

        assertThat(arrived.statusCode()).as(arrived.body()).isEqualTo(302);
        assertThat(header(arrived, "Location")).isEqualTo("/board?queue=sales");
        assertThat(arrived.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie ->
                        assertThat(cookie).matches("presence=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict"))
                .anySatisfy(cookie -> assertThat(cookie).matches("presence-sign-in=;.*Max-Age=0"));
        String session = cookie(arrived, "presence");
        assertThat(presence.ask(null, "GET", "/v1/me", "", "Cookie", session).body())
                .isEqualTo("{\"name\":\"anna\",\"roles\":[\"AGENT\"],\"agent\":\"a-17\",\"mode\":\"KEYS_AND_TOKENS\","
                        + "\"signIn\":{\"key\":true,\"oidc\":true},\"until\":\"2026-03-02T21:30:00.000Z\"}");
        assertThat(presence.ask(null, "GET", "/v1/audit", "", "Cookie", session).statusCode())
                .isEqualTo(403);
        await().until(() -> new ObjectMapper()
                .readTree(presence.get(presence.admin(), "/v1/audit?by=anna").body())
                .path("deeds")
                .findValuesAsText("subject")
                .contains("issuer"));

        HttpResponse<String> signedOut =
                presence.ask(null, "DELETE", "/v1/session", "", "Cookie", session, "Sec-Fetch-Site", "same-origin");
        assertThat(signedOut.body())
                .isEqualTo("{\"endSession\":\"" + issuer.address() + "/logout?client_id=presence-pages"
                        + "&post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2F\"}");
        assertThat(presence.ask(null, "GET", "/v1/me", "", "Cookie", session).statusCode())
                .isEqualTo(401);
    }

    @Test
    void every_way_out_is_another() {
        HttpResponse<String> one = setOut("");
        HttpResponse<String> other = setOut("");

        for (String secret : List.of("state", "nonce", "code_challenge")) {
            String pattern = ".*[?&]" + secret + "=([^&]*).*";
            String first = header(one, "Location").replaceFirst(pattern, "$1");
            assertThat(first).hasSize(43).isNotEqualTo(header(other, "Location").replaceFirst(pattern, "$1"));
        }
    }

    // --- the ways it must not go

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "https://evil.example/",
                "/%5C/evil.example",
                "/%5Cevil.example",
                "evil.example",
                "/%0D%0ASet-Cookie:x",
                "/%20x",
                "javascript:alert(1)"
            })
    void it_leads_to_no_other_site(String to) {
        notSignedIn(setOut("?to=" + to), 400, "leads elsewhere");
    }

    @Test
    void a_journey_whose_end_was_changed_leads_to_no_other_site() {
        HttpResponse<String> out = setOut("?to=/board");
        String elsewhere = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("//evil.example".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        String cookie = cookie(out, "presence-sign-in").replaceFirst("\\.[^.]*$", "." + elsewhere);

        notSignedIn(comeBack(issuerSendsBack(out), cookie), 401, "not begun in this browser");
    }

    @Test
    void another_browser_is_not_signed_in_by_an_address_it_was_sent() {
        String back = issuerSendsBack(setOut(""));

        notSignedIn(presence.get(null, back), 401, "not begun in this browser");
        notSignedIn(comeBack(back, cookie(setOut(""), "presence-sign-in")), 401, "not begun in this browser");
        notSignedIn(comeBack(back, "presence-sign-in=x.y.z.0"), 401, "not begun in this browser");
    }

    @Test
    void another_state_is_refused() {
        HttpResponse<String> out = setOut("");
        String back = issuerSendsBack(out).replaceFirst("state=.", "state=~");

        notSignedIn(comeBack(back, cookie(out, "presence-sign-in")), 401, "not begun in this browser");
    }

    @Test
    void the_issuer_refuses_who_has_not_the_verifier_of_its_challenge() {
        HttpResponse<String> out = setOut("");
        String[] parts = cookie(out, "presence-sign-in").split("\\.");
        parts[2] = "A".repeat(43);

        notSignedIn(comeBack(issuerSendsBack(out), String.join(".", parts)), 401, "does not say who you are");
    }

    @Test
    void a_code_is_good_once() {
        HttpResponse<String> out = setOut("");
        String back = issuerSendsBack(out);
        assertThat(comeBack(back, cookie(out, "presence-sign-in")).statusCode()).isEqualTo(302);

        notSignedIn(comeBack(back, cookie(out, "presence-sign-in")), 401, "does not say who you are");
    }

    @Test
    void an_answer_of_another_issuer_is_refused() {
        HttpResponse<String> out = setOut("");
        String back = issuerSendsBack(out).replaceFirst("iss=.*", "iss=https://evil.example");

        notSignedIn(comeBack(back, cookie(out, "presence-sign-in")), 401, "another issuer");
    }

    @SuppressWarnings("JavaUtilDate") // as the library has it
    static Stream<Arguments> badClaims() {
        return Stream.of(
                change("another nonce", claims -> claims.claim("nonce", "A".repeat(43))),
                change("no nonce", claims -> claims.claim("nonce", null)),
                change("another audience", claims -> claims.audience("presence")),
                change(
                        "for another party",
                        claims -> claims.audience(List.of(TestIssuer.CLIENT, "other"))
                                .claim("azp", "other")),
                change("another issuer", claims -> claims.issuer("https://evil.example")),
                change("expired", claims -> claims.expirationTime(Date.from(NOW.minusSeconds(31)))),
                change("no end", claims -> claims.expirationTime(null)),
                change("not yet good", claims -> claims.notBeforeTime(Date.from(NOW.plusSeconds(31)))),
                change("nobody", claims -> claims.subject(null)),
                change("a name that is too long", claims -> claims.subject("x".repeat(301))));
    }

    private static Arguments change(String what, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Arguments.of(what, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badClaims")
    void a_token_that_is_not_for_this_journey_lets_nobody_in(String what, UnaryOperator<JWTClaimsSet.Builder> change) {
        issuer.changing(change);

        notSignedIn(thereAndBack(), 401, "UNAUTHENTICATED");
    }

    @Test
    void a_token_that_the_issuer_has_not_signed_lets_nobody_in() {
        issuer.signing(TestIssuer.Signature.NONE);
        notSignedIn(thereAndBack(), 401, "no signed token");
        issuer.signing(TestIssuer.Signature.OF_ANOTHER_KEY);
        notSignedIn(thereAndBack(), 401, "not good");
    }

    @Test
    void an_id_token_is_no_key_to_the_api() {
        assertThat(thereAndBack().statusCode()).isEqualTo(302);

        assertThat(presence.get(issuer.lastToken(), "/v1/me").statusCode()).isEqualTo(401);
    }

    @Test
    void somebody_without_a_role_is_told_so() {
        issuer.person(Map.of("sub", "<b>carl</b>", "roles", List.of("visitor")));

        HttpResponse<String> answer = thereAndBack();

        notSignedIn(answer, 403, "no role here");
        assertThat(answer.body()).contains("&lt;b&gt;carl").doesNotContain("<b>carl");
    }

    @Test
    void what_the_issuer_refuses_is_said() {
        issuer.refusing("access_denied");
        notSignedIn(thereAndBack(), 401, "access_denied");
        issuer.refusing("<script>");
        HttpResponse<String> answer = thereAndBack();
        notSignedIn(answer, 401, "The issuer did not sign you in.");
        assertThat(answer.body()).doesNotContain("script>");
    }
}
