package presence.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static presence.webhook.RunningWebhooks.definition;
import static presence.webhook.RunningWebhooks.soon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import presence.api.BadInput;
import presence.api.EventKind;
import presence.command.AgentDefinition;
import presence.command.Command;
import presence.command.ErrorCode;
import presence.facts.Capability;
import presence.history.Recorder;
import presence.journal.TestDatabase;
import presence.journal.TestDatabases;
import presence.loop.MovedClock;
import presence.state.Happening;
import presence.webhook.Receiver.Message;
import presence.webhook.Webhooks.Shown;

/** What webhooks are sent, and what becomes of it when receivers fail. */
@Timeout(180)
class WebhooksTest {
    private static final String BEGIN = "2026-03-02T08:00:00.000Z";

    @TempDir
    private Path folder;

    private final MovedClock clock = new MovedClock(BEGIN);

    private static Command agent(String id) {
        return new Command.PutAgent(new AgentDefinition(
                id, "Agent " + id, ZoneId.of("UTC"), List.of(), Set.of(Capability.PHONE, Capability.CHAT)));
    }

    private static void signedIn(RunningWebhooks running, String... agents) {
        for (String agent : agents) {
            running.submit(agent(agent), new Command.SignIn(agent));
        }
        running.recorded();
    }

    /** So many changes of an agent's state. */
    private static void toggle(RunningWebhooks running, String agent, int times) {
        Command[] commands = new Command[times];
        for (int i = 0; i < times; i++) {
            commands[i] = i % 2 == 0 ? new Command.Ready(agent, null) : new Command.NotReady(agent, "r" + i);
        }
        running.submit(commands);
        running.recorded();
    }

    private static List<Long> numbers(List<Message> messages, String agent) {
        return messages.stream()
                .filter(message -> message.agent().equals(agent))
                .map(message -> Long.parseLong(message.id()))
                .toList();
    }

    // --- what is sent

    @ParameterizedTest
    @EnumSource
    void what_happens_is_told_as_signed_cloud_events(TestDatabases databases) throws Exception {
        try (Receiver receiver = new Receiver();
                RunningWebhooks running = new RunningWebhooks(databases.fresh(folder), clock)) {
            signedIn(running, "ada");
            Shown shown = running.webhooks.register(
                    definition(receiver.url(), Set.of(), true, EventKind.STATE_CHANGED, EventKind.AGENT_DELETED));
            running.submit(new Command.Ready("ada", null), new Command.DeleteAgent("ada"));
            running.recorded();
            soon().until(() -> receiver.messages().size() >= 2);

            Message message = receiver.messages().get(0);
            JsonNode event = message.json();
            assertThat(event.path("specversion").asText()).isEqualTo("1.0");
            assertThat(event.path("id").asText()).isEqualTo(message.id());
            assertThat(event.path("source").asText()).isEqualTo("/presence");
            assertThat(event.path("type").asText()).isEqualTo("presence.StateChanged");
            assertThat(event.path("subject").asText()).isEqualTo("ada");
            assertThat(event.path("time").asText()).isEqualTo(BEGIN);
            assertThat(event.path("datacontenttype").asText()).isEqualTo("application/json");
            assertThat(event.path("data").path("from").asText()).isEqualTo("AWAY");
            assertThat(event.path("data").path("status").asText()).isEqualTo("FREE");
            assertThat(event.path("data").path("ready").asBoolean()).isTrue();
            assertThat(event.path("data").path("cause").asText()).isEqualTo("API");
            assertThat(message.header("Content-Type")).isEqualTo("application/cloudevents+json");
            assertThat(message.header("User-Agent")).isEqualTo("presence");
            assertThat(message.header("webhook-timestamp"))
                    .isEqualTo(Long.toString(Instant.parse(BEGIN).getEpochSecond()));
            assertThat(message.header("webhook-signature")).isEqualTo(signature(shown.secret(), message));
            assertThat(message.headers().keySet()).doesNotContain("Cookie", "Authorization", "Accept-encoding");
            assertThat(receiver.messages()).extracting(Message::type).endsWith("presence.AgentDeleted");
            running.drained(shown.webhook());
            assertThat(running.rows("records_outbox")).isZero();
            assertThat(shown.webhook().deliveredAt()).isEqualTo(clock.millis());
        }
    }

