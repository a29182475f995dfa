package presence.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import presence.journal.TestDatabases;

/** Whatever is not exactly as it should be is refused with a problem document, and changes nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadInputIT {
    private static final String AGENT = "/v1/agents/ann";
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    private static Path folder;

    private @Nullable ServerProcess server;
    private @Nullable Client client;
    private String before = "";

    @BeforeAll
    void start() {
        server = ServerProcess.start(folder, TestDatabases.SQLITE.fresh(folder));
        client = server.client();
        client().queue("q");
        client().put("/v1/queue-groups/g", "{'name':'g','queues':['q']}").expect(200);
        client().put("/v1/profiles/p", "{'name':'p','type':'AWAY','queueGroup':'g'}")
                .expect(200);
        client().put("/v1/policy", "{'itemChannels':['TASK']}").expect(200);
        client().readyAgent("ann", "q");
        client().conversation("c", "ann", "CHAT");
        before = everything();
    }

    @AfterEach
    void nothing_has_changed() {
        String was = before;
        // One change, one failure: the tests after it begin with what there is now.
        before = everything();
        assertThat(before).isEqualTo(was);
    }

    @AfterAll
    void no_fault_was_logged() {
        server().close();
        assertThat(server().log()).doesNotContain("ERROR ", "\tat ", "! at ");
    }

    private ServerProcess server() {
        if (server == null) {
            throw new IllegalStateException("no server");
        }
        return server;
    }

    private Client client() {
        if (client == null) {
            throw new IllegalStateException("no client");
        }
        return client;
    }

    private String everything() {
        StringBuilder all = new StringBuilder();
        for (String path : List.of("agents", "profiles", "queues", "queue-groups", "policy", "conversations/c")) {
            var answer = client().get("/v1/" + path).expect(200).json();
            answer.path("agents").forEach(agent -> ((ObjectNode) agent).remove("at"));
            all.append(answer);
        }
        return all.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    // --- bodies

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{'name':'x'",
                "{'name':'x'}}",
                "{'name':'x'} {}",
                "{'name':'x','name':'x'}",
                "{'name':'x',}",
                "{name:'x'}",
                "{'name':'\\x'}",
                "{'name':'\u0000'}",
                "{'name':NaN}",
                "{'name':01}",
                "// comment\n{'name':'x'}",
                "{'name':'x','overflowToTentative':tru}",
                "[[[[[[[[[[1]]]]]]]]]]",
                "{'a':{'a':{'a':{'a':{'a':{'a':{'a':{'a':{'a':1}}}}}}}}}",
                "{'name':123456789012345678901234567890123}",
                "<queue/>"
            })
    void a_body_that_is_no_json(String body) {
        Reply reply = client().put("/v1/queues/new", body);
        reply.expectProblem(400, "MALFORMED_JSON");
        assertThat(reply.text()).doesNotContain("Source:", "StreamRead", "JsonParser");
    }

    @Test
    void a_body_of_bytes_that_are_no_utf_8() {
        for (byte[] bad : List.of(
                new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'},
                new byte[] {'{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xc3, '"', '}'},
                new byte[] {'{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xc0, (byte) 0xaf, '"', '}'})) {
            Reply reply = client().body("PUT", "/v1/queues/new", bad);
            reply.expect(400);
            assertThat(reply.problemCode()).isIn("MALFORMED_JSON", "INVALID_VALUE");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "1", "'x'", "true", "1e400", "-0.0"})
    void a_body_that_is_no_object(String body) {
        for (String path : List.of("/v1/policy", "/v1/queues/new", AGENT + "/readiness", "/v1/conversations/new")) {
            client().put(path, body).expectProblem(400, "INVALID_VALUE");
        }
    }

    @Test
    void half_a_character_wherever_text_is_read() {
        for (String half : List.of("\\ud83d", "\\ude00", "x\\ude00\\ud83d", "\\ud83dx")) {
            client().put("/v1/queues/new", "{'name':'" + half + "'}").expectProblem(400, "INVALID_VALUE", "/name");
            client().put(AGENT, "{'name':'" + half + "','timeZone':'UTC'}")
                    .expectProblem(400, "INVALID_VALUE", "/name");
            client().put(AGENT, "{'name':'x','timeZone':'" + half + "'}")
                    .expectProblem(400, "INVALID_VALUE", "/timeZone");
            client().put(AGENT + "/readiness", "{'ready':false,'reason':'" + half + "'}")
                    .expectProblem(400, "INVALID_VALUE", "/reason");
            client().put("/v1/queues/new", "{'name':'x','" + half + "':1}")
                    .expect(400)
                    .problemCode();
            assertThat(client().commands(List.of(
                                    "{'type':'PUT_QUEUE','definition':{'id':'new','name':'" + half + "'}}",
                                    "{'type':'" + half + "'}"))
                            .toString())
                    .contains("INVALID_VALUE", "UNKNOWN_COMMAND");
        }
    }

    @Test
    void a_character_that_lies_where_a_message_is_cut() {
        for (int length = 58; length < 66; length++) {
            String text = "x".repeat(length) + "😀😀";
            client().put("/v1/queues/new", "{'name':'x','overflowToTentative':'" + text + "'}")
                    .expectProblem(400, "INVALID_VALUE", "/overflowToTentative");
            client().put("/v1/queues/new", "{'name':'x','" + text + "':1}").expectProblem(400, "UNKNOWN_FIELD");
            String encoded = "x".repeat(length) + "%F0%9F%98%80%F0%9F%98%80";
            client().get("/v1/agents/" + encoded).expectProblem(400, "INVALID_ID");
            client().get("/v1/agents?status=" + encoded).expectProblem(400, "INVALID_VALUE");
            client().get("/v1/agents?" + encoded + "=1").expectProblem(400, "UNKNOWN_FIELD");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // queues and queue groups
                "/v1/queues/new | {} | MISSING_FIELD | /name",
                "/v1/queues/new | {'name':null} | MISSING_FIELD | /name",
                "/v1/queues/new | {'name':''} | INVALID_VALUE | /name",
                "/v1/queues/new | {'name':'\\u0007'} | INVALID_VALUE | /name",
                "/v1/queues/new | {'name':7} | INVALID_VALUE | /name",
                "/v1/queues/new | {'name':['x']} | INVALID_VALUE | /name",
                "/v1/queues/new | {'name':'x','nmae':'x'} | UNKNOWN_FIELD | /nmae",
                "/v1/queues/new | {'name':'x','a/b~c':'x'} | UNKNOWN_FIELD | /a~1b~0c",
                "/v1/queues/new | {'name':'x','overflowToTentative':'yes'} | INVALID_VALUE | /overflowToTentative",
                "/v1/queues/new | {'name':'x','overflowToTentative':1} | INVALID_VALUE | /overflowToTentative",
                "/v1/queues/new | {'id':'other','name':'x'} | INVALID_VALUE | /id",
                "/v1/queues/new | {'id':'no id','name':'x'} | INVALID_ID | /id",
                "/v1/queue-groups/new | {'name':'x'} | MISSING_FIELD | /queues",
                "/v1/queue-groups/new | {'name':'x','queues':'q'} | INVALID_VALUE | /queues",
                "/v1/queue-groups/new | {'name':'x','queues':['q','ö']} | INVALID_ID | /queues/1",
                "/v1/queue-groups/new | {'name':'x','queues':['q',7]} | INVALID_ID | /queues/1",
                "/v1/queue-groups/new | {'name':'x','queues':['q',null]} | INVALID_ID | /queues/1",
                // agents
                "/v1/agents/new | {'name':'x'} | MISSING_FIELD | /timeZone",
                "/v1/agents/new | {'name':'x','timeZone':'Europe/Helsinky'} | INVALID_VALUE | /timeZone",
                "/v1/agents/new | {'name':'x','timeZone':'UTC+25'} | INVALID_VALUE | /timeZone",
                "/v1/agents/new | {'name':'x','timeZone':2} | INVALID_VALUE | /timeZone",
                "/v1/agents/new | {'name':'x','timeZone':'UTC','capabilities':['FAX']} | INVALID_VALUE | /capabilities/0",
                "/v1/agents/new | {'name':'x','timeZone':'UTC','capabilities':['PHONE',1]} | INVALID_VALUE | /capabilities/1",
                "/v1/agents/new | {'name':'x','timeZone':'UTC','capabilities':{}} | INVALID_VALUE | /capabilities",
                "/v1/agents/new | {'name':'x','timeZone':'UTC','capabilities':'PHONE'} | INVALID_VALUE | /capabilities",
                "/v1/agents/new | {'name':'x','timeZone':'UTC','queues':[['q']]} | INVALID_ID | /queues/0",
                // profiles
                "/v1/profiles/new | {'name':'x'} | MISSING_FIELD | /type",
                "/v1/profiles/new | {'name':'x','type':'away'} | INVALID_VALUE | /type",
                "/v1/profiles/new | {'name':'x','type':'AWAY','colour':'red'} | INVALID_VALUE | /colour",
                "/v1/profiles/new | {'name':'x','type':'AWAY','icon':'../x'} | INVALID_VALUE | /icon",
                "/v1/profiles/new | {'name':'x','type':'AWAY','order':-1} | INVALID_VALUE | /order",
                "/v1/profiles/new | {'name':'x','type':'AWAY','order':1.5} | INVALID_VALUE | /order",
                "/v1/profiles/new | {'name':'x','type':'AWAY','order':1e3} | INVALID_VALUE | /order",
                "/v1/profiles/new | {'name':'x','type':'AWAY','order':99999999999999999999} | INVALID_VALUE | /order",
                "/v1/profiles/new | {'name':'x','type':'AWAY','duration':'PT0S'} | INVALID_VALUE | /duration",
                "/v1/profiles/new | {'name':'x','type':'AWAY','duration':'-PT5M'} | INVALID_VALUE | /duration",
                "/v1/profiles/new | {'name':'x','type':'AWAY','duration':'PT-5M'} | INVALID_VALUE | /duration",
                "/v1/profiles/new | {'name':'x','type':'AWAY','duration':'P367D'} | INVALID_VALUE | /duration",
                "/v1/profiles/new | {'name':'x','type':'AWAY','duration':'PT0.0001S'} | INVALID_VALUE | /duration",
                "/v1/profiles/new | {'name':'x','type':'AWAY','duration':'P99999999999999999D'} | INVALID_VALUE | /duration",
                "/v1/profiles/new | {'name':'x','type':'AWAY','duration':'PT9223372036854775807S'} | INVALID_VALUE | /duration",
                "/v1/profiles/new | {'name':'x','type':'AWAY','duration':'P1M'} | INVALID_VALUE | /duration",
                "/v1/profiles/new | {'name':'x','type':'AWAY','duration':1800} | INVALID_VALUE | /duration",
                "/v1/profiles/new | {'name':'x','type':'AWAY','rounding':7} | INVALID_VALUE | /rounding",
                "/v1/profiles/new | {'name':'x','type':'AWAY','rounding':0} | INVALID_VALUE | /rounding",
                "/v1/profiles/new | {'name':'x','type':'AWAY','rounding':'10'} | INVALID_VALUE | /rounding",
                "/v1/profiles/new | {'name':'x','type':'AWAY','onReturn':'READY'} | INVALID_VALUE | /onReturn",
                // policy
                "/v1/policy | {'capacity':1} | INVALID_VALUE | /capacity",
                "/v1/policy | {'capacity':{'PHONE':-1}} | INVALID_VALUE | /capacity/PHONE",
                "/v1/policy | {'capacity':{'PHONE':1001}} | INVALID_VALUE | /capacity/PHONE",
                "/v1/policy | {'capacity':{'EMAIL':1}} | UNKNOWN_FIELD | /capacity/EMAIL",
                "/v1/policy | {'wrapUp':{'PHONE':'soon'}} | INVALID_VALUE | /wrapUp/PHONE",
                "/v1/policy | {'connectionGrace':'-PT1S'} | INVALID_VALUE | /connectionGrace",
                "/v1/policy | {'itemChannels':['CHAT']} | INVALID_VALUE | /itemChannels",
                "/v1/policy | {'itemChannels':['FAX']} | INVALID_VALUE | /itemChannels/0",
                "/v1/policy | {'transferMayExceedCapacity':0} | INVALID_VALUE | /transferMayExceedCapacity",
                // the agent's session, and conversations
                "/v1/agents/ann/readiness | {} | MISSING_FIELD | /ready",
                "/v1/agents/ann/readiness | {'ready':'false'} | INVALID_VALUE | /ready",
                "/v1/agents/ann/readiness | {'ready':false,'reason':5} | INVALID_VALUE | /reason",
                "/v1/agents/ann/profile | {} | MISSING_FIELD | /profile",
                "/v1/agents/ann/profile | {'profile':'p','duration':'PT0S'} | INVALID_VALUE | /duration",
                "/v1/conversations/new | {'agent':'ann'} | MISSING_FIELD | /channel",
                "/v1/conversations/new | {'agent':'ann','channel':'FAX'} | INVALID_VALUE | /channel",
                "/v1/conversations/new | {'channel':'CHAT'} | MISSING_FIELD | /agent",
                "/v1/conversations/new | {'agent':'ann','channel':'CHAT','direct':'yes'} | INVALID_VALUE | /direct",
                "/v1/conversations/new | {'agent':'ann','channel':'CHAT','conversation':'c'} | UNKNOWN_FIELD | /conversation"
            })
    void a_body_with_a_fault_in_a_field(String path, String body, String code, String pointer) {
        client().put(path, body).expectProblem(400, code, pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1/queue-groups/new | {'name':'x','queues':['q','none']} | 422 | UNKNOWN_QUEUE | /queues/1",
                "/v1/agents/new | {'name':'x','timeZone':'UTC','queues':['none']} | 422 | UNKNOWN_QUEUE | /queues/0",
                "/v1/profiles/new | {'name':'x','type':'AWAY','queueGroup':'none'} | 422 | UNKNOWN_QUEUE_GROUP | /queueGroup",
                "/v1/profiles/p | {'name':'x','type':'TENTATIVE'} | 409 | PROFILE_TYPE_FIXED | /type",
                "/v1/profiles/new | {'name':'x','type':'AWAY','default':true} | 422 | INVALID_DEFAULT | /default",
                "/v1/profiles/new | {'name':'x','type':'AVAILABLE','default':true,'duration':'PT1H'} | 422 | INVALID_DEFAULT | /duration",
                "/v1/profiles/available | {'name':'x','type':'AVAILABLE','duration':'PT1H'} | 422 | INVALID_DEFAULT | /duration",
                "/v1/profiles/available | {'name':'x','type':'AVAILABLE','default':false} | 409 | DEFAULT_PROFILE | /default",
                "/v1/agents/ann/profile | {'profile':'none'} | 422 | UNKNOWN_PROFILE | /profile",
                "/v1/conversations/new | {'agent':'none','channel':'CHAT'} | 422 | UNKNOWN_AGENT | /agent",
                "/v1/conversations/new | {'agent':'ann','channel':'CHAT','queue':'none'} | 422 | UNKNOWN_QUEUE | /queue",
                "/v1/conversations/new | {'agent':'ann','channel':'EMAIL'} | 409 | CHANNEL_NOT_ENABLED | /channel"
            })
    void a_body_that_names_what_is_not_or_may_not_be(
            String path, String body, int status, String code, String pointer) {
        client().put(path, body).expectProblem(status, code, pointer);
    }

    @Test
    void every_fault_of_a_body_is_named_up_to_a_bound() {
        assertThat(client().put("/v1/profiles/new", "{'type':'x','rounding':7,'order':'x','extra':1}")
                        .expectProblem(400, "MISSING_FIELD", "/name")
                        .each("errors", "pointer"))
                .containsExactlyInAnyOrder("/name", "/type", "/rounding", "/order", "/extra");

        String fields =
                IntStream.range(0, 50_000).mapToObj(i -> "'field-" + i + "':1").collect(Collectors.joining(","));
        Reply many = client().put("/v1/queues/new", "{" + fields + "}").expect(400);
        assertThat(many.body().length).as("bytes of the answer").isLessThan(20_000);
        String name = "x".repeat(40_000);
        Reply longName =
                client().put("/v1/queues/new", "{'name':'x','" + name + "':1}").expectProblem(400, "UNKNOWN_FIELD");
        assertThat(longName.body().length).as("bytes of the answer").isLessThan(20_000);
        Reply line = client().stream(
                BodyPublishers.ofString("{" + fields.substring(0, 60_000).replace('\'', '"') + "\":1}\n"));
        assertThat(line.body().length).as("bytes of the answer").isLessThan(20_000);
    }

    @Test
    void a_body_of_more_than_a_mebibyte_with_and_without_its_length() throws IOException {
        byte[] body = bytes("{\"name\":\"x\"" + " ".repeat(MEBIBYTE) + "}");
        client().body("PUT", "/v1/queues/new", body).expectProblem(413, "BODY_TOO_LARGE");
        client().send(
                        "PUT",
                        "/v1/queues/new",
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)),
                        "Content-Type",
                        "application/json")
                .expectProblem(413, "BODY_TOO_LARGE");
        try (Wire wire = new Wire(server().address())) {
            wire.head("PUT /v1/queues/new HTTP/1.1\nHost: localhost\nContent-Type: application/json\n"
                    + "Content-Length: 99999999999\n\n{");
            wire.bytes(body);
            wire.read().expectProblem(413, "BODY_TOO_LARGE");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-ndjson",
                "application/json-patch+json",
                "multipart/form-data",
                "json",
                "/",
                "application/json; charset=",
                "application/json;charset=nonsense",
                "*/*",
                ";"
            })
    void a_body_of_another_type(String type) {
        Reply reply =
                client().send("PUT", "/v1/queues/new", BodyPublishers.ofString("{'name':''}"), "Content-Type", type);
        assertThat(reply.status()).as(reply.text()).isIn(400, 415);
        reply.problemCode();
    }

    @Test
    void a_command_stream_of_another_type() {
        client().send("POST", "/v1/commands", BodyPublishers.ofString("{}"), "Content-Type", "application/json")
                .expectProblem(415, "UNSUPPORTED_MEDIA_TYPE");
        client().get(AGENT, "Accept", "text/html").expectProblem(406, "NOT_ACCEPTABLE");
        client().get(AGENT, "Accept", "nonsense").expectProblem(406, "NOT_ACCEPTABLE");
    }

    // --- addresses

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/agents/%20",
                "/v1/agents/a%20b",
                "/v1/agents/%C3%B6",
                "/v1/agents/%00",
                "/v1/agents/%2Fetc",
                "/v1/agents/..%2F..%2Fetc%2Fpasswd",
                "/v1/agents/%2e%2e",
                "/v1/agents/%252e",
                "/v1/agents/a%5Cb",
                "/v1/agents/a;b=c",
                "/v1/agents/%FF%FE",
                "/v1/agents/%u0061",
                "/v1/agents/ann%0d%0aX:y",
                "/v1/agents/%7Bid%7D",
                "/v1//agents/ann",
                "//v1/agents/ann",
                "/v1/./agents/..",
                "/v1/agents/ann/../../queues/none",
                "/v1/queues/%3Cscript%3E",
                "/v1/queues/q/eligible/x?channel=CHAT",
                "/v1",
                "/v2/agents/ann",
                "/V1/agents/ann",
                "/v1/agents/ANN",
                "/application.wadl",
                "/v1/agents/" + "%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41"
                        + "%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41"
                        + "%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41"
                        + "%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41%41"
            })
    void an_address_of_nothing(String path) throws IOException {
        Reply reply = get(path);
        assertThat(reply.status()).as(reply.text()).isIn(400, 404);
        reply.problemCode();
    }

    /** As it stands, whatever a client's library would say to it. */
    private Reply get(String path) throws IOException {
        try (Wire wire = new Wire(server().address())) {
            return wire.head("GET " + path + " HTTP/1.1\nHost: localhost\nConnection: close\n\n")
                    .read();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/agents/none, UNKNOWN_AGENT",
        "/v1/queues/none, UNKNOWN_QUEUE",
        "/v1/queues/none/eligible?channel=CHAT, UNKNOWN_QUEUE",
        "/v1/queue-groups/none, UNKNOWN_QUEUE_GROUP",
        "/v1/profiles/none, UNKNOWN_PROFILE",
        "/v1/conversations/none, UNKNOWN_CONVERSATION",
        "/v1/conversations/none/transfer-targets, UNKNOWN_CONVERSATION",
        "/v1/agents?queue=none, UNKNOWN_QUEUE"
    })
    void something_that_there_is_none_of(String path, String code) {
        client().get(path).expectProblem(404, code);
        if (!path.contains("?") && !path.contains("transfer")) {
            String address = path.replace("conversations/none", "conversations/none/end");
            (path.contains("conversations") ? client().post(address) : client().delete(address))
                    .expectProblem(404, code);
        }
    }

    @Test
    void commands_about_what_there_is_none_of() {
        for (String command : List.of("sign-in", "sign-out", "connect", "disconnect")) {
            client().post("/v1/agents/none/" + command).expectProblem(404, "UNKNOWN_AGENT");
            client().post("/v1/agents/no%20id/" + command).expectProblem(400, "INVALID_ID");
        }
        client().put("/v1/agents/none/readiness", "{'ready':true}").expectProblem(404, "UNKNOWN_AGENT");
        client().put("/v1/agents/none/profile", "{'profile':'p'}").expectProblem(404, "UNKNOWN_AGENT");
        client().put("/v1/agents/none/queues/q").expectProblem(404, "UNKNOWN_AGENT");
        client().put(AGENT + "/queues/none").expectProblem(404, "UNKNOWN_QUEUE");
        client().delete(AGENT + "/queues/none").expectProblem(404, "UNKNOWN_QUEUE");
        client().put(AGENT + "/queues/a%20b").expectProblem(400, "INVALID_ID");
        client().put(AGENT + "/capabilities/FAX").expectProblem(400, "INVALID_VALUE");
        client().put("/v1/agents/none/capabilities/CHAT").expectProblem(404, "UNKNOWN_AGENT");
        client().post("/v1/conversations/none/handled").expectProblem(404, "UNKNOWN_CONVERSATION");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/agents?limit=0, INVALID_VALUE",
        "/v1/agents?limit=1001, INVALID_VALUE",
        "/v1/agents?limit=-1, INVALID_VALUE",
        "/v1/agents?limit=ten, INVALID_VALUE",
        "/v1/agents?limit=, INVALID_VALUE",
        "/v1/agents?limit=99999999999, INVALID_VALUE",
        "/v1/agents?limit=1&limit=2, INVALID_VALUE",
        "/v1/agents?status=free, INVALID_VALUE",
        "/v1/agents?status=, INVALID_VALUE",
        "/v1/agents?capability=FAX, INVALID_VALUE",
        "/v1/agents?queue=a%20b, INVALID_ID",
        "/v1/agents?queue=, INVALID_ID",
        "/v1/agents?cursor=!, INVALID_VALUE",
        "/v1/agents?cursor=AAAA, INVALID_VALUE",
        "/v1/agents?cursor=w7Y, INVALID_VALUE",
        "/v1/agents?page=2, UNKNOWN_FIELD",
        "/v1/queues/q/eligible, MISSING_FIELD",
        "/v1/queues/q/eligible?channel=FAX, INVALID_VALUE",
        "/v1/queues/q/eligible?channel=CHAT&limit=1001, INVALID_VALUE",
        "/v1/queues/q/eligible?channel=CHAT&include=all, INVALID_VALUE",
        "/v1/queues/q/eligible?channel=CHAT&chanel=CHAT, UNKNOWN_FIELD",
        "/v1/conversations/c/transfer-targets?limit=x, INVALID_VALUE",
        "/v1/conversations/c/transfer-targets?channel=CHAT, UNKNOWN_FIELD"
    })
    void a_query_with_a_fault(String path, String code) {
        client().get(path).expectProblem(400, code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/agents?status=%zz",
                "/v1/agents?limit=%",
                "/v1/agents?cursor=%e0%a4",
                "/v1/agents?%=%",
                "/v1/agents?limit=%00",
                "/v1/queues/q/eligible?channel=%80"
            })
    void a_query_that_is_not_well_formed(String path) throws IOException {
        Reply reply = get(path);
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        reply.problemCode();
    }

    @Test
    void a_method_that_an_address_does_not_answer() {
        for (String method : List.of("POST", "PATCH", "TRACE", "DELETE", "PROPFIND", "NONSENSE")) {
            client().send(method, "/v1/policy", BodyPublishers.noBody()).expectProblem(405, "METHOD_NOT_ALLOWED");
        }
        assertThat(client().post("/v1/policy").header("Allow")).contains("GET", "PUT");
        client().get("/v1/commands").expectProblem(405, "METHOD_NOT_ALLOWED");
        client().get(AGENT + "/sign-in").expectProblem(405, "METHOD_NOT_ALLOWED");
        client().post(AGENT).expectProblem(405, "METHOD_NOT_ALLOWED");
        Reply head = client().send("HEAD", AGENT, BodyPublishers.noBody()).expect(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.header("ETag")).isNotEmpty();
    }

    // --- what is hardly HTTP

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/agents/ann HTTP/1.1\n\n",
                "GET /v1/agents/ann HTTP/1.1\nHost: a\nHost: b\n\n",
                "GET /v1/agents/ann HTTP/1.1\nHost: a b\n\n",
                "GET /v1/agents/ann HTTP/1.1\nHost: :::::\n\n",
                "GET /v1/agents/ann HTTP/1.1\nHost: localhost\nContent-Length: -5\n\n",
                "GET /v1/agents/ann HTTP/1.1\nHost: localhost\nContent-Length: 1\nContent-Length: 2\n\n",
                "GET /v1/agents/ann HTTP/1.1\nHost: localhost\nTransfer-Encoding: gzip\n\n",
                "GET /v1/agents/ann HTTP/1.1\nHost: localhost\nbad header\n\n",
                "GET /v1/agents/ann HTTP/1.1\nHost: localhost\n\u0001: x\n\n",
                "GET /v1/agents/ann HTTP/9.9\nHost: localhost\n\n",
                "GET http://[ HTTP/1.1\nHost: localhost\n\n",
                "GET ann HTTP/1.1\nHost: localhost\n\n",
                "GET  HTTP/1.1\nHost: localhost\n\n",
                "PUT /v1/queues/new HTTP/1.1\nHost: localhost\nContent-Type: application/json\nTransfer-Encoding: chunked\n\nzz\n",
                "PUT /v1/queues/new HTTP/1.1\nHost: localhost\nContent-Type: application/json\nTransfer-Encoding: chunked\n\n"
                        + "fffffffffffffffff\n{}",
                "hello\n\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u0000\u0003\u0003\n\n"
            })
    void a_request_that_is_no_http(String request) throws IOException {
        try (Wire wire = new Wire(server().address())) {
            Reply reply = wire.head(request).read();
            assertThat(reply.status()).as(reply.text()).isBetween(400, 505).isNotEqualTo(500);
            reply.problemCode();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "10.0.0.1"
            })
    void a_name_that_is_not_this_machines(String host) throws IOException {
        for (String ask : List.of(
                "GET /",
                "GET /v1/agents",
                "GET /v1/queues/none/eligible?channel=CHAT",
                "POST /v1/agents/ann/sign-in")) {
            try (Wire wire = new Wire(server().address())) {
                wire.head(ask + " HTTP/1.1\nHost: " + host + "\nContent-Length: 0\n\n")
                        .read()
                        .expectProblem(403, "NOT_SAME_ORIGIN");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1", "127.1.2.3:8080", "[::1]", "[::1]:8080"})
    void a_name_of_this_machine(String host) throws IOException {
        try (Wire wire = new Wire(server().address())) {
            wire.head("GET /v1/agents HTTP/1.1\nHost: " + host + "\n\n").read().expect(200);
        }
    }

    @Test
    void headers_beyond_every_bound() throws IOException {
        try (Wire wire = new Wire(server().address())) {
            wire.head("GET /v1/agents/ann HTTP/1.1\nHost: localhost\nX: " + "x".repeat(100_000) + "\n\n")
                    .read()
                    .expect(431)
                    .problemCode();
        }
        try (Wire wire = new Wire(server().address())) {
            wire.head("GET /v1/agents/" + "a".repeat(100_000) + " HTTP/1.1\nHost: localhost\n\n")
                    .read()
                    .expect(414)
                    .problemCode();
        }
    }

    @Test
    void an_old_client_is_answered_and_its_connection_closed() throws IOException {
        try (Wire wire = new Wire(server().address())) {
            Reply reply = wire.head("GET /v1/agents/ann HTTP/1.0\n\n").read().expect(200);
            assertThat(reply.json().path("agent").asText()).isEqualTo("ann");
            assertThat(wire.ended()).isTrue();
        }
    }

    @Test
    void a_body_that_ends_early() throws IOException {
        try (Wire wire = new Wire(server().address())) {
            wire.head(
                    "PUT /v1/queues/new HTTP/1.1\nHost: localhost\nContent-Type: application/json\nContent-Length: 90\n\n"
                            + "{\"name\":\"x\"}");
        }
        try (Wire wire = new Wire(server().address())) {
            wire.head("GET /v1/agents/a");
        }
        client().get(AGENT).expect(200);
    }
}
