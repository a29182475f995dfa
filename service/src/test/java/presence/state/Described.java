package presence.state;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import presence.facts.Capability;
import presence.index.PresenceIndex;
import presence.index.Ranking;

/** Everything there is to be seen, as text, so that two contact centres can be compared. */
public final class Described {
    private Described() {}

    /** An agent: what was reported, what was concluded, and every open conversation. */
    public static String agent(AgentState agent) {
        return agent.image() + "\n  "
                + Arrays.stream(agent.conversations)
                        .sorted(Comparator.comparing(Conversation::id))
                        .map(Described::conversation)
                        .toList()
                + "\n  " + agent.verdict.status() + agent.verdict.reasons() + agent.verdict.conclusions()
                + agent.candidate;
    }

    /** Deadlines are equal only to themselves; here they are what they say. */
    public static String conversation(Conversation conversation) {
        return conversation.toString();
    }

    /** Every agent, by id. */
    public static Map<String, String> agents(PresenceIndex index) {
        Map<String, String> agents = new TreeMap<>();
        index.agentsAfter("").forEach(agent -> agents.put(agent.id(), agent(agent)));
        return agents;
    }

    /** Every answer that the index gives about queues and transfers. */
    public static Map<String, Object> answers(PresenceIndex index) {
        Map<String, Object> answers = new TreeMap<>();
        answers.put("policy", index.catalogue().policy());
        answers.put("profiles", new TreeMap<>(index.catalogue().profiles()));
        answers.put("retired", new TreeMap<>(index.catalogue().retired()));
        answers.put("groups", new TreeMap<>(index.catalogue().queueGroups()));
        answers.put("queues", new TreeMap<>(index.catalogue().queues()));
        for (Capability capability : Capability.values()) {
            answers.put("transfer " + capability, places(index.transferTargets(capability)));
            for (String queue : index.catalogue().queues().keySet()) {
                answers.put("eligible " + queue + " " + capability, places(index.eligible(queue, capability)));
                answers.put("members " + queue, List.copyOf(index.members(queue)));
            }
        }
        return answers;
    }

    private static List<Candidate> places(Ranking ranking) {
        List<Candidate> places = new java.util.ArrayList<>();
        ranking.forEach(places::add);
        return places;
    }
}
