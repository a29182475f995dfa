package presence.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import presence.TestRules;
import presence.command.AgentDefinition;
import presence.command.Cause;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.ErrorCode;
import presence.command.OfferMode;
import presence.command.Outcome;
import presence.command.PolicyChange;
import presence.command.QueueDefinition;
import presence.facts.Capability;
import presence.facts.Channel;
import presence.facts.Reason;
import presence.facts.Status;
import presence.index.PresenceIndex;
import presence.model.RandomCommands;

/** Offers, transfers, conversations that nobody mentions and desktops that fall silent. */
class OffersTest {
    private static final long START = 1_772_438_400_000L;
    private static final long TTL = 60_000;

    private final List<Happening> happenings = new ArrayList<>();
    private ContactCentre centre;

    @BeforeEach
    void open() {
        centre = new ContactCentre(TestRules.SHIPPED, START, happenings::add);
        // The centre's offers go by it.
        var unused = new PresenceIndex(centre);
        apply(new Command.PutQueue(new QueueDefinition("sales", "Sales", false)));
        working("ada");
        centre.advance(START + 1);
        working("bo");
        happenings.clear();
    }

    @AfterEach
    void close() {
        centre.close();
    }

    private void working(String agent) {
        apply(
                new Command.PutAgent(new AgentDefinition(
                        agent, agent, ZoneId.of("UTC"), List.of("sales"), EnumSet.allOf(Capability.class))),
                new Command.SignIn(agent),
                new Command.Ready(agent, null));
    }

    private void apply(Command... commands) {
        for (Command command : commands) {
            assertThat(run(command)).isEqualTo(Outcome.APPLIED);
        }
    }

    private Outcome run(Command command) {
        return centre.apply(Envelope.of(command));
    }

    private static Command.MakeOffer offer(String conversation, String agent, OfferMode mode, String... exclude) {
        return new Command.MakeOffer(conversation, Channel.PHONE, "sales", agent, mode, null, List.of(exclude));
    }

