package presence.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;
import presence.facts.Agent;
import presence.facts.Capability;
import presence.facts.ProfileType;
import presence.facts.Reason;
import presence.facts.Status;

/**
 * The decision that the shipped rules make, written by hand: the same facts in, the same conclusions out. What it cannot do
 * is say which rule concluded what, and be changed by those who own the policy.
 */
final class HandWritten {
    private static final Capability[] CAPABILITIES = Capability.values();
    private static final List<Reason> NONE = List.of();
    private static final List<Reason> CONNECTION_LOST = List.of(Reason.CONNECTION_LOST);
    private static final List<Reason> SIGNED_OUT = List.of(Reason.SIGNED_OUT);
    private static final List<Reason> AWAY = List.of(Reason.PROFILE_AWAY);
    private static final List<Reason> AWAY_HANDLING = List.of(Reason.PROFILE_AWAY, Reason.HANDLING);
    private static final List<Reason> TENTATIVE = List.of(Reason.PROFILE_TENTATIVE);
    private static final List<Reason> TENTATIVE_HANDLING = List.of(Reason.PROFILE_TENTATIVE, Reason.HANDLING);
    private static final List<Reason> CONFERENCE = List.of(Reason.PROFILE_CONFERENCE);
    private static final List<Reason> WRAP_UP = List.of(Reason.WRAP_UP);
    private static final List<Reason> HANDLING = List.of(Reason.HANDLING);
    private static final List<Reason> WRAP_UP_NOT_READY = List.of(Reason.WRAP_UP, Reason.NOT_READY);
    private static final List<Reason> HANDLING_NOT_READY = List.of(Reason.HANDLING, Reason.NOT_READY);
    private static final List<Reason> NOT_READY = List.of(Reason.NOT_READY);

    /** What is concluded about an agent; reasons by capability are bits by the place of the reason. */
    record Conclusion(
            Status status,
            List<Reason> reasons,
            int excludedPhone,
            int excludedVideo,
            int excludedChat,
            int excludedItems,
            int refusedPhone,
            int refusedVideo,
            int refusedChat,
            int refusedItems,
            int reserve,
            int rank,
            boolean directChat) {

        int excluded(Capability capability) {
            return switch (capability) {
                case PHONE -> excludedPhone;
                case VIDEO -> excludedVideo;
                case CHAT -> excludedChat;
                case ITEMS -> excludedItems;
            };
        }

        int refused(Capability capability) {
            return switch (capability) {
                case PHONE -> refusedPhone;
                case VIDEO -> refusedVideo;
                case CHAT -> refusedChat;
                case ITEMS -> refusedItems;
            };
        }
    }

    private final int[] limits;
    private final boolean transferMayExceed;

    /**
     * @param limits how many conversations an agent may have, by the place of the capability
     * @param transferMayExceed whether a transfer may exceed them
     */
    HandWritten(int[] limits, boolean transferMayExceed) {
        this.limits = limits.clone();
        this.transferMayExceed = transferMayExceed;
    }

    Conclusion decide(Agent agent) {
        if (!agent.signedIn()) {
            int out = bit(Reason.SIGNED_OUT);
            return new Conclusion(
                    Status.OFFLINE,
                    agent.connectionLost() ? CONNECTION_LOST : SIGNED_OUT,
                    out,
                    out,
                    out,
                    out,
                    out,
                    out,
                    out,
                    out,
                    0,
                    presence.engine.Verdict.UNRANKED,
                    false);
        }
        ProfileType type = agent.profileType();
        int all = agent.connected() ? 0 : bit(Reason.CONNECTION_LOST);
        int reserve = 0;
        if (type == ProfileType.AWAY) {
            all |= bit(Reason.PROFILE_AWAY);
        } else if (type == ProfileType.CONFERENCE) {
            all |= bit(Reason.PROFILE_CONFERENCE);
        } else if (type == ProfileType.TENTATIVE) {
            reserve = bit(Reason.PROFILE_TENTATIVE);
        }
        int refuse = all;
        if (!agent.ready()) {
            all |= bit(Reason.NOT_READY);
        }
        boolean realtime = agent.phone() + agent.video() > 0;
        if (realtime) {
            all |= bit(Reason.REALTIME_EXCLUSIVE);
        }
        return new Conclusion(
                status(agent, type),
                reasons(agent, type),
                excluded(agent, Capability.PHONE, all),
                excluded(agent, Capability.VIDEO, all),
                excluded(agent, Capability.CHAT, all),
                excluded(agent, Capability.ITEMS, all),
                refused(agent, Capability.PHONE, refuse, realtime),
                refused(agent, Capability.VIDEO, refuse, realtime),
                refused(agent, Capability.CHAT, refuse, false),
                refused(agent, Capability.ITEMS, refuse, false),
                reserve,
                rank(agent, type),
                agent.capabilities().contains(Capability.CHAT));
    }

