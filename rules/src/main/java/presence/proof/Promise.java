package presence.proof;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the product promises to everybody who uses it, whatever the rules. Rules that break one are refused unless whoever
 * releases them says by name that the promise is not kept.
 */
public enum Promise {
    SIGNED_OUT_IS_OFFLINE("An agent who is not signed in is offline"),
    AWAY_IS_AWAY("An agent on an Away profile is away"),
    TENTATIVE_IS_AWAY("An agent on a Tentative profile is away"),
    CONFERENCE_IS_BUSY("An agent on a Conference profile is busy"),
    WORK_IS_BUSY("An available, ready agent with work is busy"),
    IDLE_IS_FREE("An available, ready agent without work is free"),
    AWAY_TAKES_NOTHING("An agent on an Away profile takes nothing, neither from queues nor by transfer"),
    DIRECT_CHAT_REACHES("A direct chat reaches every signed-in agent who can chat, whatever the profile"),
    CAPABILITY_IS_NEEDED("An agent takes only what they have the capability for"),
    TENTATIVE_IS_NAMED("An agent on a Tentative profile can be named: a conversation can be transferred to them"),
    TENTATIVE_OVERFLOWS("An agent on a Tentative profile takes a queue's conversation when the queue may overflow and"
            + " nobody else is eligible, and only when nobody else is"),
    TIMED_PROFILE_ENDS("A timed profile ends at its time and the default returns"),
    QUEUE_GROUP_JOINS("Selecting a profile that is tied to a queue group joins that group");

    private final String sentence;

    Promise(String sentence) {
        this.sentence = sentence;
    }

    /** The name by which it is overridden: {@code AWAY-IS-AWAY}. */
    public String id() {
        return name().replace('_', '-');
    }

    /** What is promised. */
    public String sentence() {
        return sentence;
    }

    /** The promise with this id, in capitals or not. */
    public static Optional<Promise> withId(String id) {
        String wanted = id.toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(promise -> promise.id().equals(wanted))
                .findFirst();
    }

    /** The ids of all promises. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(Promise::id).toList();
    }
}
