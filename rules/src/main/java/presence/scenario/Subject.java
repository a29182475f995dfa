package presence.scenario;

import java.util.List;
import org.jspecify.annotations.Nullable;
import presence.facts.Agent;
import presence.facts.Deadline;
import presence.facts.OfferMissed;
import presence.facts.ProfileSelected;
import presence.facts.QueueAsked;
import presence.facts.QueueStaffing;
import presence.facts.TransferAsked;

/** The case that a scenario puts to the rules. */
sealed interface Subject {
    /** What the case is about. */
    Aspect.Kind kind();

    /** An agent, with a question about a queue or a transfer at most. */
    record OfAgent(
            Agent agent,
            List<Record> policy,
            @Nullable QueueAsked queueAsked,
            @Nullable TransferAsked transferAsked) implements Subject {
        @Override
        public Aspect.Kind kind() {
            return Aspect.Kind.AGENT;
        }
    }

    /** How a queue is staffed. */
    record OfStaffing(QueueStaffing staffing) implements Subject {
        @Override
        public Aspect.Kind kind() {
            return Aspect.Kind.STAFFING;
        }
    }

    /** The selection of a profile. */
    record OfSelection(ProfileSelected selection) implements Subject {
        @Override
        public Aspect.Kind kind() {
            return Aspect.Kind.SELECTION;
        }
    }

    /** An offer that was missed, under a policy. */
    record OfMiss(OfferMissed missed, List<Record> policy) implements Subject {
        @Override
        public Aspect.Kind kind() {
            return Aspect.Kind.MISS;
        }
    }

    /**
     * A deadline, and the time at which the rules are asked.
     *
     * @param deadline the deadline
     * @param offset the time, in milliseconds after the deadline; negative before it
     */
    record OfDeadline(Deadline deadline, long offset) implements Subject {
        @Override
        public Aspect.Kind kind() {
            return Aspect.Kind.DEADLINE;
        }
    }
}
