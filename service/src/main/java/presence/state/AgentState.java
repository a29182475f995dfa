package presence.state;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import presence.engine.Verdict;
import presence.facts.Agent;
import presence.facts.Capability;
import presence.facts.Channel;
import presence.facts.GraceEnd;
import presence.facts.ProfileEnd;
import presence.facts.ProfileType;
import presence.facts.RejectDelayEnd;
import presence.facts.SilenceEnd;

/**
 * An agent as reported, with the verdict about it. Times are milliseconds since 1970-01-01T00:00Z.
 *
 * <p>Copy on write: the thread that owns the {@link ContactCentre} writes a copy until it is published; a published state
 * is never written again, so that any thread may read it.
 */
public final class AgentState {
    private static final Conversation[] NONE = {};
    private static final Offer[] NO_OFFERS = {};

    final String id;
    String name = "";
    ZoneId timeZone = ZoneId.of("UTC");
    List<String> assignedQueues = List.of();
    Set<Capability> capabilities = CapabilitySet.of(Set.of());
    Set<String> queues = Set.of();
    Set<String> labels = Set.of();
    boolean signedIn;
    boolean connected = true;
    boolean connectionLost;
    boolean ready;

    @Nullable String notReadyReason;

    @Nullable String profile;

    @Nullable ProfileType profileType;

    @Nullable ProfileEnd profileEnd;

    @Nullable GraceEnd graceEnd;

    @Nullable RejectDelayEnd rejectDelayEnd;

    @Nullable SilenceEnd silenceEnd;

    long heartbeatAt;
    int missedOffers;

    /** When the last of them was missed; of no meaning for 0 of them. */
    long missedAt;

    /** Since when the connection has been down; of no meaning while it is up. */
    long disconnectedSince;

    /** Since when the agent has been expected back: a timed profile ended and the agent was not ready; 0 for not at all. */
    long overrunSince;

    long profileSince;
    long notReadySince;
    long idleSince;
    long statusSince;
    long version;

    /** Whether what an event tells of the state has changed and has not been told. */
    boolean newState;

    Conversation[] conversations = NONE;
    Offer[] offers = NO_OFFERS;
    Verdict verdict;
    Candidate candidate;

    AgentState(String id, Verdict verdict, long now) {
        this.id = id;
        this.verdict = verdict;
        this.statusSince = now;
        this.candidate = new Candidate(id, "", verdict.rank(), 0, 0);
    }

    /** A copy to be changed. */
    AgentState(AgentState other) {
        id = other.id;
        name = other.name;
        timeZone = other.timeZone;
        assignedQueues = other.assignedQueues;
        capabilities = other.capabilities;
        queues = other.queues;
        labels = other.labels;
        signedIn = other.signedIn;
        connected = other.connected;
        connectionLost = other.connectionLost;
        ready = other.ready;
        notReadyReason = other.notReadyReason;
        profile = other.profile;
        profileType = other.profileType;
        profileEnd = other.profileEnd;
        graceEnd = other.graceEnd;
        rejectDelayEnd = other.rejectDelayEnd;
        silenceEnd = other.silenceEnd;
        heartbeatAt = other.heartbeatAt;
        missedOffers = other.missedOffers;
        missedAt = other.missedAt;
        disconnectedSince = other.disconnectedSince;
        overrunSince = other.overrunSince;
        profileSince = other.profileSince;
        notReadySince = other.notReadySince;
        idleSince = other.idleSince;
        statusSince = other.statusSince;
        version = other.version;
        conversations = other.conversations;
        offers = other.offers;
        verdict = other.verdict;
        candidate = other.candidate;
    }

    /** An agent as a snapshot kept it. Its conversations and the verdict about it are still to come. */
    static AgentState of(AgentImage image, @Nullable ProfileType profileType, Verdict verdict) {
        AgentState agent = new AgentState(image.id(), verdict, image.statusSince());
        agent.name = image.name();
        agent.timeZone = ZoneId.of(image.timeZone());
        agent.assignedQueues = List.copyOf(image.assignedQueues());
        agent.capabilities = CapabilitySet.of(image.capabilities());
        agent.queues = Set.copyOf(image.queues());
        agent.labels = image.labels() == null ? Set.of() : Set.copyOf(image.labels());
        agent.signedIn = image.signedIn();
        agent.connected = image.connected();
        agent.connectionLost = image.connectionLost();
        agent.ready = image.ready();
        agent.notReadyReason = image.notReadyReason();
        agent.profile = image.profile();
        agent.profileType = profileType;
        agent.profileEnd = image.profileEnd() == null ? null : ProfileClock.read(image.profileEnd(), agent.timeZone);
        agent.graceEnd = image.graceEnd();
        agent.rejectDelayEnd = image.rejectDelayEnd();
        agent.silenceEnd = image.silenceEnd();
        agent.heartbeatAt = image.heartbeatAt();
        agent.missedOffers = image.missedOffers();
        agent.missedAt = known(image.missedAt());
        agent.disconnectedSince = known(image.disconnectedSince());
        agent.overrunSince = known(image.overrunSince());
        agent.profileSince = image.profileSince();
        agent.notReadySince = image.notReadySince();
        agent.idleSince = image.idleSince();
        agent.version = image.version();
        return agent;
    }

    private static long known(@Nullable Long instant) {
        return instant == null ? 0 : instant;
    }

    private static @Nullable Long ifKnown(long instant) {
        return instant == 0 ? null : instant;
    }

