package presence.board;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import presence.api.Timers;
import presence.facts.Reason;
import presence.facts.Status;
import presence.index.CatalogueView;
import presence.index.PresenceIndex;
import presence.state.AgentState;
import presence.state.Conversation;
import presence.state.Offer;

/**
 * The contact centre counted, at an instant. Immutable. The counts of one picture may be a moment apart: nothing is held up to
 * count.
 */
public final class Picture {
    private final long at;
    private final Tally all = new Tally();
    private final Map<String, Tally> queues = new HashMap<>();
    private final List<Attention> attention = new ArrayList<>();

    private Picture(long at) {
        this.at = at;
    }

    /** @param at the service's time, by which it is told what takes too long */
    static Picture of(PresenceIndex index, long at) {
        Picture picture = new Picture(at);
        CatalogueView catalogue = index.catalogue();
        for (AgentState agent : index.agents()) {
            picture.add(agent, catalogue);
        }
        for (Conversation conversation : index.conversations()) {
            if (conversation.open()) {
                picture.all.add(conversation);
                if (conversation.queue() != null) {
                    picture.tally(conversation.queue()).add(conversation);
                }
            }
        }
        picture.attention.sort(Attention.BY_URGENCY);
        return picture;
    }

    private Tally tally(String queue) {
        return queues.computeIfAbsent(queue, id -> new Tally());
    }

    private void add(AgentState agent, CatalogueView catalogue) {
        all.add(agent);
        all.addReasonsAndProfile(agent);
        for (String queue : agent.queues()) {
            tally(queue).add(agent);
        }
        for (Offer offer : agent.offers()) {
            all.addOffer();
            if (offer.queue() != null) {
                tally(offer.queue()).addOffer();
            }
        }
        List<Need> needs = needs(agent, catalogue);
        if (!needs.isEmpty()) {
            needs.sort(Need.BY_URGENCY);
            attention.add(new Attention(agent, needs));
        }
    }

    private List<Need> needs(AgentState agent, CatalogueView catalogue) {
        List<Need> needs = new ArrayList<>(0);
        if (agent.verdict().status() == Status.OFFLINE
                && agent.verdict().reasons().contains(Reason.UNDECIDED)) {
            needs.add(new Need(Need.Kind.UNDECIDED, agent.statusSince(), null));
        }
        if (agent.overrunSince() > 0) {
            needs.add(new Need(Need.Kind.OVERRUN, agent.overrunSince(), null));
        }
        if (agent.signedIn() && agent.missedOffers() > 0) {
            needs.add(new Need(Need.Kind.MISSED_OFFERS, agent.missedAt(), null));
        }
        if (agent.signedIn() && !agent.connected()) {
            needs.add(new Need(Need.Kind.CONNECTION_LOST, agent.disconnectedSince(), null));
        }
        for (Conversation conversation : agent.conversations()) {
            if (conversation.suspect()) {
                needs.add(new Need(Need.Kind.SUSPECT_CONVERSATION, conversation.changedAt(), conversation));
            } else if (conversation.counts() && !conversation.direct()) {
                handling(needs, conversation, limit(catalogue, conversation));
            }
        }
        return needs;
    }

    private void handling(List<Need> needs, Conversation conversation, long limit) {
        switch (Timers.level(at - conversation.startedAt(), limit)) {
            case BREACH ->
                needs.add(new Need(Need.Kind.HANDLING_BREACH, conversation.startedAt() + limit, conversation));
            case WARN ->
                needs.add(new Need(
                        Need.Kind.HANDLING_WARN, conversation.startedAt() + Timers.warnAfter(limit), conversation));
            case NONE -> {
                // nothing is the matter
            }
        }
    }

    private static long limit(CatalogueView catalogue, Conversation conversation) {
        return Objects.requireNonNull(catalogue
                        .policy()
                        .handlingLimit()
                        .get(conversation.channel().capability()))
                .toMillis();
    }

    /** The service's time at which it was counted, in milliseconds since 1970-01-01T00:00Z. */
    public long at() {
        return at;
    }

    /** The counts of all. */
    public Tally all() {
        return all;
    }

    /** The counts of a queue: its members, and what came from it. */
    public Tally queue(String id) {
        return queues.getOrDefault(id, new Tally());
    }

    /** The agents whom somebody should look at, the most urgent first. */
    public List<Attention> attention() {
        return List.copyOf(attention);
    }
}
