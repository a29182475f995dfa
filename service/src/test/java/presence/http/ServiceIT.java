package presence.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static presence.http.Reply.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import presence.journal.TestDatabases;

/** Every command and every question over HTTP, with each kind of database. The tests of a class share a server. */
@ParameterizedClass
@EnumSource
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ServiceIT {
    private static final String INSTANT = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    @TempDir
    private static Path folder;

    private static @Nullable ServerProcess server;

    private final Client client = server().client();

    @SuppressWarnings("UnusedVariable") // what a parameterised class has to have; the server was started on it
    @Parameter
    private TestDatabases databases = TestDatabases.SQLITE;

    /** Begins every id of a test, so that no test meets what another left behind. */
    private final String t = "t" + NUMBERS.incrementAndGet();

    @BeforeParameterizedClassInvocation
    static void start(TestDatabases databases) {
        Path own = folder.resolve(databases.name());
        assertThat(own.toFile().mkdir()).isTrue();
        server = ServerProcess.start(own, databases.fresh(own));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        String log = server().log();
        server().close();
        assertThat(log).doesNotContain("ERROR ", "\tat ");
    }

    private static ServerProcess server() {
        if (server == null) {
            throw new IllegalStateException("no server");
        }
        return server;
    }

    private static Instant instant(JsonNode text) {
        assertThat(text.asText()).matches(INSTANT);
        return Instant.parse(text.asText());
    }

    // --- definitions

    @Test
    @Order(1)
    void a_fresh_database_holds_one_profile_and_the_default_policy() {
        assertThat(client.get("/v1/profiles").expect(200).json())
                .isEqualTo(json("[{'id':'available','name':'Available','type':'AVAILABLE','order':0,'onReturn':'KEEP',"
                        + "'default':true}]"));
        assertThat(client.get("/v1/queues").json()).isEqualTo(json("[]"));
        assertThat(client.get("/v1/queue-groups").json()).isEqualTo(json("[]"));
        assertThat(client.get("/v1/agents").json()).isEqualTo(json("{'agents':[]}"));
        assertThat(client.get("/v1/policy").json())
                .isEqualTo(json("{'capacity':{'PHONE':1,'VIDEO':1,'CHAT':4,'ITEMS':1},"
                        + "'wrapUp':{'PHONE':'PT0S','VIDEO':'PT0S','CHAT':'PT0S','ITEMS':'PT0S'},"
                        + "'handlingLimit':{'PHONE':'PT0S','VIDEO':'PT0S','CHAT':'PT0S','ITEMS':'PT0S'},"
                        + "'connectionGrace':'PT1M','itemChannels':['EMAIL','TASK','ACTION_ITEM'],"
                        + "'transferMayExceedCapacity':false,"
                        + "'offerTtl':{'PHONE':'PT1M','VIDEO':'PT1M','CHAT':'PT2M','ITEMS':'PT2M'},"
                        + "'missedOffers':{'limit':1},'rejectDelay':'PT0S',"
                        + "'staleAfter':{'PHONE':'PT2H','VIDEO':'PT2H','CHAT':'PT12H','ITEMS':'PT0S'},"
                        + "'heartbeatTimeout':'PT30S'}"));
    }

    @Test
    void definitions_are_answered_as_they_were_put() {
        String queue = "{'id':'" + t + "q','name':'Claims, Ålesund','overflowToTentative':true}";
        assertThat(client.put("/v1/queues/" + t + "q", queue).expect(200).json())
                .isEqualTo(json(queue));
        assertThat(client.get("/v1/queues/" + t + "q").json()).isEqualTo(json(queue));
        assertThat(client.get("/v1/queues").json()).contains(json(queue));

        String group = "{'id':'" + t + "g','name':'All of it','queues':['" + t + "q']}";
        assertThat(client.put("/v1/queue-groups/" + t + "g", group).expect(200).json())
                .isEqualTo(json(group));
        assertThat(client.get("/v1/queue-groups/" + t + "g").json()).isEqualTo(json(group));
        assertThat(client.get("/v1/queue-groups").json()).contains(json(group));

        String profile = "{'id':'" + t + "p','name':'Déjeuner 🍲','type':'AWAY','colour':'#C62828','icon':'lunch-2',"
                + "'order':7,'duration':'PT20M','rounding':10,'queueGroup':'" + t + "g','onReturn':'NOT_READY',"
                + "'absence':false,'default':false}";
        assertThat(client.put("/v1/profiles/" + t + "p", profile).expect(200).json())
                .isEqualTo(json(profile));
        assertThat(client.get("/v1/profiles/" + t + "p").json()).isEqualTo(json(profile));
        assertThat(client.get("/v1/profiles").json()).contains(json(profile));
    }

    @Test
    void profiles_are_listed_in_their_own_order_then_by_id() {
        client.put("/v1/profiles/" + t + "b", "{'name':'b','type':'AWAY','order':500}");
        client.put("/v1/profiles/" + t + "a", "{'name':'a','type':'AWAY','order':500}");
        client.put("/v1/profiles/" + t + "c", "{'name':'c','type':'AWAY','order':499}");
        List<String> ids = new ArrayList<>();
        client.get("/v1/profiles")
                .json()
                .forEach(profile -> ids.add(profile.path("id").asText()));
        assertThat(ids).containsSubsequence("available", t + "c", t + "a", t + "b");
    }

    @Test
    void what_a_policy_leaves_out_keeps_its_value() {
        JsonNode before = client.get("/v1/policy").json();
        ObjectNode expected = before.deepCopy();
        expected.withObject("/capacity").put("CHAT", 7);
        expected.withObject("/handlingLimit").put("VIDEO", "PT1H30M");
        expected.put("connectionGrace", "PT1.5S");
        JsonNode answer = client.put(
                        "/v1/policy",
                        "{'capacity':{'CHAT':7},'handlingLimit':{'VIDEO':'PT90M'},'connectionGrace':'PT1.500S'}")
                .expect(200)
                .json();
        assertThat(answer).isEqualTo(expected);
        assertThat(client.put("/v1/policy", "{}").expect(200).json()).isEqualTo(expected);
        assertThat(client.put("/v1/policy", before.toString()).expect(200).json())
                .isEqualTo(before);
    }

    @Test
    void another_default_profile_takes_the_place_of_the_first() {
        client.agent(t + "a", "");
        client.put("/v1/profiles/" + t + "p", "{'name':'At work','type':'AVAILABLE','default':true}")
                .expect(200);
        assertThat(client.get("/v1/profiles/available").json().path("default").asBoolean())
                .isFalse();
        assertThat(client.post("/v1/agents/" + t + "a/sign-in")
                        .json()
                        .at("/profile/id")
                        .asText())
                .isEqualTo(t + "p");

        client.delete("/v1/profiles/" + t + "p").expectProblem(409, "DEFAULT_PROFILE");
        client.put("/v1/profiles/available", "{'name':'Available','type':'AVAILABLE','default':true}")
                .expect(200);
        assertThat(client.get("/v1/profiles/" + t + "p").json().path("default").asBoolean())
                .isFalse();
    }

    @Test
    void definitions_in_use_stay_and_others_go() {
        client.queue(t + "q");
        client.put("/v1/queue-groups/" + t + "g", "{'name':'g','queues':['" + t + "q']}");
        client.put("/v1/profiles/" + t + "p", "{'name':'p','type':'AWAY','queueGroup':'" + t + "g'}");
        client.readyAgent(t + "a", t + "q");
        client.profile(t + "a", t + "p");

        client.delete("/v1/queues/" + t + "q").expectProblem(409, "QUEUE_IN_USE");
        client.delete("/v1/queue-groups/" + t + "g").expectProblem(409, "QUEUE_GROUP_IN_USE");
        client.delete("/v1/profiles/" + t + "p").expect(204);
        client.get("/v1/profiles/" + t + "p").expectProblem(404, "UNKNOWN_PROFILE");
        assertThat(client.get("/v1/agents/" + t + "a").json().at("/profile/id").asText())
                .as("a retired profile serves whoever has it")
                .isEqualTo(t + "p");
        client.put("/v1/agents/" + t + "a/profile", "{'profile':'" + t + "p'}")
                .expectProblem(409, "PROFILE_RETIRED", "/profile");
        client.profile(t + "a", "available");
        client.put("/v1/agents/" + t + "a/profile", "{'profile':'" + t + "p'}")
                .expectProblem(422, "UNKNOWN_PROFILE", "/profile");

        client.delete("/v1/queue-groups/" + t + "g").expect(204);
        client.delete("/v1/queues/" + t + "q").expect(204);
        client.get("/v1/queues/" + t + "q/eligible?channel=PHONE").expectProblem(404, "UNKNOWN_QUEUE");
        assertThat(client.get("/v1/agents/" + t + "a").json().path("queues")).isEmpty();
        client.conversation(t + "c", t + "a", "PHONE");
        client.delete("/v1/agents/" + t + "a").expect(204);
        client.get("/v1/agents/" + t + "a").expectProblem(404, "UNKNOWN_AGENT");
        client.delete("/v1/agents/" + t + "a").expectProblem(404, "UNKNOWN_AGENT");
        assertThat(client.get("/v1/conversations/" + t + "c")
                        .json()
                        .path("orphaned")
                        .asBoolean())
                .isTrue();
    }

    // --- an agent

    @Test
    void a_presence_document_has_exactly_these_fields() {
        client.queue(t + "q");
        client.put("/v1/policy", "{'handlingLimit':{'CHAT':'PT10M'}}");
        client.put(
                "/v1/profiles/" + t + "p",
                "{'name':'Back office','type':'AVAILABLE','colour':'#00ff00','icon':'desk','duration':'PT1H'}");
        client.put(
                        "/v1/agents/" + t + "a",
                        "{'name':'Ann','timeZone':'Europe/Helsinki','queues':['" + t
                                + "q'],'capabilities':['CHAT','PHONE']}")
                .expect(200);
        long first = version("/v1/agents/" + t + "a");
        assertThat(withoutInstants(client.get("/v1/agents/" + t + "a").json()))
                .as("signed out")
                .isEqualTo(json("{'agent':'" + t + "a','name':'Ann','timeZone':'Europe/Helsinki',"
                        + "'status':'OFFLINE','reasons':['SIGNED_OUT'],"
                        + "'ready':false,'connected':true,'profile':null,'queues':['" + t
                        + "q'],'capabilities':['PHONE','CHAT'],"
                        + "'work':{},'eligible':[],'directChat':false,'timers':[],'version':" + first + "}"));

        client.post("/v1/agents/" + t + "a/sign-in").expect(200);
        client.put("/v1/agents/" + t + "a/readiness", "{'ready':false,'reason':'admin'}")
                .expect(200);
        client.profile(t + "a", t + "p");
        client.conversation(t + "c", t + "a", "CHAT");
        JsonNode document = client.get("/v1/agents/" + t + "a").expect(200).json();
        Instant expiresAt = instant(document.path("expiresAt"));
        assertThat(expiresAt)
                .isEqualTo(instant(document.at("/timers/2/startedAt")).plusSeconds(3600));
        document.path("timers").forEach(timer -> ((ObjectNode) timer).remove("startedAt"));
        document.path("conversations")
                .forEach(conversation -> ((ObjectNode) conversation).remove(List.of("startedAt", "changedAt")));
        assertThat(withoutInstants(document))
                .as("not ready, on a timed profile, with a chat")
                .isEqualTo(json("{'agent':'" + t + "a','name':'Ann','timeZone':'Europe/Helsinki',"
                        + "'status':'BUSY','reasons':['HANDLING','NOT_READY'],"
                        + "'ready':false,'notReadyReason':'admin','connected':true,'profile':{'id':'" + t
                        + "p','name':'Back office','type':'AVAILABLE','colour':'#00ff00','icon':'desk'},"
                        + "'queues':['" + t + "q'],'capabilities':['PHONE','CHAT'],'work':{'CHAT':1},'eligible':[],"
                        + "'directChat':true,'conversations':[{'conversation':'" + t
                        + "c','channel':'CHAT','direct':false,'state':'ACTIVE','suspect':false}],"
                        + "'timers':[{'timer':'HANDLING','conversation':'" + t
                        + "c','limit':'PT10M','level':'NONE'},{'timer':'NOT_READY','level':'NONE'},"
                        + "{'timer':'RETURN','limit':'PT1H','level':'NONE'}],'version':" + (first + 4) + "}"));

        client.ready(t + "a", true);
        JsonNode ready = client.get("/v1/agents/" + t + "a").json();
        assertThat(ready.path("eligible")).isEqualTo(json("['CHAT']"));
        assertThat(ready.has("notReadyReason")).isFalse();
        client.put("/v1/policy", "{'handlingLimit':{'CHAT':'PT0S'}}").expect(200);
    }

    /** Of an agent just put: above every version that the server's deleted agents had. */
    private long version(String agent) {
        return client.get(agent).json().path("version").asLong();
    }

    private static JsonNode withoutInstants(JsonNode document) {
        assertThat(instant(document.path("since"))).isBeforeOrEqualTo(instant(document.path("at")));
        return without(document, "since", "at", "expiresAt");
    }

    private static JsonNode without(JsonNode document, String... fields) {
        ObjectNode rest = document.deepCopy();
        rest.remove(List.of(fields));
        return rest;
    }

    @Test
    void each_command_about_an_agent_is_answered_with_the_document_after_it() {
        client.queue(t + "q");
        String agent = "/v1/agents/" + t + "a";
        client.agent(t + "a", "");
        long first = version("/v1/agents/" + t + "a");
        assertThat(client.post(agent + "/sign-in")
                        .expect(200)
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("AWAY");
        assertThat(client.put(agent + "/readiness", "{'ready':true}")
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("FREE");
        assertThat(client.put(agent + "/queues/" + t + "q").expect(200).json().path("queues"))
                .isEqualTo(json("['" + t + "q']"));
        assertThat(client.delete(agent + "/queues/" + t + "q")
                        .expect(200)
                        .json()
                        .path("queues"))
                .isEmpty();
        assertThat(client.delete(agent + "/capabilities/CHAT").json().path("capabilities"))
                .isEqualTo(json("['PHONE','VIDEO','ITEMS']"));
        assertThat(client.put(agent + "/capabilities/CHAT").json().path("capabilities"))
                .isEqualTo(json("['PHONE','VIDEO','CHAT','ITEMS']"));
        assertThat(client.post(agent + "/disconnect").expect(200).json().path("eligible"))
                .isEmpty();
        assertThat(client.post(agent + "/connect").expect(200).json().path("eligible"))
                .hasSize(6);
        assertThat(client.post(agent + "/sign-out").expect(200).json().path("reasons"))
                .isEqualTo(json("['SIGNED_OUT']"));
        for (String refused : List.of("connect", "disconnect")) {
            client.post(agent + "/" + refused).expectProblem(409, "AGENT_SIGNED_OUT");
        }
        client.put(agent + "/readiness", "{'ready':true}").expectProblem(409, "AGENT_SIGNED_OUT");
        assertThat(version(agent)).as("a version for each change").isEqualTo(first + 9);
    }

    @Test
    void the_version_is_the_etag_and_if_match_compares_it() {
        client.agent(t + "a", "");
        String agent = "/v1/agents/" + t + "a";
        long first = version(agent);
        String etag = client.post(agent + "/sign-in").header("ETag");
        assertThat(etag)
                .isEqualTo("\"" + (first + 1) + "\"")
                .isEqualTo(client.get(agent).header("ETag"));

        assertThat(client.put(agent + "/readiness", "{'ready':true}", "If-Match", etag)
                        .expect(200)
                        .header("ETag"))
                .isEqualTo("\"" + (first + 2) + "\"");
        client.put(agent + "/readiness", "{'ready':false}", "If-Match", etag).expectProblem(412, "VERSION_MISMATCH");
        client.post(agent + "/sign-out", "If-Match", etag).expectProblem(412, "VERSION_MISMATCH");
        client.delete(agent, "If-Match", etag).expectProblem(412, "VERSION_MISMATCH");
        assertThat(client.get(agent).json().path("ready").asBoolean()).isTrue();
        client.put(agent + "/readiness", "{'ready':true}", "If-Match", "\"" + (first + 2) + "\"")
                .expect(200);
        client.put(agent + "/readiness", "{'ready':false}", "If-Match", "*").expect(200);

        for (String garbage : List.of("now", "W/\"3\"", "\"3\",\"4\"", "\"-1\"", "\"99999999999999999999\"", "\"\"")) {
            client.post(agent + "/sign-out", "If-Match", garbage).expectProblem(400, "INVALID_VALUE");
        }
        client.put("/v1/queues/" + t + "q", "{'name':'q'}", "If-Match", "\"1\"").expectProblem(400, "INVALID_VALUE");
        client.put("/v1/agents/" + t + "b", "{'name':'b','timeZone':'UTC'}", "If-Match", "\"1\"")
                .expectProblem(404, "UNKNOWN_AGENT");
        client.delete(agent, "If-Match", "\"" + (first + 3) + "\"").expect(204);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void a_repeated_idempotency_key_is_answered_as_the_first_was_even_after_a_restart() {
        client.agent(t + "a", "");
        String agent = "/v1/agents/" + t + "a";
        long first = version(agent);
        client.post(agent + "/sign-in", "Idempotency-Key", t + "k1").expect(200);
        client.post(agent + "/connect", "Idempotency-Key", t + "k2").expect(200);
        client.post(agent + "/sign-out").expect(200);
        client.put(agent + "/readiness", "{'ready':true}", "Idempotency-Key", t + "k3")
                .expectProblem(409, "AGENT_SIGNED_OUT");
        Runnable repeated = () -> {
            assertThat(client.post(agent + "/sign-in", "Idempotency-Key", t + "k1")
                            .expect(200)
                            .json()
                            .path("status")
                            .asText())
                    .as("applied once")
                    .isEqualTo("OFFLINE");
            client.put(agent + "/readiness", "{'ready':true}", "Idempotency-Key", t + "k3")
                    .expectProblem(409, "AGENT_SIGNED_OUT");
            client.put(agent + "/readiness", "{'ready':false}", "Idempotency-Key", t + "k3")
                    .expectProblem(409, "ID_REUSED");
            client.post(agent + "/sign-out", "Idempotency-Key", t + "k1").expectProblem(409, "ID_REUSED");
            assertThat(client.get(agent).header("ETag")).isEqualTo("\"" + (first + 2) + "\"");
        };
        repeated.run();
        JsonNode agents = client.get("/v1/agents?limit=500").json();
        server().kill();
        server().startAgain();
        assertThat(withoutAt(client.get("/v1/agents?limit=500").json()))
                .as("every document is what it was")
                .isEqualTo(withoutAt(agents));
        repeated.run();
        server().terminate();
        server().exitCode();
        server().startAgain();
        repeated.run();

        client.post(agent + "/sign-in", "Idempotency-Key", "no id").expectProblem(400, "INVALID_ID");
        client.post(agent + "/sign-in", "Idempotency-Key", "k".repeat(129)).expectProblem(400, "INVALID_ID");
    }

    private static JsonNode withoutAt(JsonNode page) {
        page.path("agents").forEach(agent -> ((ObjectNode) agent).remove("at"));
        return page;
    }

    // --- the directory

    @Test
    void the_directory_is_filtered_by_everything_at_once() {
        client.queue(t + "q");
        client.readyAgent(t + "a", t + "q");
        client.readyAgent(t + "b", "");
        client.agent(t + "c", t + "q");
        client.delete("/v1/agents/" + t + "c/capabilities/CHAT");
        client.put("/v1/agents/" + t + "d", "{'name':'Åse " + t + "','timeZone':'UTC','queues':['" + t + "q']}");

        assertThat(agents("?q=" + t)).containsExactly(t + "a", t + "b", t + "c", t + "d");
        assertThat(agents("?queue=" + t + "q")).containsExactly(t + "a", t + "c", t + "d");
        assertThat(agents("?q=" + t + "&status=FREE")).containsExactly(t + "a", t + "b");
        assertThat(agents("?queue=" + t + "q&status=OFFLINE")).containsExactly(t + "c", t + "d");
        assertThat(agents("?queue=" + t + "q&capability=CHAT")).containsExactly(t + "a");
        assertThat(agents("?queue=" + t + "q&status=FREE&capability=CHAT&q=" + t + "A"))
                .containsExactly(t + "a");
        assertThat(agents("?queue=" + t + "q&q=%C3%A5SE")).containsExactly(t + "d");
        assertThat(agents("?queue=" + t + "q&q=nobody")).isEmpty();
        client.get("/v1/agents?queue=" + t + "x").expectProblem(404, "UNKNOWN_QUEUE");
    }

    private List<String> agents(String query) {
        Reply reply = client.get("/v1/agents" + query).expect(200);
        assertThat(reply.json().has("nextCursor")).isFalse();
        return reply.each("agents", "agent");
    }

    @Test
    void pages_neither_repeat_nor_skip_while_agents_come_and_go() {
        List<String> all = IntStream.range(10, 40).mapToObj(i -> t + "-" + i).toList();
        client.commands(all.stream()
                .map(id -> "{'type':'PUT_AGENT','definition':{'id':'" + id + "','name':'n','timeZone':'UTC'}}")
                .toList());
        List<String> seen = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 10; page++) {
            Reply reply = client.get("/v1/agents?q=" + t + "-&limit=4" + cursor).expect(200);
            seen.addAll(reply.each("agents", "agent"));
            // Those who come and go on pages that were read, and whoever a cursor names.
            client.delete("/v1/agents/" + seen.get(seen.size() - 1)).expect(204);
            client.agent(t + "-0" + page, "");
            if (!reply.json().has("nextCursor")) {
                break;
            }
            cursor = "&cursor=" + reply.json().path("nextCursor").asText();
        }
        assertThat(seen).isEqualTo(all);
    }

    // --- who is eligible

    @Test
    void the_eligible_come_by_load_then_idle_time_then_id_up_to_a_limit() {
        client.queue(t + "q");
        client.put("/v1/policy", "{'capacity':{'CHAT':4}}");
        for (String agent : List.of("d", "b", "a", "c")) {
            client.readyAgent(t + agent, t + "q");
            awaitLater();
        }
        client.conversation(t + "c1", t + "d", "CHAT");
        client.conversation(t + "c2", t + "a", "EMAIL");
        client.conversation(t + "c3", t + "a", "CHAT");
        String address = "/v1/queues/" + t + "q/eligible?channel=CHAT";
        Reply reply = client.get(address).expect(200);
        assertThat(reply.each("agents", "agent")).containsExactly(t + "b", t + "c", t + "d", t + "a");
        assertThat(reply.each("agents", "load")).containsExactly("0", "0", "1", "2");
        JsonNode first = reply.json().at("/agents/0");
        assertThat(first.path("name").asText()).isEqualTo(t + "b");
        instant(first.path("idleSince"));
        assertThat(first).hasSize(4);
        instant(reply.json().path("at"));
        assertThat(reply.json().path("rulesRelease").asText()).isNotBlank();
        assertThat(reply.json()).hasSize(3);

        assertThat(client.get(address + "&limit=2").each("agents", "agent")).containsExactly(t + "b", t + "c");
        assertThat(client.get(address.replace("CHAT", "PHONE")).each("agents", "agent"))
                .as("chats keep from the phone, items do not")
                .containsExactly(t + "b", t + "c");
        assertThat(client.get(address.replace("CHAT", "TASK")).each("agents", "agent"))
                .containsExactly(t + "b", t + "c", t + "d");
    }

    /** Makes the next command's millisecond another one. */
    private static void awaitLater() {
        Instant now = Instant.now();
        await().pollInterval(Duration.ofMillis(1)).until(() -> Instant.now().isAfter(now.plusMillis(2)));
    }

    @Test
    void every_member_who_is_not_eligible_is_answered_with_every_reason_on_request() {
        client.queue(t + "q");
        client.put("/v1/profiles/" + t + "away", "{'name':'x','type':'AWAY'}");
        client.put("/v1/profiles/" + t + "tentative", "{'name':'x','type':'TENTATIVE'}");
        client.put("/v1/profiles/" + t + "conference", "{'name':'x','type':'CONFERENCE'}");
        client.agent(t + "a-out", t + "q");
        for (String agent : List.of("b-lost", "c-all", "d-tentative", "e-conference", "f-phone", "g-full", "h-fit")) {
            client.readyAgent(t + agent, t + "q");
        }
        client.post("/v1/agents/" + t + "b-lost/disconnect");
        client.delete("/v1/agents/" + t + "c-all/capabilities/CHAT");
        client.profile(t + "c-all", t + "away");
        client.ready(t + "c-all", false);
        client.conversation(t + "c1", t + "c-all", "VIDEO");
        client.profile(t + "d-tentative", t + "tentative");
        client.profile(t + "e-conference", t + "conference");
        client.conversation(t + "c2", t + "f-phone", "PHONE");
        IntStream.range(0, 4).forEach(i -> client.conversation(t + "c3" + i, t + "g-full", "CHAT"));

        Reply reply = client.get("/v1/queues/" + t + "q/eligible?channel=CHAT&include=excluded")
                .expect(200);
        assertThat(reply.each("agents", "agent")).containsExactly(t + "h-fit");
        assertThat(reasonsAlone(reply.json().path("excluded")))
                .isEqualTo(json("[{'agent':'" + t + "a-out','reasons':['SIGNED_OUT']},{'agent':'" + t
                        + "b-lost','reasons':['CONNECTION_LOST']},{'agent':'" + t
                        + "c-all','reasons':['NO_CAPABILITY','PROFILE_AWAY','NOT_READY','REALTIME_EXCLUSIVE']},"
                        + "{'agent':'" + t + "d-tentative','reasons':['PROFILE_TENTATIVE']},{'agent':'" + t
                        + "e-conference','reasons':['PROFILE_CONFERENCE']},{'agent':'" + t
                        + "f-phone','reasons':['REALTIME_EXCLUSIVE']},{'agent':'" + t
                        + "g-full','reasons':['AT_CAPACITY']}]"));
        assertThat(reasonsAlone(client.get("/v1/queues/" + t + "q/eligible?channel=PHONE&include=excluded")
                        .json()
                        .path("excluded")))
                .contains(
                        json("{'agent':'" + t + "f-phone','reasons':['REALTIME_EXCLUSIVE','AT_CAPACITY']}"),
                        json("{'agent':'" + t + "g-full','reasons':['CHAT_IN_PROGRESS']}"));
    }

    /** The agents, who are called what their ids are, with their reasons alone. */
    private static JsonNode reasonsAlone(JsonNode excluded) {
        for (JsonNode agent : excluded) {
            assertThat(((ObjectNode) agent).remove("rules")).isNotEmpty();
            assertThat(((ObjectNode) agent).remove("name")).isEqualTo(agent.path("agent"));
        }
        return excluded;
    }

    @Test
    void a_queue_that_may_overflow_gives_its_tentative_members_while_nobody_else_is_eligible() {
        client.put("/v1/queues/" + t + "q", "{'name':'q','overflowToTentative':true}");
        client.put("/v1/profiles/" + t + "p", "{'name':'Maybe','type':'TENTATIVE'}");
        client.readyAgent(t + "a", t + "q");
        client.readyAgent(t + "b", t + "q");
        client.profile(t + "b", t + "p");
        String address = "/v1/queues/" + t + "q/eligible?channel=PHONE&include=excluded";
        assertThat(client.get(address).each("agents", "agent")).containsExactly(t + "a");
        client.conversation(t + "c", t + "a", "PHONE");
        assertThat(client.get(address).each("agents", "agent")).containsExactly(t + "b");
        assertThat(client.get(address).each("excluded", "agent")).containsExactly(t + "a");
        client.post("/v1/conversations/" + t + "c/end").expect(200);
        assertThat(client.get(address).each("agents", "agent")).containsExactly(t + "a");
        client.put("/v1/queues/" + t + "q", "{'name':'q'}").expect(200);
        client.ready(t + "a", false);
        assertThat(client.get(address).each("agents", "agent")).isEmpty();
    }

    // --- conversations

    @Test
    void a_conversation_goes_from_active_to_handled_and_repeats_change_nothing() {
        client.queue(t + "q");
        client.readyAgent(t + "a", t + "q");
        client.readyAgent(t + "b", "");
        String address = "/v1/conversations/" + t + "c";
        JsonNode started = client.put(address, "{'agent':'" + t + "a','channel':'PHONE','queue':'" + t + "q'}")
                .expect(200)
                .json();
        instant(started.path("startedAt"));
        instant(started.path("changedAt"));
        instant(started.path("touchedAt"));
        assertThat(without(started, "startedAt", "changedAt", "touchedAt"))
                .isEqualTo(json("{'conversation':'" + t + "c','agent':'" + t + "a','channel':'PHONE','queue':'" + t
                        + "q','direct':false,'state':'ACTIVE','orphaned':false,'suspect':false}"));
        assertThat(without(
                        client.put(address, "{'agent':'" + t + "a','channel':'PHONE','queue':'" + t + "q'}")
                                .json(),
                        "touchedAt"))
                .as("a repeat is a word of it, and changes nothing else")
                .isEqualTo(without(started, "touchedAt"));
        client.put(address, "{'agent':'" + t + "a','channel':'CHAT'}")
                .expectProblem(409, "CONVERSATION_CHANNEL_FIXED", "/channel");
        assertThat(client.put(address, "{'agent':'" + t + "b','channel':'PHONE'}")
                        .json()
                        .path("agent")
                        .asText())
                .as("a transfer")
                .isEqualTo(t + "b");
        assertThat(client.get("/v1/agents/" + t + "a").json().path("work")).isEmpty();
        JsonNode handled = client.post(address + "/end").expect(200).json();
        assertThat(handled.path("state").asText()).isEqualTo("HANDLED");
        assertThat(client.post(address + "/end").json()).isEqualTo(handled);
        assertThat(client.post(address + "/handled").json()).isEqualTo(handled);
        client.get(address + "/transfer-targets").expectProblem(404, "UNKNOWN_CONVERSATION");
        client.get("/v1/conversations/" + t + "x").expectProblem(404, "UNKNOWN_CONVERSATION");
        client.post("/v1/conversations/" + t + "x/end").expectProblem(404, "UNKNOWN_CONVERSATION");
    }

    @Test
    void direct_chats_are_no_work_and_reach_whoever_is_signed_in() {
        client.readyAgent(t + "a", "");
        client.put("/v1/conversations/" + t + "c", "{'agent':'" + t + "a','channel':'CHAT','direct':true}")
                .expect(200);
        JsonNode document = client.get("/v1/agents/" + t + "a").json();
        assertThat(document.path("status").asText()).isEqualTo("FREE");
        assertThat(document.path("work")).isEmpty();
        assertThat(document.path("timers")).isEmpty();
        client.put("/v1/conversations/" + t + "d", "{'agent':'" + t + "a','channel':'PHONE','direct':true}")
                .expectProblem(400, "INVALID_VALUE", "/direct");
    }

    @Test
    void transfer_targets_come_by_rank_and_are_found_by_name() {
        client.put("/v1/profiles/" + t + "p", "{'name':'Maybe','type':'TENTATIVE'}");
        client.put("/v1/profiles/" + t + "away", "{'name':'Out','type':'AWAY'}");
        for (String agent : List.of("now", "free", "loaded", "idle", "maybe", "out", "away", "phone")) {
            client.readyAgent(t + agent, "");
        }
        client.conversation(t + "c", t + "now", "PHONE");
        client.conversation(t + "c2", t + "loaded", "EMAIL");
        client.ready(t + "idle", false);
        client.profile(t + "maybe", t + "p");
        client.profile(t + "away", t + "away");
        client.post("/v1/agents/" + t + "out/sign-out");
        client.conversation(t + "c3", t + "phone", "VIDEO");

        String address = "/v1/conversations/" + t + "c/transfer-targets?q=" + t;
        Reply reply = client.get(address + "&include=excluded").expect(200);
        assertThat(reply.each("agents", "agent")).containsExactly(t + "free", t + "loaded", t + "idle", t + "maybe");
        assertThat(reply.each("agents", "rank")).containsExactly("0", "1", "2", "3");
        assertThat(reply.json().at("/agents/1/load").asInt()).isEqualTo(1);
        assertThat(reply.json().at("/agents/0")).hasSize(6);
        assertThat(reply.json().at("/agents/0/timeZone").asText()).isEqualTo("UTC");
        assertThat(reasonsAlone(reply.json().path("excluded")))
                .isEqualTo(json("[{'agent':'" + t + "away','reasons':['PROFILE_AWAY']},{'agent':'" + t
                        + "now','reasons':['REALTIME_EXCLUSIVE','AT_CAPACITY','CURRENT_AGENT']},{'agent':'" + t
                        + "out','reasons':['SIGNED_OUT']},{'agent':'" + t
                        + "phone','reasons':['REALTIME_EXCLUSIVE']}]"));
        assertThat(client.get(address + "&limit=1").each("agents", "agent")).containsExactly(t + "free");
        assertThat(client.get(address + "MAY").each("agents", "agent")).containsExactly(t + "maybe");
    }

    // --- what happens by itself

    @Test
    void a_profile_ends_by_itself_at_its_deadline() {
        client.put("/v1/profiles/" + t + "p", "{'name':'Tea','type':'AWAY','onReturn':'NOT_READY'}");
        client.readyAgent(t + "a", "");
        JsonNode away = client.put("/v1/agents/" + t + "a/profile", "{'profile':'" + t + "p','duration':'PT0.4S'}")
                .expect(200)
                .json();
        assertThat(away.path("status").asText()).isEqualTo("AWAY");
        JsonNode back = await().pollInterval(Duration.ofMillis(20))
                .until(() -> client.get("/v1/agents/" + t + "a").json(), found -> !found.has("expiresAt"));
        assertThat(back.at("/profile/id").asText()).isEqualTo("available");
        assertThat(back.path("reasons")).isEqualTo(json("['NOT_READY']"));
        assertThat(back.at("/timers/0/startedAt"))
                .as("not ready from the deadline, to the millisecond")
                .isEqualTo(away.path("expiresAt"));
    }

    @Test
    void a_lost_connection_ends_the_session_after_the_grace() {
        client.put("/v1/policy", "{'connectionGrace':'PT0.3S'}").expect(200);
        client.readyAgent(t + "a", "");
        assertThat(client.post("/v1/agents/" + t + "a/disconnect")
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("FREE");
        JsonNode gone = await().pollInterval(Duration.ofMillis(20))
                .until(
                        () -> client.get("/v1/agents/" + t + "a").json(),
                        found -> found.path("status").asText().equals("OFFLINE"));
        assertThat(gone.path("reasons")).isEqualTo(json("['CONNECTION_LOST']"));
        client.put("/v1/policy", "{'connectionGrace':'PT1M'}").expect(200);
    }

    @Test
    void wrap_up_lasts_until_its_limit_or_until_it_is_handled() {
        client.put("/v1/policy", "{'wrapUp':{'PHONE':'PT0.3S','VIDEO':'PT1H'}}").expect(200);
        client.readyAgent(t + "a", "");
        client.readyAgent(t + "b", "");
        client.conversation(t + "c", t + "a", "PHONE");
        client.conversation(t + "d", t + "b", "VIDEO");
        assertThat(client.post("/v1/conversations/" + t + "c/end")
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("WRAP_UP");
        client.post("/v1/conversations/" + t + "d/end").expect(200);
        JsonNode wrapping = client.get("/v1/agents/" + t + "b").json();
        assertThat(wrapping.path("status").asText()).isEqualTo("BUSY");
        assertThat(wrapping.path("reasons")).isEqualTo(json("['WRAP_UP']"));
        assertThat(wrapping.path("work")).isEqualTo(json("{'VIDEO':1}"));
        // A conversation may be seen a moment before its agent.
        await().pollInterval(Duration.ofMillis(20))
                .until(() -> client.get("/v1/agents/" + t + "a")
                        .json()
                        .path("status")
                        .asText()
                        .equals("FREE"));
        assertThat(client.get("/v1/conversations/" + t + "c")
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("HANDLED");
        client.post("/v1/conversations/" + t + "d/handled").expect(200);
        assertThat(client.get("/v1/agents/" + t + "b").json().path("status").asText())
                .isEqualTo("FREE");
        client.put("/v1/policy", "{'wrapUp':{'PHONE':'PT0S','VIDEO':'PT0S'}}").expect(200);
    }

    @Test
    void channels_that_the_policy_leaves_out_are_refused_everywhere() {
        client.queue(t + "q");
        client.readyAgent(t + "a", t + "q");
        client.put("/v1/policy", "{'itemChannels':['TASK']}").expect(200);
        client.put("/v1/conversations/" + t + "c", "{'agent':'" + t + "a','channel':'EMAIL'}")
                .expectProblem(409, "CHANNEL_NOT_ENABLED", "/channel");
        client.get("/v1/queues/" + t + "q/eligible?channel=EMAIL").expectProblem(409, "CHANNEL_NOT_ENABLED");
        assertThat(client.get("/v1/agents/" + t + "a").json().path("eligible"))
                .isEqualTo(json("['PHONE','VIDEO','CHAT','TASK']"));
        client.put("/v1/policy", "{'itemChannels':['EMAIL','TASK','ACTION_ITEM']}")
                .expect(200);
    }
}
