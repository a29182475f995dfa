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

/** What the locks do: keys, an agent's own, lines, who a command is noted as, the pace, and what is written down. */
class LocksTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:30:00.000Z");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

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

    private String key(String name, String agent, Role role) {
        return presence.keyOverHttp(name, agent, role);
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
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(answer).path("code").asText()).isEqualTo(code);
    }

    /** Everything that is written down, the oldest first. */
    private List<JsonNode> deeds() {
        List<JsonNode> deeds = new ArrayList<>();
        json(presence.get(presence.admin(), "/v1/audit?limit=1000"))
                .path("deeds")
                .forEach(deed -> deeds.add(0, deed));
        return deeds;
    }

    private boolean wroteDown(String by, String action, String outcome) {
        return deeds().stream()
                .anyMatch(deed -> deed.path("by").asText().equals(by)
                        && deed.path("action").asText().equals(action)
                        && deed.path("outcome").asText().equals(outcome));
    }

    // --- keys

    @Test
    void without_a_key_nothing_is_answered_but_the_pages() {
        HttpResponse<String> answer = presence.get(null, "/v1/agents");
        refused(answer, 401, "UNAUTHENTICATED");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"presence\"");
        refused(presence.get(null, "/v1/queues/sales/eligible?channel=PHONE"), 401, "UNAUTHENTICATED");
        refused(presence.ask(null, "PUT", "/v1/agents/anna/readiness", "{'ready':true}"), 401, "UNAUTHENTICATED");
        refused(presence.get(null, "/v1/nowhere"), 401, "UNAUTHENTICATED");
        for (String open : List.of("/", "/docs/page.css", "/openapi.yaml", "/openapi.json")) {
            assertThat(presence.get(null, open).statusCode()).as(open).isEqualTo(200);
        }
    }

    @Test
    void a_key_that_nobody_has_is_refused_and_not_repeated() {
        for (String forged : List.of("pk_", "pk_000000000000_00", "", "x", "pk_000000000000_" + "0".repeat(64))) {
            HttpResponse<String> answer =
                    presence.ask(null, "GET", "/v1/agents", "", "Authorization", "Bearer " + forged);
            refused(answer, 401, "UNAUTHENTICATED");
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                    .contains("error=\"invalid_token\"");
            assertThat(forged.length() < 20 || !answer.body().contains(forged)).isTrue();
        }
    }

    @Test
    void the_id_of_one_key_with_the_secret_of_another_is_nobodys() throws Exception {
        String one = key("one", null, Role.ANALYST);
        String other = key("other", null, Role.ADMIN);
        String mixed = one.substring(0, one.lastIndexOf('_')) + other.substring(other.lastIndexOf('_'));

        refused(presence.get(mixed, "/v1/agents"), 401, "UNAUTHENTICATED");
        refused(presence.ask(null, "GET", "/v1/agents", "", "Authorization", "Basic " + one), 401, "UNAUTHENTICATED");
        assertThat(presence.ask(null, "GET", "/v1/agents", "", "Authorization", "bearer " + one)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_key_is_good_soon_after_it_is_made_and_no_more_soon_after_it_is_revoked() throws Exception {
        String key = presence.key("analyst", null, null, Role.ANALYST);
        EveryDoorTest.awaitKnown(presence, key);
        assertThat(presence.get(key, "/v1/agents").statusCode()).isEqualTo(200);

        presence.revoke(key);

        await().atMost(PATIENCE).until(() -> presence.get(key, "/v1/agents").statusCode() == 401);
        assertThat(json(presence.get(key, "/v1/agents")).path("detail").asText())
                .contains(key.split("_")[1], "was revoked")
                .doesNotContain(key.split("_")[2]);
        assertThat(wroteDown("tester", "keys revoke", "APPLIED")).isTrue();
    }

    @Test
    void a_stream_ends_soon_after_its_key_does() throws Exception {
        presence.close();
        presence = new LockedPresence(folder.resolve("own"), NOW, "stream.keepAlive=1s");
        String key = key("board", null, Role.SUPERVISOR);
        HttpResponse<InputStream> stream = HttpClient.newHttpClient()
                .send(
                        presence.running()
                                .request("/v1/stream")
                                .header("Authorization", "Bearer " + key)
                                .build(),
                        BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);

        presence.revoke(key);

        assertTimeoutPreemptively(
                PATIENCE,
                () -> assertThat(new String(stream.body().readAllBytes(), StandardCharsets.UTF_8))
                        .contains("SNAPSHOT"));
        refused(presence.get(key, "/v1/stream"), 401, "UNAUTHENTICATED");
    }

    /** A company that shows agents nobody but themselves. */
    private void startWithoutColleagues() throws Exception {
        presence.close();
        presence = new LockedPresence(folder.resolve("own"), NOW, "authentication.agentsSeeColleagues=false");
    }

    @Test
    void agents_see_what_their_colleagues_are_and_no_more() throws Exception {
        EveryDoorTest.define(presence);
        String anna = key("anna", "anna", Role.AGENT);

        assertThat(presence.get(anna, "/v1/agents").body()).contains("\"Ben\"");
        assertThat(presence.get(anna, "/v1/agents/ben").statusCode()).isEqualTo(200);
        assertThat(presence.get(anna, "/v1/stream").statusCode()).isEqualTo(200);
        assertThat(presence.get(anna, "/v1/stream?agent=ben").statusCode()).isEqualTo(200);
        assertThat(presence.get(anna, "/v1/queue-groups").statusCode()).isEqualTo(200);
        assertThat(presence.get(anna, "/v1/policy").statusCode()).isEqualTo(200);
        for (String path : List.of(
                "/v1/agents/ben?at=2026-03-02T09:29:00.000Z",
                "/v1/agents/ben?%61t=2026-03-02T09:29:00.000Z",
                "/v1/agents/ben?x=1&a%74",
                "/v1/agents/ben/explanation",
                "/v1/agents/ben/intervals",
                "/v1/conversations/call-4711")) {
            refused(presence.get(anna, path), 403, "FORBIDDEN");
        }
        refused(presence.ask(anna, "PUT", "/v1/agents/ben/readiness", "{'ready':true}"), 403, "FORBIDDEN");
        assertThat(presence.get(anna, "/v1/agents/anna?at=2026-03-02T09:29:00.000Z")
                        .statusCode())
                .isNotEqualTo(403);
    }

    @Test
    void the_directory_can_be_closed_to_agents() throws Exception {
        startWithoutColleagues();
        EveryDoorTest.define(presence);
        String anna = key("anna", "anna", Role.AGENT);
        String supervisor = key("sue", null, Role.SUPERVISOR);

        refused(presence.get(anna, "/v1/agents"), 403, "FORBIDDEN");
        refused(presence.get(anna, "/v1/agents/ben"), 403, "FORBIDDEN");
        assertThat(presence.get(anna, "/v1/agents/anna").statusCode()).isEqualTo(200);
        assertThat(presence.get(supervisor, "/v1/agents").statusCode()).isEqualTo(200);
    }

    @Test
    void the_list_of_conversations_is_an_agents_for_its_own() throws Exception {
        EveryDoorTest.define(presence);
        String anna = key("anna", "anna", Role.AGENT);

        assertThat(presence.get(anna, "/v1/conversations?agent=anna").statusCode())
                .isEqualTo(200);
        refused(presence.get(anna, "/v1/conversations"), 403, "FORBIDDEN");
        refused(presence.get(anna, "/v1/conversations?agent=ben"), 403, "FORBIDDEN");
        refused(presence.get(anna, "/v1/conversations?agent=anna&agent=ben"), 403, "FORBIDDEN");
        refused(presence.get(anna, "/v1/conversations?agent=anna&%61gent=ben"), 403, "FORBIDDEN");
    }

    @Test
    void what_an_editor_asks_with_every_letter_is_not_written_down_and_what_is_kept_is() throws Exception {
        String analyst = key("vera", null, Role.ANALYST);
        String files = "{\"files\":[{\"path\":\"chat/chat.drl\",\"text\":\"rule\"}]}";

        assertThat(presence.ask(analyst, "POST", "/v1/rules/check", files).statusCode())
                .isEqualTo(200);
        assertThat(presence.ask(analyst, "PUT", "/v1/rules/draft", files).statusCode())
                .isEqualTo(200);
        assertThat(deeds())
                .extracting(deed -> deed.path("action").asText())
                .contains("PUT /v1/rules/draft")
                .doesNotContain("POST /v1/rules/check");
    }

    @Test
    void without_colleagues_the_stream_is_an_agents_for_what_is_about_itself() throws Exception {
        startWithoutColleagues();
        EveryDoorTest.define(presence);
        String anna = key("anna", "anna", Role.AGENT);

        assertThat(presence.get(anna, "/v1/stream?agent=anna").statusCode()).isEqualTo(200);
        refused(presence.get(anna, "/v1/stream"), 403, "FORBIDDEN");
        refused(presence.get(anna, "/v1/stream?agent=ben"), 403, "FORBIDDEN");
        refused(presence.get(anna, "/v1/stream?agent=anna&agent=ben"), 403, "FORBIDDEN");
        refused(presence.get(anna, "/v1/stream?agent=anna&%61gent=ben"), 403, "FORBIDDEN");
    }

    @Test
    void a_key_is_good_until_the_instant_it_expires() throws Exception {
        String key = presence.key("short", null, NOW.plusSeconds(60), Role.ANALYST);
        EveryDoorTest.awaitKnown(presence, key);

        presence.running().at(NOW.plusSeconds(60).minusMillis(1));
        assertThat(presence.get(key, "/v1/agents").statusCode()).isEqualTo(200);
        presence.running().at(NOW.plusSeconds(60));
        refused(presence.get(key, "/v1/agents"), 401, "UNAUTHENTICATED");
        assertThat(json(presence.get(key, "/v1/agents")).path("detail").asText())
                .contains("has expired");
    }

    @Test
    void keys_known_before_are_good_while_the_records_are_away() throws Exception {
        String key = key("router", null, Role.ROUTING);
        EveryDoorTest.define(presence);
        Path file = folder.resolve("presence.records.db");
        Files.move(file, folder.resolve("away"));

        await().atMost(PATIENCE)
                .until(() -> json(presence.running()
                                .send(java.net.http.HttpRequest.newBuilder(
                                        java.net.URI.create(presence.running().operations() + "/healthcheck"))))
                        .at("/records/healthy")
                        .toString()
                        .equals("false"));
        assertThat(presence.ask(key, "PUT", "/v1/agents/anna/readiness", "{'ready':true}")
                        .statusCode())
                .isEqualTo(200);
        refused(presence.get(presence.admin(), "/v1/audit"), 503, "RECORDS_UNAVAILABLE");

        Files.move(folder.resolve("away"), file);
        await().atMost(PATIENCE)
                .until(() -> presence.get(presence.admin(), "/v1/audit").statusCode() == 200);
    }

    // --- an agent's own

    @Test
    void an_agent_has_the_same_refusal_whether_somebody_is_there_or_not() throws Exception {
        startWithoutColleagues();
        EveryDoorTest.define(presence);
        String anna = key("anna", "anna", Role.AGENT);

        HttpResponse<String> there = presence.get(anna, "/v1/agents/ben");
        HttpResponse<String> notThere = presence.get(anna, "/v1/agents/nobody");
        refused(there, 403, "FORBIDDEN");
        assertThat(notThere.body()).isEqualTo(there.body());
        assertThat(presence.get(anna, "/v1/conversations/none").body())
                .isEqualTo(presence.get(anna, "/v1/conversations/call-4711").body());
        assertThat(presence.get(anna, "/v1/agents/anna").statusCode()).isEqualTo(200);
        assertThat(presence.get(anna, "/v1/agents/%61nna").statusCode()).isEqualTo(200);
    }

    @Test
    void no_spelling_of_an_address_leads_an_agent_to_another() throws Exception {
        startWithoutColleagues();
        EveryDoorTest.define(presence);
        String anna = key("anna", "anna", Role.AGENT);

        for (String path : List.of(
                "/v1/agents/anna/../ben",
                "/v1/agents/anna/%2e%2e/ben",
                "/v1/agents/anna;x=/../ben",
                "/v1/agents/ben;anna",
                "/v1//agents/ben",
                "/v1/agents/anna%2F..%2Fben",
                "/v1/agents/ben/",
                "/v1/agents/%2562en",
                "/V1/agents/ben")) {
            HttpResponse<String> answer = presence.get(anna, path);
            assertThat(answer.statusCode()).as(path + answer.body()).isIn(400, 403, 404);
            assertThat(answer.body()).doesNotContain("\"Ben\"");
        }
    }

    @Test
    void a_conversation_that_moves_is_no_more_the_agents_own() throws Exception {
        EveryDoorTest.define(presence);
        String ben = key("ben", "ben", Role.AGENT);
        assertThat(presence.get(ben, "/v1/conversations/call-4711").statusCode())
                .isEqualTo(200);

        presence.run("{'type':'START_CONVERSATION','conversation':'call-4711','agent':'anna','channel':'PHONE'}");

        refused(presence.get(ben, "/v1/conversations/call-4711"), 403, "FORBIDDEN");
        refused(presence.ask(ben, "POST", "/v1/conversations/call-4711/end", ""), 403, "FORBIDDEN");
    }

    @Test
    void an_offer_is_the_business_of_the_agent_it_was_made_to() throws Exception {
        EveryDoorTest.define(presence);
        String router = key("router", null, Role.ROUTING);
        String anna = key("anna", "anna", Role.AGENT);
        String ben = key("ben", "ben", Role.AGENT);
        presence.ask(anna, "PUT", "/v1/agents/anna/readiness", "{'ready':true}");
        HttpResponse<String> made = presence.ask(
                router, "POST", "/v1/offers", "{'conversation':'chat-1','channel':'CHAT','queue':'sales'}");
        String offer = "/v1/offers/" + json(made).path("offer").asText();
        assertThat(json(made).path("agent").asText()).as(made.body()).isEqualTo("anna");

        refused(presence.get(ben, offer), 403, "FORBIDDEN");
        refused(presence.ask(ben, "POST", offer + "/accept", ""), 403, "FORBIDDEN");
        refused(presence.ask(anna, "POST", offer + "/withdraw", ""), 403, "FORBIDDEN");
        assertThat(presence.get(anna, offer).statusCode()).isEqualTo(200);
        assertThat(presence.ask(anna, "POST", offer + "/accept", "").statusCode())
                .isEqualTo(200);
    }

    // --- lines

    @Test
    void each_line_is_let_through_or_not_by_itself() throws Exception {
        EveryDoorTest.define(presence);
        String anna = key("anna", "anna", Role.AGENT);

        String answers = presence.ask(
                        anna,
                        "POST",
                        "/v1/commands",
                        String.join(
                                "\n",
                                "{'type':'READY','agent':'anna'}",
                                "{'type':'READY','agent':'ben'}",
                                "{'type':'END_CONVERSATION','conversation':'call-4711'}",
                                "{'type':'PUT_QUEUE','definition':{'id':'mine','name':'Mine'}}",
                                "{'type':'START_CONVERSATION','conversation':'c','agent':'anna','channel':'CHAT'}",
                                "{'type':'NOT_READY','agent':'anna'}"))
                .body();

        assertThat(answers.lines())
                .hasSize(6)
                .satisfiesExactly(
                        line -> assertThat(line).contains("APPLIED"),
                        line -> assertThat(line).contains("\"REFUSED\",\"code\":\"FORBIDDEN\""),
                        line -> assertThat(line).contains("\"REFUSED\",\"code\":\"FORBIDDEN\""),
                        line -> assertThat(line).contains("\"REFUSED\",\"code\":\"FORBIDDEN\"", "ADMIN"),
                        line -> assertThat(line).contains("\"REFUSED\",\"code\":\"FORBIDDEN\""),
                        line -> assertThat(line).contains("APPLIED"));
        assertThat(presence.get(presence.admin(), "/v1/queues/mine").statusCode())
                .isEqualTo(404);
        assertThat(json(presence.get(presence.admin(), "/v1/agents/ben"))
                        .path("ready")
                        .asBoolean())
                .isFalse();
    }

    // --- the pace

    @Test
    void who_asks_too_often_is_told_when_to_come_again_and_others_are_not() throws Exception {
        String analyst = key("analyst", null, Role.ANALYST);
        String other = key("other", null, Role.ANALYST);
        HttpResponse<String> last = presence.get(analyst, "/v1/profiles");
        for (int i = 0; i < 250 && last.statusCode() == 200; i++) {
            last = presence.get(analyst, "/v1/profiles");
        }

        refused(last, 429, "RATE_LIMITED");
        assertThat(last.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(presence.get(other, "/v1/profiles").statusCode()).isEqualTo(200);
        presence.running().at(NOW.plusSeconds(1));
        assertThat(presence.get(analyst, "/v1/profiles").statusCode()).isEqualTo(200);
    }

    // --- what is written down

    @Test
    void what_an_administrator_was_answered_is_written_down() throws Exception {
        presence.ask(presence.admin(), "PUT", "/v1/queues/sales", "{'name':'Sales'}");
        assertThat(wroteDown("root", "PUT /v1/queues/sales", "200")).isTrue();
        presence.ask(presence.admin(), "DELETE", "/v1/queues/nowhere", "");
        assertThat(wroteDown("root", "DELETE /v1/queues/nowhere", "404")).isTrue();
        presence.run("{'type':'PUT_QUEUE','definition':{'id':'support','name':'Support'}}");
        await().atMost(PATIENCE).until(() -> wroteDown("root", "PUT_QUEUE", "APPLIED"));
        assertThat(deeds()).allSatisfy(deed -> assertThat(deed.toString()).doesNotContain("pk_"));
    }

    @Test
    void what_supervisors_do_is_written_down_and_what_routers_and_agents_do_is_not() throws Exception {
        EveryDoorTest.define(presence);
        String supervisor = key("sue", null, Role.SUPERVISOR);
        String router = key("router", null, Role.ROUTING);
        String agent = key("anna", "anna", Role.AGENT);

        presence.ask(router, "PUT", "/v1/agents/anna/readiness", "{'ready':true}");
        presence.ask(agent, "PUT", "/v1/agents/anna/readiness", "{'ready':false}");
        presence.ask(supervisor, "PUT", "/v1/agents/anna/readiness", "{'ready':true}");

        assertThat(deeds().stream().filter(deed -> deed.path("action").asText().endsWith("/readiness")))
                .singleElement()
                .satisfies(deed -> {
                    assertThat(deed.path("by").asText()).isEqualTo("sue");
                    assertThat(deed.path("roles").asText()).isEqualTo("SUPERVISOR");
                    assertThat(deed.path("address").asText()).isEqualTo("127.0.0.1");
                });
    }

    @Test
    void refusals_are_written_down_and_many_of_them_are_counted() throws Exception {
        String analyst = key("analyst", null, Role.ANALYST);
        for (int i = 0; i < 20; i++) {
            presence.ask(analyst, "DELETE", "/v1/queues/sales", "");
        }
        await().atMost(PATIENCE).until(() -> wroteDown("analyst", "DELETE /v1/queues/sales", "FORBIDDEN"));

        presence.running().at(NOW.plusSeconds(61));

        await().atMost(PATIENCE)
                .until(() -> deeds().stream()
                                .filter(deed -> deed.path("by").asText().equals("analyst"))
                                .mapToInt(deed -> deed.path("times").asInt())
                                .sum()
                        == 20);
        assertThat(deeds().stream().filter(deed -> deed.path("by").asText().equals("analyst")))
                .hasSize(2);
    }

    @Test
    void the_audit_log_is_read_page_by_page() throws Exception {
        for (int i = 0; i < 5; i++) {
            presence.ask(presence.admin(), "PUT", "/v1/queues/q" + i, "{'name':'Q'}");
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = json(presence.get(
                    presence.admin(), "/v1/audit?by=root&limit=2" + (cursor.isEmpty() ? "" : "&cursor=" + cursor)));
            page.path("deeds").forEach(deed -> seen.add(deed.path("action").asText()));
            cursor = page.path("nextCursor").asText();
        } while (!cursor.isEmpty());

        assertThat(seen)
                .containsExactly(
                        "PUT /v1/queues/q4",
                        "PUT /v1/queues/q3",
                        "PUT /v1/queues/q2",
                        "PUT /v1/queues/q1",
                        "PUT /v1/queues/q0");
        assertThat(json(presence.get(presence.admin(), "/v1/audit?to=2026-03-02T09:30:00.000Z"))
                        .path("deeds"))
                .isEmpty();
    }

    // --- headers

    @Test
    void every_answer_has_the_headers_that_browsers_need() {
        for (HttpResponse<String> answer : List.of(
                presence.get(null, "/v1/agents"),
                presence.get(presence.admin(), "/v1/agents"),
                presence.get(presence.admin(), "/v1/agents/nobody"),
                presence.get(presence.admin(), "/v1/queues/none/eligible?channel=PHONE"),
                presence.get(presence.admin(), "/v1/agents/a%2Fb"),
                presence.get(null, "/"))) {
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(answer.headers().firstValue("X-Frame-Options")).hasValue("DENY");
            assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
            assertThat(answer.headers().allValues("Content-Security-Policy"))
                    .singleElement()
                    .asString()
                    .contains("frame-ancestors 'none'");
            assertThat(answer.headers().allValues("Cache-Control"))
                    .singleElement()
                    .asString()
                    .matches("no-store|no-cache.*");
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
        }
    }
}
