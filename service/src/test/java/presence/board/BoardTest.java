package presence.board;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import presence.RunningPresence;

/** The contact centre at a glance, with real rules and a clock that is set. */
class BoardTest {
    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00.000Z");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    private RunningPresence presence;

    @BeforeEach
    void start() {
        presence = new RunningPresence(folder, NINE);
        run(
                "{'type':'PUT_POLICY','definition':{'handlingLimit':{'PHONE':'PT4M'},'connectionGrace':'PT12H',"
                        + "'staleAfter':{'CHAT':'PT1H','PHONE':'PT0S'},'missedOffers':{'limit':0}}}",
                "{'type':'PUT_QUEUE','definition':{'id':'sales','name':'Sales'}}",
                "{'type':'PUT_QUEUE','definition':{'id':'support','name':'Support','overflowToTentative':true}}",
                "{'type':'PUT_PROFILE','definition':{'id':'lunch','name':'Lunch','type':'AWAY','duration':'PT10M'}}",
                "{'type':'PUT_PROFILE','definition':{'id':'desk','name':'Desk work','type':'TENTATIVE'}}");
        for (String agent : List.of("anna", "ben", "cleo", "dora")) {
            ready(agent, "sales");
        }
        ready("emil", "support");
    }

    @AfterEach
    void stop() {
        presence.close();
    }

    private void run(String... lines) {
        String answers = presence.run(
                Stream.of(lines).map(line -> line.replace('\'', '"')).toArray(String[]::new));
        assertThat(answers).doesNotContain("REFUSED");
    }

    private void ready(String agent, String queue) {
        run(
                "{'type':'PUT_AGENT','definition':{'id':'" + agent + "','name':'" + agent
                        + "','timeZone':'UTC','queues':['" + queue + "'],'capabilities':['PHONE','CHAT']}}",
                "{'type':'SIGN_IN','agent':'" + agent + "'}",
                "{'type':'READY','agent':'" + agent + "'}");
    }

    /** Lets so much time since nine o'clock have passed, and what is due by then happen. */
    private void after(Duration time) {
        presence.at(NINE.plus(time));
        run("{'type':'PUT_POLICY','definition':{}}");
    }

    private JsonNode get(String path) throws Exception {
        return JSON.readTree(presence.send(presence.request(path)).body());
    }

    /** Each agent in need, with what is the matter and since when in minutes after nine. */
    private List<String> attention(String query) throws Exception {
        List<String> found = new ArrayList<>();
        for (JsonNode agent : get("/v1/attention" + query).path("agents")) {
            StringBuilder needs = new StringBuilder(agent.path("agent").asText());
            for (JsonNode need : agent.path("needs")) {
                Instant since = Instant.parse(need.path("since").asText());
                needs.append(' ')
                        .append(need.path("need").asText())
                        .append(' ')
                        .append(Duration.between(NINE, since).toMinutes());
            }
            found.add(needs.toString());
        }
        return found;
    }

