package presence.engine;

import java.util.Set;
import presence.facts.Capability;
import presence.facts.Reason;
import presence.facts.Status;

/** What one rule concluded about an agent. */
public sealed interface Conclusion {
    /** The rule that concluded it. */
    Rule rule();

    /** Whether the other says the same of the agent, whichever rule concluded it. */
    boolean saysTheSame(Conclusion other);

    /** The agent has this status. A claim: only that of the rule with the lowest id holds. */
    record StatusClaim(Rule rule, Status status, java.util.List<Reason> reasons) implements Conclusion {
        @Override
        public boolean saysTheSame(Conclusion other) {
            return other instanceof StatusClaim its && status == its.status && reasons.equals(its.reasons);
        }
    }

    /** The agent takes no conversation of these capabilities from any queue. */
    record Exclusion(Rule rule, Set<Capability> capabilities, Reason reason) implements Conclusion {
        @Override
        public boolean saysTheSame(Conclusion other) {
            return other instanceof Exclusion its && reason == its.reason && capabilities.equals(its.capabilities);
        }
    }

    /** The agent is held in reserve. */
    record Reserve(Rule rule, Reason reason) implements Conclusion {
        @Override
        public boolean saysTheSame(Conclusion other) {
            return other instanceof Reserve its && reason == its.reason;
        }
    }

    /** No conversation of these capabilities can be transferred to the agent. */
    record TransferRefusal(Rule rule, Set<Capability> capabilities, Reason reason) implements Conclusion {
        @Override
        public boolean saysTheSame(Conclusion other) {
            return other instanceof TransferRefusal its
                    && reason == its.reason
                    && capabilities.equals(its.capabilities);
        }
    }

    /** Where the agent stands among transfer targets. A claim: only that of the rule with the lowest id holds. */
    record Rank(Rule rule, int rank) implements Conclusion {
        @Override
        public boolean saysTheSame(Conclusion other) {
            return other instanceof Rank its && rank == its.rank;
        }
    }

    /** A colleague can start a direct chat with the agent. */
    record DirectChat(Rule rule) implements Conclusion {
        @Override
        public boolean saysTheSame(Conclusion other) {
            return other instanceof DirectChat;
        }
    }
}
