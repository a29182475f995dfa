package presence.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import presence.TestRules;
import presence.command.AgentDefinition;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.Outcome;
import presence.command.ProfileDefinition;
import presence.command.QueueDefinition;
import presence.engine.RuleBook;
import presence.engine.RuleFile;
import presence.engine.RuleFiles;
import presence.facts.Capability;
import presence.facts.Channel;
import presence.facts.OnReturn;
import presence.facts.ProfileType;
import presence.facts.Reason;
import presence.facts.Status;
import presence.index.PresenceIndex;
import presence.state.ContactCentre;

/** Why an agent is what it is: the rules, what they read, what lost, and what would change it. */
class ExplainerTest {
    private static final long START = 1_772_438_400_000L;
    private static final List<Channel> ALL = List.of(Channel.values());
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    private ContactCentre centre;
    private PresenceIndex index;
    private RuleBook rules = TestRules.SHIPPED;
    private Explainer explainer;

    @BeforeEach
    void open() {
        centre = new ContactCentre(TestRules.SHIPPED, START, happening -> {});
        index = new PresenceIndex(centre);
        explainer = new Explainer(() -> index, () -> new RulesInForce("release", rules));
        apply(
                new Command.PutQueue(new QueueDefinition("sales", "Sales", true)),
                profile("lunch", ProfileType.AWAY, HALF_AN_HOUR),
                profile("back-office", ProfileType.TENTATIVE, null),
                new Command.PutAgent(new AgentDefinition(
                        "ada",
                        "Ada",
                        ZoneId.of("UTC"),
                        List.of("sales"),
                        EnumSet.of(Capability.PHONE, Capability.CHAT))));
    }

    @AfterEach
    void close() {
        explainer.close();
        centre.close();
    }

    private static Command profile(String id, ProfileType type, @Nullable Duration duration) {
        return new Command.PutProfile(
                new ProfileDefinition(id, id, type, null, null, 1, duration, null, null, OnReturn.KEEP, null, null));
    }

    private void apply(Command... commands) {
        for (Command command : commands) {
            assertThat(centre.apply(Envelope.of(command)).kind()).isEqualTo(Outcome.Kind.APPLIED);
        }
        index.publish(centre);
    }

    private Explanation explained(@Nullable String queue, List<Channel> channels) {
        try {
            return Objects.requireNonNull(explainer.explain("ada", queue, channels));
        } catch (Busy e) {
            throw new IllegalStateException(e);
        }
    }

    private static Change found(Explanation explanation, String sentence) {
        return explanation.changes().stream()
                .filter(change -> change.steps().get(0).sentence().contains(sentence))
                .findFirst()
                .orElseThrow(() -> new AssertionError(sentence + " is not among " + explanation.changes()));
    }

    private static List<String> ids(Finding<?> finding) {
        return finding.rules().stream().map(said -> said.rule().id()).toList();
    }

