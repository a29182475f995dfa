package presence.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import presence.TestRules;
import presence.command.AgentDefinition;
import presence.command.Cause;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.ErrorCode;
import presence.command.Outcome;
import presence.command.PolicyChange;
import presence.command.ProfileDefinition;
import presence.command.QueueDefinition;
import presence.command.QueueGroupDefinition;
import presence.engine.RuleBook;
import presence.engine.RuleFile;
import presence.facts.Capability;
import presence.facts.Channel;
import presence.facts.OnReturn;
import presence.facts.ProfileType;
import presence.facts.Reason;
import presence.facts.Status;

/** What commands do, what repeats and refusals do not, and what is told of it. */
class ContactCentreTest {
    private static final long START = 1_772_438_400_000L;
    private static final Duration HALF_HOUR = Duration.ofMinutes(30);

    private final List<PresenceEvent> events = new ArrayList<>();
    private final List<Happening> happenings = new ArrayList<>();
    private ContactCentre centre;

    @BeforeEach
    void open() {
        centre = new ContactCentre(TestRules.SHIPPED, START, this::note);
        apply(
                new Command.PutPolicy(PolicyChange.NOTHING_STALE),
                new Command.PutQueue(new QueueDefinition("q1", "One", false)),
                new Command.PutQueue(new QueueDefinition("q2", "Two", false)),
                new Command.PutQueue(new QueueDefinition("q3", "Three", false)),
                new Command.PutQueueGroup(new QueueGroupDefinition("group", "Group", List.of("q2", "q3"))),
                profile("lunch", ProfileType.AWAY, HALF_HOUR, null, OnReturn.KEEP),
                profile("course", ProfileType.TENTATIVE, HALF_HOUR, null, OnReturn.NOT_READY),
                profile("away", ProfileType.AWAY, null, null, OnReturn.KEEP),
                profile("support", ProfileType.AVAILABLE, null, "group", OnReturn.KEEP),
                agent("ada", "q1", "q2"),
                agent("bo"),
                new Command.SignIn("ada"),
                new Command.Ready("ada", null));
        events.clear();
    }

    private void note(Happening happening) {
        happenings.add(happening);
        events.add(happening.event());
    }

    /** Events in short. */
    private List<String> told() {
        return events.stream().map(ContactCentreTest::told).toList();
    }

    private static String told(PresenceEvent event) {
        if (event instanceof PresenceEvent.StateChanged it) {
            return it.agent() + " " + it.from() + " " + it.status() + it.reasons() + (it.ready() ? " ready " : " ")
                    + it.profile() + " " + (it.at() - START);
        } else if (event instanceof PresenceEvent.QueuesChanged it) {
            return it.agent() + " +" + it.joined() + " -" + it.left() + " " + (it.at() - START);
        } else if (event instanceof PresenceEvent.ProfileExpired it) {
            return it.agent() + " " + it.profile() + " expired " + (it.at() - START);
        } else if (event instanceof PresenceEvent.ConversationChanged it) {
            return it.conversation().id() + " " + it.conversation().state() + " " + it.agent()
                    + (it.before() == null
                            ? ""
                            : ", was " + it.before().state() + " " + it.before().agent()) + " "
                    + (it.at() - START);
        }
        return event.toString();
    }

    @AfterEach
    void close() {
        centre.close();
    }

    private static Command profile(String id, ProfileType type, Duration duration, String group, OnReturn onReturn) {
        return new Command.PutProfile(
                new ProfileDefinition(id, id, type, null, null, 1, duration, null, group, onReturn, null, null));
    }

    private static Command agent(String id, String... queues) {
        return new Command.PutAgent(new AgentDefinition(
                id, "Agent " + id, ZoneId.of("UTC"), List.of(queues), EnumSet.allOf(Capability.class)));
    }

    private static Command phone(String id, String agent) {
        return new Command.StartConversation(id, agent, Channel.PHONE, null, false);
    }

    private Outcome outcome(Command command) {
        return centre.apply(Envelope.of(command));
    }

    private void apply(Command... commands) {
        for (Command command : commands) {
            assertThat(outcome(command)).as("%s", command).isEqualTo(Outcome.APPLIED);
        }
    }

    private AgentState ada() {
        return centre.agent("ada");
    }

