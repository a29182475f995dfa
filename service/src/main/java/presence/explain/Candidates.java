package presence.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import presence.command.Command;
import presence.command.ProfileDefinition;
import presence.facts.Capability;
import presence.facts.ProfileType;
import presence.index.CatalogueView;
import presence.state.AgentState;
import presence.state.Conversation;
import presence.state.Offer;

/**
 * What may be reported of an agent next. Which of it changes anything, and to what, is not known here: that is asked of the
 * rules.
 */
final class Candidates {
    private static final Comparator<ProfileDefinition> AS_SHOWN =
            Comparator.comparingInt(ProfileDefinition::order).thenComparing(ProfileDefinition::id);

    private final AgentState agent;
    private final CatalogueView catalogue;
    private final @Nullable String queue;
    private final Set<Capability> capabilities;

    /**
     * @param queue the queue asked about; null if none is
     * @param capabilities those of the channels asked about
     */
    Candidates(AgentState agent, CatalogueView catalogue, @Nullable String queue, Set<Capability> capabilities) {
        this.agent = agent;
        this.catalogue = catalogue;
        this.queue = queue;
        this.capabilities = capabilities;
    }

    /** What agents do themselves, kind by kind, the smallest first. */
    List<List<Step>> byTheAgent() {
        return List.of(
                List.of(
                        agent.ready()
                                ? step(new Command.NotReady(agent.id(), null), "The agent is not ready any more.")
                                : ready()),
                agent.connected() ? List.of() : List.of(connect()),
                agent.signedIn() ? List.of() : List.of(signIn()),
                offers(),
                conversations(),
                profiles().map(this::select).toList());
    }

    /** What others do for an agent, and what ends work, kind by kind. */
    List<List<Step>> byOthers() {
        List<Step> queues = new ArrayList<>();
        if (queue != null) {
            queues.add(
                    agent.queues().contains(queue)
                            ? step(
                                    new Command.LeaveQueue(agent.id(), queue),
                                    "The agent leaves the queue '" + queue + "'.")
                            : join(queue));
        }
        return List.of(
                queues,
                Arrays.stream(Capability.values())
                        .filter(capabilities::contains)
                        .map(capability -> agent.capabilities().contains(capability)
                                ? step(
                                        new Command.RemoveCapability(agent.id(), capability),
                                        "The agent loses the capability " + capability + ".")
                                : add(capability))
                        .toList(),
                agent.connected() && agent.signedIn()
                        ? List.of(step(new Command.Disconnect(agent.id()), "The agent's connection is lost."))
                        : List.of(),
                agent.signedIn() ? List.of(step(new Command.SignOut(agent.id()), "The agent signs out.")) : List.of());
    }

    /** What two of may lead somewhere together, in the order in which they are done. */
    List<Step> together() {
        return Stream.of(
                        agent.signedIn() ? Stream.<Step>of() : Stream.of(signIn()),
                        agent.connected() ? Stream.<Step>of() : Stream.of(connect()),
                        profiles()
                                .filter(profile -> profile.type() == ProfileType.AVAILABLE)
                                .limit(2)
                                .map(this::select),
                        queue == null || agent.queues().contains(queue) ? Stream.<Step>of() : Stream.of(join(queue)),
                        capabilities.stream()
                                .filter(capability -> !agent.capabilities().contains(capability))
                                .map(this::add),
                        agent.conversations().stream()
                                .filter(Conversation::counts)
                                .limit(4)
                                .map(this::handle),
                        agent.offers().stream().limit(2).map(this::reject),
                        agent.ready() ? Stream.<Step>of() : Stream.of(ready()))
                .flatMap(steps -> steps)
                .toList();
    }

    private Stream<ProfileDefinition> profiles() {
        return catalogue.profiles().values().stream()
                .filter(profile -> !profile.id().equals(agent.profile()))
                .sorted(AS_SHOWN);
    }

    private List<Step> offers() {
        return agent.offers().stream()
                .flatMap(offer -> Stream.of(
                        step(
                                new Command.AcceptOffer(offer.id(), agent.id()),
                                "The agent accepts the offer '" + offer.id() + "' (" + offer.channel() + ")."),
                        reject(offer)))
                .toList();
    }

    private List<Step> conversations() {
        return agent.conversations().stream()
                .flatMap(conversation -> conversation.state() == Conversation.State.ACTIVE
                        ? Stream.of(
                                handle(conversation),
                                step(
                                        new Command.EndConversation(conversation.id()),
                                        "The conversation '" + conversation.id() + "' (" + conversation.channel()
                                                + ") ends."))
                        : Stream.of(handle(conversation)))
                .toList();
    }

    private Step signIn() {
        return step(new Command.SignIn(agent.id()), "The agent signs in.");
    }

    private Step connect() {
        return step(new Command.Connect(agent.id()), "The agent's connection comes back.");
    }

    private Step ready() {
        return step(new Command.Ready(agent.id(), null), "The agent is ready.");
    }

    private Step select(ProfileDefinition profile) {
        return step(
                new Command.SelectProfile(agent.id(), profile.id(), null),
                "The agent selects the profile '" + profile.id() + "' (" + profile.type() + ").");
    }

    private Step join(String id) {
        return step(new Command.JoinQueue(agent.id(), id), "The agent joins the queue '" + id + "'.");
    }

    private Step add(Capability capability) {
        return step(
                new Command.AddCapability(agent.id(), capability), "The agent gets the capability " + capability + ".");
    }

    private Step handle(Conversation conversation) {
        return step(
                new Command.HandleConversation(conversation.id()),
                "The conversation '" + conversation.id() + "' (" + conversation.channel() + ") is handled.");
    }

    private Step reject(Offer offer) {
        return step(
                new Command.RejectOffer(offer.id(), agent.id()),
                "The agent rejects the offer '" + offer.id() + "' (" + offer.channel() + ").");
    }

    private static Step step(Command command, String sentence) {
        return Step.of(command, sentence);
    }
}
