package presence.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import presence.facts.Capability;
import presence.facts.Reason;
import presence.facts.Status;

/**
 * What the rules conclude about an agent, with the rules behind it.
 *
 * <p>Immutable. A session gives the same object for the same conclusions, so that a change of an agent's verdict shows
 * by comparing references, and a hundred thousand agents share a few hundred verdicts.
 */
public final class Verdict {
    /** The rank of a transfer target that no rule ranked: behind all others. */
    public static final int UNRANKED = 99;

    private static final int CAPABILITIES = Capability.values().length;

    /** What is concluded where no rule concludes anything: offline to everybody. */
    public static final Verdict UNDECIDED = new Verdict(List.of());

    private final List<Conclusion> conclusions;
    private final Status status;
    private final List<Reason> reasons;
    private final @Nullable Rule statusRule;
    private final int[] exclusions = new int[CAPABILITIES];
    private final int[] transferRefusals = new int[CAPABILITIES];
    private final int reserve;
    private final int rank;
    private final boolean directChat;

    /** The conclusions must be in the order of their rules. */
    Verdict(List<Conclusion> conclusions) {
        this.conclusions = List.copyOf(conclusions);
        Conclusion.@Nullable StatusClaim winner = null;
        int held = 0;
        int firstRank = -1;
        boolean chat = false;
        for (Conclusion conclusion : this.conclusions) {
            if (conclusion instanceof Conclusion.StatusClaim claim) {
                winner = winner == null ? claim : winner;
            } else if (conclusion instanceof Conclusion.Exclusion exclusion) {
                mark(exclusions, exclusion.capabilities(), exclusion.reason());
            } else if (conclusion instanceof Conclusion.Reserve held1) {
                held |= bit(held1.reason());
            } else if (conclusion instanceof Conclusion.TransferRefusal refusal) {
                mark(transferRefusals, refusal.capabilities(), refusal.reason());
            } else if (conclusion instanceof Conclusion.Rank ranked) {
                firstRank = firstRank < 0 ? ranked.rank() : firstRank;
            } else if (conclusion instanceof Conclusion.DirectChat) {
                chat = true;
            }
        }
        if (winner == null) {
            mark(exclusions, EnumSet.allOf(Capability.class), Reason.UNDECIDED);
            mark(transferRefusals, EnumSet.allOf(Capability.class), Reason.UNDECIDED);
        }
        status = winner == null ? Status.OFFLINE : winner.status();
        reasons = winner == null ? List.of(Reason.UNDECIDED) : winner.reasons();
        statusRule = winner == null ? null : winner.rule();
        reserve = held;
        rank = firstRank < 0 ? UNRANKED : firstRank;
        directChat = chat && winner != null;
    }

    /** The status of the first rule that claimed one; OFFLINE, for the reason UNDECIDED, if none did. */
    public Status status() {
        return status;
    }

    /** Why the agent has the status, in the order of the rule that concluded it. */
    public List<Reason> reasons() {
        return reasons;
    }

    /** The rule behind the status; null if none claimed one. */
    public @Nullable Rule statusRule() {
        return statusRule;
    }

    /** Whether a queue's conversation of this capability can be offered to the agent. */
    public boolean eligible(Capability capability) {
        return exclusions[capability.ordinal()] == 0 && reserve == 0;
    }

    /** Whether the agent would be eligible if a queue's reserve were open. */
    public boolean inReserve(Capability capability) {
        return exclusions[capability.ordinal()] == 0 && reserve != 0;
    }

    /** Every reason why the agent is not eligible, in the order of {@link Reason}; empty if they are. */
    public List<Reason> exclusions(Capability capability) {
        return listed(exclusions[capability.ordinal()] | reserve);
    }

    /** Whether a conversation of this capability can be transferred to the agent. */
    public boolean transferTarget(Capability capability) {
        return transferRefusals[capability.ordinal()] == 0;
    }

    /** Every reason why nothing can be transferred to the agent, in the order of {@link Reason}. */
    public List<Reason> transferRefusals(Capability capability) {
        return listed(transferRefusals[capability.ordinal()]);
    }

    /** Where the agent stands among transfer targets, 0 to {@value #UNRANKED}, the lower the sooner named. */
    public int rank() {
        return rank;
    }

    /** Whether a colleague can start a direct chat with the agent. */
    public boolean directChat() {
        return directChat;
    }

    /** Everything that was concluded, in the order of the rules' ids, claims that lost included. */
    public List<Conclusion> conclusions() {
        return conclusions;
    }

    /**
     * Whether the same follows from the other verdict, whichever rules concluded it: status, reasons, eligibility, transfer
     * and direct chat.
     */
    public boolean sameOutcome(Verdict other) {
        return this == other
                || (status == other.status
                        && reserve == other.reserve
                        && rank == other.rank
                        && directChat == other.directChat
                        && reasons.equals(other.reasons)
                        && Arrays.equals(exclusions, other.exclusions)
                        && Arrays.equals(transferRefusals, other.transferRefusals));
    }

    /** Whether the same rules, by what their readers know of them, concluded the same. */
    public boolean sameConclusions(Verdict other) {
        if (conclusions.size() != other.conclusions.size() || !sameOutcome(other)) {
            return false;
        }
        for (int i = 0; i < conclusions.size(); i++) {
            Rule rule = conclusions.get(i).rule();
            Rule its = other.conclusions.get(i).rule();
            // What each of them concluded shows in the outcome.
            if (!rule.id().equals(its.id()) || !rule.sentence().equals(its.sentence())) {
                return false;
            }
        }
        return true;
    }

    private static void mark(int[] reasonsByCapability, Set<Capability> capabilities, Reason reason) {
        for (Capability capability : capabilities) {
            reasonsByCapability[capability.ordinal()] |= bit(reason);
        }
    }

    private static int bit(Reason reason) {
        return 1 << reason.ordinal();
    }

    private static List<Reason> listed(int bits) {
        if (bits == 0) {
            return List.of();
        }
        List<Reason> reasons = new ArrayList<>(Integer.bitCount(bits));
        for (Reason reason : Reason.values()) {
            if ((bits & bit(reason)) != 0) {
                reasons.add(reason);
            }
        }
        return reasons;
    }
}
