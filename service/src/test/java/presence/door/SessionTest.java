package presence.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import presence.RunningPresence;

/** What a browser's session is: how it begins, who it is, what it may be used for, and all the ways it ends. */
class SessionTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:30:00.000Z");
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String[] OWN_PAGE = {"Sec-Fetch-Site", "same-origin"};

    @TempDir
    private Path folder;

    private LockedPresence presence;

    @BeforeEach
    void start() throws Exception {
        presence = new LockedPresence(folder, NOW);
    }

    @AfterEach
    void stop() {
        presence.close();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return new ObjectMapper().readTree(answer.body());
        } catch (java.io.IOException e) {
            throw new IllegalStateException(answer.body(), e);
        }
    }

    private static void refused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).path("code").asText()).isEqualTo(code);
    }

    private HttpResponse<String> signIn(String key, String... headers) {
        return presence.ask(null, "POST", "/v1/session", "{'key':'" + key + "'}", headers);
    }

    private static String setCookie(HttpResponse<String> answer) {
        return answer.headers().firstValue("Set-Cookie").orElse("");
    }

    /** The cookie that a browser has after it signed in with a new key. */
    private String cookie(String key) {
        HttpResponse<String> answer = signIn(key, OWN_PAGE);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return setCookie(answer).replaceFirst(";.*", "");
    }

    private String key(String name, String agent, Role role) {
        return presence.keyOverHttp(name, agent, role);
    }

    private HttpResponse<String> browse(String cookie, String method, String path, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Cookie", cookie));
        return presence.ask(null, method, path, body, all.toArray(String[]::new));
    }

    private HttpResponse<String> look(String cookie, String path) {
        return browse(cookie, "GET", path, "");
    }

    private List<JsonNode> deeds(String action) {
        List<JsonNode> deeds = new ArrayList<>();
        json(presence.get(presence.admin(), "/v1/audit?limit=1000"))
                .path("deeds")
                .forEach(deed -> deeds.add(0, deed));
        deeds.removeIf(deed -> !deed.path("action").asText().equals(action));
        return deeds;
    }

    // --- it begins

    @Test
    void a_key_lets_a_browser_in_as_somebody_with_the_keys_role() throws Exception {
        EveryDoorTest.define(presence);
        HttpResponse<String> answer = signIn(key("anna-desktop", "anna", Role.AGENT), OWN_PAGE);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body())
                .isEqualTo("{\"name\":\"anna-desktop\",\"roles\":[\"AGENT\"],\"agent\":\"anna\",\"mode\":\"KEYS\","
                        + "\"signIn\":{\"key\":true,\"oidc\":false},\"until\":\"2026-03-02T21:30:00.000Z\"}");
        String cookie = setCookie(answer).replaceFirst(";.*", "");
        assertThat(look(cookie, "/v1/me").body()).isEqualTo(answer.body());
        assertThat(browse(cookie, "PUT", "/v1/agents/anna/readiness", "{'ready':true}", OWN_PAGE)
                        .statusCode())
                .isEqualTo(200);
        refused(browse(cookie, "PUT", "/v1/agents/ben/readiness", "{'ready':true}", OWN_PAGE), 403, "FORBIDDEN");
        refused(look(cookie, "/v1/audit"), 403, "FORBIDDEN");
    }

    @Test
    void the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
        assertThat(setCookie(signIn(presence.admin())))
                .matches("presence=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict");
    }

    @Test
    void behind_tls_the_cookie_is_of_this_host_alone() throws Exception {
        presence.close();
        presence = new LockedPresence(
                folder.resolve("own"), NOW, "server.applicationConnectors[0].useForwardedHeaders=true");
        String[] tls = {"X-Forwarded-Proto", "https", "X-Forwarded-Host", "presence.example"};
        HttpResponse<String> answer = signIn(presence.admin(), tls);

        assertThat(setCookie(answer))
                .matches("__Host-presence=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict; Secure");
        String cookie = setCookie(answer).replaceFirst(";.*", "");
        assertThat(browse(cookie, "GET", "/v1/me", "", tls).statusCode()).isEqualTo(200);
        assertThat(browse(
                                cookie,
                                "PUT",
                                "/v1/queues/sales",
                                "{'name':'Sales'}",
                                "X-Forwarded-Proto",
                                "https",
                                "X-Forwarded-Host",
                                "presence.example",
                                "Origin",
                                "https://presence.example")
                        .statusCode())
                .isEqualTo(200);
        refused(browse(cookie.replace("__Host-", ""), "GET", "/v1/me", "", tls), 401, "UNAUTHENTICATED");
    }

    @Test
    void over_plain_http_from_another_machine_nobody_signs_in() throws Exception {
        presence.close();
        presence = new LockedPresence(
                folder.resolve("own"), NOW, "server.applicationConnectors[0].useForwardedHeaders=true");

        HttpResponse<String> answer = signIn(presence.admin(), "X-Forwarded-Host", "presence.example");

        refused(answer, 403, "TLS_NEEDED");
        assertThat(setCookie(answer)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pk_000000000000_0000000000000000000000000000000000000000000000000000000000000000", "x", "pk_"})
    void a_key_that_nobody_has_lets_nobody_in(String key) {
        HttpResponse<String> answer = signIn(key, OWN_PAGE);

        refused(answer, 401, "UNAUTHENTICATED");
        assertThat(setCookie(answer)).isEmpty();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(deeds("sign-in"))
                        .singleElement()
                        .satisfies(deed ->
                                assertThat(deed.path("outcome").asText()).isEqualTo("UNAUTHENTICATED")));
    }

    @Test
    void an_unknown_key_and_a_wrong_secret_have_the_same_answer() throws Exception {
        String known = key("ann", null, Role.ANALYST);
        String wrong = known.substring(0, known.length() - 4) + (known.endsWith("0000") ? "1111" : "0000");
        String unknown = "pk_000000000000" + wrong.substring(15);

        assertThat(signIn(wrong).body()).isEqualTo(signIn(unknown).body());
    }

    @Test
    void what_is_no_key_is_not_quoted() {
        HttpResponse<String> answer = presence.ask(null, "POST", "/v1/session", "{'key':['pk_secret']}");

        refused(answer, 400, "INVALID_VALUE");
        assertThat(answer.body()).contains("/key").doesNotContain("secret");
        refused(presence.ask(null, "POST", "/v1/session", "{}"), 400, "MISSING_FIELD");
    }

    @Test
    void tries_from_one_address_are_bounded() {
        HttpResponse<String> last = signIn("pk_");
        for (int i = 0; i < 250 && last.statusCode() == 401; i++) {
            last = signIn("pk_");
        }
        refused(last, 429, "RATE_LIMITED");
        assertThat(last.headers().firstValue("Retry-After")).hasValue("1");
        refused(signIn(presence.admin()), 429, "RATE_LIMITED");
    }

    @Test
    void of_more_than_twenty_sessions_the_one_used_longest_ago_ends() throws Exception {
        String key = key("ann", null, Role.ANALYST);
        String first = cookie(key);
        presence.running().at(NOW.plusSeconds(1));
        String second = cookie(key);
        for (int i = 0; i < Sessions.MOST_OF_ONE - 2; i++) {
            cookie(key);
        }
        presence.running().at(NOW.plusSeconds(2));
        assertThat(look(first, "/v1/me").statusCode()).isEqualTo(200);
        presence.running().at(NOW.plusSeconds(3));

        // All but one of the others were made at the same moment as the second.
        cookie(key);

        assertThat(look(first, "/v1/me").statusCode()).isEqualTo(200);
        presence.running().at(NOW.plusSeconds(4));
        for (int i = 0; i < Sessions.MOST_OF_ONE; i++) {
            cookie(key);
        }
        refused(look(second, "/v1/me"), 401, "UNAUTHENTICATED");
        refused(look(first, "/v1/me"), 401, "UNAUTHENTICATED");
    }

    @Test
    void everybody_is_told_how_to_sign_in_and_without_locks_that_there_is_no_need() throws Exception {
        assertThat(presence.get(null, "/v1/sign-in").body())
                .isEqualTo("{\"mode\":\"KEYS\",\"signIn\":{\"key\":true,\"oidc\":false}}");
        refused(presence.get(null, "/v1/me"), 401, "UNAUTHENTICATED");
        // Its settings are the process's while it runs.
        presence.close();
        try (RunningPresence open = new RunningPresence(folder.resolve("open"), NOW)) {
            assertThat(open.send(open.request("/v1/me")).body())
                    .isEqualTo(
                            "{\"name\":\"anybody\",\"roles\":[\"AGENT\",\"SUPERVISOR\",\"ROUTING\",\"ANALYST\",\"ADMIN\"],"
                                    + "\"mode\":\"NONE\",\"signIn\":{\"key\":false,\"oidc\":false}}");
            refused(
                    open.send(open.request("/v1/session")
                            .header("Content-Type", "application/json")
                            .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{\"key\":\"pk_\"}"))),
                    409,
                    "NO_LOCKS");
            refused(
                    open.send(open.request("/v1/agents/anna/sign-in")
                            .header("Origin", "https://evil.example")
                            .POST(java.net.http.HttpRequest.BodyPublishers.noBody())),
                    403,
                    "NOT_SAME_ORIGIN");
            for (String[] programOrOwnPage : new String[][] {{"X-Nothing", "x"}, OWN_PAGE}) {
                refused(
                        open.send(open.request("/v1/agents/anna/sign-in")
                                .headers(programOrOwnPage)
                                .POST(java.net.http.HttpRequest.BodyPublishers.noBody())),
                        404,
                        "UNKNOWN_AGENT");
            }
        }
        presence = new LockedPresence(folder.resolve("own"), NOW);
    }

    @Test
    void a_key_is_told_until_when_it_is_good() throws Exception {
        String key = presence.key("short", null, NOW.plusSeconds(600), Role.ANALYST);
        EveryDoorTest.awaitKnown(presence, key);

        assertThat(json(presence.get(key, "/v1/me")).path("until").asText()).isEqualTo("2026-03-02T09:40:00.000Z");
        assertThat(json(look(cookie(key), "/v1/me")).path("until").asText()).isEqualTo("2026-03-02T09:40:00.000Z");
        assertThat(json(presence.get(presence.admin(), "/v1/me")).has("until")).isFalse();
    }

    // --- whose page asks

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Sec-Fetch-Site, none",
        "Origin, https://evil.example",
        "Origin, null",
        "X-Nothing, said"
    })
    void another_sites_page_changes_nothing_in_a_browsers_name(String header, String value) {
        EveryDoorTest.define(presence);
        String cookie = cookie(presence.admin());

        refused(browse(cookie, "PUT", "/v1/queues/mine", "{'name':'Mine'}", header, value), 403, "NOT_SAME_ORIGIN");
        refused(browse(cookie, "POST", "/v1/agents/anna/sign-out", "", header, value), 403, "NOT_SAME_ORIGIN");
        refused(
                browse(cookie, "PUT", "/v1/agents/anna/readiness", "{'ready':true}", header, value),
                403,
                "NOT_SAME_ORIGIN");
        refused(
                browse(cookie, "POST", "/v1/commands", "{'type':'SIGN_OUT','agent':'anna'}", header, value),
                403,
                "NOT_SAME_ORIGIN");
        refused(browse(cookie, "DELETE", "/v1/session", "", header, value), 403, "NOT_SAME_ORIGIN");

        assertThat(look(cookie, "/v1/queues/mine").statusCode()).isEqualTo(404);
        assertThat(json(look(cookie, "/v1/agents/anna")).path("status").asText())
                .isEqualTo("AWAY");
    }

    @Test
    void an_own_page_says_so_in_one_header_or_the_other() {
        String cookie = cookie(presence.admin());
        String here = presence.running().address().toString();

        for (String[] own : new String[][] {OWN_PAGE, {"Origin", here}}) {
            assertThat(browse(cookie, "PUT", "/v1/queues/q", "{'name':'Q'}", own)
                            .statusCode())
                    .isEqualTo(200);
        }
        refused(
                browse(cookie, "PUT", "/v1/queues/q", "{'name':'Q'}", "Origin", here.replaceAll(":\\d+$", ":1")),
                403,
                "NOT_SAME_ORIGIN");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(deeds("PUT /v1/queues/q"))
                        .hasSize(3)
                        .first()
                        .satisfies(deed -> assertThat(deed.path("by").asText()).isEqualTo("root")));
    }

    @Test
    void another_sites_page_signs_nobody_in() {
        HttpResponse<String> answer = signIn(presence.admin(), "Origin", "https://evil.example");

        refused(answer, 403, "NOT_SAME_ORIGIN");
        assertThat(setCookie(answer)).isEmpty();
    }

    @Test
    void programs_with_a_key_are_not_asked_whose_page_they_are() {
        assertThat(presence.ask(
                                presence.admin(),
                                "PUT",
                                "/v1/queues/q",
                                "{'name':'Q'}",
                                "Origin",
                                "https://elsewhere.example")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_header_goes_before_a_cookie() throws Exception {
        String cookie = cookie(key("ann", null, Role.ANALYST));

        assertThat(json(presence.ask(presence.admin(), "GET", "/v1/me", "", "Cookie", cookie))
                        .path("name")
                        .asText())
                .isEqualTo("root");
        refused(
                presence.ask(null, "GET", "/v1/me", "", "Cookie", cookie, "Authorization", "Bearer pk_"),
                401,
                "UNAUTHENTICATED");
    }

    // --- it ends

    @Test
    void who_signs_out_is_out_at_once_and_for_good() {
        String cookie = cookie(presence.admin());

        HttpResponse<String> answer = browse(cookie, "DELETE", "/v1/session", "", OWN_PAGE);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{}");
        assertThat(setCookie(answer)).isEqualTo("presence=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
        refused(look(cookie, "/v1/me"), 401, "UNAUTHENTICATED");
        assertThat(browse(cookie, "DELETE", "/v1/session", "", OWN_PAGE).statusCode())
                .isEqualTo(200);
        await().atMost(PATIENCE).until(() -> deeds("sign-out").size() == 1);
        assertThat(deeds("sign-in")).singleElement().satisfies(deed -> {
            assertThat(deed.path("by").asText()).isEqualTo("root");
            assertThat(deed.path("roles").asText()).isEqualTo("ADMIN");
            assertThat(deed.path("subject").asText())
                    .isEqualTo("key " + presence.admin().split("_")[1]);
            assertThat(deed.path("address").asText()).isEqualTo("127.0.0.1");
        });
    }

    @Test
    void it_ends_when_it_is_not_used_and_what_looks_on_uses_it() throws Exception {
        String used = cookie(presence.admin());
        String unused = cookie(presence.admin());
        Instant then = NOW;
        for (int i = 0; i < 3; i++) {
            then = then.plus(Duration.ofMinutes(59));
            presence.running().at(then);
            assertThat(look(used, "/v1/me").statusCode()).isEqualTo(200);
        }
        refused(look(unused, "/v1/me"), 401, "UNAUTHENTICATED");
        presence.running().at(then.plus(Duration.ofMinutes(60)).minusMillis(1));
        assertThat(look(used, "/v1/me").statusCode()).isEqualTo(200);
        presence.running().at(then.plus(Duration.ofMinutes(120)).minusMillis(1));
        refused(look(used, "/v1/me"), 401, "UNAUTHENTICATED");
    }

    @Test
    void it_ends_after_its_longest_time_however_much_it_is_used() {
        String cookie = cookie(presence.admin());
        for (int minutes = 30; minutes < 720; minutes += 30) {
            presence.running().at(NOW.plus(Duration.ofMinutes(minutes)));
            assertThat(look(cookie, "/v1/me").statusCode()).isEqualTo(200);
        }
        presence.running().at(NOW.plus(Duration.ofHours(12)).minusMillis(1));
        assertThat(look(cookie, "/v1/me").statusCode()).isEqualTo(200);
        presence.running().at(NOW.plus(Duration.ofHours(12)));
        refused(look(cookie, "/v1/me"), 401, "UNAUTHENTICATED");
    }

    @Test
    void it_ends_soon_after_its_key_is_revoked_and_its_stream_with_it() throws Exception {
        presence.close();
        presence = new LockedPresence(folder.resolve("own"), NOW, "stream.keepAlive=1s");
        String key = key("board", null, Role.SUPERVISOR);
        String cookie = cookie(key);
        HttpResponse<InputStream> stream = HttpClient.newHttpClient()
                .send(
                        presence.running()
                                .request("/v1/stream")
                                .header("Cookie", cookie)
                                .build(),
                        BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);

        presence.revoke(key);

        await().atMost(PATIENCE).until(() -> look(cookie, "/v1/me").statusCode() == 401);
        assertTimeoutPreemptively(
                PATIENCE,
                () -> assertThat(new String(stream.body().readAllBytes(), StandardCharsets.UTF_8))
                        .contains("SNAPSHOT"));
    }

    @Test
    void it_goes_on_while_the_records_are_away_and_nobody_new_comes_in() throws Exception {
        String cookie = cookie(presence.admin());
        Path file = folder.resolve("presence.records.db");
        Files.move(file, folder.resolve("away"));

        refused(signIn(presence.admin()), 503, "RECORDS_UNAVAILABLE");
        assertThat(look(cookie, "/v1/agents").statusCode()).isEqualTo(200);
        String other = cookie;
        assertThat(browse(other, "DELETE", "/v1/session", "", OWN_PAGE).statusCode())
                .isEqualTo(200);
        refused(look(cookie, "/v1/agents"), 401, "UNAUTHENTICATED");

        Files.move(folder.resolve("away"), file);
        assertThat(look(cookie(presence.admin()), "/v1/me").statusCode()).isEqualTo(200);
    }
}
