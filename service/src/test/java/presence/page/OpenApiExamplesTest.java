package presence.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import presence.RunningPresence;
import presence.api.Instants;
import presence.door.LockedPresence;
import presence.door.Role;
import presence.page.OpenApi.Operation;

/**
 * Every example of the document is sent to the running service and gets the answer that the document shows; every error
 * that the document names can be had, and no other is given.
 */
@TestInstance(Lifecycle.PER_CLASS)
class OpenApiExamplesTest {
    /** When the examples of the document are asked. */
    private static final Instant SHOWN = Instant.parse("2026-03-02T09:30:00.000Z");

    private static final Duration ROUND = Duration.ofDays(2);
    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z");
    private static final Pattern RELEASE = Pattern.compile("(\"rulesRelease\":\")[0-9a-f]{12}\"");

    private static final Pattern WEBHOOK = Pattern.compile("wh_[0-9a-f]{12}");
    private static final Pattern SECRET = Pattern.compile("whsec_[A-Za-z0-9+/]{43}=");
    private static final Pattern EVENT = Pattern.compile("\"(event|id)\":\"[0-9]+\"");
    private static final Pattern DURATION = Pattern.compile("(?<before>\"arrived\":.*\"milliseconds\":)[0-9]+");

    private static final Pattern MESSAGE_ID = Pattern.compile("id: [0-9]+");

    /** What no example can bring about. */
    private static final Set<String> FAULTS_OF_THE_SERVICE = Set.of(
            "INTERNAL",
            "OVERLOADED",
            "JOURNAL_UNAVAILABLE",
            "RECORDS_UNAVAILABLE",
            "STOPPING",
            "TOO_MANY",
            "TOO_MANY_STREAMS");

    /** What the door answers to others than this test, which has every role; presence.door asks as those. */
    private static final Set<String> AT_THE_DOOR =
            Set.of("UNAUTHENTICATED", "FORBIDDEN", "NOT_SAME_ORIGIN", "TLS_NEEDED", "NO_LOCKS", "RATE_LIMITED");

    private static final String[] CLEAN = {
        "{'type':'HANDLE_CONVERSATION','conversation':'call-4711'}",
        "{'type':'HANDLE_CONVERSATION','conversation':'chat-0815'}",
        "{'type':'HANDLE_CONVERSATION','conversation':'call-4712'}",
        "{'type':'DELETE_AGENT','agent':'anna'}",
        "{'type':'DELETE_AGENT','agent':'ben'}",
        "{'type':'PUT_PROFILE','definition':{'id':'available','name':'Available','type':'AVAILABLE','default':true}}",
        "{'type':'DELETE_PROFILE','profile':'lunch'}",
        "{'type':'DELETE_PROFILE','profile':'evening-shift'}",
        "{'type':'DELETE_QUEUE_GROUP','queueGroup':'evening'}",
        "{'type':'DELETE_QUEUE','queue':'sales'}",
        "{'type':'DELETE_QUEUE','queue':'support'}",
    };

    private static final String[] DEFINE = {
        "{'type':'PUT_POLICY','definition':{'wrapUp':{'PHONE':'PT30S'},'handlingLimit':{'PHONE':'PT6M'},"
                + "'itemChannels':['EMAIL','TASK'],'connectionGrace':'PT5M'}}",
        "{'type':'PUT_QUEUE','definition':{'id':'sales','name':'Sales'}}",
        "{'type':'PUT_QUEUE','definition':{'id':'support','name':'Support','overflowToTentative':true}}",
        "{'type':'PUT_QUEUE_GROUP','definition':{'id':'evening','name':'Evening','queues':['support']}}",
        "{'type':'PUT_PROFILE','definition':{'id':'lunch','name':'Lunch','type':'AWAY','colour':'#ef6c00',"
                + "'icon':'cutlery','order':20,'duration':'PT30M','rounding':10}}",
        "{'type':'PUT_AGENT','definition':{'id':'anna','name':'Anna Virtanen','timeZone':'Europe/Helsinki',"
                + "'queues':['sales','support'],'capabilities':['PHONE','CHAT']}}",
        "{'type':'PUT_AGENT','definition':{'id':'ben','name':'Ben Okafor','timeZone':'Europe/London',"
                + "'queues':['sales'],'capabilities':['PHONE','CHAT']}}",
        "{'type':'SIGN_IN','agent':'anna'}",
        "{'type':'READY','agent':'anna'}",
        "{'type':'SIGN_IN','agent':'ben'}",
        "{'type':'READY','agent':'ben'}",
    };