    /** As a receiver finds it out. */
    private static String signature(String secret, Message message) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        String signed = message.id() + "." + message.header("webhook-timestamp") + "." + message.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void a_webhook_gets_the_kinds_and_agents_it_names_from_when_it_is_registered() throws Exception {
        try (Receiver receiver = new Receiver();
                RunningWebhooks running = new RunningWebhooks(TestDatabases.SQLITE.fresh(folder), clock)) {
            signedIn(running, "ada", "bo");
            // It happened before, though it may not be recorded yet.
            running.submit(new Command.AddCapability("bo", Capability.VIDEO));
            clock.move(Duration.ofMillis(1));
            running.register(receiver.url(), Set.of("bo"), EventKind.CAPABILITIES_CHANGED, EventKind.STATE_CHANGED);
            running.submit(
                    new Command.RemoveCapability("ada", Capability.CHAT),
                    new Command.RemoveCapability("bo", Capability.CHAT),
                    new Command.DeleteAgent("bo"));
            running.recorded();
            soon().until(() -> !receiver.messages().isEmpty());
            running.drained(running.webhooks.all().get(0));

            assertThat(receiver.messages()).allSatisfy(message -> {
                assertThat(message.agent()).isEqualTo("bo");
                assertThat(message.type()).isEqualTo("presence.CapabilitiesChanged");
                assertThat(message.json().at("/data/capabilities")).hasSize(2);
            });
        }
    }

    @Test
    void after_a_change_of_the_secret_both_sign_for_a_day() throws Exception {
        try (Receiver receiver = new Receiver();
                RunningWebhooks running = new RunningWebhooks(TestDatabases.SQLITE.fresh(folder), clock)) {
            signedIn(running, "ada");
            Shown first = running.webhooks.register(definition(receiver.url(), Set.of(), true));
            Shown second = running.webhooks.changeSecret(first.webhook());
            assertThat(second.secret()).isNotEqualTo(first.secret()).startsWith("whsec_");

            clock.move(Duration.ofHours(24).minusMillis(1));
            toggle(running, "ada", 1);
            soon().until(() -> receiver.messages().size() == 1);
            Message both = receiver.messages().get(0);
            assertThat(both.header("webhook-signature"))
                    .isEqualTo(signature(second.secret(), both) + " " + signature(first.secret(), both));

            clock.move(Duration.ofMillis(1));
            running.submit(new Command.NotReady("ada", null));
            running.recorded();
            soon().until(() -> receiver.messages().size() == 2);
            Message one = receiver.messages().get(1);
            assertThat(one.header("webhook-signature")).isEqualTo(signature(second.secret(), one));
        }
    }

    // --- order, and nothing missing

    /** A third of all requests fails, in some way or other; in the end every receiver has everything, in order. */
    @ParameterizedTest
    @EnumSource
    void whatever_fails_each_agents_events_arrive_in_order_and_none_is_missing(TestDatabases databases)
            throws Exception {
        long seed = System.nanoTime();
        System.out.println("Seed of failing receivers: " + seed);
        Random random = new Random(seed);
        String[] agents = IntStream.range(0, 12).mapToObj(i -> "a" + i).toArray(String[]::new);
        try (Receiver receiver = new Receiver();
                Receiver other = new Receiver();
                RunningWebhooks running = new RunningWebhooks(databases.fresh(folder), clock)) {
            signedIn(running, agents);
            Subscription webhook = running.register(receiver.url(), EventKind.STATE_CHANGED);
            Subscription reliable = running.register(other.url(), EventKind.STATE_CHANGED);
            receiver.answer(message -> {
                synchronized (random) {
                    return random.nextInt(3) > 0
                            ? 200
                            : List.of(500, 503, 410, 302, 404).get(random.nextInt(5));
                }
            });
            Map<String, Integer> expected = new HashMap<>();
            for (int round = 0; round < 60; round++) {
                String agent;
                int times;
                synchronized (random) {
                    agent = agents[random.nextInt(agents.length)];
                    times = 2 * (1 + random.nextInt(8));
                }
                toggle(running, agent, times);
                expected.merge(agent, times, Integer::sum);
                clock.move(Duration.ofMillis(700));
            }
            running.moveUntil(Duration.ofSeconds(5), () -> webhook.pending() == 0 && reliable.pending() == 0);

            for (String agent : agents) {
                List<Long> arrived = numbers(receiver.arrived(), agent);
                assertThat(arrived).as(agent).isSorted().hasSize(expected.getOrDefault(agent, 0));
                assertThat(arrived).isEqualTo(numbers(other.arrived(), agent));
                // Not even a try comes before the event before it has arrived.
                assertThat(numbers(receiver.messages(), agent)).as(agent).isSorted();
            }
            assertThat(webhook.deadLetters()).isZero();
            assertThat(running.rows("records_outbox")).isZero();
        }
    }