    private Offer made(String conversation) {
        Outcome outcome = run(offer(conversation, null, OfferMode.PREFERRED));
        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.APPLIED);
        return centre.offer(outcome.offer().offer());
    }

    private Offer again(Offer offer) {
        return centre.offer(offer.id());
    }

    private static Command policy(PolicyChange change) {
        return new Command.PutPolicy(change);
    }

    private static PolicyChange offers(Integer missed, Duration rejectDelay) {
        return new PolicyChange(
                Map.of(), Map.of(), Map.of(), null, null, null, Map.of(), missed, rejectDelay, Map.of(), null);
    }

    // --- making

    @Test
    void the_first_is_picked_then_the_next_within_one_turn_and_then_nobody() {
        assertThat(made("c1").agent()).isEqualTo("ada");
        assertThat(made("c2").agent()).isEqualTo("bo");

        Outcome third = run(offer("c3", null, OfferMode.PREFERRED));
        assertThat(third.code()).isEqualTo(ErrorCode.NOBODY_ELIGIBLE);
        assertThat(centre.agent("ada").fact().load()).isEqualTo(1);
        assertThat(centre.agent("ada").fact().work()).isZero();
        assertThat(centre.agent("ada").verdict().status()).isEqualTo(Status.FREE);
    }

    @Test
    void a_conversation_that_is_offered_already_gets_the_same_offer() {
        Offer offer = made("c1");
        Outcome again = run(offer("c1", "bo", OfferMode.REQUIRED));

        assertThat(again.kind()).isEqualTo(Outcome.Kind.UNCHANGED);
        assertThat(again.offer().offer()).isEqualTo(offer.id());
        assertThat(centre.agent("bo").offers()).isEmpty();
    }

    @Test
    void a_preferred_agent_falls_back_to_the_queue_and_a_required_one_does_not() {
        apply(new Command.NotReady("bo", null));

        Outcome required = run(offer("c1", "bo", OfferMode.REQUIRED));
        assertThat(required.code()).isEqualTo(ErrorCode.NOBODY_ELIGIBLE);
        assertThat(required.reasons()).containsExactly(Reason.NOT_READY);
        assertThat(run(offer("c1", "bo", OfferMode.PREFERRED)).offer().agent()).isEqualTo("ada");
        assertThat(run(offer("c2", null, OfferMode.PREFERRED, "ada")).code()).isEqualTo(ErrorCode.NOBODY_ELIGIBLE);
    }

    @Test
    void an_active_conversation_is_not_offered() {
        apply(new Command.StartConversation("c1", "ada", Channel.PHONE, "sales", false));
        assertThat(run(offer("c1", null, OfferMode.PREFERRED)).code()).isEqualTo(ErrorCode.CONVERSATION_ACTIVE);
    }

    // --- answers

    @Test
    void accepting_starts_the_conversation_and_accepting_again_changes_nothing() {
        Offer offer = made("c1");
        apply(new Command.AcceptOffer(offer.id(), "ada"));

        assertThat(again(offer).state()).isEqualTo(Offer.State.ACCEPTED);
        assertThat(centre.conversation("c1").agent()).isEqualTo("ada");
        assertThat(centre.agent("ada").verdict().status()).isEqualTo(Status.BUSY);
        assertThat(centre.agent("ada").fact().load()).isEqualTo(1);
        assertThat(run(new Command.AcceptOffer(offer.id(), "ada"))).isEqualTo(Outcome.UNCHANGED);
        Outcome late = run(new Command.RejectOffer(offer.id(), null));
        assertThat(late.code()).isEqualTo(ErrorCode.OFFER_CLOSED);
        assertThat(late.detail()).contains(offer.id(), "ACCEPTED");
    }

    @Test
    void only_the_agent_it_was_made_to_can_answer() {
        Offer offer = made("c1");
        assertThat(run(new Command.AcceptOffer(offer.id(), "bo")).code()).isEqualTo(ErrorCode.WRONG_AGENT);
        assertThat(again(offer).open()).isTrue();
    }

    @Test
    void telephony_that_starts_the_conversation_answers_the_offer() {
        Offer first = made("c1");
        Offer second = made("c2");
        apply(
                new Command.StartConversation("c1", "ada", Channel.PHONE, "sales", false),
                new Command.StartConversation("c2", "ada", Channel.PHONE, "sales", false));

        assertThat(again(first).state()).isEqualTo(Offer.State.ACCEPTED);
        assertThat(again(second).state()).isEqualTo(Offer.State.WITHDRAWN);
        assertThat(centre.agent("bo").fact().load()).isZero();
    }

    @Test
    void a_customer_who_goes_before_anybody_answers_takes_the_offer_along() {
        Offer offer = made("c1");
        apply(new Command.EndConversation("c1"));
        assertThat(again(offer).state()).isEqualTo(Offer.State.WITHDRAWN);
        assertThat(centre.agent("ada").missedOffers).isZero();
    }

    @Test
    void an_end_withdraws_the_offer_of_an_orphaned_conversation_too() {
        apply(new Command.StartConversation("c1", "ada", Channel.PHONE, "sales", false), new Command.SignOut("ada"));
        Offer offer = made("c1");
        assertThat(offer.agent()).isEqualTo("bo");
        apply(new Command.EndConversation("c1"));

        assertThat(again(offer).state()).isEqualTo(Offer.State.WITHDRAWN);
        assertThat(centre.conversation("c1").open()).isFalse();
        centre.advance(centre.now() + TTL);
        assertThat(centre.agent("bo").ready()).as("nothing was missed").isTrue();
    }

    @Test
    void an_end_withdraws_the_offer_of_a_conversation_that_was_handled_before() {
        apply(
                new Command.StartConversation("c1", "ada", Channel.PHONE, "sales", false),
                new Command.HandleConversation("c1"));
        Offer offer = made("c1");
        apply(new Command.EndConversation("c1"));
        assertThat(again(offer).state()).isEqualTo(Offer.State.WITHDRAWN);
    }

    @Test
    void a_suspect_conversation_that_is_revived_answers_its_offer() {
        apply(
                new Command.StartConversation("c1", "ada", Channel.PHONE, "sales", false),
                new Command.NotReady("ada", null));
        centre.advance(centre.now() + Duration.ofHours(3).toMillis());
        Offer offer = made("c1");
        apply(new Command.StartConversation("c1", "ada", Channel.PHONE, "sales", false));

        assertThat(again(offer).state()).isEqualTo(Offer.State.WITHDRAWN);
        assertThat(centre.agent("bo").fact().load()).isZero();
        assertThat(centre.conversation("c1").agent()).isEqualTo("ada");
    }

    @Test
    void an_open_conversation_is_offered_on_its_own_channel_only() {
        apply(new Command.StartConversation("c1", "ada", Channel.CHAT, "sales", false), new Command.SignOut("ada"));
        assertThat(run(offer("c1", null, OfferMode.PREFERRED)).code()).isEqualTo(ErrorCode.CONVERSATION_CHANNEL_FIXED);
    }

    @Test
    void an_offer_is_open_until_its_end_and_missed_at_it_and_the_agent_is_not_ready_by_a_rule() {
        Offer offer = made("c1");
        centre.advance(START + 1 + TTL - 1);
        assertThat(again(offer).open()).isTrue();
        happenings.clear();
        centre.advance(START + 1 + TTL);

        assertThat(again(offer).state()).isEqualTo(Offer.State.MISSED);
        assertThat(again(offer).closedAt()).isEqualTo(START + 1 + TTL);
        assertThat(centre.agent("ada").ready()).isFalse();
        assertThat(centre.agent("ada").notReadyReason()).isEqualTo("MISSED_OFFERS");
        assertThat(happenings.get(0).cause()).isEqualTo(Cause.TIMEOUT);
        assertThat(happenings.get(0).by()).isEqualTo("OFFER-010");
        Happening last = happenings.get(happenings.size() - 1);
        assertThat(last.event()).isInstanceOf(PresenceEvent.StateChanged.class);
        assertThat(last.cause()).isEqualTo(Cause.RULE);
        assertThat(last.by()).isEqualTo("OFFER-020");
        assertThat(run(new Command.AcceptOffer(offer.id(), null)).detail()).contains("MISSED");
    }

    @Test
    void misses_count_in_a_row_and_an_answer_begins_the_count_anew() {
        apply(policy(offers(2, null)), new Command.NotReady("bo", null));
        made("c1");
        centre.advance(centre.now() + TTL);
        assertThat(centre.agent("ada").ready()).isTrue();
        apply(new Command.RejectOffer(made("c2").id(), null));
        made("c3");
        centre.advance(centre.now() + TTL);
        assertThat(centre.agent("ada").ready()).isTrue();
        made("c4");
        centre.advance(centre.now() + TTL);
        assertThat(centre.agent("ada").ready()).isFalse();
    }

    @Test
    void after_a_rejected_offer_the_agent_is_offered_nothing_until_the_delay_is_over() {
        apply(policy(offers(null, Duration.ofSeconds(10))), new Command.NotReady("bo", null));
        apply(new Command.RejectOffer(made("c1").id(), "ada"));

        assertThat(centre.agent("ada").verdict().exclusions(Capability.PHONE)).containsExactly(Reason.REJECT_DELAY);
        assertThat(run(offer("c2", null, OfferMode.PREFERRED)).code()).isEqualTo(ErrorCode.NOBODY_ELIGIBLE);
        long over = centre.now() + 10_000;
        centre.advance(over - 1);
        assertThat(centre.agent("ada").verdict().eligible(Capability.PHONE)).isFalse();
        centre.advance(over);
        assertThat(made("c2").agent()).isEqualTo("ada");
    }

    @Test
    void signing_out_withdraws_what_is_offered() {
        Offer offer = made("c1");
        apply(new Command.SignOut("ada"));
        assertThat(again(offer).state()).isEqualTo(Offer.State.WITHDRAWN);
        assertThat(centre.pendingDeadlines()).isZero();
    }

    // --- transfers

    @Test
    void a_transfer_moves_the_conversation_if_the_rules_allow_it_or_a_supervisor_insists() {
        apply(
                new Command.StartConversation("c1", "ada", Channel.PHONE, "sales", false),
                new Command.StartConversation("c2", "bo", Channel.PHONE, "sales", false));
        Outcome refused = run(new Command.TransferConversation("c1", "bo", false));
        assertThat(refused.code()).isEqualTo(ErrorCode.TRANSFER_REFUSED);
        assertThat(refused.reasons()).containsExactly(Reason.REALTIME_EXCLUSIVE, Reason.AT_CAPACITY);
        assertThat(centre.conversation("c1").agent()).isEqualTo("ada");
        assertThat(run(new Command.TransferConversation("c1", "ada", true)).reasons())
                .contains(Reason.CURRENT_AGENT);
        happenings.clear();

        apply(new Command.TransferConversation("c1", "bo", true));
        assertThat(centre.conversation("c1").agent()).isEqualTo("bo");
        assertThat(happenings)
                .anyMatch(it -> it.event() instanceof PresenceEvent.ConversationChanged changed && changed.forced());
        apply(new Command.HandleConversation("c2"));
        happenings.clear();
        apply(new Command.TransferConversation("c1", "ada", true));
        assertThat(happenings)
                .as("nothing had to be forced")
                .noneMatch(it -> it.event() instanceof PresenceEvent.ConversationChanged changed && changed.forced());
        apply(new Command.HandleConversation("c1"));
        assertThat(run(new Command.TransferConversation("c1", "ada", false)).code())
                .isEqualTo(ErrorCode.CONVERSATION_ENDED);
    }

    // --- nothing sticks

    @Test
    void a_conversation_that_nobody_mentions_is_suspect_at_its_limit_and_any_word_revives_it() {
        apply(new Command.StartConversation("c1", "ada", Channel.PHONE, "sales", false));
        long started = centre.now();
        long limit = Duration.ofHours(2).toMillis();
        centre.advance(started + limit - 60_000);
        assertThat(run(new Command.StartConversation("c1", "ada", Channel.PHONE, "sales", false)))
                .as("a word that says what is so")
                .isEqualTo(Outcome.UNCHANGED);
        centre.advance(started + 2 * limit - 60_001);
        assertThat(centre.conversation("c1").suspect()).isFalse();
        centre.advance(started + 2 * limit - 60_000);

        assertThat(centre.conversation("c1").suspect()).isTrue();
        assertThat(centre.agent("ada").verdict().status()).isEqualTo(Status.FREE);
        assertThat(centre.agent("ada").fact().load()).isZero();
        assertThat(centre.pendingDeadlines()).isZero();

        apply(new Command.StartConversation("c1", "ada", Channel.PHONE, "sales", false));
        assertThat(centre.conversation("c1").suspect()).isFalse();
        assertThat(centre.conversation("c1").startedAt()).isEqualTo(started);
        assertThat(centre.agent("ada").verdict().status()).isEqualTo(Status.BUSY);
        assertThat(centre.pendingDeadlines()).isEqualTo(1);
    }

    @Test
    void a_suspect_conversation_is_closed_by_hand_or_orphaned_with_its_agent() {
        apply(
                new Command.StartConversation("c1", "ada", Channel.PHONE, "sales", false),
                new Command.StartConversation("c2", "ada", Channel.PHONE, "sales", false));
        centre.advance(centre.now() + Duration.ofHours(3).toMillis());
        apply(new Command.HandleConversation("c1"), new Command.SignOut("ada"));

        assertThat(centre.conversation("c1").open()).isFalse();
        assertThat(centre.conversation("c2").orphaned()).isTrue();
        assertThat(centre.conversation("c2").suspect()).isFalse();
    }

    @Test
    void silence_after_a_heartbeat_is_a_lost_connection_at_that_instant() {
        long first = centre.now();
        assertThat(run(new Command.Heartbeat("ada"))).isEqualTo(Outcome.UNCHANGED);
        centre.advance(first + 20_000);
        run(new Command.Heartbeat("ada"));
        centre.advance(first + 49_999);
        assertThat(centre.agent("ada").verdict().eligible(Capability.CHAT)).isTrue();
        centre.advance(first + 50_000);

        assertThat(centre.agent("ada").verdict().exclusions(Capability.CHAT)).containsExactly(Reason.CONNECTION_LOST);
        assertThat(centre.nextDeadline()).as("the grace").isEqualTo(first + 50_000 + 60_000);
        assertThat(run(new Command.Heartbeat("ada"))).as("it is back").isEqualTo(Outcome.APPLIED);
        assertThat(centre.agent("ada").verdict().eligible(Capability.CHAT)).isTrue();
        centre.advance(centre.now() + 30_000 + 60_000);
        assertThat(centre.agent("ada").signedIn()).isFalse();
        assertThat(centre.agent("bo").signedIn()).as("no heartbeat, no watch").isTrue();
    }

    // --- whatever happens

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatever_is_commanded_no_offer_exceeds_what_the_policy_allows(long seed) {
        Random random = new Random(seed);
        RandomCommands commands = new RandomCommands(random);
        List<Happening> told = new ArrayList<>();
        try (ContactCentre any = new ContactCentre(TestRules.SHIPPED, START, told::add)) {
            PresenceIndex itsIndex = new PresenceIndex(any);
            commands.beginnings().forEach(command -> any.apply(Envelope.of(command)));
            int made = 0;
            for (int step = 0; step < 8_000; step++) {
                any.advance(any.now() + random.nextInt(random.nextInt(50) == 0 ? 600_000 : 5_000));
                if (step % 20 == 0) {
                    // Left to themselves most are signed out, away or nowhere.
                    String agent = "a" + random.nextInt(5);
                    for (Command back : List.of(
                            new Command.PutQueue(new QueueDefinition("q1", "Queue", true)),
                            new Command.SignIn(agent),
                            new Command.SelectProfile(agent, "available", null),
                            new Command.JoinQueue(agent, "q1"),
                            new Command.Ready(agent, null))) {
                        any.apply(Envelope.of(back));
                    }
                }
                Command command = commands.anyCommand();
                Outcome outcome = any.apply(Envelope.of(command));
                if (outcome.kind() == Outcome.Kind.APPLIED && command instanceof Command.MakeOffer make) {
                    made++;
                    AgentState agent = any.agent(outcome.offer().agent());
                    Capability capability = make.channel().capability();
                    assertThat(agent.fact().load(capability))
                            .as("seed %d, step %d: %s", seed, step, make)
                            .isLessThanOrEqualTo(
                                    any.catalogue().policy().capacity().get(capability));
                    assertThat(agent.signedIn() && agent.ready()).isTrue();
                }
                for (AgentState agent : any.agents()) {
                    agent.offers()
                            .forEach(offer ->
                                    assertThat(any.offer(offer.id()).open()).isTrue());
                }
                if (step % 7 == 0) {
                    itsIndex.publish(any);
                }
            }
            assertThat(made).as("seed %d", seed).isGreaterThan(50);
            itsIndex.publish(any);
            assertThat(told).extracting(Happening::number).isSorted().doesNotHaveDuplicates();
            try (ContactCentre again = ContactCentre.restore(TestRules.SHIPPED, any.image(), happening -> {})) {
                assertThat(Described.agents(new PresenceIndex(again))).isEqualTo(Described.agents(itsIndex));
                assertThat(again.pendingDeadlines()).isEqualTo(any.pendingDeadlines());
            }
        }
    }
}
