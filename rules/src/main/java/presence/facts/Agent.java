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
 * @param labels what administrators have labelled the agent with
 */
@Meaning(
        "The agent as reported. Work is the conversations that are active or in wrap-up; a load also counts offers. Direct chats and suspect conversations count as neither.")
public record Agent(
        @Meaning("the agent's id") String id,
        @Meaning("signed in") boolean signedIn,

        @Meaning(
                "the connection is up; yes while signed out. It is no during the grace only: then the agent is signed out")
        boolean connected,

        @Meaning("the loss of the connection ended the last session; no while signed in")
        boolean connectionLost,

        @Meaning("the agent's own toggle") boolean ready,

        @Meaning("the id of the selected profile; `null` for an agent that never had one") @Nullable String profile,

        @Meaning("the type of the selected profile; `null` for an agent that never had one") @Nullable ProfileType profileType,

        @Meaning("conversations active or in wrap-up") int work,

        @Meaning("conversations in wrap-up: a part of the work")
        int wrapUp,

        @Meaning("conversations offered, active or in wrap-up, on all channels")
        int load,

        @Meaning("the load of phone conversations") int phone,
        @Meaning("the load of video conversations") int video,
        @Meaning("the load of chats") int chat,

        @Meaning("the load of e-mails, tasks and action items together")
        int items,

        @Meaning("the delay after an offer that the agent rejected is running")
        boolean rejectDelay,

        @Meaning("what the agent can take") Set<Capability> capabilities,

        @Meaning("what the agent cannot take: all the others")
        Set<Capability> incapable,

        @Meaning("the ids of the queues that the agent has joined")
        Set<String> queues,

        @Meaning("what administrators have labelled the agent with, such as `team-lead`")
        Set<String> labels) {

    /** The load of one capability: conversations offered, active or in wrap-up. */
    @Meaning("the load of the capability asked about: `load( $capability )`")
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