    @Test
    void a_receiver_that_answers_500_for_an_hour_gets_few_requests_and_then_everything() throws Exception {
        try (Receiver receiver = new Receiver();
                RunningWebhooks running = new RunningWebhooks(TestDatabases.SQLITE.fresh(folder), clock)) {
            String[] agents = IntStream.range(0, 30).mapToObj(i -> "a" + i).toArray(String[]::new);
            signedIn(running, agents);
            Subscription webhook = running.register(receiver.url(), EventKind.STATE_CHANGED);
            receiver.answer(message -> 500);
            for (String agent : agents) {
                toggle(running, agent, 4);
            }
            Instant end = clock.instant().plus(Duration.ofHours(1));
            running.moveUntil(Duration.ofSeconds(5), () -> !clock.instant().isBefore(end));

            // Up to 8 agents at first, and then one request after longer and longer waits.
            assertThat(receiver.messages()).hasSizeBetween(5, 60);
            assertThat(webhook.pending()).isEqualTo(120);
            assertThat(webhook.failure().error()).isEqualTo("It answered 500.");

            receiver.answer(message -> 200);
            running.moveUntil(Duration.ofSeconds(20), () -> webhook.pending() == 0);
            for (String agent : agents) {
                assertThat(numbers(receiver.arrived(), agent))
                        .as(agent)
                        .hasSize(4)
                        .isSorted();
            }
            assertThat(webhook.deadLetters()).isZero();
        }
    }

