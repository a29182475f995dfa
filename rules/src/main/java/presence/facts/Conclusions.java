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
    @Meaning("has this status, for no reason that needs saying")
    void status(Status status);

    /** The agent has this status, for this reason. */
    @Meaning("has this status, for this reason")
    void status(Status status, Reason reason);

    /** The agent has this status, for these reasons, in this order. */
    @Meaning("has this status, for these reasons, in this order")
    void status(Status status, Reason first, Reason second);

    /** The agent takes no conversation from any queue. */
    @Meaning("takes nothing from any queue")
    void exclude(Reason reason);

    /** The agent takes no conversation of this capability from any queue. */
    @Meaning("takes nothing of this capability from any queue")
    void exclude(Capability capability, Reason reason);

    /** The agent takes no conversation of these capabilities from any queue. */
    @Meaning("takes nothing of these capabilities from any queue")
    void exclude(Set<Capability> capabilities, Reason reason);

    /**
     * The agent is held in reserve: excluded for this reason until the reserve of a queue they have joined is opened.
     */
    @Meaning("excluded until the reserve of a queue they have joined is opened")
    void holdInReserve(Reason reason);

    /** No conversation can be transferred to the agent. */
    @Meaning("nothing can be transferred to them")
    void refuseTransfer(Reason reason);

    /** No conversation of this capability can be transferred to the agent. */
    @Meaning("nothing of this capability can be transferred to them")
    void refuseTransfer(Capability capability, Reason reason);

    /** No conversation of these capabilities can be transferred to the agent. */
    @Meaning("nothing of these capabilities can be transferred to them")
    void refuseTransfer(Set<Capability> capabilities, Reason reason);

    /**
     * Where the agent stands among transfer targets: the lower, the sooner named.
     *
     * @param rank 0 to 99
     */
    @Meaning("where they stand among transfer targets, 0 to 99: the lower, the sooner named")
    void rank(int rank);

    /** A colleague can start a direct chat with the agent. */
    @Meaning("a colleague can start a direct chat with them")
    void directChat();

    /** The queue's reserve is open: members held in reserve, with nothing else against them, are eligible. */
    @Meaning("members in reserve, with nothing else against them, are eligible")
    void openReserve();

    /** The agent joins all queues of the group and leaves all others. */
    @Meaning("the agent joins all queues of the group and leaves all others")
    void joinGroup(String queueGroup);

    /** The timed profile has ended: the default returns, and Ready stays as it is. */
    @Meaning("the default profile returns; Ready stays as it is")
    void returnToDefault(ProfileEnd deadline);

    /** The timed profile has ended: the default returns, and the agent is not ready. */
    @Meaning("the default profile returns; the agent is not ready")
    void returnNotReady(ProfileEnd deadline);

    /** The grace is over: the agent is signed out, and the lost connection is the reason. */
    @Meaning("the agent is signed out; the lost connection is the reason")
    void signOut(GraceEnd deadline);

    /** The wrap-up is over: the conversation is handled. */
    @Meaning("the conversation is handled")
    void handled(WrapUpEnd deadline);

    /** The offer was not answered in time: it is missed. */
    @Meaning("the offer is missed")
    void missed(OfferEnd deadline);

    /** The agent who missed the offer is not ready any more, for this reason. */
    @Meaning("the agent is not ready any more, for this reason")
    void notReady(Reason reason);

    /** The delay after a rejected offer is over. */
    @Meaning("the agent can be offered conversations again")
    void endRejectDelay(RejectDelayEnd deadline);

    /** The conversation is suspect: nobody's work or load until there is word of it. */
    @Meaning("the conversation is suspect: nobody's work or load until there is word of it")
    void suspect(StaleEnd deadline);

    /** The connection of the agent's desktop is taken to be down. */
    @Meaning("the agent's connection is taken to be down")
    void disconnect(SilenceEnd deadline);
}