    private Map<String, Object> everything() {
        centre.publish((agent, before, after) -> {});
        StateImage image = centre.image();
        return Map.of(
                "agents",
                image.agents().stream().collect(Collectors.toMap(AgentState::id, Described::agent)),
                "conversations",
                Set.copyOf(image.conversations()),
                "profiles",
                Set.copyOf(image.profiles()),
                "retired",
                Set.copyOf(image.retired()),
                "queues",
                Set.copyOf(image.queues()),
                "groups",
                Set.copyOf(image.queueGroups()),
                "policy",
                image.policy(),
                "deadlines",
                centre.pendingDeadlines() + " until " + centre.nextDeadline(),
                "revision",
                centre.catalogue().revision());
    }

    // --- refusals

    record Refusal(ErrorCode code, String pointer, Command command, Long version, List<String> says) {
        @Override
        public String toString() {
            return code + " for " + command;
        }
    }

    private static Refusal refusal(ErrorCode code, String pointer, Command command, String... says) {
        return new Refusal(code, pointer, command, null, List.of(says));
    }

    static List<Refusal> refusals() {
        List<Refusal> refusals = new ArrayList<>(List.of(
                refusal(ErrorCode.UNKNOWN_AGENT, "/agent", phone("c", "zoe"), "zoe"),
                refusal(ErrorCode.UNKNOWN_CONVERSATION, null, new Command.EndConversation("none"), "none"),
                refusal(ErrorCode.UNKNOWN_CONVERSATION, null, new Command.HandleConversation("none"), "none"),
                refusal(
                        ErrorCode.UNKNOWN_PROFILE,
                        "/profile",
                        new Command.SelectProfile("ada", "brunch", null),
                        "brunch",
                        "lunch"),
                refusal(ErrorCode.UNKNOWN_PROFILE, null, new Command.DeleteProfile("brunch"), "brunch"),
                refusal(
                        ErrorCode.PROFILE_RETIRED,
                        "/profile",
                        new Command.SelectProfile("ada", "old", null),
                        "old",
                        "lunch"),
                refusal(ErrorCode.UNKNOWN_QUEUE, null, new Command.JoinQueue("ada", "q9"), "q9"),
                refusal(ErrorCode.UNKNOWN_QUEUE, null, new Command.LeaveQueue("ada", "q9"), "q9"),
                refusal(ErrorCode.UNKNOWN_QUEUE, null, new Command.DeleteQueue("q9"), "q9"),
                refusal(ErrorCode.UNKNOWN_QUEUE, "/queues/1", agent("ada", "q1", "q9"), "q9"),
                refusal(
                        ErrorCode.UNKNOWN_QUEUE,
                        "/queue",
                        new Command.StartConversation("c", "ada", Channel.PHONE, "q9", false),
                        "q9"),
                refusal(
                        ErrorCode.UNKNOWN_QUEUE,
                        "/queues/0",
                        new Command.PutQueueGroup(new QueueGroupDefinition("g", "G", List.of("q9"))),
                        "q9"),
                refusal(ErrorCode.UNKNOWN_QUEUE_GROUP, null, new Command.DeleteQueueGroup("g9"), "g9"),
                refusal(
                        ErrorCode.UNKNOWN_QUEUE_GROUP,
                        "/queueGroup",
                        profile("new", ProfileType.AWAY, null, "g9", OnReturn.KEEP),
                        "g9"),
                refusal(ErrorCode.AGENT_SIGNED_OUT, null, new Command.Ready("bo", null), "bo"),
                refusal(ErrorCode.AGENT_SIGNED_OUT, null, new Command.NotReady("bo", "x"), "bo"),
                refusal(ErrorCode.AGENT_SIGNED_OUT, null, new Command.Connect("bo"), "bo"),
                refusal(ErrorCode.AGENT_SIGNED_OUT, null, new Command.Disconnect("bo"), "bo"),
                refusal(
                        ErrorCode.CHANNEL_NOT_ENABLED,
                        "/channel",
                        new Command.StartConversation("c", "ada", Channel.TASK, null, false),
                        "TASK",
                        "EMAIL"),
                refusal(
                        ErrorCode.CONVERSATION_CHANNEL_FIXED,
                        "/channel",
                        new Command.StartConversation("call", "bo", Channel.VIDEO, null, false),
                        "call",
                        "PHONE",
                        "VIDEO"),
                refusal(ErrorCode.DEFAULT_PROFILE, null, new Command.DeleteProfile("available"), "available", "Maybe"),
                refusal(
                        ErrorCode.DEFAULT_PROFILE,
                        "/default",
                        new Command.PutProfile(defaults("available", ProfileType.AVAILABLE, null, false)),
                        "available",
                        "Maybe"),
                refusal(
                        ErrorCode.INVALID_DEFAULT,
                        "/default",
                        new Command.PutProfile(defaults("nap", ProfileType.AWAY, null, true)),
                        "nap",
                        "AWAY"),
                refusal(
                        ErrorCode.INVALID_DEFAULT,
                        "/duration",
                        new Command.PutProfile(defaults("hour", ProfileType.AVAILABLE, Duration.ofHours(1), true)),
                        "hour",
                        "PT1H"),
                refusal(
                        ErrorCode.INVALID_DEFAULT,
                        "/duration",
                        profile("available", ProfileType.AVAILABLE, HALF_HOUR, null, OnReturn.KEEP),
                        "available"),
                refusal(
                        ErrorCode.PROFILE_TYPE_FIXED,
                        "/type",
                        profile("lunch", ProfileType.TENTATIVE, HALF_HOUR, null, OnReturn.KEEP),
                        "lunch",
                        "AWAY",
                        "TENTATIVE"),
                refusal(
                        ErrorCode.PROFILE_TYPE_FIXED,
                        "/type",
                        profile("old", ProfileType.TENTATIVE, null, null, OnReturn.KEEP),
                        "old"),
                refusal(ErrorCode.QUEUE_IN_USE, null, new Command.DeleteQueue("q2"), "q2", "group"),
                refusal(ErrorCode.QUEUE_GROUP_IN_USE, null, new Command.DeleteQueueGroup("group"), "support")));
        for (Command about : List.of(
                new Command.SignIn("zoe"),
                new Command.SignOut("zoe"),
                new Command.Ready("zoe", null),
                new Command.NotReady("zoe", null),
                new Command.SelectProfile("zoe", "lunch", null),
                new Command.JoinQueue("zoe", "q1"),
                new Command.LeaveQueue("zoe", "q1"),
                new Command.AddCapability("zoe", Capability.CHAT),
                new Command.RemoveCapability("zoe", Capability.CHAT),
                new Command.Connect("zoe"),
                new Command.Disconnect("zoe"),
                new Command.DeleteAgent("zoe"))) {
            refusals.add(refusal(ErrorCode.UNKNOWN_AGENT, null, about, "zoe"));
        }
        refusals.add(new Refusal(
                ErrorCode.VERSION_MISMATCH,
                null,
                new Command.NotReady("ada", null),
                77L,
                List.of("ada", "77", "version 6")));
        refusals.add(new Refusal(ErrorCode.UNKNOWN_AGENT, null, new Command.Ready("zoe", null), 1L, List.of("zoe")));
        return refusals;
    }

