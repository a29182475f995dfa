package presence.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import presence.journal.TestDatabases;
import presence.webhook.Receiver;
import presence.webhook.Receiver.Message;

/** Events on their way to a receiver when the service is killed and the receiver goes away. */
@Timeout(300)
final class WebhookIT {
    private static final String ALLOWED = "webhooks: {allowedNetworks: [127.0.0.0/8]}";
    private static final int AGENTS = 8;

    @TempDir
    private Path folder;

    private final List<Message> came = new ArrayList<>();
    private final int[] changes = new int[AGENTS];
    private final boolean[] ready = new boolean[AGENTS];

    private void change(Client client, Random random, int times) {
        for (int i = 0; i < times; i++) {
            int agent = random.nextInt(AGENTS);
            ready[agent] = !ready[agent];
            client.ready("a" + agent, ready[agent]);
            changes[agent]++;
        }
    }

    /** What was taken of one agent's events, each once, in the order in which it was first taken. */
    private List<Message> taken(Receiver last, int agent) {
        Set<String> known = new HashSet<>();
        return Stream.concat(came.stream(), last.messages().stream())
                .filter(message ->
                        message.status() == 204 && message.agent().equals("a" + agent) && known.add(message.id()))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void everything_arrives_in_order_over_kills_while_the_receiver_is_there_and_while_it_is_not(TestDatabases databases)
            throws IOException {
        long seed = System.nanoTime();
        System.out.println("Seed of changes and kills: " + seed);
        Random random = new Random(seed);
        Receiver receiver = new Receiver();
        String url = receiver.url();
        int port = Integer.parseInt(url.replaceAll("\\D*127\\.0\\.0\\.1:(\\d+).*", "$1"));
        try (ServerProcess server = ServerProcess.start(folder, databases.fresh(folder), ALLOWED)) {
            Client client = server.client();
            for (int i = 0; i < AGENTS; i++) {
                client.agent("a" + i, "");
                client.post("/v1/agents/a" + i + "/sign-in").expect(200);
            }
            Reply registered = client.postJson("/v1/webhooks", "{'url':'" + url + "','kinds':['STATE_CHANGED']}")
                    .expect(201);
            String id = registered.json().path("webhook").asText();
            String secret = registered.json().path("secret").asText();
            assertThat(secret).startsWith("whsec_");

            for (int kill = 0; kill < 4; kill++) {
                boolean away = kill % 2 == 1;
                if (away) {
                    receiver.close();
                    came.addAll(receiver.messages());
                }
                change(client, random, 40 + random.nextInt(60));
                server.kill();
                assertThat(server.log()).doesNotContain(secret);
                if (away) {
                    receiver = new Receiver(port);
                }
                server.startAgain();
            }
            change(client, random, 50);
            Client now = server.client();
            Receiver last = receiver;
            await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                // What has just been acknowledged waits for nobody until it is recorded too.
                for (int agent = 0; agent < AGENTS; agent++) {
                    assertThat(taken(last, agent)).as("a" + agent).hasSize(changes[agent]);
                }
                Reply webhook = now.get("/v1/webhooks/" + id).expect(200);
                assertThat(webhook.json().path("pending").asInt())
                        .as(webhook::text)
                        .isZero();
                assertThat(webhook.text()).doesNotContain(secret);
            });

            for (int agent = 0; agent < AGENTS; agent++) {
                List<Message> taken = taken(last, agent);
                assertThat(taken).as("a" + agent).hasSize(changes[agent]);
                for (int i = 0; i < taken.size(); i++) {
                    assertThat(taken.get(i).json().at("/data/ready").asBoolean())
                            .as("a%s, change %s", agent, i)
                            .isEqualTo(i % 2 == 0);
                }
                assertThat(taken)
                        .extracting(message -> Long.parseLong(message.id()))
                        .isSorted();
            }
            assertThat(now.get("/v1/webhooks/" + id + "/dead-letters")
                            .expect(200)
                            .each("deadLetters", "event"))
                    .isEmpty();
            assertThat(server.operations().get("/prometheus").text())
                    .contains("presence_webhook_pending{webhook=\"" + id + "\"} 0")
                    .contains("presence_webhook_deliveries_total{outcome=\"delivered\"}");
        } finally {
            receiver.close();
        }
    }
}