    /** The agent as a snapshot keeps it. */
    AgentImage image() {
        return new AgentImage(
                id,
                name,
                timeZone.getId(),
                assignedQueues,
                capabilities,
                queues.stream().sorted().toList(),
                signedIn,
                connected,
                connectionLost,
                ready,
                notReadyReason,
                profile,
                profileEnd,
                graceEnd,
                rejectDelayEnd,
                silenceEnd,
                heartbeatAt,
                missedOffers,
                profileSince,
                notReadySince,
                idleSince,
                statusSince,
                version,
                labels.isEmpty() ? null : labels.stream().sorted().toList(),
                ifKnown(missedAt),
                ifKnown(disconnectedSince),
                ifKnown(overrunSince));
    }

    /** The agent as rules read it. */
    public Agent fact() {
        int work = 0;
        int wrapUp = 0;
        int[] loads = new int[Capability.values().length];
        for (Conversation conversation : conversations) {
            if (conversation.counts() && !conversation.direct()) {
                work++;
                wrapUp += conversation.state() == Conversation.State.WRAP_UP ? 1 : 0;
                loads[conversation.channel().capability().ordinal()]++;
            }
        }
        int load = work;
        for (Offer offer : offers) {
            load++;
            loads[offer.channel().capability().ordinal()]++;
        }
        return new Agent(
                id,
                signedIn,
                connected,
                connectionLost,
                ready,
                profile,
                profileType,
                work,
                wrapUp,
                load,
                loads[Capability.PHONE.ordinal()],
                loads[Capability.VIDEO.ordinal()],
                loads[Capability.CHAT.ordinal()],
                loads[Capability.ITEMS.ordinal()],
                rejectDelayEnd != null,
                capabilities,
                CapabilitySet.complementOf(capabilities),
                queues,
                labels);
    }

    /** How many of the agent's conversations on this channel are active or in wrap-up, direct and suspect ones left out. */
    public int work(Channel channel) {
        int work = 0;
        for (Conversation conversation : conversations) {
            work += conversation.counts() && !conversation.direct() && conversation.channel() == channel ? 1 : 0;
        }
        return work;
    }

    void add(Offer offer) {
        Offer[] more = Arrays.copyOf(offers, offers.length + 1);
        more[offers.length] = offer;
        offers = more;
    }

    void remove(Offer offer) {
        offers = Arrays.stream(offers)
                .filter(mine -> !mine.id().equals(offer.id()))
                .toArray(Offer[]::new);
    }

    void add(Conversation conversation) {
        Conversation[] more = Arrays.copyOf(conversations, conversations.length + 1);
        more[conversations.length] = conversation;
        conversations = more;
    }

    void replace(Conversation conversation) {
        Conversation[] changed = conversations.clone();
        for (int i = 0; i < changed.length; i++) {
            changed[i] = changed[i].id().equals(conversation.id()) ? conversation : changed[i];
        }
        conversations = changed;
    }

    void remove(String conversation) {
        conversations = Arrays.stream(conversations)
                .filter(mine -> !mine.id().equals(conversation))
                .toArray(Conversation[]::new);
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public ZoneId timeZone() {
        return timeZone;
    }

    /** The queues that administrators assigned. */
    public List<String> assignedQueues() {
        return assignedQueues;
    }

    /** The queues joined, in no order. */
    public Set<String> queues() {
        return queues;
    }

    /** What administrators have labelled the agent with, in no order. */
    public Set<String> labels() {
        return labels;
    }

    /** What the agent can take, in the order of the enumeration. */
    public Set<Capability> capabilities() {
        return capabilities;
    }

    public boolean signedIn() {
        return signedIn;
    }

    public boolean ready() {
        return ready;
    }

    /** Whether the agent's connection is up; true while signed out. */
    public boolean connected() {
        return connected;
    }

    /** Since when the connection has been down. Of no meaning while it is up. */
    public long disconnectedSince() {
        return disconnectedSince;
    }

    /** When an agent whose connection is down is signed out, or null. */
    public @Nullable GraceEnd graceEnd() {
        return graceEnd;
    }

    /** How many offers in a row the agent has missed. */
    public int missedOffers() {
        return missedOffers;
    }

    /** When the agent missed the last of them. Of no meaning without any. */
    public long missedAt() {
        return missedAt;
    }

    /**
     * Since when the agent has been expected back: the end of a timed profile after which the agent has not been ready, signed
     * out or chosen another profile; 0 for an agent that is not.
     */
    public long overrunSince() {
        return overrunSince;
    }

    /** What the agent gave as the reason for not being ready, or null. */
    public @Nullable String notReadyReason() {
        return notReadyReason;
    }

    /** The id of the selected profile; null for an agent that never had one. */
    public @Nullable String profile() {
        return profile;
    }

    /** The pending end of the selected profile, or null. */
    public @Nullable ProfileEnd profileEnd() {
        return profileEnd;
    }

    /** When the profile was selected, or the agent signed in on a profile that outlived the sign-out. */
    public long profileSince() {
        return profileSince;
    }

    /** Since when the agent has been signed in and not ready. Of no meaning for others. */
    public long notReadySince() {
        return notReadySince;
    }

    /** Since when the agent has had nothing new to do; 0 for one that never signed in. */
    public long idleSince() {
        return idleSince;
    }

    /** When the status last changed. */
    public long statusSince() {
        return statusSince;
    }

    /** Grows by one with each change of this agent. */
    public long version() {
        return version;
    }

    /** The open offers, in the order in which they were made. */
    public List<Offer> offers() {
        return List.of(offers);
    }

    /** The open conversations, suspect ones too, in the order of their arrival. */
    public List<Conversation> conversations() {
        return List.of(conversations);
    }

    /** What the rules conclude about the agent. */
    public Verdict verdict() {
        return verdict;
    }

    /** The agent as the order of answers sees it. */
    public Candidate candidate() {
        return candidate;
    }
}