    @Test
    void whoever_needs_attention_is_listed_the_most_urgent_first_with_what_is_the_matter_and_since_when()
            throws Exception {
        assertThat(attention("")).isEmpty();
        after(Duration.ofMinutes(1));
        run(
                "{'type':'START_CONVERSATION','conversation':'call-1','agent':'anna','channel':'PHONE','queue':'sales'}",
                "{'type':'NOT_READY','agent':'ben'}",
                "{'type':'SELECT_PROFILE','agent':'ben','profile':'lunch'}",
                "{'type':'DISCONNECT','agent':'cleo'}",
                "{'type':'START_CONVERSATION','conversation':'chat-1','agent':'dora','channel':'CHAT'}",
                "{'type':'MAKE_OFFER','conversation':'call-2','channel':'PHONE','agent':'emil','mode':'REQUIRED','ttl':'PT1M'}");
        after(Duration.ofMinutes(4).minusMillis(1));
        assertThat(attention("")).containsExactly("emil MISSED_OFFERS 2", "cleo CONNECTION_LOST 1");
        after(Duration.ofMinutes(4));
        assertThat(attention("")).as("the picture of a moment ago").hasSize(2);
        after(Duration.ofMinutes(4).plusSeconds(1));
        assertThat(attention(""))
                .containsExactly("emil MISSED_OFFERS 2", "cleo CONNECTION_LOST 1", "anna HANDLING_WARN 4");
        after(Duration.ofMinutes(61));
        assertThat(attention(""))
                .containsExactly(
                        "ben OVERRUN 11",
                        "anna HANDLING_BREACH 5",
                        "emil MISSED_OFFERS 2",
                        "cleo CONNECTION_LOST 1",
                        "dora SUSPECT_CONVERSATION 61");
        assertThat(attention("?queue=support")).containsExactly("emil MISSED_OFFERS 2");
        JsonNode first = get("/v1/attention?limit=1");
        assertThat(first.path("agents")).hasSize(1);
        assertThat(first.path("inNeed").asInt()).isEqualTo(5);
        assertThat(get("/v1/summary").path("attention"))
                .isEqualTo(JSON.readTree("{\"OVERRUN\":1,\"HANDLING_BREACH\":1,\"MISSED_OFFERS\":1,"
                        + "\"CONNECTION_LOST\":1,\"SUSPECT_CONVERSATION\":1}"));

        run(
                "{'type':'READY','agent':'ben'}",
                "{'type':'HANDLE_CONVERSATION','conversation':'call-1'}",
                "{'type':'CONNECT','agent':'cleo'}",
                "{'type':'HANDLE_CONVERSATION','conversation':'chat-1'}",
                "{'type':'SIGN_OUT','agent':'emil'}");
        after(Duration.ofMinutes(62));
        assertThat(attention("")).isEmpty();
    }

    @Test
    void who_was_ready_when_the_break_ended_or_chose_something_else_is_not_expected_back() throws Exception {
        run(
                "{'type':'SELECT_PROFILE','agent':'anna','profile':'lunch'}",
                "{'type':'NOT_READY','agent':'ben'}",
                "{'type':'SELECT_PROFILE','agent':'ben','profile':'lunch'}",
                "{'type':'SIGN_OUT','agent':'cleo'}",
                "{'type':'SELECT_PROFILE','agent':'cleo','profile':'lunch'}");
        after(Duration.ofMinutes(11));
        assertThat(attention("")).containsExactly("ben OVERRUN 10");
        JsonNode ben = get("/v1/agents/ben");
        assertThat(Instant.parse(ben.path("overrunSince").asText())).isEqualTo(NINE.plus(Duration.ofMinutes(10)));
        run("{'type':'SELECT_PROFILE','agent':'ben','profile':'desk'}");
        after(Duration.ofMinutes(12));
        assertThat(attention("")).isEmpty();
        assertThat(get("/v1/agents/ben").has("overrunSince")).isFalse();
    }

    @Test
    void the_summary_counts_agents_and_conversations_and_says_how_queues_are_staffed() throws Exception {
        run(
                "{'type':'START_CONVERSATION','conversation':'call-1','agent':'anna','channel':'PHONE','queue':'sales'}",
                "{'type':'START_CONVERSATION','conversation':'call-2','agent':'ben','channel':'PHONE'}",
                "{'type':'END_CONVERSATION','conversation':'call-2'}",
                "{'type':'SIGN_OUT','agent':'cleo'}",
                "{'type':'MAKE_OFFER','conversation':'chat-1','channel':'CHAT','queue':'sales'}",
                "{'type':'SELECT_PROFILE','agent':'emil','profile':'desk'}");
        after(Duration.ofMinutes(1));
        JsonNode all = get("/v1/summary");
        assertThat(all.path("agents").asInt()).isEqualTo(5);
        assertThat(all.path("statuses").toString()).isEqualTo("{\"FREE\":2,\"BUSY\":1,\"AWAY\":1,\"OFFLINE\":1}");
        assertThat(all.path("ready").asInt()).isEqualTo(4);
        assertThat(all.path("reasons").toString())
                .isEqualTo("{\"SIGNED_OUT\":1,\"PROFILE_TENTATIVE\":1,\"HANDLING\":1}");
        assertThat(all.path("profiles").toString()).isEqualTo("{\"available\":4,\"desk\":1}");
        assertThat(all.path("work").toString()).isEqualTo("{\"PHONE\":1}");
        assertThat(all.at("/conversations/ACTIVE").asInt()).isEqualTo(1);
        assertThat(all.path("queues")).hasSize(2);

        JsonNode sales = all.at("/queues/0");
        assertThat(sales.path("queue").asText()).isEqualTo("sales");
        assertThat(sales.path("members").asInt()).isEqualTo(4);
        assertThat(sales.at("/channels/0").toString())
                .as("phone: neither anna, nor who is being offered a chat, nor cleo")
                .isEqualTo("{\"channel\":\"PHONE\",\"eligible\":1,\"inReserve\":0,\"overflow\":false}");
        JsonNode support = get("/v1/summary?queue=support");
        assertThat(support.path("queues")).hasSize(1);
        assertThat(support.at("/queues/0/channels/0").toString())
                .isEqualTo("{\"channel\":\"PHONE\",\"eligible\":1,\"inReserve\":1,\"overflow\":true}");

        JsonNode page = get("/v1/summary?limit=1");
        assertThat(page.at("/queues/0/queue").asText()).isEqualTo("sales");
        assertThat(get("/v1/summary?limit=1&cursor=" + page.path("nextCursor").asText())
                        .at("/queues/0/queue")
                        .asText())
                .isEqualTo("support");
    }

