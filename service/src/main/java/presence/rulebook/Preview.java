package presence.rulebook;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import presence.engine.PresenceSession;
import presence.engine.RuleBook;
import presence.engine.Verdict;
import presence.facts.Capability;
import presence.facts.QueueStaffing;
import presence.facts.Status;
import presence.index.CatalogueView;
import presence.index.PresenceIndex;
import presence.index.Ranking;
import presence.state.AgentState;

/**
 * What rules would change for the agents as they are now, if they concluded. Computed on the caller's thread, beside the
 * loop, by the very engine that would conclude. Immutable.
 */
public final class Preview {
    private final String id = UUID.randomUUID().toString();
    private final long at;
    private int agents;
    private final List<Change> changes = new ArrayList<>();
    private final List<Staffing> staffing = new ArrayList<>();
    private final Map<Status, Map<Status, Integer>> statuses = new EnumMap<>(Status.class);
    private final int[] eligibleGained = new int[Capability.values().length];
    private final int[] eligibleLost = new int[Capability.values().length];
    private final int[] targetGained = new int[Capability.values().length];
    private final int[] targetLost = new int[Capability.values().length];

    /**
     * That something else would be concluded about an agent.
     *
     * @param agent the agent, as published when it was looked at
     * @param before what is concluded now
     * @param after what would be
     */
    public record Change(AgentState agent, Verdict before, Verdict after) {}

    /**
     * That a queue would have its first agent for a capability, or lose its last.
     *
     * @param before how many are eligible now, the open reserve among them
     * @param after how many would be
     */
    public record Staffing(String queue, Capability capability, int before, int after) {}

    private Preview(PresenceIndex index) {
        at = index.publishedAt();
    }

    /** Decides every agent by the rules. */
    static Preview of(RuleBook rules, PresenceIndex index) {
        Preview preview = new Preview(index);
        CatalogueView catalogue = index.catalogue();
        Map<String, int[]> eligible = new TreeMap<>();
        Map<String, int[]> reserve = new TreeMap<>();
        try (SideSession session = SideSession.open(rules, index)) {
            for (AgentState agent : index.agentsAfter("")) {
                Verdict after = session.decide(agent);
                preview.compare(agent, after);
                for (String queue : agent.queues()) {
                    count(after, eligible.computeIfAbsent(queue, id -> new int[Capability.values().length]), true);
                    count(after, reserve.computeIfAbsent(queue, id -> new int[Capability.values().length]), false);
                }
            }
            catalogue
                    .queues()
                    .forEach((id, queue) -> preview.compareStaffing(
                            session.session(),
                            index,
                            id,
                            queue.overflowToTentative(),
                            eligible.getOrDefault(id, new int[Capability.values().length]),
                            reserve.getOrDefault(id, new int[Capability.values().length])));
        }
        return preview;
    }

    private static void count(Verdict verdict, int[] byCapability, boolean eligible) {
        for (Capability capability : Capability.values()) {
            if (eligible ? verdict.eligible(capability) : verdict.inReserve(capability)) {
                byCapability[capability.ordinal()]++;
            }
        }
    }

    private void compare(AgentState agent, Verdict after) {
        agents++;
        Verdict before = agent.verdict();
        if (before.sameOutcome(after)) {
            return;
        }
        changes.add(new Change(agent, before, after));
        if (before.status() != after.status()) {
            statuses.computeIfAbsent(before.status(), status -> new EnumMap<>(Status.class))
                    .merge(after.status(), 1, Integer::sum);
        }
        for (Capability capability : Capability.values()) {
            tally(capability, before.eligible(capability), after.eligible(capability), eligibleGained, eligibleLost);
            tally(
                    capability,
                    before.transferTarget(capability),
                    after.transferTarget(capability),
                    targetGained,
                    targetLost);
        }
    }

    private static void tally(Capability capability, boolean before, boolean after, int[] gained, int[] lost) {
        if (before != after) {
            (after ? gained : lost)[capability.ordinal()]++;
        }
    }

    private void compareStaffing(
            PresenceSession session,
            PresenceIndex index,
            String queue,
            boolean overflow,
            int[] eligible,
            int[] reserve) {
        for (Capability capability : Capability.values()) {
            int able = eligible[capability.ordinal()];
            int held = reserve[capability.ordinal()];
            boolean open = held > 0 && session.reserveOpen(new QueueStaffing(queue, capability, overflow, able, held));
            Ranking now = index.eligible(queue, capability);
            int before = now == null ? 0 : now.size();
            int after = open ? held : able;
            if ((before == 0) != (after == 0)) {
                staffing.add(new Staffing(queue, capability, before, after));
            }
        }
    }

    /** What it is called, to ask for more of it. */
    public String id() {
        return id;
    }

    /** The engine's time at which it was begun, in milliseconds since 1970-01-01T00:00Z. */
    public long at() {
        return at;
    }

    /** How many agents were looked at. */
    public int agents() {
        return agents;
    }

    /** The agents about whom something else would be concluded, in the order of their ids. */
    public List<Change> changes() {
        return List.copyOf(changes);
    }

    /** The queues that would have their first agent or lose their last, in the order of their ids. */
    public List<Staffing> staffing() {
        return List.copyOf(staffing);
    }

    /** How many agents would change from a status to another. */
    public Map<Status, Map<Status, Integer>> statuses() {
        return statuses;
    }

    /** How many agents would become eligible for a capability, or a transfer target of it. */
    public int gained(Capability capability, boolean transfer) {
        return (transfer ? targetGained : eligibleGained)[capability.ordinal()];
    }

    /** How many agents would no longer be eligible for a capability, or no longer a transfer target of it. */
    public int lost(Capability capability, boolean transfer) {
        return (transfer ? targetLost : eligibleLost)[capability.ordinal()];
    }
}
