package presence.live;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a message of the stream is about. The names are part of the API. */
public enum MessageKind {
    /** A part of the contact centre as it is. */
    SNAPSHOT(false),
    /** What the subscriber knows is no longer worth keeping: a snapshot follows. */
    RESYNC(false),
    /** An agent is another than before: the presence document. */
    PRESENCE(true),
    /** An agent has been deleted. */
    AGENT_DELETED(true),
    /** A timed profile has ended by itself. */
    PROFILE_EXPIRED(true),
    /** An agent has joined and left queues. */
    QUEUES_CHANGED(true),
    /** An offer has been made to an agent, or has come to its end. */
    OFFER(true),
    /** A queue got its first agent who can be given a conversation of a channel, or lost its last. */
    STAFFING(true),
    /** A profile, a queue, a queue group or the policy was put or deleted. */
    DEFINITIONS_CHANGED(true),
    /** Which rules conclude. */
    RULES_RELEASE(true);

    private final boolean chosen;

    MessageKind(boolean chosen) {
        this.chosen = chosen;
    }

    /** The kinds that a subscriber can choose from; the others come to everybody. */
    public static Set<MessageKind> choice() {
        List<MessageKind> chosen =
                Arrays.stream(values()).filter(kind -> kind.chosen).toList();
        return Collections.unmodifiableSet(EnumSet.copyOf(chosen));
    }
}
