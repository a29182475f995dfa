package presence.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import presence.journal.TestDatabases;

/** Explanations of the jar as it is shipped: they say what the documents say, and foretell what comes. */
final class ExplanationIT {
    private static final long SEED = 20_261_124;
    private static final int ROUNDS = 250;
    private static final int AGENTS = 6;
    private static final String[] CHANNELS = {"PHONE", "VIDEO", "CHAT", "EMAIL", "TASK", "ACTION_ITEM"};

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private final Set<String> made = new TreeSet<>();

    /** Everything lasts for much longer than the test, so that nothing happens by itself between two answers. */
    private static List<String> beginnings() {
        List<String> lines = new ArrayList<>(
                List.of(
                        "{'type':'PUT_POLICY','definition':{'wrapUp':{'PHONE':'PT4H','CHAT':'PT4H'},'connectionGrace':'PT4H',"
                                + "'rejectDelay':'PT4H','offerTtl':{'PHONE':'PT4H','VIDEO':'PT4H','CHAT':'PT4H','ITEMS':'PT4H'},"
                                + "'itemChannels':['EMAIL','TASK']}}",
                        "{'type':'PUT_QUEUE','definition':{'id':'sales','name':'Sales','overflowToTentative':true}}",
                        "{'type':'PUT_QUEUE','definition':{'id':'support','name':'Support'}}",
                        "{'type':'PUT_QUEUE_GROUP','definition':{'id':'evening','name':'Evening','queues':['support']}}",
                        "{'type':'PUT_PROFILE','definition':{'id':'lunch','name':'Lunch','type':'AWAY','duration':'PT5H'}}",
                        "{'type':'PUT_PROFILE','definition':{'id':'desk','name':'Desk','type':'TENTATIVE'}}",
                        "{'type':'PUT_PROFILE','definition':{'id':'meeting','name':'Meeting','type':'CONFERENCE'}}",
                        "{'type':'PUT_PROFILE','definition':{'id':'late','name':'Late','type':'AVAILABLE','queueGroup':'evening'}}"));
        for (int agent = 0; agent < AGENTS; agent++) {
            lines.add("{'type':'PUT_AGENT','definition':{'id':'a" + agent + "','name':'Agent " + agent
                    + "','timeZone':'UTC','queues':['sales'],'capabilities':['PHONE','CHAT','ITEMS']}}");
            lines.add("{'type':'SIGN_IN','agent':'a" + agent + "'}");
            lines.add("{'type':'READY','agent':'a" + agent + "'}");
        }
        return lines;
    }

    private String happening() {
        String agent = "'agent':'a" + random.nextInt(AGENTS) + "'";
        return switch (random.nextInt(12)) {
            case 0 -> "{'type':'SIGN_IN'," + agent + "}";
            case 1 -> "{'type':'SIGN_OUT'," + agent + "}";
            case 2, 3 -> "{'type':'READY'," + agent + "}";
            case 4 -> "{'type':'NOT_READY'," + agent + "}";
            case 5 ->
                "{'type':'SELECT_PROFILE'," + agent + ",'profile':'"
                        + List.of("lunch", "desk", "meeting", "late", "available")
                                .get(random.nextInt(5)) + "'}";
            case 6, 7 ->
                "{'type':'START_CONVERSATION','conversation':'c" + random.nextInt(9) + "'," + agent + ",'channel':'"
                        + CHANNELS[random.nextInt(5)] + "'}";
            case 8 ->
                "{'type':'MAKE_OFFER','conversation':'o" + random.nextInt(500) + "','channel':'CHAT','queue':'sales'}";
            case 9 -> "{'type':'END_CONVERSATION','conversation':'c" + random.nextInt(9) + "'}";
            case 10 -> "{'type':'DISCONNECT'," + agent + "}";
            default -> "{'type':'CONNECT'," + agent + "}";
        };
    }

    @Test
    void an_explanation_says_what_the_document_says_and_foretells_what_every_command_leads_to() {
        System.out.println("seed " + SEED);
        try (ServerProcess server = ServerProcess.start(folder, TestDatabases.SQLITE.fresh(folder))) {
            Client client = server.client();
            assertThat(client.commands(beginnings()))
                    .allSatisfy(
                            line -> assertThat(line.path("outcome").asText()).isNotEqualTo("REFUSED"));
            for (int round = 0; round < ROUNDS; round++) {
                client.commands(List.of(happening(), happening(), happening()));
                String agent = "a" + random.nextInt(AGENTS);
                String queue = List.of("", "sales", "support").get(random.nextInt(3));
                foretold(client, agent, queue);
            }
            System.out.println("made " + made);
            assertThat(made)
                    .contains(
                            "READY",
                            "NOT_READY",
                            "SIGN_IN",
                            "SIGN_OUT",
                            "SELECT_PROFILE",
                            "CONNECT",
                            "DISCONNECT",
                            "HANDLE_CONVERSATION",
                            "ADD_CAPABILITY");
        }
    }

