package presence.state;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import presence.command.Policy;
import presence.command.ProfileDefinition;
import presence.command.QueueDefinition;
import presence.command.QueueGroupDefinition;
import presence.command.RulesRelease;
import presence.engine.Verdict;
import presence.facts.ProfileType;

/**
 * Everything that has been reported, at one instant: what a snapshot keeps. Immutable; any thread may read it.
 *
 * @param at the instant, in milliseconds since 1970-01-01T00:00Z
 * @param release the release of the rules that concludes
 * @param versionsGone the highest version of an agent who is gone; 0 without any
 * @param told the number of the last event told; 0 if none ever was
 * @param offersMade how many offers have ever been made
 * @param policy the policy
 * @param queues the queues
 * @param queueGroups the queue groups
 * @param profiles the profiles that can be chosen
 * @param retired the profiles that still serve agents who have them
 * @param agents the agents
 * @param conversations the conversations remembered
 * @param offers the offers remembered
 * @param commandIds the command ids remembered, the oldest first
 */
public record StateImage(
        long at,
        RulesRelease release,
        long versionsGone,
        long told,
        long offersMade,
        Policy policy,
        List<QueueDefinition> queues,
        List<QueueGroupDefinition> queueGroups,
        List<ProfileDefinition> profiles,
        List<ProfileDefinition> retired,
        List<AgentState> agents,
        List<Conversation> conversations,
        List<Offer> offers,
        List<RememberedCommand> commandIds) {

    /** The image that a snapshot kept; its agents have the conversations and the verdicts that a restore gives them. */
    public static StateImage of(
            long at,
            RulesRelease release,
            long versionsGone,
            long told,
            long offersMade,
            Policy policy,
            List<QueueDefinition> queues,
            List<QueueGroupDefinition> queueGroups,
            List<ProfileDefinition> profiles,
            List<ProfileDefinition> retired,
            List<AgentImage> agents,
            List<Conversation> conversations,
            List<Offer> offers,
            List<RememberedCommand> commandIds) {
        Map<String, ProfileType> types = new HashMap<>();
        profiles.forEach(profile -> types.put(profile.id(), profile.type()));
        retired.forEach(profile -> types.put(profile.id(), profile.type()));
        List<AgentState> states = agents.stream()
                .map(agent -> AgentState.of(agent, types.get(agent.profile()), Verdict.UNDECIDED))
                .toList();
        return new StateImage(
                at,
                release,
                versionsGone,
                told,
                offersMade,
                policy,
                queues,
                queueGroups,
                profiles,
                retired,
                states,
                conversations,
                offers,
                commandIds);
    }

    /** The agents as a snapshot keeps them. */
    public Stream<AgentImage> agentImages() {
        return agents.stream().map(AgentState::image);
    }
}