    private static final Pattern OFFER = Pattern.compile("\"offer\":\"(offer-\\d+)\"");

    private static final String OFFERED =
            "{'type':'MAKE_OFFER','conversation':'call-4712','channel':'PHONE','queue':'sales','ttl':'PT10M'}";

    private static final String CALL =
            "{'type':'START_CONVERSATION','conversation':'call-4711','agent':'ben','channel':'PHONE','queue':'sales'}";

    /** What the world looks like before some operations, three minutes earlier; before all others the call starts. */
    private static final Map<String, List<String>> BEFORE = Map.ofEntries(
            Map.entry("startConversation", List.of()),
            Map.entry("putProfile", List.of("{'type':'DELETE_PROFILE','profile':'lunch'}")),
            Map.entry("deleteQueue", List.of()),
            Map.entry("listAttention", List.of(CALL, "{'type':'DISCONNECT','agent':'ben'}")),
            Map.entry("signIn", List.of("{'type':'SIGN_OUT','agent':'anna'}")),
            Map.entry("connect", List.of("{'type':'DISCONNECT','agent':'anna'}")),
            Map.entry("removeCapability", List.of("{'type':'ADD_CAPABILITY','agent':'anna','capability':'VIDEO'}")),
            Map.entry("joinQueue", List.of("{'type':'LEAVE_QUEUE','agent':'anna','queue':'sales'}")),
            Map.entry("getOffer", List.of(CALL, OFFERED)),
            Map.entry("acceptOffer", List.of(CALL, OFFERED)),
            Map.entry("rejectOffer", List.of(CALL, OFFERED)),
            Map.entry("withdrawOffer", List.of(CALL, OFFERED)));

    private static final Pattern KEY_ID = Pattern.compile("\"key\":\"[0-9a-f]{12}\"");
    private static final Pattern KEY = Pattern.compile("pk_[0-9a-f]{12}_[0-9a-f]{64}");

    private final OpenApi api = OpenApi.read();
    private LockedPresence locked;
    private RunningPresence presence;

    /** What every request shows. It may sign for others, as who is asked for nothing may. */
    private String key = "";

    /** The id of a key that may be revoked. */
    private String revocable = "";

    private Instant now = SHOWN.minus(ROUND);

    /** The offer made last: the service gives its id. */
    private String offer = "";

    /** The webhook that is there, and the event that did not arrive at it: the service gives their ids. */
    private String webhook = "";