    private void foretold(Client client, String agent, String queue) {
        String address = "/v1/agents/" + agent;
        JsonNode explanation = client.get(address + "/explanation" + (queue.isEmpty() ? "" : "?queue=" + queue))
                .expect(200)
                .json();
        JsonNode document = client.get(address).expect(200).json();
        String why = agent + " for '" + queue + "': " + explanation;
        assertThat(explanation.path("version")).as(why).isEqualTo(document.path("version"));
        assertThat(explanation.at("/status/status")).as(why).isEqualTo(document.path("status"));
        assertThat(explanation.at("/status/reasons")).as(why).isEqualTo(document.path("reasons"));
        assertThat(explanation.at("/directChat/possible")).as(why).isEqualTo(document.path("directChat"));
        List<String> eligible = new ArrayList<>();
        explanation.path("eligibility").forEach(channel -> {
            if (channel.path("eligible").asBoolean()) {
                eligible.add(channel.path("channel").asText());
            }
        });
        assertThat(eligible).as(why).isEqualTo(eligible(client, document, queue));

        List<JsonNode> commanded = new ArrayList<>();
        explanation.path("changes").forEach(change -> {
            if (change.at("/steps/0").has("command")) {
                commanded.add(change);
            }
        });
        if (commanded.isEmpty()) {
            return;
        }
        JsonNode change = commanded.get(random.nextInt(commanded.size()));
        for (JsonNode step : change.path("steps")) {
            assertThat(client.commands(List.of(step.path("command").toString())))
                    .as(why)
                    .allSatisfy(
                            line -> assertThat(line.path("outcome").asText()).isEqualTo("APPLIED"));
            made.add(step.path("change").asText());
        }
        JsonNode after = client.get(address).expect(200).json();
        JsonNode leadsTo = change.path("leadsTo");
        String how = change + " of " + why;
        assertThat(after.path("status")).as(how).isEqualTo(leadsTo.path("status"));
        assertThat(after.path("reasons")).as(how).isEqualTo(leadsTo.path("reasons"));
        assertThat(after.path("directChat")).as(how).isEqualTo(leadsTo.path("directChat"));
        List<String> foretold = new ArrayList<>();
        leadsTo.path("eligible").forEach(channel -> foretold.add(channel.asText()));
        assertThat(foretold).as(how).isEqualTo(eligible(client, after, queue));
    }

    /** The channels on which the agent is eligible, by the document, or by the answers to a router. */
    private static List<String> eligible(Client client, JsonNode document, String queue) {
        List<String> channels = new ArrayList<>();
        if (queue.isEmpty()) {
            document.path("eligible").forEach(channel -> channels.add(channel.asText()));
            return channels;
        }
        for (String channel : CHANNELS) {
            Reply reply = client.get("/v1/queues/" + queue + "/eligible?limit=1000&channel=" + channel);
            if (reply.status() == 200
                    && reply.each("agents", "agent")
                            .contains(document.path("agent").asText())) {
                channels.add(channel);
            }
        }
        return channels;
    }

    @Test
    void the_past_is_explained_by_what_is_kept_and_what_is_not_known_is_said() {
        try (ServerProcess server = ServerProcess.start(folder, TestDatabases.SQLITE.fresh(folder))) {
            Client client = server.client();
            client.queue("sales");
            client.readyAgent("ada", "sales");
            client.conversation("c1", "ada", "PHONE");
            String at =
                    client.get("/v1/agents/ada").expect(200).json().path("at").asText();
            client.post("/v1/conversations/c1/handled").expect(200);

            JsonNode past = client.get("/v1/agents/ada/explanation?at=" + at)
                    .expect(200)
                    .json();

            assertThat(past.at("/status/status").asText()).isEqualTo("BUSY");
            assertThat(past.at("/status/rule/id").asText()).isEqualTo("STATUS-090");
            assertThat(past.at("/status/facts/Agent.work").asInt()).isEqualTo(1);
            assertThat(past.at("/began/cause").asText()).isEqualTo("API");
            assertThat(past.path("notKnown").toString()).contains("Which rules were in force then is not kept");
            assertThat(client.get("/v1/agents/ada/explanation")
                            .expect(200)
                            .json()
                            .at("/status/rule/id")
                            .asText())
                    .isEqualTo("STATUS-130");

            client.get("/v1/agents/ada/explanation?queue=sales&at=" + at).expectProblem(400, "INVALID_VALUE");
            client.get("/v1/agents/nobody/explanation?at=" + at).expectProblem(404, "UNKNOWN_AGENT");
            client.get("/v1/agents/nobody/explanation").expectProblem(404, "UNKNOWN_AGENT");
            client.get("/v1/agents/ada/explanation?queue=nobody").expectProblem(404, "UNKNOWN_QUEUE");
            client.get("/v1/agents/ada/explanation?quue=sales").expectProblem(400, "UNKNOWN_FIELD");
            client.get("/v1/agents/ada/explanation?channel=").expectProblem(400, "INVALID_VALUE");
        }
    }

    @Test
    void everybody_left_out_has_a_rule_behind_every_reason() {
        try (ServerProcess server = ServerProcess.start(folder, TestDatabases.SQLITE.fresh(folder))) {
            Client client = server.client();
            client.queue("sales");
            client.agent("ada", "sales");
            client.readyAgent("bo", "sales");
            client.conversation("c1", "bo", "PHONE");

            JsonNode eligible = client.get("/v1/queues/sales/eligible?channel=PHONE&include=excluded")
                    .expect(200)
                    .json();
            assertThat(eligible.at("/excluded/0/rules/0/rule").asText()).isEqualTo("ELIGIBILITY-010");
            assertThat(eligible.path("sentences").path("ELIGIBILITY-070").asText())
                    .isEqualTo("A phone or video conversation leaves no room for anything else");
            JsonNode targets = client.get("/v1/conversations/c1/transfer-targets?include=excluded")
                    .expect(200)
                    .json();
            for (JsonNode excluded : targets.path("excluded")) {
                List<String> reasons = new ArrayList<>();
                excluded.path("reasons").forEach(reason -> reasons.add(reason.asText()));
                List<String> behind = new ArrayList<>();
                excluded.path("rules").forEach(rule -> {
                    behind.add(rule.path("reason").asText());
                    assertThat(targets.path("sentences").has(rule.path("rule").asText()))
                            .isTrue();
                });
                assertThat(behind).containsExactlyElementsOf(reasons);
            }
            assertThat(targets.at("/excluded/1/rules/2/rule").asText()).isEqualTo("TRANSFER-070");
        }
    }
}
