package presence.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import presence.journal.TestDatabases;

/** A router that asks who is eligible from fifty threads, while the agents change all the time. */
final class RouterIT {
    private static final int ROUTERS = 50;
    private static final int QUESTIONS = Integer.getInteger("presence.questions", 100);
    private static final int AGENTS = 300;

    @TempDir
    private Path folder;

    @Test
    void every_answer_is_sorted_names_nobody_twice_and_leaves_nobody_out() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, TestDatabases.SQLITE.fresh(folder))) {
            Client client = server.client();
            client.put("/v1/queues/q", "{'name':'q','overflowToTentative':true}")
                    .expect(200);
            client.put("/v1/profiles/maybe", "{'name':'Maybe','type':'TENTATIVE'}")
                    .expect(200);
            List<String> setUp = new ArrayList<>();
            for (int i = 0; i < AGENTS; i++) {
                setUp.add("{'type':'PUT_AGENT','definition':{'id':'a" + i
                        + "','name':'n','timeZone':'UTC','queues':['q'],'capabilities':['PHONE','CHAT']}}");
                setUp.add("{'type':'SIGN_IN','agent':'a" + i + "'}");
                setUp.add("{'type':'READY','agent':'a" + i + "'}");
            }
            assertThat(client.commands(setUp)).hasSize(3 * AGENTS);

            AtomicBoolean done = new AtomicBoolean();
            ExecutorService threads = Executors.newFixedThreadPool(ROUTERS + 2);
            try {
                List<Future<?>> writers = new ArrayList<>();
                for (int writer = 0; writer < 2; writer++) {
                    Random random = new Random(writer);
                    writers.add(threads.submit(() -> {
                        while (!done.get()) {
                            assertThat(client.commands(changes(random)))
                                    .noneMatch(answer -> answer.path("outcome")
                                                    .asText()
                                                    .equals("REFUSED")
                                            && !answer.path("code").asText().equals("UNKNOWN_CONVERSATION"));
                        }
                    }));
                }
                List<Future<?>> routers = new ArrayList<>();
                for (int router = 0; router < ROUTERS; router++) {
                    String channel = router % 2 == 0 ? "CHAT" : "PHONE";
                    String more = router % 5 == 0 ? "&include=excluded&limit=1000" : "&limit=" + (1 + router);
                    int most = router % 5 == 0 ? AGENTS : 1 + router;
                    routers.add(threads.submit(() -> {
                        for (int i = 0; i < QUESTIONS; i++) {
                            check(client.get("/v1/queues/q/eligible?channel=" + channel + more), most);
                        }
                    }));
                }
                for (Future<?> router : routers) {
                    router.get();
                }
                done.set(true);
                for (Future<?> writer : writers) {
                    writer.get();
                }
            } finally {
                done.set(true);
                threads.shutdownNow();
            }
            Reply settled = client.get("/v1/queues/q/eligible?channel=CHAT&include=excluded&limit=1000");
            check(settled, AGENTS);
            assertThat(settled.json().path("agents").size()
                            + settled.json().path("excluded").size())
                    .isEqualTo(AGENTS);
        }
    }

    private static List<String> changes(Random random) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String agent = "'agent':'a" + random.nextInt(AGENTS) + "'";
            String conversation = "'conversation':'c" + random.nextInt(100) + "'";
            lines.add(
                    switch (random.nextInt(6)) {
                        case 0 -> "{'type':'READY'," + agent + "}";
                        case 1 -> "{'type':'NOT_READY'," + agent + "}";
                        case 2 -> "{'type':'SELECT_PROFILE'," + agent + ",'profile':'maybe'}";
                        case 3 -> "{'type':'SELECT_PROFILE'," + agent + ",'profile':'available'}";
                        case 4 -> "{'type':'START_CONVERSATION'," + conversation + "," + agent + ",'channel':'CHAT'}";
                        default -> "{'type':'END_CONVERSATION'," + conversation + "}";
                    });
        }
        return lines;
    }

    private static void check(Reply reply, int most) {
        JsonNode answer = reply.expect(200).json();
        Set<String> seen = new HashSet<>();
        String last = "";
        for (JsonNode agent : answer.path("agents")) {
            String key = "%06d %s %s"
                    .formatted(
                            agent.path("load").asInt(),
                            agent.path("idleSince").asText(),
                            agent.path("agent").asText());
            assertThat(key).isGreaterThan(last);
            last = key;
            assertThat(seen.add(agent.path("agent").asText())).as(key).isTrue();
        }
        assertThat(answer.path("agents").size()).isLessThanOrEqualTo(most);
        for (JsonNode agent : answer.path("excluded")) {
            assertThat(seen.add(agent.path("agent").asText()))
                    .as(agent.toString())
                    .isTrue();
        }
    }
}