    private int excluded(Agent agent, Capability capability, int always) {
        int reasons = always;
        if (!agent.capabilities().contains(capability)) {
            reasons |= bit(Reason.NO_CAPABILITY);
        }
        if ((capability == Capability.PHONE || capability == Capability.VIDEO) && agent.chat() > 0) {
            reasons |= bit(Reason.CHAT_IN_PROGRESS);
        }
        if (agent.load(capability) >= limits[capability.ordinal()]) {
            reasons |= bit(Reason.AT_CAPACITY);
        }
        return reasons;
    }

    private int refused(Agent agent, Capability capability, int always, boolean realtime) {
        int reasons = always;
        if (!agent.capabilities().contains(capability)) {
            reasons |= bit(Reason.NO_CAPABILITY);
        }
        if (realtime) {
            reasons |= bit(Reason.REALTIME_EXCLUSIVE);
        }
        if (!transferMayExceed && agent.load(capability) >= limits[capability.ordinal()]) {
            reasons |= bit(Reason.AT_CAPACITY);
        }
        return reasons;
    }

    private static Status status(Agent agent, @Nullable ProfileType type) {
        if (type == ProfileType.AWAY || type == ProfileType.TENTATIVE) {
            return Status.AWAY;
        }
        if (type == ProfileType.CONFERENCE || agent.work() > 0) {
            return Status.BUSY;
        }
        return agent.ready() ? Status.FREE : Status.AWAY;
    }

    private static List<Reason> reasons(Agent agent, @Nullable ProfileType type) {
        boolean work = agent.work() > 0;
        if (type == ProfileType.AWAY) {
            return work ? AWAY_HANDLING : AWAY;
        }
        if (type == ProfileType.TENTATIVE) {
            return work ? TENTATIVE_HANDLING : TENTATIVE;
        }
        if (type == ProfileType.CONFERENCE) {
            return CONFERENCE;
        }
        if (!work) {
            return agent.ready() ? NONE : NOT_READY;
        }
        boolean wrapUp = agent.wrapUp() == agent.work();
        if (agent.ready()) {
            return wrapUp ? WRAP_UP : HANDLING;
        }
        return wrapUp ? WRAP_UP_NOT_READY : HANDLING_NOT_READY;
    }

    private static int rank(Agent agent, @Nullable ProfileType type) {
        if (type == ProfileType.TENTATIVE) {
            return 3;
        }
        if (type != ProfileType.AVAILABLE) {
            return presence.engine.Verdict.UNRANKED;
        }
        if (!agent.ready()) {
            return 2;
        }
        return agent.load() == 0 ? 0 : 1;
    }

    private static int bit(Reason reason) {
        return 1 << reason.ordinal();
    }

    /** Whether both say the same, in every answer that can be read from either. */
    static boolean same(Conclusion mine, presence.engine.Verdict verdict) {
        boolean same = mine.status == verdict.status()
                && mine.reasons.equals(verdict.reasons())
                && mine.rank == verdict.rank()
                && mine.directChat == verdict.directChat();
        for (Capability capability : CAPABILITIES) {
            same &= (mine.excluded(capability) | mine.reserve) == bits(verdict.exclusions(capability))
                    && (mine.excluded(capability) == 0 && mine.reserve != 0) == verdict.inReserve(capability)
                    && mine.refused(capability) == bits(verdict.transferRefusals(capability));
        }
        return same;
    }

    private static int bits(List<Reason> reasons) {
        int bits = 0;
        for (Reason reason : reasons) {
            bits |= bit(reason);
        }
        return bits;
    }
}
