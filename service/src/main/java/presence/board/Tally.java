package presence.board;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import presence.facts.Channel;
import presence.facts.Reason;
import presence.facts.Status;
import presence.state.AgentState;
import presence.state.Conversation;

/**
 * How many agents are what, and how many conversations there are: of the contact centre or of a queue. Counted by one thread
 * and never changed again.
 */
public final class Tally {
    private final int[] statuses = new int[Status.values().length];
    private final int[] conversations = new int[Stage.values().length];
    private final Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
    private final Map<String, Integer> profiles = new TreeMap<>();
    private final Map<Channel, Integer> work = new EnumMap<>(Channel.class);
    private int agents;
    private int ready;
    private int notReady;
    private int disconnected;
    private int offers;

    /** How far a conversation is that is not handled. The names are part of the API. */
    public enum Stage {
        /** Going on. */
        ACTIVE,
        /** The agent is still at it. */
        WRAP_UP,
        /** Left by an agent who signed out: nobody's. */
        ORPHANED,
        /** Nobody has said a word of it for long. */
        SUSPECT;

        static Stage of(Conversation conversation) {
            if (conversation.orphaned()) {
                return ORPHANED;
            } else if (conversation.suspect()) {
                return SUSPECT;
            }
            return conversation.state() == Conversation.State.ACTIVE ? ACTIVE : WRAP_UP;
        }
    }

    void add(AgentState agent) {
        agents++;
        statuses[agent.verdict().status().ordinal()]++;
        if (agent.signedIn()) {
            ready += agent.ready() ? 1 : 0;
            notReady += agent.ready() ? 0 : 1;
            disconnected += agent.connected() ? 0 : 1;
        }
    }

    /** Counts the agent's reasons and its profile. Apart, since an agent is in many queues, and these are not told of queues. */
    void addReasonsAndProfile(AgentState agent) {
        agent.verdict().reasons().forEach(reason -> reasons.merge(reason, 1, Integer::sum));
        if (agent.profile() != null) {
            profiles.merge(agent.profile(), 1, Integer::sum);
        }
    }

    void addOffer() {
        offers++;
    }

    /** Counts a conversation that is not handled. */
    void add(Conversation conversation) {
        conversations[Stage.of(conversation).ordinal()]++;
        if (conversation.counts() && !conversation.direct()) {
            work.merge(conversation.channel(), 1, Integer::sum);
        }
    }

    /** How many agents there are. */
    public int agents() {
        return agents;
    }

    /** How many agents have the status. */
    public int in(Status status) {
        return statuses[status.ordinal()];
    }

    /** How many agents are what they are for a reason; one agent may have several. None for a queue. */
    public Map<Reason, Integer> reasons() {
        return reasons;
    }

    /** How many agents are on each profile, by its id. None for a queue. */
    public Map<String, Integer> profiles() {
        return profiles;
    }

    /** How many agents are signed in and ready. */
    public int ready() {
        return ready;
    }

    /** How many agents are signed in and not ready. */
    public int notReady() {
        return notReady;
    }

    /** How many agents are signed in without a connection. */
    public int disconnected() {
        return disconnected;
    }

    /** How many offers can be answered. */
    public int offers() {
        return offers;
    }

    /** How many conversations are somebody's work, by channel. */
    public Map<Channel, Integer> work() {
        return work;
    }

    /** How many conversations are so far. */
    public int conversations(Stage stage) {
        return conversations[stage.ordinal()];
    }
}
