package presence.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import presence.RunningPresence;

/** Keys that an administrator makes and revokes over the API. */
class KeysOverHttpTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:30:00.000Z");

    @TempDir
    private Path folder;

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body());
    }

    /** Keys of the same instant stand in the order of their ids, which chance makes. */
    private static String stateOfSue(LockedPresence presence) throws Exception {
        for (JsonNode key : json(presence.get(presence.admin(), "/v1/keys")).path("keys")) {
            if (key.path("name").asText().equals("sue")) {
                return key.path("state").asText();
            }
        }
        throw new AssertionError("sue has no key");
    }

    @Test
    void a_key_is_good_at_once_is_shown_once_and_is_good_for_nothing_at_once() throws Exception {
        try (LockedPresence presence = new LockedPresence(folder, NOW)) {
            JsonNode made = json(presence.ask(
                    presence.admin(), "POST", "/v1/keys", "{'name':'sue','role':'SUPERVISOR','expires':'PT1H'}"));
            String key = made.path("secret").asText();

            assertThat(json(presence.get(key, "/v1/me")).path("name").asText()).isEqualTo("sue");
            HttpResponse<String> signedIn =
                    presence.ask(null, "POST", "/v1/session", "{'key':'" + key + "'}", "Sec-Fetch-Site", "same-origin");
            String cookie =
                    signedIn.headers().firstValue("Set-Cookie").orElse("").replaceFirst(";.*", "");
            assertThat(presence.ask(null, "GET", "/v1/me", "", "Cookie", cookie).statusCode())
                    .isEqualTo(200);
            HttpResponse<String> list = presence.get(presence.admin(), "/v1/keys");
            assertThat(list.body()).contains("\"sue\"", "\"root\"").doesNotContain("pk_", "secret", "hash");
            assertThat(json(list).path("keys").findValuesAsText("state")).containsOnly("GOOD");

            presence.running().at(NOW.plus(Duration.ofHours(1)));
            assertThat(stateOfSue(presence)).isEqualTo("EXPIRED");
            presence.running().at(NOW);
            assertThat(presence.ask(
                                    presence.admin(),
                                    "DELETE",
                                    "/v1/keys/" + made.path("key").asText(),
                                    "")
                            .statusCode())
                    .isEqualTo(204);

            assertThat(presence.get(key, "/v1/me").statusCode()).isEqualTo(401);
            assertThat(presence.ask(null, "GET", "/v1/me", "", "Cookie", cookie).statusCode())
                    .isEqualTo(401);
            assertThat(stateOfSue(presence)).isEqualTo("REVOKED");
            List<String> deeds = new ArrayList<>();
            json(presence.get(presence.admin(), "/v1/audit"))
                    .path("deeds")
                    .forEach(deed -> deeds.add(
                            deed.path("by").asText() + " " + deed.path("action").asText()));
            assertThat(deeds)
                    .contains("root keys add", "root keys revoke", "root POST /v1/keys")
                    .noneMatch(deed -> deed.contains("pk_"));
        }
    }

    @Test
    void every_page_of_the_list_has_the_next_keys() throws Exception {
        try (LockedPresence presence = new LockedPresence(folder, NOW)) {
            for (int i = 0; i < 4; i++) {
                presence.ask(presence.admin(), "POST", "/v1/keys", "{'name':'k" + i + "','role':'ANALYST'}");
            }
            List<String> names = new ArrayList<>();
            String cursor = "0";
            while (!cursor.isEmpty()) {
                JsonNode page = json(presence.get(presence.admin(), "/v1/keys?limit=2&cursor=" + cursor));
                assertThat(page.path("keys").size()).isBetween(1, 2);
                names.addAll(page.path("keys").findValuesAsText("name"));
                cursor = page.path("nextCursor").asText();
            }
            assertThat(names).containsExactlyInAnyOrder("root", "k0", "k1", "k2", "k3");
            assertThat(presence.get(presence.admin(), "/v1/keys?cursor=999999999999")
                            .body())
                    .isEqualTo("{\"keys\":[]}");
        }
    }

    @Test
    void what_cannot_be_is_refused_and_makes_nothing() throws Exception {
        try (LockedPresence presence = new LockedPresence(folder, NOW)) {
            for (String body : List.of(
                    "{'name':'x','role':'AGENT'}",
                    "{'name':'x','role':'ADMIN','agent':'anna'}",
                    "{'name':'x','role':'KING'}",
                    "{'name':'x','role':'ADMIN','expires':'PT1S'}",
                    "{'name':'x y','role':'ADMIN'}",
                    "{'role':'ADMIN'}")) {
                assertThat(presence.ask(presence.admin(), "POST", "/v1/keys", body)
                                .statusCode())
                        .as(body)
                        .isEqualTo(400);
            }
            assertThat(presence.ask(presence.admin(), "DELETE", "/v1/keys/000000000000", "")
                            .body())
                    .contains("UNKNOWN_KEY");
            assertThat(json(presence.get(presence.admin(), "/v1/keys")).path("keys"))
                    .hasSize(1);
        }
    }

    @Test
    void without_locks_keys_are_listed_and_not_made() throws Exception {
        try (RunningPresence open = new RunningPresence(folder, NOW)) {
            assertThat(open.send(open.request("/v1/keys")).body()).isEqualTo("{\"keys\":[]}");
            HttpResponse<String> answer = open.send(open.request("/v1/keys")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"name\":\"x\",\"role\":\"ADMIN\"}")));
            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(answer.body()).contains("NO_LOCKS");
        }
    }
}