    private String event = "";

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        locked = new LockedPresence(folder, SHOWN.minus(ROUND));
        key = locked.key("root", null, null, Role.ROUTING, Role.ADMIN);
        presence = locked.running();
        presence.as(key);
        await().until(() -> presence.send(presence.request("/v1/me")).statusCode() == 200);
    }

    @AfterAll
    void stop() {
        locked.close();
    }

    /** Time goes on by days, so that no id of a command is remembered; the time of day is that of the document. */
    private void stage(String... before) {
        now = now.plus(ROUND);
        presence.at(now.minus(Duration.ofMinutes(10)));
        presence.run(quoted(CLEAN));
        assertThat(presence.run(quoted(DEFINE))).doesNotContain("REFUSED");
        presence.at(now.minus(Duration.ofMinutes(3)));
        if (before.length > 0) {
            String answers = presence.run(quoted(before));
            assertThat(answers).doesNotContain("REFUSED");
            Matcher made = OFFER.matcher(answers);
            if (made.find()) {
                offer = made.group(1);
            }
        }
        presence.at(now);
    }

    private static String[] quoted(String... lines) {
        return Stream.of(lines).map(line -> line.replace('\'', '"')).toArray(String[]::new);
    }

    private void stage(Operation operation) throws IOException {
        if (operation.path().startsWith("/v1/webhooks")) {
            stageWebhook();
        }
        if (operation.path().startsWith("/v1/keys/")) {
            stageKey();
        }
        if (operation.path().startsWith("/v1/rules")) {
            stageRules(!operation.id().equals("putDraft"));
        }
        stage(BEFORE.getOrDefault(operation.id(), List.of(CALL)).toArray(String[]::new));
        if (operation.id().equals("explainAgent")) {
            // An explanation is of what was published last: the loop turns once more, at the time of the document.
            presence.run(quoted("{'type':'PUT_POLICY','definition':{}}"));
        }
    }

    /** Release 1 of the rules, which is as the program's, and active; and perhaps a draft that changes nothing either. */
    private void stageRules(boolean draft) throws IOException {
        presence.send(presence.request("/v1/rules/draft").DELETE());
        String files = OpenApi.JSON
                .readTree(
                        presence.send(presence.request("/v1/rules/releases/0")).body())
                .path("files")
                .toString();
        if (presence.send(presence.request("/v1/rules/releases/1")).statusCode() == 404) {
            putDraft(files);
            assertThat(post("/v1/rules/releases", "{\"comment\":\"As it was\"}").statusCode())
                    .isEqualTo(201);
        }
        if (draft) {
            putDraft(files);
        }
    }

    private void putDraft(String files) {
        HttpResponse<String> put = presence.send(presence.request("/v1/rules/draft")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"files\":" + files + "}")));
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    }

    private HttpResponse<String> post(String path, String body) {
        return presence.send(presence.request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    /** A webhook to nowhere, and two days later an event that did not arrive there. */
    private void stageWebhook() throws IOException {
        for (JsonNode old : webhooks("")) {
            presence.send(presence.request("/v1/webhooks/" + old.path("webhook").asText())
                    .DELETE());
        }
        presence.at(now.plus(Duration.ofHours(1)));
        presence.run(quoted("{'type':'PUT_AGENT','definition':{'id':'clara','name':'Clara','timeZone':'UTC',"
                + "'capabilities':['PHONE','CHAT']}}"));
        // It waits until that is recorded: the webhook is not to hear of it.
        presence.send(presence.request("/v1/agents/clara/intervals"));
        presence.send(presence.request("/v1/webhooks")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(quoted("{'url':'https://crm.example/presence',"
                        + "'kinds':['CAPABILITIES_CHANGED'],'agents':['clara'],'description':'The CRM'}")[0])));
        webhook = webhooks("").path(0).path("webhook").asText();
        // A minute later, so that a failure to send is another one than that of its name at first.
        presence.at(presence.now().plus(Duration.ofMinutes(1)));
        presence.run(quoted("{'type':'REMOVE_CAPABILITY','agent':'clara','capability':'CHAT'}"));
        await().until(() -> webhooks("/" + webhook).path("pending").asInt() == 1
                && webhooks("/" + webhook)
                        .path("lastFailure")
                        .path("at")
                        .asText()
                        .equals(instant(presence.now())));
        presence.run(quoted("{'type':'DELETE_AGENT','agent':'clara'}"));
        presence.at(now.plus(ROUND).minus(Duration.ofMinutes(20)));
        await().until(() -> webhooks("/" + webhook).path("deadLetters").asInt() == 1);
        event = webhooks("/" + webhook + "/dead-letters")
                .at("/deadLetters/0/event")
                .asText();
    }

    private JsonNode webhooks(String path) throws IOException {
        return OpenApi.JSON.readTree(
                presence.send(presence.request("/v1/webhooks" + path)).body());
    }

    // --- examples

    @TestFactory
    Stream<DynamicTest> the_answer_is_the_one_shown() {
        return api.operations().stream()
                .flatMap(operation -> examples(operation).entrySet().stream()
                        .map(example -> DynamicTest.dynamicTest(
                                operation.id() + " " + example.getKey(),
                                () -> answers(operation, example.getKey(), example.getValue()))));
    }

    /** Bodies by name; one without a body for what has none. */
    private static Map<String, String> examples(Operation operation) {
        JsonNode content = operation.itself().at("/requestBody/content");
        Map<String, String> examples = new LinkedHashMap<>();
        content.forEach(type -> type.path("examples").properties().forEach(example -> {
            JsonNode value = example.getValue().path("value");
            examples.put(example.getKey(), value.isTextual() ? value.asText() : value.toString());
        }));
        assertThat(content.isMissingNode() || !examples.isEmpty())
                .as("%s has an example of its body", operation)
                .isTrue();
        if (examples.isEmpty()) {
            examples.put("", "");
        }
        return examples;
    }

    /** A key that is good for three months. */
    private void stageKey() throws IOException {
        presence.at(now.plus(ROUND).minus(Duration.ofMinutes(30)));
        revocable = OpenApi.JSON
                .readTree(post("/v1/keys", "{\"name\":\"anna-desktop\",\"role\":\"AGENT\",\"agent\":\"anna\"}")
                        .body())
                .path("key")
                .asText();
    }

    private void answers(Operation operation, String name, String body) throws IOException {
        stage(operation);
        boolean lines = operation.id().equals("runCommands");
        if (!body.isEmpty() && !lines) {
            assertThat(api.faults(schema(operation.itself().at("/requestBody")), body))
                    .isEmpty();
        } else if (lines) {
            body.lines()
                    .forEach(line ->
                            assertThat(api.faults("CommandLine", line)).as(line).isEmpty());
        }

        if (operation.id().equals("streamChanges")) {
            messages(operation);
            return;
        }
        HttpResponse<String> answer = presence.send(request(operation, body));

        int expected = Stream.of(201, 200)
                .filter(status -> operation.itself().path("responses").has(status.toString()))
                .findFirst()
                .orElse(204);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
        if (answer.statusCode() == 204) {
            assertThat(answer.body()).isEmpty();
            return;
        }
        JsonNode response = api.response(operation, expected);
        assertThat(answer.headers().firstValue("ETag").isPresent())
                .as("an ETag")
                .isEqualTo(response.path("headers").has("ETag"));
        String shown = asShown(answer.body());
        if (lines) {
            shown.lines()
                    .forEach(line -> assertThat(api.faults("CommandAnswer", line))
                            .as(line)
                            .isEmpty());
            assertThat(shown).isEqualTo(example(response, name).asText());
        } else {
            assertThat(api.faults(schema(response), shown)).as(shown).isEmpty();
            if (!operation.itself().at("/responses/" + expected).has("$ref")
                    || operation.id().equals("getAgent")) {
                assertThat(withoutVersions(OpenApi.JSON.readTree(shown)))
                        .as("got " + operation.id() + "/" + name + " " + shown)
                        .isEqualTo(withoutVersions(example(response, name).deepCopy()));
            }
        }
    }

    /** The agents here have been deleted and put many times, and no version is given twice. */
    private static JsonNode withoutVersions(JsonNode answer) {
        answer.findParents("version").forEach(document -> ((ObjectNode) document).remove("version"));
        return answer;
    }

    /** The answer that has no end, up to the end of its snapshot. */
    private void messages(Operation operation) throws IOException {
        String shown = MESSAGE_ID
                .matcher(asShown(presence.begin(request(operation, ""), "\"complete\":true")))
                .replaceAll("id: 1772443800000000")
                // Versions grow with every round of this test.
                .replaceAll("\"version\":[0-9]+", "\"version\":3");
        JsonNode response = api.response(operation, 200);
        shown.lines()
                .filter(line -> line.startsWith("data: "))
                .forEach(line -> assertThat(api.faults(schema(response).path("contentSchema"), line.substring(6)))
                        .as(line)
                        .isEmpty());
        assertThat(shown.strip()).isEqualTo(example(response, "").asText().strip());
    }

    private static JsonNode example(JsonNode response, String name) {
        JsonNode content = response.path("content").elements().next();
        return content.has("example") ? content.path("example") : content.at("/examples/" + name + "/value");
    }

    private static JsonNode schema(JsonNode holder) {
        return holder.path("content").elements().next().path("schema");
    }

    /** The answer as it would be on the day of the document. */
    private String asShown(String answer) {
        Duration later = Duration.between(SHOWN, now);
        String shifted = INSTANT.matcher(answer)
                .replaceAll(match -> instant(Instant.parse(match.group()).minus(later)));
        String named =
                RELEASE.matcher(shifted).replaceAll("$1d9bf439c5889\"").replaceAll("\"offer-\\d+\"", "\"offer-17\"");
        named = WEBHOOK.matcher(named).replaceAll("wh_3f9a0c1d2e4b");
        named = KEY.matcher(named)
                .replaceAll("pk_3f9a0c1d2e4b_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
        named = KEY_ID.matcher(named).replaceAll("\"key\":\"3f9a0c1d2e4b\"");
        named = SECRET.matcher(named).replaceAll("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=");
        named = EVENT.matcher(named).replaceAll("\"$1\":\"4711\"");
        return DURATION.matcher(named).replaceAll("${before}12");
    }

    /** What the document says of its day, of today. */
    private String today(String example) {
        Duration later = Duration.between(SHOWN, now);
        return INSTANT.matcher(example)
                .replaceAll(match -> instant(Instant.parse(match.group()).plus(later)));
    }

    private static String instant(Instant instant) {
        return Instants.text(instant.toEpochMilli());
    }

    private HttpRequest.Builder request(Operation operation, String body) {
        return request(operation, body, Map.of(), Map.of());
    }

    private HttpRequest.Builder request(
            Operation operation, String body, Map<String, String> parameters, Map<String, String> headers) {
        HttpRequest.Builder request = presence.request(address(operation, parameters))
                .method(
                        operation.method(),
                        body.isEmpty()
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(KEY.matcher(body).replaceAll(key)));
        Iterator<String> types = operation.itself().at("/requestBody/content").fieldNames();
        Map<String, String> all = new LinkedHashMap<>();
        if (types.hasNext()) {
            all.put("Content-Type", types.next());
        }
        operation
                .parameters("header")
                .filter(header -> header.has("example"))
                .forEach(header -> all.put(
                        header.path("name").asText(), header.path("example").asText()));
        all.putAll(headers);
        all.forEach(request::setHeader);
        return request;
    }

    private String address(Operation operation, Map<String, String> parameters) {
        String address = operation.path();
        for (JsonNode parameter : operation.parameters("path").toList()) {
            String name = parameter.path("name").asText();
            address = address.replace(
                    "{" + name + "}",
                    parameters.getOrDefault(
                            name,
                            switch (name) {
                                case "offer" -> offer;
                                case "webhook" -> webhook;
                                case "event" -> event;
                                case "key" -> revocable;
                                default -> parameter.path("example").asText();
                            }));
        }
        String query = Stream.concat(
                        operation
                                .parameters("query")
                                .filter(parameter -> parameter.has("example")
                                        && !parameters.containsKey(
                                                parameter.path("name").asText()))
                                .map(parameter -> parameter.path("name").asText() + "="
                                        + today(parameter.path("example").asText())),
                        parameters.entrySet().stream()
                                .filter(parameter -> !operation.path().contains("{" + parameter.getKey() + "}")
                                        && !parameter.getValue().isEmpty())
                                .map(parameter -> parameter.getKey() + "=" + parameter.getValue()))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? address : address + "?" + query;
    }

    @Test
    void a_repeat_with_the_same_id_comes_out_the_same_and_changes_nothing() throws Exception {
        for (Operation operation : api.operations()) {
            if (operation.takes("Idempotency-Key")) {
                stage(operation);
                String body = examples(operation).values().iterator().next();
                HttpResponse<String> first = presence.send(request(operation, body));
                HttpResponse<String> second = presence.send(request(operation, body));
                assertThat(second.statusCode()).as("%s", operation).isEqualTo(first.statusCode());
                // An agent or a definition that is gone is not asked for again.
                assertThat(second.body()).as("%s", operation).isEqualTo(first.body());
            }
        }
    }

    // --- errors

    /** An error that was had: of which operation, and what it was. */
    private record Had(String operation, int status, String code) {}

    private final Set<Had> had = new java.util.HashSet<>();

    private void refused(Operation operation, String body, Map<String, String> parameters, Map<String, String> headers)
            throws IOException {
        HttpRequest.Builder request = request(operation, body, parameters, headers);
        // A body that is not read to its end costs the connection.
        boolean unread =
                headers.containsKey("Accept") || headers.containsKey("Content-Type") || body.length() > 1 << 20;
        HttpResponse<String> answer = unread ? presence.sendAlone(request) : presence.send(request);
        assertThat(answer.statusCode())
                .as("%s %s %s %s: %s", operation, body.length() > 200 ? "…" : body, parameters, headers, answer.body())
                .isBetween(400, 599);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(api.faults("Problem", answer.body())).as(answer.body()).isEmpty();
        JsonNode problem = OpenApi.JSON.readTree(answer.body());
        assertThat(problem.path("status").asInt()).isEqualTo(answer.statusCode());
        assertThat(api.codes(operation, answer.statusCode()))
                .as("%s %s", operation, answer.body())
                .contains(problem.path("code").asText());
        had.add(new Had(
                operation.id(), answer.statusCode(), problem.path("code").asText()));
    }

    private void refused(String operation, String body, Map<String, String> parameters, String... before)
            throws IOException {
        stage(before);
        refused(api.operation(operation), body.replace('\'', '"'), parameters, Map.of());
    }

    @Test
    void every_error_that_is_named_can_be_had_and_no_other_is_given() throws Exception {
        for (Operation operation : api.operations()) {
            commonErrors(operation);
        }
        particularErrors();

        Set<String> named = new TreeSet<>();
        for (Operation operation : api.operations()) {
            operation.itself().path("responses").fieldNames().forEachRemaining(status -> {
                for (String code : api.codes(operation, Integer.parseInt(status))) {
                    if (!FAULTS_OF_THE_SERVICE.contains(code) && !AT_THE_DOOR.contains(code)) {
                        named.add(operation.id() + " " + status + " " + code);
                    }
                }
            });
        }
        // It was sound when it was made; only another version of the program can refuse it.
        named.remove("activateRelease 409 CHECK_FAILED");
        Set<String> came = new TreeSet<>();
        had.forEach(error -> came.add(error.operation() + " " + error.status() + " " + error.code()));
        assertThat(came).containsExactlyInAnyOrderElementsOf(named);
    }

    private void commonErrors(Operation operation) throws IOException {
        stage(operation);
        String body = examples(operation).values().iterator().next();
        refused(operation, body, Map.of(), Map.of("Accept", "image/png"));
        for (JsonNode parameter : operation.parameters("path").toList()) {
            refused(operation, body, Map.of(parameter.path("name").asText(), "not%20one"), Map.of());
        }
        for (JsonNode parameter : operation.parameters("query").toList()) {
            refused(operation, body, Map.of(parameter.path("name").asText() + "x", "1"), Map.of());
            break;
        }
        if (operation.takes("limit")) {
            refused(operation, body, Map.of("limit", "0"), Map.of());
        }
        if (operation.takes("Idempotency-Key")) {
            refused(operation, body, Map.of(), Map.of("Idempotency-Key", "not one"));
            presence.run(quoted("{'type':'PUT_QUEUE','id':'used','definition':{'id':'sales','name':'Used'}}"));
            refused(operation, body, Map.of(), Map.of("Idempotency-Key", "used"));
            refused(operation, body, Map.of(), Map.of("If-Match", operation.takes("If-Match") ? "not-one" : "5"));
        }
        if (operation.takes("If-Match")) {
            refused(operation, body, Map.of(), Map.of("If-Match", "\"999\""));
        }
        if (!body.isEmpty()) {
            refused(operation, body, Map.of(), Map.of("Content-Type", "text/plain"));
            if (!operation.id().equals("runCommands")) {
                refused(operation, "{", Map.of(), Map.of());
                refused(operation, body.replaceFirst("\\{", "{\"unheardOf\":1,"), Map.of(), Map.of());
                refused(operation, "[]", Map.of(), Map.of());
                refused(operation, " ".repeat((1 << 20) + 1), Map.of(), Map.of());
            }
        }
        if (!operation.method().equals("PUT") || operation.path().startsWith("/v1/agents/{agent}/")) {
            List<String> subjects = operation
                    .parameters("path")
                    .map(parameter -> parameter.path("name").asText())
                    .filter(name -> !name.equals("capability"))
                    .toList();
            for (String subject : subjects) {
                refused(operation, body, Map.of(subject, "nobody"), Map.of("Idempotency-Key", "unknown-" + subject));
            }
        }
    }

    private void particularErrors() throws IOException {
        Map<String, String> usual = Map.of();
        for (String operation : List.of("registerWebhook", "putWebhook")) {
            for (String body : List.of(
                    "{}",
                    "{'url':'https://127.0.0.1/presence'}",
                    "{'url':'https://crm.example/','agents':['not one']}")) {
                stage(api.operation(operation));
                refused(api.operation(operation), body.replace('\'', '"'), usual, Map.of());
            }
        }
        refused("putWebhook", "{'url':'https://crm.example/'}", Map.of("webhook", "nobody"));
        refused("signInWithKey", "{}", usual);
        refused("makeKey", "{}", usual);
        refused("makeKey", "{'name':'not one','role':'ADMIN'}", usual);
        rulesErrors();
        refused("getEligibleAgents", "", Map.of("channel", ""));
        refused("getEligibleAgents", "", Map.of("channel", "ACTION_ITEM"));
        refused("streamChanges", "", Map.of("queue", "not%20one"));
        refused("streamChanges", "", Map.of("queue", "nobody"));
        refused("streamChanges", "", Map.of("agent", "nobody"));
        refused("streamChanges", "", Map.of("kind", "PRESENSE"));
        refused("streamChanges", "", Map.of("lastEventId", "999999999999999999"));
        refused("listAgents", "", Map.of("queue", "not%20one"));
        refused("listAgents", "", Map.of("queue", "nobody"));
        for (String operation : List.of("getSummary", "listAttention")) {
            refused(operation, "", Map.of("queue", "not%20one"));
            refused(operation, "", Map.of("queue", "nobody"));
        }
        refused("listProfiles", "", Map.of("retired", "perhaps"));
        refused("getAgent", "", Map.of("at", "yesterday"));
        refused("getAgent", "", Map.of("at", "2020-03-02T09:00:00.000Z"));
        refused("explainAgent", "", Map.of("queue", "nobody"));
        refused("explainAgent", "", Map.of("channel", "ACTION_ITEM"));
        refused("explainAgent", "", Map.of("channel", "FAX"));
        refused("explainAgent", "", Map.of("at", "2026-03-01T09:00:00.000Z"));
        refused("explainAgent", "", Map.of("at", "2020-03-02T09:00:00.000Z", "queue", "", "channel", ""));
        refused("getTimeInState", "", Map.of("from", "2020-03-02T09:00:00.000Z", "to", "2020-03-03T09:00:00.000Z"));
        refused("getTimeInState", "", Map.of("by", "team"));
        refused("getTimeInState", "", Map.of("by", "time"));
        refused("getTimeInState", "", Map.of("every", "PT30M"));
        refused("getTimeInState", "", Map.of("by", "time", "every", "PT1S"));
        refused("getTimeInState", "", Map.of("by", "time", "every", "PT30M", "queue", "not%20one"));
        refused("getTimeInState", "", Map.of("from", "2020-03-02T09:00:00.000Z"));
        refused("getIntervals", "", Map.of("from", "2020-03-02T09:00:00.000Z", "to", "2020-03-03T09:00:00.000Z"));
        refused("getTransferTargets", "", usual, CALL, "{'type':'HANDLE_CONVERSATION','conversation':'call-4711'}");
        refused("startConversation", "{'agent':'anna'}", usual);
        refused("startConversation", "{'agent':'nobody','channel':'PHONE'}", usual);
        refused("startConversation", "{'agent':'anna','channel':'PHONE','queue':'nobody'}", usual);
        refused("startConversation", "{'agent':'anna','channel':'ACTION_ITEM'}", usual);
        refused("startConversation", "{'agent':'anna','channel':'CHAT'}", usual, CALL);
        refused("transferConversation", "{}", usual, CALL);
        refused("transferConversation", "{'to':'nobody'}", usual, CALL);
        refused("transferConversation", "{'to':'ben'}", usual, CALL);
        refused(
                "transferConversation",
                "{'to':'anna'}",
                usual,
                CALL,
                "{'type':'HANDLE_CONVERSATION','conversation':'call-4711'}");
        refused("listConversations", "", Map.of("agent", "not%20one"));
        refused("listConversations", "", Map.of("agent", "nobody"));
        refused("listConversations", "", Map.of("queue", "nobody"));
        refused("makeOffer", "{'conversation':'call-4712','channel':'PHONE'}", usual);
        refused("makeOffer", "{'conversation':'call-4712','channel':'PHONE','queue':'nobody'}", usual);
        refused("makeOffer", "{'conversation':'call-4712','channel':'PHONE','agent':'nobody'}", usual);
        refused("makeOffer", "{'conversation':'call-4712','channel':'ACTION_ITEM','queue':'sales'}", usual);
        refused("makeOffer", "{'conversation':'call-4712','channel':'VIDEO','queue':'sales'}", usual);
        refused("makeOffer", "{'conversation':'call-4711','channel':'PHONE','queue':'sales'}", usual, CALL);
        refused("makeOffer", "{'conversation':'call-4711','channel':'CHAT','queue':'sales'}", usual, CALL);
        String closed = "{'type':'END_CONVERSATION','conversation':'call-4712'}";
        refused("acceptOffer", "{'agent':'anna'}", usual, CALL, OFFERED, closed);
        refused("rejectOffer", "{'agent':'anna'}", usual, CALL, OFFERED, closed);
        refused("acceptOffer", "{'agent':'ben'}", usual, CALL, OFFERED);
        refused("rejectOffer", "{'agent':'ben'}", usual, CALL, OFFERED);
        refused(
                "withdrawOffer",
                "",
                usual,
                CALL,
                OFFERED,
                "{'type':'START_CONVERSATION','conversation':'call-4712','agent':'anna','channel':'PHONE'}");
        refused("heartbeat", "", usual, "{'type':'SIGN_OUT','agent':'anna'}");
        refused("changeAgents", "{'where':{}}", usual);
        refused("changeAgents", "{'where':{'queue':'not one'},'command':{'type':'SIGN_OUT'}}", usual);
        refused("changeAgents", "{'where':{'queue':'nobody'},'command':{'type':'SIGN_OUT'}}", usual);
        refused("putAgent", "{'name':'Anna'}", usual);
        refused("putAgent", "{'name':'Anna','timeZone':'UTC','queues':['nobody']}", usual);
        stage();
        refused(
                api.operation("putAgent"),
                "{\"name\":\"Anna\",\"timeZone\":\"UTC\"}",
                Map.of("agent", "nobody"),
                Map.of("If-Match", "1"));
        for (String operation : List.of("connect", "disconnect")) {
            refused(operation, "", usual, "{'type':'SIGN_OUT','agent':'anna'}");
        }
        refused("setReadiness", "{'ready':true}", usual, "{'type':'SIGN_OUT','agent':'anna'}");
        refused("setReadiness", "{}", usual);
        refused("selectProfile", "{}", usual);
        refused("selectProfile", "{'profile':'nobody'}", usual);
        refused(
                "selectProfile",
                "{'profile':'lunch'}",
                usual,
                "{'type':'SELECT_PROFILE','agent':'ben','profile':'lunch'}",
                "{'type':'DELETE_PROFILE','profile':'lunch'}");
        refused("putProfile", "{'name':'Lunch'}", usual);
        refused("putProfile", "{'name':'Lunch','type':'TENTATIVE'}", usual);
        refused("putProfile", "{'name':'Lunch','type':'AWAY','queueGroup':'nobody'}", usual);
        refused("putProfile", "{'name':'Lunch','type':'AWAY','default':true}", usual);
        refused(
                "putProfile",
                "{'name':'Available','type':'AVAILABLE','default':false}",
                Map.of("profile", "available"));
        refused("deleteProfile", "", Map.of("profile", "available"));
        refused("putQueue", "{}", usual);
        refused("deleteQueue", "", Map.of("queue", "support"));
        refused("putQueueGroup", "{}", usual);
        refused("putQueueGroup", "{'name':'Evening','queues':['nobody']}", usual);
        refused(
                "deleteQueueGroup",
                "",
                usual,
                "{'type':'PUT_PROFILE','definition':{'id':'evening-shift','name':'E','type':'AVAILABLE',"
                        + "'queueGroup':'evening'}}");
    }

    private void rulesErrors() throws IOException {
        Map<String, String> usual = Map.of();
        for (String operation : List.of("getRelease", "activateRelease", "diffReleases")) {
            refused(operation, "", Map.of("release", "4711"));
        }
        refused("makeRelease", "{}", usual);
        refused("makeRelease", "{'comment':5}", usual);
        refused("checkDraft", "{'overridePromises':['NOT-ONE']}", usual);
        for (String body : List.of(
                "{}",
                "{'files':[{'path':'../status.drl','text':''}]}",
                "{'basedOn':4711,'files':[{'path':'status/status.drl','text':''}]}")) {
            refused("putDraft", body, usual);
        }
        for (String operation : List.of("makeRelease", "deleteDraft")) {
            refused(
                    api.operation(operation),
                    operation.equals("deleteDraft") ? "" : "{\"comment\":\"x\"}",
                    usual,
                    Map.of("If-Match", "not-one"));
        }
        refused("checkRules", "{}", usual);
        refused("checkRules", "{'depth':'DEEP','files':[{'path':'status/status.drl','text':''}]}", usual);
        refused("previewDraft", "", Map.of("cursor", "not-one"));
        refused("previewDraft", "", Map.of("cursor", "00000000-0000-0000-0000-000000000000.5"));
        presence.send(presence.request("/v1/rules/draft").DELETE());
        putDraft("[{\"path\":\"status/status.drl\",\"text\":\"rule\"}]");
        refused("makeRelease", "{'comment':'Broken'}", usual);
        refused("previewDraft", "", usual);
        presence.send(presence.request("/v1/rules/draft").DELETE());
        for (String operation : List.of("getDraft", "diffDraft", "previewDraft", "deleteDraft")) {
            refused(operation, "", usual);
        }
        refused("makeRelease", "{'comment':'Nothing'}", usual);
        refused("checkDraft", "{}", usual);
    }
}
