package presence.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import presence.journal.TestDatabases;

/** Many routers at once, and a kill among offers. */
class OfferIT {
    private static final int AGENTS = 60;
    private static final int ROUTERS = 24;
    private static final int CALLS_OF_A_ROUTER = 10;

    @TempDir
    Path folder;

    @Test
    void routers_at_once_never_fill_one_place_twice_and_a_kill_loses_no_offer() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, TestDatabases.SQLITE.fresh(folder))) {
            Client client = server.client();
            client.put("/v1/policy", "{'offerTtl':{'PHONE':'PT1H'}}").expect(200);
            client.put("/v1/queues/sales", "{'name':'Sales'}").expect(200);
            for (int i = 0; i < AGENTS; i++) {
                client.readyAgent("agent-" + i, "sales");
            }
            Map<String, String> agentByOffer = new ConcurrentHashMap<>();
            ExecutorService threads = Executors.newFixedThreadPool(ROUTERS);
            List<Future<Integer>> routers = new ArrayList<>();
            for (int router = 0; router < ROUTERS; router++) {
                String name = "router-" + router;
                routers.add(threads.submit(() -> route(server.client(), name, agentByOffer)));
            }
            int nobody = 0;
            for (Future<Integer> router : routers) {
                nobody += router.get(2, TimeUnit.MINUTES);
            }
            threads.shutdown();

            assertThat(agentByOffer).hasSize(AGENTS);
            assertThat(Set.copyOf(agentByOffer.values())).as("no place twice").hasSize(AGENTS);
            assertThat(nobody).isEqualTo(ROUTERS * CALLS_OF_A_ROUTER - AGENTS);

            server.kill();
            server.startAgain();
            Client again = server.client();
            Map<String, String> known = new HashMap<>();
            for (String offer : agentByOffer.keySet()) {
                JsonNode document = again.get("/v1/offers/" + offer).expect(200).json();
                assertThat(document.path("state").asText()).isEqualTo("OPEN");
                known.put(offer, document.path("agent").asText());
            }
            assertThat(known).isEqualTo(agentByOffer);
            Reply none = again.postJson("/v1/offers", "{'conversation':'late','channel':'PHONE','queue':'sales'}");
            none.expect(409);
            assertThat(none.json().path("reasons").path("AT_CAPACITY").asInt()).isEqualTo(AGENTS);
            String gone = agentByOffer.keySet().iterator().next();
            String conversation =
                    again.get("/v1/offers/" + gone).json().path("conversation").asText();
            JsonNode offered =
                    again.get("/v1/conversations/" + conversation).expect(200).json();
            assertThat(offered.path("state").asText()).isEqualTo("OFFERED");
            assertThat(offered.path("offer").asText()).isEqualTo(gone);
            again.post("/v1/conversations/" + conversation + "/end").expect(204);
            again.get("/v1/conversations/" + conversation).expectProblem(404, "UNKNOWN_CONVERSATION");
            assertThat(again.get("/v1/offers/" + gone).json().path("state").asText())
                    .isEqualTo("WITHDRAWN");
            agentByOffer.remove(gone);
            String one = agentByOffer.keySet().iterator().next();
            again.postJson("/v1/offers/" + one + "/accept", "{'agent':'" + agentByOffer.get(one) + "'}")
                    .expect(200);
            assertThat(again.get("/v1/agents/" + agentByOffer.get(one))
                            .json()
                            .path("status")
                            .asText())
                    .isEqualTo("BUSY");
        }
    }

    /** How many of its calls nobody could be offered. */
    private static int route(Client client, String name, Map<String, String> agentByOffer) {
        int nobody = 0;
        for (int i = 0; i < CALLS_OF_A_ROUTER; i++) {
            Reply reply = client.postJson(
                    "/v1/offers", "{'conversation':'" + name + "-" + i + "','channel':'PHONE','queue':'sales'}");
            if (reply.status() == 409) {
                nobody++;
            } else {
                JsonNode made = reply.expect(201).json();
                String before = agentByOffer.put(
                        made.path("offer").asText(), made.path("agent").asText());
                assertThat(before).as("an offer of this id").isNull();
            }
        }
        return nobody;
    }

    @Test
    void supervisors_rehearse_and_then_sign_everybody_out_with_one_call_and_close_what_nobody_has() {
        try (ServerProcess server = ServerProcess.start(folder, TestDatabases.SQLITE.fresh(folder))) {
            Client client = server.client();
            client.put("/v1/queues/sales", "{'name':'Sales'}").expect(200);
            for (String agent : List.of("ada", "bo", "bulk")) {
                client.readyAgent(agent, "sales");
            }
            client.conversation("call", "ada", "PHONE");
            String body = "{'where':{'queue':'sales'},'command':{'type':'SIGN_OUT'},'dryRun':%s}";

            JsonNode dry = client.postJson("/v1/agents/bulk", body.formatted("true"))
                    .expect(200)
                    .json();
            assertThat(dry.path("matched").asInt()).isEqualTo(3);
            assertThat(dry.at("/agents/0/from").asText()).isEqualTo("BUSY");
            assertThat(dry.at("/agents/0/status").asText()).isEqualTo("OFFLINE");
            assertThat(client.get("/v1/agents/ada").json().path("status").asText())
                    .isEqualTo("BUSY");

            JsonNode named = client.postJson(
                            "/v1/agents/bulk",
                            "{'where':{'agents':['bo','nobody','ada'],'status':'FREE'},'command':{'type':'SIGN_OUT'},'dryRun':true}")
                    .expect(200)
                    .json();
            assertThat(named.path("matched").asInt()).isEqualTo(1);
            assertThat(named.at("/agents/0/agent").asText()).isEqualTo("bo");
            for (String wrong : List.of("'bo'", "[]", "['bo',7]")) {
                assertThat(client.postJson(
                                        "/v1/agents/bulk",
                                        "{'where':{'agents':" + wrong + "},'command':{'type':'SIGN_OUT'}}")
                                .expectProblem(400, "INVALID_VALUE")
                                .text())
                        .contains("/where/agents", "expected a list of 1 to 1000 ids");
            }

            JsonNode done = client.postJson("/v1/agents/bulk", body.formatted("false"), "Command-By", "mia")
                    .expect(200)
                    .json();
            assertThat(done.path("applied").asInt()).isEqualTo(3);
            assertThat(client.get("/v1/agents/bulk")
                            .expect(200)
                            .json()
                            .path("status")
                            .asText())
                    .as("an agent may be called bulk")
                    .isEqualTo("OFFLINE");
            JsonNode orphans =
                    client.get("/v1/conversations?state=ORPHANED").expect(200).json();
            assertThat(StreamSupport.stream(orphans.path("conversations").spliterator(), false)
                            .map(it -> it.path("conversation").asText())
                            .collect(Collectors.toList()))
                    .containsExactly("call");
            client.post("/v1/conversations/call/handled").expect(200);
            assertThat(client.get("/v1/conversations").expect(200).json().path("conversations"))
                    .isEmpty();
        }
    }
}