    @Test
    void the_presence_document_has_what_an_agents_desktop_shows() throws Exception {
        run(
                "{'type':'START_CONVERSATION','conversation':'chat-1','agent':'anna','channel':'CHAT','queue':'sales'}",
                "{'type':'START_CONVERSATION','conversation':'chat-2','agent':'anna','channel':'CHAT','direct':true}",
                "{'type':'MAKE_OFFER','conversation':'chat-3','channel':'CHAT','agent':'anna','mode':'REQUIRED','ttl':'PT1M'}",
                "{'type':'DISCONNECT','agent':'ben'}");
        JsonNode anna = get("/v1/agents/anna");
        assertThat(anna.path("timeZone").asText()).isEqualTo("UTC");
        assertThat(anna.path("connected").asBoolean()).isTrue();
        assertThat(anna.path("conversations")).hasSize(2);
        assertThat(anna.at("/conversations/0").toString())
                .isEqualTo("{\"conversation\":\"chat-1\",\"channel\":\"CHAT\",\"queue\":\"sales\",\"direct\":false,"
                        + "\"state\":\"ACTIVE\",\"suspect\":false,\"startedAt\":\"2026-03-02T09:00:00.000Z\","
                        + "\"changedAt\":\"2026-03-02T09:00:00.000Z\"}");
        assertThat(anna.at("/conversations/1/direct").asBoolean()).isTrue();
        assertThat(anna.at("/offers/0/madeAt").asText()).isEqualTo("2026-03-02T09:00:00.000Z");
        JsonNode ben = get("/v1/agents/ben");
        assertThat(ben.path("connected").asBoolean()).isFalse();
        assertThat(ben.path("signsOutAt").asText()).isEqualTo("2026-03-02T21:00:00.000Z");
        after(Duration.ofMinutes(2));
        assertThat(get("/v1/agents/anna").path("missedOffers").asInt()).isEqualTo(1);
    }

    @Test
    void a_definition_is_read_changed_and_put_back_without_losing_anything() throws Exception {
        run("{'type':'PUT_AGENT','definition':{'id':'anna','name':'Anna','timeZone':'Europe/Helsinki',"
                + "'queues':['sales','support'],'capabilities':['PHONE'],'labels':['lead']}}");
        run("{'type':'LEAVE_QUEUE','agent':'anna','queue':'support'}");
        JsonNode definition = get("/v1/agents/anna/definition");
        assertThat(definition.path("queues").toString())
                .as("assigned, though left")
                .isEqualTo("[\"sales\",\"support\"]");
        String before = get("/v1/agents/anna").path("version").asText();
        presence.send(presence.request("/v1/agents/anna")
                .header("Content-Type", "application/json")
                .header("If-Match", before)
                .PUT(java.net.http.HttpRequest.BodyPublishers.ofString(definition.toString())));
        assertThat(get("/v1/agents/anna").path("version").asText())
                .as("nothing changed")
                .isEqualTo(before);

        run(
                "{'type':'SELECT_PROFILE','agent':'anna','profile':'lunch'}",
                "{'type':'DELETE_PROFILE','profile':'lunch'}");
        assertThat(get("/v1/profiles?retired=true").findValuesAsText("id")).containsExactly("lunch");
        assertThat(get("/v1/profiles").findValuesAsText("id")).containsExactlyInAnyOrder("available", "desk");
    }
}
