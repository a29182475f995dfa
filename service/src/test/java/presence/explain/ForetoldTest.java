package presence.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import presence.TestRules;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.Outcome;
import presence.facts.Channel;
import presence.index.PresenceIndex;
import presence.index.Ranking;
import presence.model.RandomCommands;
import presence.state.AgentState;
import presence.state.Candidate;
import presence.state.ContactCentre;
import presence.state.StateImage;

/** What is foretold is what comes: every change that is told, made in a copy of the whole contact centre. */
@TestInstance(Lifecycle.PER_CLASS)
class ForetoldTest {
    private static final long START = 1_772_438_400_000L;
    private static final int EXPLANATIONS = 40;

    private final Set<String> kinds = new TreeSet<>();
    private int made;

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void every_change_leads_to_exactly_what_was_foretold(long seed) {
        Random random = new Random(seed);
        RandomCommands commands = new RandomCommands(random);
        try (ContactCentre centre = new ContactCentre(TestRules.SHIPPED, START, happening -> {})) {
            PresenceIndex index = new PresenceIndex(centre);
            commands.beginnings().forEach(command -> centre.apply(Envelope.of(command)));
            try (Explainer explainer =
                    new Explainer(() -> index, () -> new RulesInForce("release", TestRules.SHIPPED))) {
                for (int round = 0; round < EXPLANATIONS; round++) {
                    for (int i = 0; i < 12; i++) {
                        centre.advance(centre.now() + random.nextInt(4_000));
                        centre.apply(Envelope.of(commands.anyCommand()));
                    }
                    index.publish(centre);
                    String agent = "a" + random.nextInt(10);
                    String queue = random.nextBoolean() ? null : "q" + random.nextInt(4);
                    queue = queue != null && index.catalogue().queues().containsKey(queue) ? queue : null;
                    List<Channel> channels = random.nextInt(3) > 0
                            ? List.of(Channel.values())
                            : List.of(Channel.values()[random.nextInt(6)]);
                    asForetold("seed " + seed + ", round " + round, centre, index, explainer, agent, queue, channels);
                }
            } catch (Busy e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void asForetold(
            String when,
            ContactCentre centre,
            PresenceIndex index,
            Explainer explainer,
            String agent,
            @Nullable String queue,
            List<Channel> channels)
            throws Busy {
        Explanation explanation = explainer.explain(agent, queue, channels);
        AgentState published = index.agent(agent);
        if (published == null) {
            assertThat(explanation).as(when).isNull();
            return;
        }
        Objects.requireNonNull(explanation);
        assertThat(explanation.agent().version()).as(when).isEqualTo(published.version());
        assertThat(explanation.at()).as(when).isEqualTo(centre.now());
        assertThat(explanation.outlook()).as(when).isEqualTo(seen(index, agent, queue, channels));
        for (Change change : explanation.changes()) {
            String what = when + ": " + agent + " for " + queue + " on " + channels + ", " + change.steps();
            try (ContactCentre copy =
                    ContactCentre.restore(TestRules.SHIPPED, copied(centre.image()), happening -> {})) {
                PresenceIndex there = new PresenceIndex(copy);
                change.steps().forEach(step -> make(step, copy, what));
                there.publish(copy);
                boolean othersMayHaveMoved = change.steps().stream().anyMatch(step -> step.at() != null);
                Outlook came = seen(there, agent, othersMayHaveMoved ? null : queue, channels);
                if (othersMayHaveMoved && queue != null) {
                    // How the queue is staffed by then is another matter.
                    assertThat(came.status())
                            .as(what)
                            .isEqualTo(change.leadsTo().status());
                    assertThat(came.reasons())
                            .as(what)
                            .isEqualTo(change.leadsTo().reasons());
                } else {
                    assertThat(came).as(what).isEqualTo(change.leadsTo());
                }
                assertThat(change.leadsTo().differsFrom(explanation.outlook()))
                        .as(what)
                        .isTrue();
            }
            made++;
        }
    }

    /** The image as a snapshot would bring it back: with agents of its own. */
    private static StateImage copied(StateImage image) {
        return StateImage.of(
                image.at(),
                image.release(),
                image.versionsGone(),
                image.told(),
                image.offersMade(),
                image.policy(),
                image.queues(),
                image.queueGroups(),
                image.profiles(),
                image.retired(),
                image.agentImages().toList(),
                image.conversations(),
                image.offers(),
                image.commandIds());
    }

    private void make(Step step, ContactCentre copy, String what) {
        Command command = step.command();
        Long at = step.at();
        if (command != null) {
            assertThat(copy.apply(Envelope.of(command)).kind()).as(what).isEqualTo(Outcome.Kind.APPLIED);
            kinds.add(command.type().name());
        } else if (at != null) {
            // A desktop that is heard keeps its connection; one that is silent loses it.
            while (!step.silent() && copy.nextDeadline() < at) {
                copy.advance(copy.nextDeadline() - 1);
                hear(copy);
                copy.advance(copy.nextDeadline());
                hear(copy);
            }
            if (!step.silent()) {
                copy.advance(at - 1);
                hear(copy);
            }
            copy.advance(at);
            kinds.add(step.silent() ? "SILENCE" : "TIME");
        }
    }

    /** Every desktop that is connected is heard. */
    private static void hear(ContactCentre centre) {
        for (AgentState agent : List.copyOf(centre.agents())) {
            if (agent.signedIn() && agent.connected()) {
                centre.apply(Envelope.of(new Command.Heartbeat(agent.id())));
            }
        }
    }

    /** What everybody sees of the agent. */
    private static Outlook seen(PresenceIndex index, String id, @Nullable String queue, List<Channel> channels) {
        AgentState agent = Objects.requireNonNull(index.agent(id));
        Set<Channel> eligible = EnumSet.noneOf(Channel.class);
        Set<Channel> target = EnumSet.noneOf(Channel.class);
        for (Channel channel : channels) {
            if (!index.catalogue().policy().handles(channel)) {
                continue;
            }
            boolean offered = queue == null
                    ? agent.verdict().eligible(channel.capability())
                    : ids(Objects.requireNonNull(index.eligible(queue, channel.capability())))
                            .contains(id);
            if (offered) {
                eligible.add(channel);
            }
            if (ids(index.transferTargets(channel.capability())).contains(id)) {
                target.add(channel);
            }
        }
        return new Outlook(
                agent.verdict().status(),
                agent.verdict().reasons(),
                agent.verdict().statusRule(),
                eligible,
                target,
                agent.verdict().rank(),
                agent.verdict().directChat());
    }

    private static List<String> ids(Ranking ranking) {
        List<String> ids = new ArrayList<>();
        for (Candidate candidate : ranking) {
            ids.add(candidate.agent());
        }
        return ids;
    }

    @AfterAll
    void every_kind_of_change_was_made() {
        System.out.println("ForetoldTest made " + made + " changes: " + kinds);
        assertThat(kinds)
                .containsAll(Arrays.asList(
                        "READY",
                        "NOT_READY",
                        "SIGN_IN",
                        "SIGN_OUT",
                        "CONNECT",
                        "DISCONNECT",
                        "SELECT_PROFILE",
                        "ACCEPT_OFFER",
                        "REJECT_OFFER",
                        "HANDLE_CONVERSATION",
                        "END_CONVERSATION",
                        "ADD_CAPABILITY",
                        "REMOVE_CAPABILITY",
                        "JOIN_QUEUE",
                        "LEAVE_QUEUE",
                        "TIME",
                        "SILENCE"));
    }

    @Test
    void nobody_is_explained_who_is_not_there() throws Busy {
        try (ContactCentre centre = new ContactCentre(TestRules.SHIPPED, START, happening -> {})) {
            PresenceIndex index = new PresenceIndex(centre);
            try (Explainer explainer =
                    new Explainer(() -> index, () -> new RulesInForce("release", TestRules.SHIPPED))) {
                assertThat(explainer.explain("nobody", null, List.of(Channel.values())))
                        .isNull();
            }
        }
    }
}