    private static ProfileDefinition defaults(String id, ProfileType type, Duration duration, boolean isDefault) {
        return new ProfileDefinition(id, id, type, null, null, 0, duration, null, null, OnReturn.KEEP, null, isDefault);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void a_refusal_names_the_values_and_changes_nothing(Refusal refusal) {
        apply(
                profile("old", ProfileType.AWAY, null, null, OnReturn.KEEP),
                agent("cy"),
                new Command.SignIn("cy"),
                new Command.SelectProfile("cy", "old", null),
                new Command.DeleteProfile("old"),
                phone("call", "ada"),
                new Command.SelectProfile("ada", "lunch", null),
                new Command.Disconnect("ada"),
                new Command.PutPolicy(
                        new PolicyChange(Map.of(), Map.of(), Map.of(), null, Set.of(Channel.EMAIL), null)));
        Map<String, Object> before = everything();
        events.clear();

        Outcome outcome = centre.apply(new Envelope(refusal.command(), null, refusal.version()));

        assertThat(outcome.code()).isEqualTo(refusal.code());
        assertThat(outcome.pointer()).isEqualTo(refusal.pointer());
        assertThat(outcome.detail()).contains(refusal.says());
        assertThat(everything()).isEqualTo(before);
        assertThat(events).isEmpty();
    }

    @Test
    void an_agent_has_a_thousand_open_conversations_at_most() {
        for (int i = 0; i < ContactCentre.MOST_CONVERSATIONS; i++) {
            apply(new Command.StartConversation("c" + i, "ada", Channel.CHAT, null, true));
        }

        Outcome outcome = outcome(phone("more", "ada"));

        assertThat(outcome.code()).isEqualTo(ErrorCode.TOO_MANY);
        assertThat(outcome.detail()).contains("ada", "1000");
        assertThat(centre.conversation("more")).isNull();
    }

    @Test
    void there_are_a_thousand_profiles_and_queue_groups_and_ten_thousand_queues_at_most() {
        Outcome profiles = Outcome.APPLIED;
        for (int i = 0; !profiles.refused() && i <= Catalogue.MOST_PROFILES; i++) {
            profiles = outcome(profile("p" + i, ProfileType.AWAY, null, null, OnReturn.KEEP));
        }
        Outcome groups = Outcome.APPLIED;
        for (int i = 0; !groups.refused() && i <= Catalogue.MOST_QUEUE_GROUPS; i++) {
            groups = outcome(new Command.PutQueueGroup(new QueueGroupDefinition("g" + i, "G", List.of())));
        }
        Outcome queues = Outcome.APPLIED;
        for (int i = 0; !queues.refused() && i <= Catalogue.MOST_QUEUES; i++) {
            queues = outcome(new Command.PutQueue(new QueueDefinition("x" + i, "X", false)));
        }

        assertThat(List.of(profiles, groups, queues)).extracting(Outcome::code).containsOnly(ErrorCode.TOO_MANY);
        assertThat(profiles.detail()).contains("1000 profiles");
        assertThat(groups.detail()).contains("1000 queue groups");
        assertThat(queues.detail()).contains("10000 queues");
        apply(new Command.PutQueue(new QueueDefinition("q1", "Another name", false)));
    }

    // --- repeats

    static List<Command> repeats() {
        return List.of(
                new Command.SignIn("ada"),
                new Command.SignOut("bo"),
                new Command.Ready("ada", null),
                new Command.Ready("ada", "whatever"),
                new Command.NotReady("cy", "break"),
                new Command.Connect("ada"),
                new Command.Disconnect("cy"),
                new Command.SelectProfile("ada", "available", null),
                new Command.JoinQueue("ada", "q1"),
                new Command.LeaveQueue("ada", "q3"),
                new Command.AddCapability("ada", Capability.CHAT),
                new Command.RemoveCapability("bo", Capability.VIDEO),
                phone("call", "ada"),
                new Command.EndConversation("wrapping"),
                new Command.EndConversation("done"),
                new Command.HandleConversation("done"),
                agent("ada", "q1", "q2"),
                new Command.PutAgent(new AgentDefinition("ada", "Agent ada", ZoneId.of("UTC"), null, null)),
                new Command.PutQueue(new QueueDefinition("q1", "One", false)),
                new Command.PutQueueGroup(new QueueGroupDefinition("group", "Group", List.of("q2", "q3"))),
                profile("lunch", ProfileType.AWAY, HALF_HOUR, null, OnReturn.KEEP),
                new Command.DeleteProfile("old"),
                new Command.PutPolicy(new PolicyChange(Map.of(), Map.of(), Map.of(), null, null, null)),
                new Command.PutPolicy(new PolicyChange(
                        Map.of(Capability.CHAT, 4), Map.of(), Map.of(), Duration.ofSeconds(60), null, false)));
    }

    @ParameterizedTest
    @MethodSource("repeats")
    void a_repeat_changes_nothing_and_tells_nobody(Command repeat) {
        apply(
                new Command.PutPolicy(new PolicyChange(
                        Map.of(), Map.of(Capability.CHAT, Duration.ofMinutes(1)), Map.of(), null, null, null)),
                new Command.RemoveCapability("bo", Capability.VIDEO),
                profile("old", ProfileType.AWAY, null, null, OnReturn.KEEP),
                agent("cy"),
                new Command.SignIn("cy"),
                new Command.NotReady("cy", "break"),
                new Command.SelectProfile("cy", "old", null),
                new Command.DeleteProfile("old"),
                new Command.Disconnect("cy"),
                phone("call", "ada"),
                phone("done", "ada"),
                new Command.HandleConversation("done"),
                new Command.StartConversation("wrapping", "ada", Channel.CHAT, null, false),
                new Command.EndConversation("wrapping"));
        centre.advance(START + 10_000);
        Map<String, Object> before = everything();
        events.clear();

        assertThat(outcome(repeat)).isEqualTo(Outcome.UNCHANGED);

        assertThat(everything()).isEqualTo(before);
        assertThat(events).isEmpty();
    }

    @Test
    void choosing_the_same_timed_profile_again_restarts_its_deadline() {
        apply(new Command.SelectProfile("ada", "lunch", null));
        centre.advance(START + 60_000);
        apply(new Command.SelectProfile("ada", "lunch", null));

        assertThat(ada().profileEnd().at()).isEqualTo(START + 60_000 + HALF_HOUR.toMillis());
        assertThat(centre.pendingDeadlines()).isEqualTo(1);
    }

    @Test
    void choosing_the_profile_of_a_queue_group_again_brings_back_its_queues() {
        apply(new Command.SelectProfile("ada", "support", null), new Command.LeaveQueue("ada", "q3"));
        events.clear();

        apply(new Command.SelectProfile("ada", "support", null));

        assertThat(ada().queues()).containsExactlyInAnyOrder("q2", "q3");
        assertThat(told()).containsExactly("ada +[q3] -[] 0", "ada FREE FREE[] ready support 0");
        assertThat(outcome(new Command.SelectProfile("ada", "support", null))).isEqualTo(Outcome.UNCHANGED);
    }

    // --- events

    @Test
    void a_profile_expires_once_at_its_deadline() {
        apply(new Command.SelectProfile("ada", "course", null));
        events.clear();
        long end = START + HALF_HOUR.toMillis();

        centre.advance(end - 1);
        assertThat(events).isEmpty();
        centre.advance(end + 5);
        assertThat(told()).containsExactly("ada course expired 1800000", "ada AWAY AWAY[NOT_READY] available 1800000");
        assertThat(happenings)
                .filteredOn(happening -> happening.event().at() == end)
                .allSatisfy(happening -> {
                    assertThat(happening.cause()).isEqualTo(Cause.TIMEOUT);
                    assertThat(happening.by()).isEqualTo("EXPIRY-020");
                });
        events.clear();
        centre.advance(end + 10 * HALF_HOUR.toMillis());
        assertThat(events).isEmpty();
        assertThat(ada().ready()).isFalse();
        assertThat(ada().notReadySince()).isEqualTo(end);
    }

    @Test
    void a_queue_group_changes_all_queues_with_one_event_that_names_both_lists() {
        apply(new Command.SelectProfile("ada", "support", null));

        assertThat(told()).containsExactly("ada +[q3] -[q1] 0", "ada FREE FREE[] ready support 0");
        assertThat(ada().version()).isEqualTo(4);
    }

    @Test
    void a_profile_chosen_early_never_expires() {
        apply(new Command.SelectProfile("ada", "lunch", null), new Command.SelectProfile("ada", "away", null));
        events.clear();
        centre.advance(START + 10 * HALF_HOUR.toMillis());

        assertThat(events).isEmpty();
        assertThat(ada().profile()).isEqualTo("away");
    }

    @Test
    void the_deadlines_of_a_deleted_agent_never_come_even_if_another_takes_the_id() {
        apply(
                new Command.SelectProfile("ada", "lunch", null),
                new Command.Disconnect("ada"),
                new Command.PutPolicy(new PolicyChange(
                        Map.of(), Map.of(Capability.PHONE, Duration.ofMinutes(5)), Map.of(), null, null, null)),
                phone("call", "ada"),
                new Command.EndConversation("call"),
                new Command.DeleteAgent("ada"));
        assertThat(centre.pendingDeadlines()).isZero();
        apply(agent("ada"), new Command.SignIn("ada"));
        events.clear();

        centre.advance(START + 10 * HALF_HOUR.toMillis());

        assertThat(events).isEmpty();
        assertThat(ada().signedIn()).isTrue();
        assertThat(ada().conversations()).isEmpty();
    }

    // --- conversations

    @Test
    void a_conversation_that_moves_is_told_of_both_agents() {
        apply(new Command.SignIn("bo"), new Command.Ready("bo", null), phone("call", "ada"));
        long version = ada().version();
        events.clear();

        apply(phone("call", "bo"));

        assertThat(told())
                .containsExactly(
                        "ada BUSY FREE[] ready available 0",
                        "call ACTIVE bo, was ACTIVE ada 0",
                        "bo FREE BUSY[HANDLING] ready available 0");
        assertThat(ada().version()).isEqualTo(version + 1);
    }

    @Test
    void a_conversation_that_goes_on_after_wrap_up_changes_its_agent_once() {
        apply(
                new Command.PutPolicy(new PolicyChange(
                        Map.of(), Map.of(Capability.PHONE, Duration.ofMinutes(5)), Map.of(), null, null, null)),
                phone("call", "ada"),
                new Command.EndConversation("call"));
        long version = ada().version();
        long since = ada().statusSince();
        centre.advance(START + 10_000);
        events.clear();

        apply(phone("call", "ada"));

        assertThat(ada().version()).isEqualTo(version + 1);
        assertThat(ada().statusSince()).isEqualTo(since);
        assertThat(told())
                .containsExactly(
                        "call ACTIVE ada, was WRAP_UP ada 10000", "ada BUSY BUSY[HANDLING] ready available 10000");
        assertThat(centre.pendingDeadlines()).isZero();
    }

    @Test
    void an_orphaned_conversation_is_nobodys_work_until_it_is_started_again() {
        apply(phone("call", "ada"), new Command.SignOut("ada"), new Command.SignIn("ada"));
        assertThat(centre.conversation("call").orphaned()).isTrue();
        assertThat(ada().conversations()).isEmpty();

        apply(phone("call", "ada"));

        assertThat(centre.conversation("call").orphaned()).isFalse();
        assertThat(ada().verdict().status()).isEqualTo(Status.BUSY);
    }

    @Test
    void the_end_of_an_orphaned_conversation_is_its_handling() {
        apply(
                new Command.PutPolicy(new PolicyChange(
                        Map.of(), Map.of(Capability.PHONE, Duration.ofMinutes(5)), Map.of(), null, null, null)),
                phone("call", "bo"));
        assertThat(centre.conversation("call").orphaned()).isTrue();
        long version = centre.agent("bo").version();

        apply(new Command.EndConversation("call"));

        assertThat(centre.conversation("call").open()).isFalse();
        assertThat(centre.agent("bo").version()).isEqualTo(version);
    }

    @Test
    void handled_conversations_are_forgotten_after_24_hours_and_open_or_orphaned_ones_never() {
        apply(
                phone("handled", "ada"),
                new Command.HandleConversation("handled"),
                phone("orphaned", "bo"),
                phone("open", "ada"));
        long day = Duration.ofHours(24).toMillis();

        centre.advance(START + day);
        assertThat(centre.conversation("handled")).isNotNull();
        centre.advance(START + day + 1);
        assertThat(centre.conversation("handled")).isNull();
        assertThat(centre.conversation("orphaned").orphaned()).isTrue();
        assertThat(centre.conversation("open")).isNotNull();
        centre.publish((agent, before, after) -> {});
        assertThat(centre.image().conversations()).hasSize(2);
    }

    @Test
    void a_handled_conversation_started_again_is_a_new_one_on_any_channel() {
        apply(
                phone("c", "ada"),
                new Command.HandleConversation("c"),
                new Command.StartConversation("c", "ada", Channel.CHAT, null, false));

        assertThat(ada().work(Channel.CHAT)).isEqualTo(1);
        centre.advance(START + Duration.ofHours(30).toMillis());
        assertThat(centre.conversation("c")).as("open ones are kept").isNotNull();
    }

    // --- limits of zero and versions

    @Test
    void with_no_grace_a_lost_connection_ends_the_session_at_once() {
        apply(new Command.PutPolicy(new PolicyChange(Map.of(), Map.of(), Map.of(), Duration.ZERO, null, null)));
        events.clear();
        apply(new Command.Disconnect("ada"));

        assertThat(ada().verdict().reasons()).containsExactly(Reason.CONNECTION_LOST);
        assertThat(events).contains(new PresenceEvent.ConnectionLost("ada", START));
    }

    @Test
    void a_command_that_names_the_present_version_is_applied() {
        assertThat(centre.apply(new Envelope(new Command.NotReady("ada", null), null, ada().version())))
                .isEqualTo(Outcome.APPLIED);
    }

    @Test
    void a_timed_profile_outlives_a_sign_out_and_its_absence_starts_again_with_the_sign_in() {
        apply(new Command.SelectProfile("ada", "lunch", null), new Command.SignOut("ada"));
        centre.advance(START + 60_000);
        apply(new Command.SignIn("ada"));

        assertThat(ada().profile()).isEqualTo("lunch");
        assertThat(ada().profileSince()).isEqualTo(START + 60_000);
        assertThat(ada().profileEnd().at()).isEqualTo(START + HALF_HOUR.toMillis());
    }

    @Test
    void a_profile_that_expires_while_signed_out_leaves_the_default() {
        apply(new Command.SelectProfile("ada", "lunch", null), new Command.SignOut("ada"));
        centre.advance(START + HALF_HOUR.toMillis());

        assertThat(ada().profile()).isEqualTo("available");
        assertThat(ada().verdict().status()).isEqualTo(Status.OFFLINE);
    }

    @Test
    void an_agent_who_comes_again_goes_on_above_every_version_that_was_given() {
        long last = centre.agent("ada").version();
        apply(new Command.DeleteAgent("ada"), agent("ada"));

        assertThat(centre.agent("ada").version()).isEqualTo(last + 1);
    }

    @Test
    void every_event_says_who_brought_it_about_and_why_and_has_the_next_number() {
        happenings.clear();
        centre.apply(new Envelope(new Command.NotReady("ada", "admin"), null, null, "ada", null));
        centre.apply(new Envelope(new Command.Ready("ada", null), null, null, "mia", null));
        centre.apply(new Envelope(new Command.NotReady("ada", null), null, null, "desk", Cause.API));
        centre.apply(Envelope.of(new Command.SignOut("ada")));

        assertThat(happenings)
                .extracting(Happening::by, Happening::cause)
                .containsExactly(
                        tuple("ada", Cause.SELF),
                        tuple("mia", Cause.SUPERVISOR),
                        tuple("desk", Cause.API),
                        tuple(null, Cause.API));
        long first = happenings.get(0).number();
        assertThat(happenings).extracting(Happening::number).containsExactly(first, first + 1, first + 2, first + 3);
        assertThat(centre.told()).isEqualTo(first + 3);
    }

    @Test
    void rules_that_fail_leave_the_agent_undecided_and_the_centre_going() {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            rules.append("rule \"CHATTY-")
                    .append(100 + i)
                    .append(" Says the same once more\"\nwhen\n  Agent( ready )\nthen\n"
                            + "  verdict.exclude( Reason.NOT_READY );\nend\n");
        }
        String others =
                "rule \"STATUS-010 All others are free\"\nwhen\n  Agent( !ready )\nthen\n  verdict.status( Status.FREE );\nend\n";
        RuleBook tooMany = RuleBook.compile(List.of(
                new RuleFile("status/chatty.drl", rules.toString()), new RuleFile("status/status.drl", others)));
        try (ContactCentre chatty = new ContactCentre(tooMany, START, this::note)) {
            for (Command command : List.of(agent("ada"), new Command.SignIn("ada"), new Command.Ready("ada", null))) {
                assertThat(chatty.apply(Envelope.of(command))).isEqualTo(Outcome.APPLIED);
            }
            assertThat(chatty.agent("ada").verdict().reasons()).containsExactly(Reason.UNDECIDED);
            assertThat(events)
                    .filteredOn(PresenceEvent.RulesFailed.class::isInstance)
                    .singleElement()
                    .satisfies(event -> assertThat(event.toString()).contains("ada", "256 conclusions"));

            chatty.apply(Envelope.of(new Command.NotReady("ada", null)));
            assertThat(chatty.agent("ada").verdict().status()).isEqualTo(Status.FREE);
        }
    }
}
