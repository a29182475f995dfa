package presence.door;

import org.jspecify.annotations.Nullable;

/** Whose things are, at this moment. Any thread. */
public interface Ownership {
    /** The agent who has this conversation; null for nobody. */
    @Nullable String agentOfConversation(String conversation);

    /** The agent this offer was made to; null for nobody. */
    @Nullable String agentOfOffer(String offer);
}