    private static Explanation.OnChannel on(Explanation explanation, Channel channel) {
        return explanation.channels().stream()
                .filter(one -> one.channel() == channel)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void an_agent_at_lunch_is_away_by_one_rule_which_read_three_facts() {
        apply(
                new Command.SignIn("ada"),
                new Command.Ready("ada", null),
                new Command.SelectProfile("ada", "lunch", null));

        Explanation explanation = explained(null, ALL);

        assertThat(explanation.outlook().status()).isEqualTo(Status.AWAY);
        assertThat(ids(explanation.status())).containsExactly("STATUS-040");
        assertThat(explanation.status().facts())
                .isEqualTo(Map.of("Agent.signedIn", true, "Agent.profileType", "AWAY", "Agent.work", 0));
        assertThat(on(explanation, Channel.VIDEO).against()).containsExactly(Reason.NO_CAPABILITY, Reason.PROFILE_AWAY);
        assertThat(ids(on(explanation, Channel.VIDEO).eligibility()))
                .containsExactly("ELIGIBILITY-030", "ELIGIBILITY-040");
        assertThat(on(explanation, Channel.VIDEO).eligibility().facts())
                .containsEntry("Agent.incapable", List.of("ITEMS", "VIDEO"))
                .containsEntry("Agent.profileType", "AWAY")
                .doesNotContainKey("Agent.ready");
        assertThat(ids(explanation.directChat())).containsExactly("DIRECT-010");
    }

    @Test
    void lunch_ends_by_another_profile_or_by_itself_and_both_lead_to_a_free_agent() {
        apply(
                new Command.SignIn("ada"),
                new Command.Ready("ada", null),
                new Command.SelectProfile("ada", "lunch", null));

        Explanation explanation = explained(null, ALL);

        Change chosen = found(explanation, "selects the profile 'available'");
        assertThat(chosen.leadsTo().status()).isEqualTo(Status.FREE);
        assertThat(Objects.requireNonNull(chosen.leadsTo().statusRule()).id()).isEqualTo("STATUS-130");
        assertThat(chosen.leadsTo().eligible()).containsExactly(Channel.PHONE, Channel.CHAT);
        Change waited = found(explanation, "nothing has been reported");
        assertThat(waited.steps().get(0).at()).isEqualTo(START + HALF_AN_HOUR.toMillis());
        assertThat(waited.steps().get(0).rules()).extracting(rule -> rule.id()).containsExactly("EXPIRY-010");
        assertThat(waited.leadsTo()).isEqualTo(chosen.leadsTo());
        assertThat(explanation.changes())
                .as("to be ready or not changes nothing at lunch")
                .noneMatch(change -> change.steps().get(0).command() instanceof Command.NotReady);
    }

    @Test
    void where_nothing_stands_against_an_agent_what_was_looked_at_is_told() {
        apply(new Command.SignIn("ada"), new Command.Ready("ada", null));

        Explanation.OnChannel chat = on(explained("sales", ALL), Channel.CHAT);

        assertThat(chat.eligible()).isTrue();
        assertThat(chat.eligibility().rules()).isEmpty();
        assertThat(chat.eligibility().facts())
                .containsEntry("Agent.ready", true)
                .containsEntry("Agent.queues", List.of("sales"))
                .containsEntry("QueueAsked.queue", "sales")
                .containsEntry("Capacity.limit", 4)
                .containsEntry("Agent.load( CHAT )", 0)
                .doesNotContainKey("Agent.load( PHONE )");
    }

    @Test
    void two_things_together_are_told_where_no_single_one_is_enough() {
        Explanation explanation = explained(null, ALL);

        assertThat(explanation.outlook().status()).isEqualTo(Status.OFFLINE);
        assertThat(explanation.changes().get(0).steps()).hasSize(1);
        Change last = explanation.changes().get(explanation.changes().size() - 1);
        assertThat(last.steps())
                .extracting(step -> Objects.requireNonNull(step.command()))
                .containsExactly(new Command.SignIn("ada"), new Command.Ready("ada", null));
        assertThat(last.leadsTo().eligible()).containsExactly(Channel.PHONE, Channel.CHAT);

        apply(new Command.SignIn("ada"));
        assertThat(explained(null, ALL).changes())
                .allSatisfy(change -> assertThat(change.steps()).hasSize(1));
    }

    @Test
    void with_a_queue_its_reserve_is_told_and_counted_anew_for_every_change() {
        apply(
                new Command.SignIn("ada"),
                new Command.Ready("ada", null),
                new Command.SelectProfile("ada", "back-office", null));

        Explanation alone = explained("sales", List.of(Channel.CHAT));
        Explanation.Overflow overflow =
                Objects.requireNonNull(on(alone, Channel.CHAT).overflow());

        assertThat(on(alone, Channel.CHAT).eligible()).isTrue();
        assertThat(Objects.requireNonNull(overflow.openedBy()).id()).isEqualTo("OVERFLOW-020");
        assertThat(overflow.facts())
                .containsEntry("QueueStaffing.eligible", 0)
                .containsEntry("QueueStaffing.reserve", 1);
        assertThat(found(alone, "leaves the queue").leadsTo().eligible()).isEmpty();

        apply(
                new Command.PutAgent(new AgentDefinition(
                        "bo", "Bo", ZoneId.of("UTC"), List.of("sales"), EnumSet.allOf(Capability.class))),
                new Command.SignIn("bo"),
                new Command.Ready("bo", null));
        Explanation beside = explained("sales", List.of(Channel.CHAT));
        assertThat(beside.outlook().eligible()).isEmpty();
        assertThat(on(beside, Channel.CHAT).against()).containsExactly(Reason.PROFILE_TENTATIVE);
        assertThat(found(beside, "selects the profile 'available'").leadsTo().eligible())
                .containsExactly(Channel.CHAT);
    }

    @Test
    void a_claim_that_lost_is_told_with_the_rule_that_made_it() {
        List<RuleFile> files = new ArrayList<>(RuleFiles.shipped());
        files.add(new RuleFile("status/house.drl", """
                rule "HOUSE-010 An agent who is not ready shows as busy here"
                when
                    Agent( signedIn, !ready )
                then
                    verdict.status( Status.BUSY, Reason.NOT_READY );
                end
                """));
        rules = RuleBook.compile(files);
        apply(new Command.SignIn("ada"));

        Explanation explanation = explained(null, ALL);

        assertThat(explanation.outlook().status()).isEqualTo(Status.BUSY);
        assertThat(ids(explanation.status())).containsExactly("HOUSE-010", "STATUS-120");
        assertThat(explanation.status().rules().get(1).conclusion())
                .isEqualTo(new Explanation.Claim(Status.AWAY, List.of(Reason.NOT_READY)));
        assertThat(explanation.status().rules().get(0).rule().file()).isEqualTo("status/house.drl");
    }

    @Test
    void other_rules_in_force_are_asked_from_the_next_question_on() {
        apply(new Command.SignIn("ada"));
        assertThat(ids(explained(null, ALL).status())).containsExactly("STATUS-120");

        rules = RuleBook.compile(RuleFiles.shipped().stream()
                .filter(file -> !file.path().startsWith("status/"))
                .toList());

        Explanation explanation = explained(null, ALL);
        assertThat(explanation.outlook().reasons()).containsExactly(Reason.UNDECIDED);
        assertThat(explanation.status().rules()).isEmpty();
        assertThat(explanation.outlook().statusRule()).isNull();
    }

    @Test
    void many_profiles_and_conversations_are_tried_up_to_a_limit_and_the_rest_is_counted() {
        for (int i = 0; i < 120; i++) {
            apply(profile("p" + i, ProfileType.AWAY, null));
        }
        apply(new Command.SignIn("ada"), new Command.Ready("ada", null));

        Explanation explanation = explained(null, ALL);

        assertThat(explanation.changes().stream()
                        .filter(change -> change.steps().get(0).command() instanceof Command.SelectProfile))
                .hasSize(10);
        // Of 122 profiles that could be chosen 10 are told.
        assertThat(explanation.changesLeftOut()).isEqualTo(112);
    }

    @Test
    void who_would_wait_too_long_is_told_so_and_everybody_else_is_answered() throws Exception {
        apply(new Command.SignIn("ada"));
        CountDownLatch held = new CountDownLatch(1);
        AtomicInteger answered = new AtomicInteger();
        try (Explainer slow = new Explainer(
                () -> {
                    awaitQuietly(held);
                    return index;
                },
                () -> new RulesInForce("release", rules))) {
            List<Thread> asking = Stream.generate(() -> new Thread(() -> {
                        try {
                            slow.explain("ada", null, ALL);
                            answered.incrementAndGet();
                        } catch (Busy e) {
                            // counted by the answers that are missing
                        }
                    }))
                    .limit(66)
                    .toList();
            asking.forEach(Thread::start);
            await().until(() -> asking.stream()
                    .allMatch(thread -> thread.getState() == Thread.State.WAITING
                            || thread.getState() == Thread.State.TIMED_WAITING));

            assertThatThrownBy(() -> slow.explain("ada", null, ALL))
                    .isInstanceOf(Busy.class)
                    .hasMessageContaining("64 wait already");

            held.countDown();
            for (Thread thread : asking) {
                thread.join();
            }
            assertThat(answered.get()).isEqualTo(66);
            assertThat(slow.explain("ada", null, ALL)).isNotNull();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
