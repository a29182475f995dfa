package presence.live;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import presence.facts.Capability;
import presence.index.PresenceIndex;
import presence.state.AgentState;

/**
 * The contact centre as it is after the last message, and the messages. Both change together, so that a part of the picture
 * and the messages after it have no gap between them and nothing twice. The index runs ahead of the messages; this does not.
 *
 * <p>Safe for use by several threads.
 */
final class Picture {
    /** How many agents a part has. */
    static final int PART = 100;

    /** The most agents that are looked at for a part, so that nobody waits for who looks for few among many. */
    private static final int LOOKED_AT = 2_000;

    private final MessageLog log;
    private final NavigableMap<String, AgentState> agents = new TreeMap<>();
    private final NavigableMap<String, Map<Capability, Integer>> staffing = new TreeMap<>();
    private @Nullable PresenceIndex index;

    Picture(MessageLog log) {
        this.log = log;
    }

    /**
     * Some of the agents.
     *
     * @param agents the agents, in the order of their ids
     * @param after the message after which they are what they are
     * @param reached the id up to which every agent was looked at; null if there are no more
     * @param staffing with the last part: the queues that have somebody, with the eligible by capability
     */
    record Part(
            List<AgentState> agents,
            long after,
            @Nullable String reached,
            Map<String, Map<Capability, Integer>> staffing) {}

    /** Draws everything as the index has it now. Whoever was reading cannot go on. */
    synchronized void drawAnew(PresenceIndex current) {
        forget();
        index = current;
        current.agentsAfter("").forEach(agent -> agents.put(agent.id(), agent));
        for (String queue : current.catalogue().queues().keySet()) {
            for (Capability capability : Capability.values()) {
                var eligible = current.eligible(queue, capability);
                staffed(queue, capability, eligible == null ? 0 : eligible.size());
            }
        }
    }

    /** Keeps nothing: nobody looks. */
    synchronized void forget() {
        index = null;
        agents.clear();
        staffing.clear();
        log.clear();
    }

    synchronized @Nullable AgentState agent(String id) {
        return agents.get(id);
    }

    synchronized void add(Message message) {
        log.add(message);
    }

    /** The message says that the agent is this. */
    synchronized void add(Message message, AgentState agent) {
        log.add(message);
        agents.put(agent.id(), agent);
    }

    /** The message says that the agent is gone. */
    synchronized void addGone(Message message, String agent) {
        log.add(message);
        agents.remove(agent);
    }

    /** Notes how many are eligible; answers how many were. */
    synchronized int staffed(String queue, Capability capability, int eligible) {
        if (eligible == 0) {
            Map<Capability, Integer> counts = staffing.get(queue);
            Integer before = counts == null ? null : counts.remove(capability);
            if (counts != null && counts.isEmpty()) {
                staffing.remove(queue);
            }
            return before == null ? 0 : before;
        }
        Integer before = staffing.computeIfAbsent(queue, none -> new EnumMap<>(Capability.class))
                .put(capability, eligible);
        return before == null ? 0 : before;
    }

    /** The next agents that the filter shows, after this id. */
    synchronized Part part(StreamFilter filter, String id) {
        if (!filter.kinds().contains(MessageKind.PRESENCE)) {
            return new Part(List.of(), log.last(), null, staffing(filter));
        }
        List<AgentState> found = new ArrayList<>();
        Candidates candidates = candidates(filter, id);
        int looked = 0;
        for (String candidate : candidates.ids()) {
            if (looked++ == LOOKED_AT) {
                return new Part(found, log.last(), candidate, Map.of());
            }
            AgentState agent = agents.get(candidate);
            if (agent != null && filter.shows(agent)) {
                found.add(agent);
            }
            if (found.size() == PART) {
                return new Part(found, log.last(), candidate, Map.of());
            }
        }
        String reached = candidates.upTo();
        return new Part(found, log.last(), reached, reached == null ? staffing(filter) : Map.of());
    }

    private Map<String, Map<Capability, Integer>> staffing(StreamFilter filter) {
        if (!filter.kinds().contains(MessageKind.STAFFING)) {
            return Map.of();
        }
        Map<String, Map<Capability, Integer>> found = new TreeMap<>();
        staffing.forEach((queue, counts) -> {
            if (filter.staffing(queue)) {
                found.put(queue, new EnumMap<>(counts));
            }
        });
        return found;
    }

    /**
     * Ids among which the filter finds what it shows.
     *
     * @param ids the ids, in order
     * @param upTo the id behind which there may be more; null if there are no more
     */
    private record Candidates(
            Iterable<String> ids, @Nullable String upTo) {}

    /**
     * The index knows the members of a queue and is never behind. One who has left it already may be missing, and is told of
     * as one who has left; one who has joined it is not in the picture yet, and is told of as one who joins.
     */
    private Candidates candidates(StreamFilter filter, String id) {
        PresenceIndex current = index;
        if (!filter.agents().isEmpty()) {
            return new Candidates(new TreeSet<>(filter.agents()).tailSet(id, false), null);
        }
        if (filter.queues().isEmpty() || current == null) {
            return new Candidates(agents.navigableKeySet().tailSet(id, false), null);
        }
        TreeSet<String> members = new TreeSet<>();
        String upTo = null;
        for (String queue : filter.queues()) {
            int left = PART;
            for (String member : current.membersAfter(queue, id)) {
                members.add(member);
                if (--left == 0) {
                    upTo = upTo == null || member.compareTo(upTo) < 0 ? member : upTo;
                    break;
                }
            }
        }
        return new Candidates(upTo == null ? members : members.headSet(upTo, true), upTo);
    }
}
