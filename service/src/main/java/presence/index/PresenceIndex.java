package presence.index;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import presence.command.QueueDefinition;
import presence.command.RulesRelease;
import presence.facts.Capability;
import presence.facts.QueueStaffing;
import presence.state.AgentState;
import presence.state.Candidate;
import presence.state.ContactCentre;
import presence.state.Conversation;
import presence.state.Offer;

/**
 * Answers who is eligible, who can be transferred to, and what an agent is.
 *
 * <p>{@link #publish} belongs to the thread that owns the contact centre; every other method may be called from any thread
 * and takes no lock. A ranking that was returned never changes.
 */
public final class PresenceIndex implements ContactCentre.Publication {
    private static final Capability[] CAPABILITIES = Capability.values();

    private final Map<String, AgentState> agents = new ConcurrentHashMap<>();

    /** The ids of all agents in order; apart from the agents, since it changes seldom and to find a place in it costs more. */
    private final NavigableSet<String> ids = new ConcurrentSkipListSet<>();

    private final Map<String, QueueIndex> queues = new ConcurrentHashMap<>();
    private final RankingChange[] transferTargets = Arrays.stream(CAPABILITIES)
            .map(capability -> new RankingChange(Candidate.BY_RANK))
            .toArray(RankingChange[]::new);
    private final Set<QueueIndex> touched = new HashSet<>();
    private RulesRelease release;
    private int taking;
    private final ContactCentre centre;
    private IndexWatcher watcher = IndexWatcher.NONE;
    private volatile CatalogueView catalogue;
    private volatile long publishedAt;

    /** An index over everything that the contact centre knows; the centre's offers go by it from now on. */
    public PresenceIndex(ContactCentre centre) {
        this.centre = centre;
        release = centre.release();
        catalogue = CatalogueView.of(centre.catalogue());
        catalogue.queues().keySet().forEach(this::queue);
        publish(centre);
        centre.rankBy((queue, capability) -> {
            publishEligible(centre, queue);
            return eligible(queue, capability);
        });
    }

    /** Tells of what becomes visible from now on. */
    public void watch(IndexWatcher by) {
        watcher = by;
    }

    /** Makes everything that has changed in the contact centre visible. */
    public void publish(ContactCentre centre) {
        take(centre);
        for (RankingChange targets : transferTargets) {
            targets.publish();
        }
        for (QueueIndex queue : touched) {
            publish(queue, centre);
        }
        touched.clear();
        publishedAt = centre.now();
    }

    /**
     * Makes visible what {@link #eligible} says of a queue, and leaves the rest for later: for who asks seldom, and one
     * question at a time.
     */
    public void publishEligible(ContactCentre centre, String queue) {
        take(centre);
        QueueIndex index = queues.get(queue);
        if (index != null && touched.remove(index)) {
            publish(index, centre);
        }
        publishedAt = centre.now();
    }

    /** Makes visible what {@link #transferTargets} says, and leaves the rest for later. */
    public void publishTransferTargets(ContactCentre centre, Capability capability) {
        take(centre);
        transferTargets[capability.ordinal()].publish();
        publishedAt = centre.now();
    }

    /** Notes what has changed; it shows with the publication of those that it touches. */
    private void take(ContactCentre centre) {
        boolean redefined = catalogue.revision() != centre.catalogue().revision();
        if (redefined) {
            catalogue = CatalogueView.of(centre.catalogue());
            catalogue.queues().keySet().forEach(queue -> touched.add(queue(queue)));
        }
        if (!release.equals(centre.release())) {
            release = centre.release();
            // Other rules may open other reserves.
            touched.addAll(queues.values());
        }
        taking++;
        centre.publish(this);
        if (redefined) {
            // Only now: until here those who were in a deleted queue had to be taken out of it.
            queues.values().removeIf(this::removed);
            touched.removeIf(queue -> !catalogue.queues().containsKey(queue.queue()));
        }
    }

    private boolean removed(QueueIndex queue) {
        boolean gone = !catalogue.queues().containsKey(queue.queue());
        if (gone) {
            for (Capability capability : CAPABILITIES) {
                tellStaffed(queue, capability, queue.answer(capability).size(), 0);
            }
        }
        return gone;
    }

    private void tellStaffed(QueueIndex queue, Capability capability, int before, int now) {
        if (before != now) {
            watcher.staffed(queue.queue(), capability, now);
        }
    }

    private void publish(QueueIndex index, ContactCentre centre) {
        QueueDefinition definition = catalogue.queues().get(index.queue());
        for (Capability capability : CAPABILITIES) {
            RankingChange eligible = index.eligible(capability);
            RankingChange reserve = index.reserve(capability);
            eligible.publish();
            reserve.publish();
            // An empty reserve need not be asked about: open or not, it answers nobody.
            int inReserve = reserve.published().size();
            index.reserveOpen(
                    capability,
                    inReserve > 0
                            && definition != null
                            && centre.reserveOpen(new QueueStaffing(
                                    index.queue(),
                                    capability,
                                    definition.overflowToTentative(),
                                    eligible.published().size(),
                                    inReserve)));
        }
        Ranking[] before = index.publishAnswers();
        for (Capability capability : CAPABILITIES) {
            tellStaffed(
                    index,
                    capability,
                    before[capability.ordinal()].size(),
                    index.answer(capability).size());
        }
    }

