package presence.facts;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An agent as reported at one instant, with the counts of their conversations: one wide fact, so that most rules read
 * nothing else.
 *
 * <p><i>Work</i> is the agent's active and wrap-up conversations; a <i>load</i> also counts offers. Direct chats and
 * suspect conversations count as neither.
 *
 * <p>Two agents are equal only if they are the same object: the rule engine compares facts often, and a decision is
 * about this one case.
 *
 * @param id the agent's id
 * @param signedIn whether the agent is signed in
 * @param connected whether the agent's connection is up; true while signed out
 * @param connectionLost whether the loss of the connection ended the last session; false while signed in
 * @param ready the agent's own toggle
 * @param profile the id of the selected profile; null for an agent that never had one
 * @param profileType the type of the selected profile; null for an agent that never had one
 * @param work how many conversations are active or in wrap-up
 * @param wrapUp how many of them are in wrap-up
 * @param load how many conversations are offered, active or in wrap-up, on all channels
 * @param phone the load of phone conversations
 * @param video the load of video conversations
 * @param chat the load of chats
 * @param items the load of e-mails, tasks and action items
 * @param rejectDelay whether the delay after an offer that the agent rejected is running
 * @param capabilities what the agent can take
 * @param incapable what the agent cannot take: the rest of the capabilities
 * @param queues the ids of the queues the agent has joined
 */
public record Agent(
        String id,
        boolean signedIn,
        boolean connected,
        boolean connectionLost,
        boolean ready,
        @Nullable String profile,
        @Nullable ProfileType profileType,
        int work,
        int wrapUp,
        int load,
        int phone,
        int video,
        int chat,
        int items,
        boolean rejectDelay,
        Set<Capability> capabilities,
        Set<Capability> incapable,
        Set<String> queues) {

    /** The load of one capability: conversations offered, active or in wrap-up. */
    public int load(Capability capability) {
        return switch (capability) {
            case PHONE -> phone;
            case VIDEO -> video;
            case CHAT -> chat;
            case ITEMS -> items;
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
