package presence.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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
import presence.facts.Capability;
import presence.facts.Channel;
import presence.facts.OnReturn;
import presence.facts.ProfileType;
import presence.state.AgentState;
import presence.state.Candidate;
import presence.state.ContactCentre;

/** The index answers from what was published last. */
class PresenceIndexTest {
    private static final long START = 1_772_438_400_000L;

    private ContactCentre centre;
    private PresenceIndex index;

    @BeforeEach
    void open() {
        centre = new ContactCentre(TestRules.SHIPPED, START, event -> {});
        index = new PresenceIndex(centre);
        apply(new Command.PutQueue(new QueueDefinition("sales", "Sales", true)));
        apply(new Command.PutProfile(new ProfileDefinition(
                "back-office",
                "Back office",
                ProfileType.TENTATIVE,
                null,
                null,
                1,
                null,
                null,
                null,
                OnReturn.KEEP,
                null,
                null)));
        index.publish(centre);
    }

    @AfterEach
    void close() {
        centre.close();
    }

    private void apply(Command... commands) {
        for (Command command : commands) {
            assertThat(centre.apply(Envelope.of(command)).kind()).isEqualTo(Outcome.Kind.APPLIED);
        }
    }

    private void working(String id) {
        apply(
                new Command.PutAgent(new AgentDefinition(
                        id, "Agent " + id, ZoneId.of("UTC"), List.of("sales"), EnumSet.allOf(Capability.class))),
                new Command.SignIn(id),
                new Command.Ready(id, null));
    }

    private List<String> eligible() {
        index.publish(centre);
        return names(index.eligible("sales", Capability.PHONE));
    }

    private static List<String> names(Ranking ranking) {
        List<String> names = new ArrayList<>();
        for (Candidate candidate : ranking) {
            names.add(candidate.agent());
        }
        return names;
    }

    @Test
    void the_reserve_opens_when_nobody_else_is_left_and_closes_as_soon_as_somebody_is() {
        working("ada");
        working("bo");
        apply(new Command.SelectProfile("bo", "back-office", null));
        assertThat(eligible()).containsExactly("ada");

        apply(new Command.StartConversation("c", "ada", Channel.PHONE, "sales", false));
        assertThat(eligible()).containsExactly("bo");

        apply(new Command.HandleConversation("c"));
        assertThat(eligible()).containsExactly("ada");
    }

    @Test
    void a_queue_that_stops_overflowing_closes_its_reserve_and_opens_it_when_it_overflows_again() {
        working("bo");
        apply(new Command.SelectProfile("bo", "back-office", null));
        assertThat(eligible()).containsExactly("bo");

        apply(new Command.PutQueue(new QueueDefinition("sales", "Sales", false)));
        assertThat(eligible()).isEmpty();

        apply(new Command.PutQueue(new QueueDefinition("sales", "Sales", true)));
        assertThat(eligible()).containsExactly("bo");
    }

    @Test
    void an_agent_deleted_and_created_again_before_a_publication_stands_where_the_new_one_belongs() {
        working("ada");
        working("bo");
        assertThat(eligible()).containsExactly("ada", "bo");

        centre.advance(START + 5);
        apply(new Command.DeleteAgent("ada"));
        working("ada");

        assertThat(eligible()).containsExactly("bo", "ada");
        assertThat(index.agent("ada").version()).isEqualTo(6);
        assertThat(index.agentCount()).isEqualTo(2);
        assertThat(names(index.transferTargets(Capability.PHONE))).containsExactly("bo", "ada");
    }

    @Test
    void an_agent_created_and_deleted_before_a_publication_was_never_there() {
        working("ada");
        apply(new Command.DeleteAgent("ada"));

        assertThat(eligible()).isEmpty();
        assertThat(index.agent("ada")).isNull();
        assertThat(index.members("sales")).isEmpty();
    }

    @Test
    void a_deleted_agent_is_nowhere_any_more() {
        working("ada");
        eligible();
        apply(new Command.DeleteAgent("ada"));

        assertThat(eligible()).isEmpty();
        assertThat(index.members("sales")).isEmpty();
        assertThat(names(index.transferTargets(Capability.CHAT))).isEmpty();
    }

    @Test
    void a_deleted_queue_with_members_answers_no_more_and_comes_back_empty() {
        working("ada");
        working("bo");
        assertThat(eligible()).hasSize(2);

        apply(new Command.DeleteQueue("sales"));
        index.publish(centre);
        assertThat(index.eligible("sales", Capability.PHONE)).isNull();
        assertThat(index.members("sales")).isEmpty();

        apply(new Command.PutQueue(new QueueDefinition("sales", "Sales", true)));
        assertThat(eligible()).isEmpty();
        apply(new Command.JoinQueue("ada", "sales"));
        assertThat(eligible()).containsExactly("ada");
    }

    @Test
    void a_queue_deleted_and_created_again_before_a_publication_has_lost_its_members() {
        working("ada");
        eligible();

        apply(new Command.DeleteQueue("sales"), new Command.PutQueue(new QueueDefinition("sales", "Sales", true)));

        assertThat(eligible()).isEmpty();
        assertThat(index.members("sales")).isEmpty();
    }

    @Test
    void a_queue_that_nobody_has_joined_answers_nobody_after_a_restart_too() {
        ContactCentre again = ContactCentre.restore(TestRules.SHIPPED, centre.image(), event -> {});

        assertThat(new PresenceIndex(again).eligible("sales", Capability.CHAT)).isEmpty();
        again.close();
    }

    @Test
    void what_was_published_is_never_written_again() {
        working("ada");
        eligible();
        AgentState published = index.agent("ada");
        Ranking ranking = index.eligible("sales", Capability.PHONE);
        long version = published.version();

        apply(new Command.StartConversation("c", "ada", Channel.PHONE, null, false), new Command.NotReady("ada", null));

        assertThat(index.agent("ada")).isSameAs(published);
        assertThat(published.version()).isEqualTo(version);
        assertThat(published.ready()).isTrue();
        assertThat(published.conversations()).isEmpty();
        eligible();
        assertThat(index.agent("ada").ready()).isFalse();
        assertThat(names(ranking)).as("a ranking in hand").containsExactly("ada");
    }

    @Test
    void a_new_name_is_shown_where_the_agent_stands() {
        working("ada");
        eligible();
        apply(new Command.PutAgent(new AgentDefinition("ada", "Ada L.", ZoneId.of("UTC"), null, null)));
        eligible();

        assertThat(index.eligible("sales", Capability.PHONE))
                .extracting(Candidate::name)
                .containsExactly("Ada L.");
    }

    @Test
    void the_directory_goes_on_after_an_id() {
        for (String id : Set.of("a", "b", "c", "d")) {
            working(id);
        }
        eligible();

        assertThat(index.agentsAfter("b")).extracting(AgentState::id).containsExactly("c", "d");
        assertThat(index.agentsAfter("")).hasSize(4);
    }

    @Test
    void deleted_profiles_are_gone_from_the_choice_but_known_while_they_serve() {
        working("ada");
        apply(new Command.SelectProfile("ada", "back-office", null), new Command.DeleteProfile("back-office"));
        index.publish(centre);
        assertThat(index.catalogue().profiles()).doesNotContainKey("back-office");
        assertThat(index.catalogue().profileInUse("back-office")).isNotNull();

        apply(new Command.SelectProfile("ada", "available", null));
        index.publish(centre);
        assertThat(index.catalogue().profileInUse("back-office")).isNull();
    }
}
