package presence.facts;

import java.util.Set;

/**
 * What rules may conclude: the {@code verdict} of a rule's consequence. Nothing else is allowed there.
 *
 * <p>About an agent, where several rules claim the status or the rank, the rule with the lowest id wins; the claims
 * that lost are kept for the explanation. Exclusions add up. An agent that nothing excludes is eligible.
 *
 * <p>Only the session that fires the rules implements this; it is called on that session's thread alone.
 */
public interface Conclusions {

    /** The agent has this status, for no reason that needs saying. */
    void status(Status status);

    /** The agent has this status, for this reason. */
    void status(Status status, Reason reason);

    /** The agent has this status, for these reasons, in this order. */
    void status(Status status, Reason first, Reason second);

    /** The agent takes no conversation from any queue. */
    void exclude(Reason reason);

    /** The agent takes no conversation of this capability from any queue. */
    void exclude(Capability capability, Reason reason);

    /** The agent takes no conversation of these capabilities from any queue. */
    void exclude(Set<Capability> capabilities, Reason reason);

    /**
     * The agent is held in reserve: excluded for this reason until the reserve of a queue they have joined is opened.
     */
    void holdInReserve(Reason reason);

    /** No conversation can be transferred to the agent. */
    void refuseTransfer(Reason reason);

    /** No conversation of this capability can be transferred to the agent. */
    void refuseTransfer(Capability capability, Reason reason);

    /** No conversation of these capabilities can be transferred to the agent. */
    void refuseTransfer(Set<Capability> capabilities, Reason reason);

    /**
     * Where the agent stands among transfer targets: the lower, the sooner named.
     *
     * @param rank 0 to 99
     */
    void rank(int rank);

    /** A colleague can start a direct chat with the agent. */
    void directChat();

    /** The queue's reserve is open: members held in reserve, with nothing else against them, are eligible. */
    void openReserve();

    /** The agent joins all queues of the group and leaves all others. */
    void joinGroup(String queueGroup);

    /** The timed profile has ended: the default returns, and Ready stays as it is. */
    void returnToDefault(ProfileEnd deadline);

    /** The timed profile has ended: the default returns, and the agent is not ready. */
    void returnNotReady(ProfileEnd deadline);

    /** The grace is over: the agent is signed out, and the lost connection is the reason. */
    void signOut(GraceEnd deadline);

    /** The wrap-up is over: the conversation is handled. */
    void handled(WrapUpEnd deadline);

    /** The offer was not answered in time: it is missed. */
    void missed(OfferEnd deadline);

    /** The agent who missed the offer is not ready any more, for this reason. */
    void notReady(Reason reason);

    /** The delay after a rejected offer is over. */
    void endRejectDelay(RejectDelayEnd deadline);

    /** The conversation is suspect: nobody's work or load until there is word of it. */
    void suspect(StaleEnd deadline);

    /** The connection of the agent's desktop is taken to be down. */
    void disconnect(SilenceEnd deadline);
}