    @Test
    void an_event_that_is_refused_again_and_again_holds_up_its_agent_alone() throws Exception {
        try (Receiver receiver = new Receiver();
                RunningWebhooks running = new RunningWebhooks(TestDatabases.SQLITE.fresh(folder), clock)) {
            signedIn(running, "ada", "bo");
            Subscription webhook = running.register(receiver.url(), EventKind.STATE_CHANGED);
            receiver.answer(message -> message.agent().equals("ada") ? 400 : 200);
            // More than there is room for in memory.
            toggle(running, "ada", Lane.WINDOW + 700);
            toggle(running, "bo", 20);

            running.moveUntil(
                    Duration.ofMillis(500),
                    () -> numbers(receiver.arrived(), "bo").size() == 20);
            assertThat(numbers(receiver.messages(), "ada").stream().distinct()).hasSize(1);

            receiver.answer(message -> 200);
            running.moveUntil(Duration.ofSeconds(20), () -> webhook.pending() == 0);
            assertThat(numbers(receiver.arrived(), "ada"))
                    .hasSize(Lane.WINDOW + 700)
                    .isSorted();
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_was_not_sent_is_sent_after_a_restart(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        try (Receiver receiver = new Receiver()) {
            receiver.answer(message -> 503);
            String id;
            String secret;
            try (RunningWebhooks running = new RunningWebhooks(database, clock)) {
                signedIn(running, "ada");
                Shown shown =
                        running.webhooks.register(definition(receiver.url(), Set.of(), true, EventKind.STATE_CHANGED));
                id = shown.webhook().id();
                secret = shown.secret();
                toggle(running, "ada", 10);
                soon().until(() -> shown.webhook().failure() != null);
            }
            int before = receiver.messages().size();
            receiver.answer(message -> 200);
            try (RunningWebhooks running = new RunningWebhooks(database, clock)) {
                Subscription webhook = running.webhooks.find(id);
                assertThat(webhook.pending()).isEqualTo(10);
                assertThat(webhook.failure().error()).isEqualTo("It answered 503.");
                running.moveUntil(Duration.ofSeconds(1), () -> webhook.pending() == 0);
            }
            List<Message> after =
                    receiver.messages().subList(before, receiver.messages().size());
            assertThat(numbers(after, "ada")).hasSize(10).isSorted();
            assertThat(after.get(9).header("webhook-signature")).isEqualTo(signature(secret, after.get(9)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_transaction_that_is_done_again_leaves_nothing_twice(TestDatabases databases) throws Exception {
        AtomicInteger failures = new AtomicInteger();
        Recorder failing = new Recorder() {
            @Override
            public void record(Handle handle, List<Happening> happenings) throws SQLException {
                if (failures.getAndDecrement() > 0) {
                    throw new SQLException("on purpose");
                }
            }

            @Override
            public void committed() {}
        };
        try (Receiver receiver = new Receiver();
                RunningWebhooks running = new RunningWebhooks(
                        databases.fresh(folder),
                        clock,
                        RunningWebhooks.SETTINGS,
                        Sender.Names.OF_THE_MACHINE,
                        failing)) {
            signedIn(running, "ada");
            Subscription webhook = running.webhooks
                    .register(definition(receiver.url(), Set.of(), false, EventKind.STATE_CHANGED))
                    .webhook();
            failures.set(3);
            toggle(running, "ada", 10);
            soon().until(() -> failures.get() < 0);
            running.recorded();

            assertThat(webhook.pending()).isEqualTo(10);
            assertThat(running.rows("records_outbox")).isEqualTo(10);
        }
    }

    // --- dead letters

    @ParameterizedTest
    @EnumSource
    void what_does_not_arrive_within_a_day_is_a_dead_letter_and_can_be_sent_again(TestDatabases databases)
            throws Exception {
        try (Receiver receiver = new Receiver();
                RunningWebhooks running = new RunningWebhooks(databases.fresh(folder), clock)) {
            signedIn(running, "ada", "bo");
            Subscription webhook = running.register(receiver.url(), EventKind.STATE_CHANGED);
            AtomicReference<String> refused = new AtomicReference<>("");
            receiver.answer(message -> {
                boolean first = message.agent().equals("ada") && refused.compareAndSet("", message.id());
                return first || message.id().equals(refused.get()) ? 422 : 200;
            });
            toggle(running, "ada", 3);
            toggle(running, "bo", 1);
            running.moveUntil(Duration.ofMinutes(7), () -> webhook.deadLetters() == 1);

            assertThat(Duration.between(Instant.parse(BEGIN), clock.instant()))
                    .isGreaterThanOrEqualTo(Duration.ofHours(24));
            // The others went on.
            running.drained(webhook);
            List<DeadLetter> dead = running.webhooks.deadLetters(webhook, 0, 10);
            assertThat(dead).singleElement().satisfies(letter -> {
                assertThat(letter.event()).isEqualTo(refused.get());
                assertThat(letter.error()).isEqualTo("It answered 422.");
                assertThat(letter.attempts()).isGreaterThan(3);
                assertThat(letter.body()).contains("\"subject\":\"ada\"");
            });
            assertThat(numbers(receiver.arrived(), "ada")).hasSize(2);

            String event = refused.getAndSet("none");
            assertThat(running.webhooks.replay(webhook, List.of("999999"))).isZero();
            assertThat(running.webhooks.replay(webhook, null)).isEqualTo(1);
            running.drained(webhook);
            assertThat(receiver.arrived()).extracting(Message::id).contains(event);
            assertThat(webhook.deadLetters()).isZero();
            assertThat(running.rows("records_dead_letter")).isZero();
        }
    }

    @Test
    void dead_letters_are_deleted_one_by_one_or_when_they_are_old() throws Exception {
        try (RunningWebhooks running = new RunningWebhooks(TestDatabases.SQLITE.fresh(folder), clock)) {
            signedIn(running, "ada", "bo");
            Subscription webhook = running.register("http://127.0.0.1:1/", EventKind.STATE_CHANGED);
            toggle(running, "ada", 1);
            toggle(running, "bo", 1);
            // In steps so short that the first is not too old to be kept before the second is there.
            running.moveUntil(Duration.ofHours(1), () -> webhook.deadLetters() == 2);
            List<DeadLetter> dead = running.webhooks.deadLetters(webhook, 0, 10);
            assertThat(dead).extracting(DeadLetter::error).containsOnly("No connection could be made.");

            assertThat(running.webhooks.deleteDeadLetter(webhook, dead.get(0).event()))
                    .isTrue();
            assertThat(running.webhooks.deleteDeadLetter(webhook, dead.get(0).event()))
                    .isFalse();
            assertThat(webhook.deadLetters()).isEqualTo(1);
            running.move(Duration.ofDays(30).plusMinutes(1));
            soon().until(() -> webhook.deadLetters() == 0);
            assertThat(running.rows("records_dead_letter")).isZero();
        }
    }

    // --- bounds

    @ParameterizedTest
    @EnumSource
    void beyond_its_capacity_events_are_lost_and_the_receiver_is_told_which(TestDatabases databases) throws Exception {
        TestDatabase database = databases.fresh(folder);
        WebhookConfiguration settings = RunningWebhooks.settings(100, 10);
        try (Receiver receiver = new Receiver()) {
            receiver.answer(message -> 500);
            String id;
            try (RunningWebhooks running =
                    new RunningWebhooks(database, clock, settings, Sender.Names.OF_THE_MACHINE)) {
                signedIn(running, "ada", "bo");
                id = running.register(receiver.url(), EventKind.STATE_CHANGED).id();
                toggle(running, "ada", 90);
                toggle(running, "bo", 50);
                Subscription webhook = running.webhooks.find(id);
                assertThat(webhook.pending()).isEqualTo(100);
                assertThat(webhook.lost()).isEqualTo(40);
            }
            try (RunningWebhooks running =
                    new RunningWebhooks(database, clock, settings, Sender.Names.OF_THE_MACHINE)) {
                Subscription webhook = running.webhooks.find(id);
                assertThat(webhook.lost()).isEqualTo(40);
                toggle(running, "ada", 2);
                assertThat(webhook.lost()).isEqualTo(42);
                receiver.answer(message -> 200);
                running.moveUntil(Duration.ofSeconds(30), () -> webhook.pending() == 0);
                toggle(running, "ada", 2);
                running.moveUntil(Duration.ofSeconds(30), () -> webhook.pending() == 0);
                assertThat(webhook.lost()).isEqualTo(42);
            }
            List<Message> arrived = receiver.arrived();
            assertThat(arrived).hasSize(103);
            Message told = arrived.get(100);
            assertThat(told.type()).isEqualTo("presence.EventsLost");
            long from = told.json().at("/data/from").asLong();
            long to = told.json().at("/data/to").asLong();
            assertThat(told.id()).isEqualTo("lost-" + to);
            List<Long> kept = new ArrayList<>();
            arrived.stream()
                    .filter(message -> !message.equals(told))
                    .forEach(message -> kept.add(Long.parseLong(message.id())));
            assertThat(kept)
                    .allSatisfy(number -> assertThat(number < from || number > to)
                            .as("%s, lost %s to %s", number, from, to)
                            .isTrue());
            assertThat(kept.subList(100, 102))
                    .allSatisfy(number -> assertThat(number).isGreaterThan(to));
        }
    }

    @Test
    void a_webhook_that_is_not_active_keeps_its_events_until_it_is() throws Exception {
        try (Receiver receiver = new Receiver();
                RunningWebhooks running = new RunningWebhooks(TestDatabases.SQLITE.fresh(folder), clock)) {
            signedIn(running, "ada");
            Subscription webhook = running.webhooks
                    .register(definition(receiver.url(), Set.of(), false, EventKind.STATE_CHANGED))
                    .webhook();
            toggle(running, "ada", 4);
            running.move(Duration.ofMinutes(1));
            assertThat(webhook.pending()).isEqualTo(4);
            assertThat(receiver.messages()).isEmpty();

            running.webhooks.define(webhook, definition(receiver.url(), Set.of(), true, EventKind.STATE_CHANGED));
            running.drained(webhook);
            assertThat(numbers(receiver.arrived(), "ada")).hasSize(4);
        }
    }

    @Test
    void another_address_is_tried_at_once() throws Exception {
        try (Receiver receiver = new Receiver();
                RunningWebhooks running = new RunningWebhooks(TestDatabases.SQLITE.fresh(folder), clock)) {
            signedIn(running, "ada");
            Subscription webhook = running.register("http://127.0.0.1:1/", EventKind.STATE_CHANGED);
            toggle(running, "ada", 4);
            Instant later = clock.instant().plus(Duration.ofHours(1));
            running.moveUntil(Duration.ofSeconds(60), () -> !clock.instant().isBefore(later));
            assertThat(webhook.pending()).isEqualTo(4);

            running.webhooks.define(webhook, definition(receiver.url(), Set.of(), true, EventKind.STATE_CHANGED));
            running.drained(webhook); // and no clock moves
            assertThat(numbers(receiver.arrived(), "ada")).hasSize(4).isSorted();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_webhook_that_is_deleted_leaves_nothing_behind(TestDatabases databases) throws Exception {
        try (RunningWebhooks running = new RunningWebhooks(databases.fresh(folder), clock)) {
            signedIn(running, "ada");
            Subscription gone = running.register("http://127.0.0.1:1/", EventKind.STATE_CHANGED);
            Subscription stays = running.register("http://127.0.0.1:1/", EventKind.STATE_CHANGED);
            toggle(running, "ada", 6);
            running.webhooks.delete(gone);
            assertThat(running.webhooks.all()).containsExactly(stays);
            toggle(running, "ada", 2);
            running.moveUntil(Duration.ofMinutes(1), () -> running.rows("records_outbox") == 8);
            assertThat(stays.pending()).isEqualTo(8);
        }
    }

    @Test
    void there_is_a_most_of_webhooks() throws Exception {
        try (RunningWebhooks running = new RunningWebhooks(TestDatabases.SQLITE.fresh(folder), clock)) {
            for (int i = 0; i < Webhooks.MOST; i++) {
                running.register("http://127.0.0.1:1/");
            }
            assertThat(running.webhooks.register(definition("http://127.0.0.1:1/", Set.of(), true)))
                    .isNull();
        }
    }

    // --- receivers that mean no good

    private void misbehaving(Receiver.Misbehaviour how, String error) throws Exception {
        try (Receiver receiver = new Receiver();
                RunningWebhooks running = new RunningWebhooks(
                        TestDatabases.SQLITE.fresh(folder),
                        clock,
                        RunningWebhooks.settings(1_000, 1),
                        Sender.Names.OF_THE_MACHINE)) {
            signedIn(running, "ada");
            Subscription webhook = running.register(receiver.url(), EventKind.STATE_CHANGED);
            receiver.misbehave(how);
            toggle(running, "ada", 2);
            soon().until(() -> webhook.failure() != null);
            assertThat(webhook.failure().error()).isEqualTo(error);
            assertThat(webhook.pending()).isEqualTo(2);
            assertThat(running.webhooks.test(webhook).error()).isEqualTo(error);

            receiver.answer(message -> 204);
            running.moveUntil(Duration.ofSeconds(1), () -> webhook.pending() == 0);
            assertThat(numbers(receiver.arrived(), "ada")).hasSize(2).isSorted();
        }
    }

    @Test
    void a_redirect_is_a_failure_and_not_followed() throws Exception {
        try (Receiver elsewhere = new Receiver()) {
            misbehaving(
                    exchange -> {
                        exchange.getResponseHeaders().set("Location", elsewhere.url());
                        exchange.sendResponseHeaders(307, -1);
                    },
                    "It answered 307; redirects are not followed.");
            assertThat(elsewhere.messages()).isEmpty();
        }
    }

    @Test
    void one_that_asks_for_a_password_gets_none() throws Exception {
        misbehaving(
                exchange -> {
                    exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"x\"");
                    exchange.getResponseHeaders().set("Set-Cookie", "a=b");
                    exchange.sendResponseHeaders(401, -1);
                },
                "It answered 401.");
    }

    @Test
    void one_that_hangs_is_cut_off() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try {
            misbehaving(
                    exchange -> {
                        try {
                            end.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    "It did not answer within 1 s.");
        } finally {
            end.countDown();
        }
    }

    @Test
    void one_that_closes_the_connection_is_tried_again() throws Exception {
        misbehaving(exchange -> {}, "The connection ended before an answer that can be read.");
    }

    @Test
    void one_that_floods_back_is_cut_off() throws Exception {
        AtomicInteger written = new AtomicInteger();
        misbehaving(
                exchange -> {
                    exchange.sendResponseHeaders(500, 0);
                    byte[] much = new byte[1 << 20];
                    try {
                        for (int i = 0; i < 1_000; i++) {
                            exchange.getResponseBody().write(much);
                            written.incrementAndGet();
                        }
                    } catch (IOException e) {
                        // as it should
                    }
                },
                "It answered 500.");
        assertThat(written.get()).isLessThan(100);
    }

    @Test
    void one_that_drips_its_answer_is_cut_off() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try {
            misbehaving(
                    exchange -> {
                        exchange.sendResponseHeaders(500, 0);
                        try {
                            while (!end.await(50, TimeUnit.MILLISECONDS)) {
                                exchange.getResponseBody().write('.');
                                exchange.getResponseBody().flush();
                            }
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    "It answered 500.");
        } finally {
            end.countDown();
        }
    }

    // --- addresses

    @Test
    void an_address_within_is_refused_without_a_word_about_it() throws Exception {
        Sender.Names names = host -> switch (host) {
            case "inside.example" -> RunningWebhooks.addresses("10.9.8.7");
            case "both.example" -> RunningWebhooks.addresses("8.8.8.8", "10.9.8.7");
            case "outside.example" -> RunningWebhooks.addresses("8.8.8.8");
            case "slow.example" -> throw new UnknownHostException(host);
            default -> InetAddress.getAllByName(host);
        };
        WebhookConfiguration settings = WebhookConfiguration.defaults();
        try (RunningWebhooks running =
                new RunningWebhooks(TestDatabases.SQLITE.fresh(folder), clock, settings, names)) {
            for (String url : List.of(
                    "https://inside.example/",
                    "https://both.example/",
                    "http://outside.example/",
                    "http://slow.example/",
                    "https://127.0.0.1/",
                    "https://2130706433/",
                    "https://[::1]/",
                    "https://[::ffff:10.0.0.1]/",
                    "https://localhost/",
                    "http://169.254.169.254/latest/meta-data")) {
                assertThatExceptionOfType(BadInput.class)
                        .as(url)
                        .isThrownBy(() -> running.webhooks.register(definition(url, Set.of(), true)))
                        .satisfies(refused -> assertThat(refused.code()).isEqualTo(ErrorCode.ADDRESS_NOT_ALLOWED))
                        .withMessageNotContaining("10.9");
            }
            assertThat(running.rows("records_webhook")).isZero();
            Subscription late = running.webhooks
                    .register(definition("https://slow.example/", Set.of(), false))
                    .webhook();
            assertThat(late.failure().error()).isEqualTo("The host's name is not known.");
            assertThat(running.webhooks
                            .register(definition("https://outside.example/", Set.of(), false))
                            .webhook()
                            .failure())
                    .isNull();
        }
    }

    /** First it leads outside, and as soon as it is to be sent to, to this very machine. */
    @Test
    void a_name_that_leads_elsewhere_later_is_not_followed_there() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Sender.Names names = host -> RunningWebhooks.addresses(asked.getAndIncrement() == 0 ? "8.8.8.8" : "127.0.0.1");
        try (Receiver receiver = new Receiver();
                RunningWebhooks running = new RunningWebhooks(
                        TestDatabases.SQLITE.fresh(folder), clock, WebhookConfiguration.defaults(), names)) {
            signedIn(running, "ada");
            Subscription webhook =
                    running.register("https://outside.example:" + receiver.port() + "/", EventKind.STATE_CHANGED);
            toggle(running, "ada", 1);
            soon().until(() -> webhook.failure() != null);

            assertThat(asked.get()).isGreaterThan(1);
            assertThat(webhook.failure().error())
                    .isEqualTo("The host leads to an address that webhooks may not be sent to.");
            assertThat(receiver.messages()).isEmpty();
        }
    }

    // --- trials

    @Test
    void a_trial_is_signed_and_says_how_it_came_out() throws Exception {
        try (Receiver receiver = new Receiver();
                RunningWebhooks running = new RunningWebhooks(TestDatabases.SQLITE.fresh(folder), clock)) {
            Shown shown = running.webhooks.register(definition(receiver.url(), Set.of(), false));
            Delivery delivery = running.webhooks.test(shown.webhook());
            assertThat(delivery.arrived()).isTrue();
            assertThat(delivery.status()).isEqualTo(204);
            Message message = receiver.messages().get(0);
            assertThat(message.type()).isEqualTo("presence.Test");
            assertThat(message.header("webhook-signature")).isEqualTo(signature(shown.secret(), message));

            receiver.answer(ignored -> 418);
            assertThat(running.webhooks.test(shown.webhook()).error()).isEqualTo("It answered 418.");
            assertThat(shown.toString() + shown.webhook().secrets())
                    .doesNotContain(shown.secret().substring(8));
        }
    }
}
