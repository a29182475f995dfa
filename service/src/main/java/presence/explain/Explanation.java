package presence.explain;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import presence.engine.Rule;
import presence.facts.Channel;
import presence.facts.QueueStaffing;
import presence.facts.Reason;
import presence.state.AgentState;

/**
 * Why an agent is what it is, and what would change it.
 *
 * @param rulesRelease the rules that were asked
 * @param at when the facts were true, in milliseconds since 1970-01-01T00:00Z
 * @param agent the agent, as the rules were asked about it
 * @param outlook what the agent is
 * @param status the claims to the status: the first one holds, the others lost
 * @param queue the queue asked about; null if none was
 * @param channels each channel asked about
 * @param rank the claims to the rank: the first one holds, the others lost
 * @param directChat what is concluded of direct chats
 * @param changes what would change any of this, the smallest first
 * @param changesLeftOut how many more changes were found, or left untried, than are told
 */
public record Explanation(
        String rulesRelease,
        long at,
        AgentState agent,
        Outlook outlook,
        Finding<Claim> status,
        @Nullable Queue queue,
        List<OnChannel> channels,
        Finding<Integer> rank,
        Finding<Boolean> directChat,
        List<Change> changes,
        int changesLeftOut) {

    /** A claim to the status. */
    public record Claim(presence.facts.Status status, List<Reason> reasons) {}

    /**
     * The queue asked about.
     *
     * @param member whether the agent has joined it
     * @param overflowToTentative whether its administrator lets it overflow
     */
    public record Queue(String queue, boolean member, boolean overflowToTentative) {}

    /**
     * What can reach the agent on a channel.
     *
     * @param handled whether this system handles the channel
     * @param eligible whether a queue's conversation can be offered to the agent
     * @param against every reason against it, in their order; empty if the agent is eligible
     * @param eligibility the rules against it
     * @param overflow how it stands with the queue's reserve; null if no queue is asked about
     * @param transferTarget whether a conversation can be transferred to the agent
     * @param transferAgainst every reason against that
     * @param transfer the rules against that
     */
    public record OnChannel(
            Channel channel,
            boolean handled,
            boolean eligible,
            List<Reason> against,
            Finding<Reason> eligibility,
            @Nullable Overflow overflow,
            boolean transferTarget,
            List<Reason> transferAgainst,
            Finding<Reason> transfer) {}

    /**
     * How it stands with a queue's reserve.
     *
     * @param inReserve whether the agent would be eligible if the reserve were open
     * @param openedBy the rule that opens it; null while it is closed
     * @param staffing the queue's members, counted
     * @param facts what the rules about the reserve read
     */
    public record Overflow(
            boolean inReserve, @Nullable Rule openedBy, QueueStaffing staffing, Map<String, @Nullable Object> facts) {}
}
