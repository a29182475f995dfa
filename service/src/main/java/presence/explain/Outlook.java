package presence.explain;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import presence.engine.Rule;
import presence.facts.Channel;
import presence.facts.Reason;
import presence.facts.Status;

/**
 * What an agent is to everybody: the answer that is explained, and that a change would change. Two outlooks are alike,
 * whichever rules are behind them, if everybody would notice nothing.
 *
 * @param statusRule the rule behind the status; null if none claimed one
 * @param eligible the channels, of those asked about, on which the agent can be offered a conversation
 * @param transferTarget the channels, of those asked about, on which a conversation can be transferred to the agent
 * @param rank where the agent stands among transfer targets
 * @param directChat whether a colleague can start a direct chat
 */
public record Outlook(
        Status status,
        List<Reason> reasons,
        @Nullable Rule statusRule,
        Set<Channel> eligible,
        Set<Channel> transferTarget,
        int rank,
        boolean directChat) {

    /** Whether anybody would notice the difference. */
    boolean differsFrom(Outlook other) {
        return status != other.status
                || !reasons.equals(other.reasons)
                || !eligible.equals(other.eligible)
                || !transferTarget.equals(other.transferTarget)
                || rank != other.rank
                || directChat != other.directChat;
    }

    /** Whether the agent can be offered a conversation on a channel on which the other cannot. */
    boolean gainsOn(Outlook other) {
        Set<Channel> gained = EnumSet.noneOf(Channel.class);
        gained.addAll(eligible);
        gained.removeAll(other.eligible);
        return !gained.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Outlook outlook
                && !differsFrom(outlook)
                && Objects.equals(statusRule, outlook.statusRule);
    }

    @Override
    public int hashCode() {
        return Objects.hash(status, reasons, eligible);
    }
}