    @Override
    public void agentChanged(String agent, @Nullable AgentState before, @Nullable AgentState after) {
        if (after == null) {
            ids.remove(agent);
            agents.remove(agent);
        } else if (agents.put(agent, after) == null) {
            ids.add(agent);
        }
        for (Capability capability : CAPABILITIES) {
            transferTargets[capability.ordinal()].move(target(before, capability), target(after, capability), taking);
        }
        if (before != null) {
            for (String queue : before.queues()) {
                boolean stays = after != null && after.queues().contains(queue);
                move(queue(queue), before, stays ? after : null);
                if (!stays) {
                    queue(queue).members().remove(agent);
                }
            }
        }
        if (after != null) {
            for (String queue : after.queues()) {
                if (before == null || !before.queues().contains(queue)) {
                    queue(queue).members().add(agent);
                    move(queue(queue), null, after);
                }
            }
        }
        watcher.agentChanged(agent, before, after);
    }

    private void move(QueueIndex queue, @Nullable AgentState before, @Nullable AgentState after) {
        for (Capability capability : CAPABILITIES) {
            queue.eligible(capability).move(eligible(before, capability), eligible(after, capability), taking);
            queue.reserve(capability).move(inReserve(before, capability), inReserve(after, capability), taking);
            if (queue.eligible(capability).changed()
                    || queue.reserve(capability).changed()) {
                touched.add(queue);
            }
        }
    }

    private QueueIndex queue(String id) {
        return queues.computeIfAbsent(id, QueueIndex::new);
    }

    private static @Nullable Candidate eligible(@Nullable AgentState agent, Capability capability) {
        return agent != null && agent.verdict().eligible(capability) ? agent.candidate() : null;
    }

    private static @Nullable Candidate inReserve(@Nullable AgentState agent, Capability capability) {
        return agent != null && agent.verdict().inReserve(capability) ? agent.candidate() : null;
    }

    private static @Nullable Candidate target(@Nullable AgentState agent, Capability capability) {
        return agent != null && agent.verdict().transferTarget(capability) ? agent.candidate() : null;
    }

    // --- questions

    /** The definitions as put. */
    public CatalogueView catalogue() {
        return catalogue;
    }

    /** The engine's time of the last publication, in milliseconds since 1970-01-01T00:00Z. */
    public long publishedAt() {
        return publishedAt;
    }

    /** The agent; null if there is none. */
    public @Nullable AgentState agent(String id) {
        return agents.get(id);
    }

    /** The conversation; null if there is none. */
    public @Nullable Conversation conversation(String id) {
        return centre.conversation(id);
    }

    /** The conversations that are open or still remembered, in no order. */
    public Collection<Conversation> conversations() {
        return centre.conversations();
    }

    /** The offer; null if there is none, or it is forgotten. */
    public @Nullable Offer offer(String id) {
        return centre.offer(id);
    }

    /** The open offer of a conversation; null if there is none. */
    public @Nullable Offer openOffer(String conversation) {
        return centre.openOffer(conversation);
    }

    /** The agents, in no order: quicker than in one. */
    public Collection<AgentState> agents() {
        return Collections.unmodifiableCollection(agents.values());
    }

    /** How many agents there are. */
    public int agentCount() {
        return agents.size();
    }

    /** The agents whose ids come after this one, in the order of their ids; an empty id begins at the first. */
    public Iterable<AgentState> agentsAfter(String id) {
        // One that is deleted meanwhile may be missing already.
        return () -> ids.tailSet(id, false).stream()
                .map(agents::get)
                .filter(Objects::nonNull)
                .iterator();
    }

    /** Those a conversation of the queue is offered to, in order; null if there is no such queue. */
    public @Nullable Ranking eligible(String queue, Capability capability) {
        QueueIndex index = queues.get(queue);
        return index == null ? null : index.answer(capability);
    }

    /** How the queue is staffed for the capability; null if there is no such queue. */
    public @Nullable QueueStaffing staffing(String queue, Capability capability) {
        QueueIndex index = queues.get(queue);
        QueueDefinition definition = catalogue.queues().get(queue);
        return index == null || definition == null
                ? null
                : new QueueStaffing(
                        queue,
                        capability,
                        definition.overflowToTentative(),
                        index.eligible(capability).published().size(),
                        index.reserve(capability).published().size());
    }

    /** The ids of those who have joined the queue, in order; empty if there is no such queue. */
    public Collection<String> members(String queue) {
        QueueIndex index = queues.get(queue);
        return index == null ? List.of() : index.members();
    }

    /** The ids of those who have joined the queue and come after this one, in order; an empty id begins at the first. */
    public Iterable<String> membersAfter(String queue, String id) {
        QueueIndex index = queues.get(queue);
        return index == null ? List.of() : index.members().tailSet(id, false);
    }

    /** Those a conversation can be transferred to, in order; its present agent may be among them. */
    public Ranking transferTargets(Capability capability) {
        return transferTargets[capability.ordinal()].published();
    }
}
