package presence.explain;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import presence.engine.RuleBook;
import presence.engine.Verdict;
import presence.facts.Agent;
import presence.facts.Capability;
import presence.facts.Channel;
import presence.facts.QueueStaffing;
import presence.facts.Reason;
import presence.facts.Status;
import presence.index.CatalogueView;
import presence.index.PresenceIndex;
import presence.state.AgentState;
import presence.state.Rehearsal;

/**
 * Explains agents, on the thread that asks, beside the running engine: a few side sessions are lent to one question at a
 * time. They read what is published and never touch the loop.
 *
 * <p>Any thread. What waits is bounded: whoever would wait for too long is told so.
 */
public final class Explainer implements AutoCloseable {
    /** How many questions are answered at once. */
    private static final int SIDES = 2;

    /** How many more may wait, and for how long. */
    private static final int MOST_WAITING = 64;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    /** How often an agent is looked at again that changes in just that moment. */
    private static final int LOOKS = 5;

    private final Supplier<PresenceIndex> index;
    private final Supplier<RulesInForce> rules;
    private final BlockingQueue<Side> idle = new ArrayBlockingQueue<>(SIDES);
    private final Semaphore places = new Semaphore(SIDES + MOST_WAITING);

    /**
     * @param index what is published, asked anew for each question
     * @param rules the rules that conclude, asked anew for each question
     */
    public Explainer(Supplier<PresenceIndex> index, Supplier<RulesInForce> rules) {
        this.index = index;
        this.rules = rules;
        for (int side = 0; side < SIDES; side++) {
            idle.add(new Side());
        }
    }

    /** A side session; made when it is needed, and made anew when the rules or the definitions have changed. */
    private static final class Side {
        private @Nullable Rehearsal rehearsal;
        private @Nullable RuleBook book;
        private @Nullable CatalogueView catalogue;

        @SuppressWarnings("ReferenceEquality") // neither ever changes, so the same object is the same content
        Rehearsal rehearsal(RuleBook wantedBook, CatalogueView wanted, long now) {
            if (rehearsal == null || book != wantedBook || catalogue != wanted) {
                close();
                book = wantedBook;
                catalogue = wanted;
                rehearsal = new Rehearsal(wantedBook, wanted.image(now));
            }
            return rehearsal;
        }

        void close() {
            if (rehearsal != null) {
                rehearsal.close();
                rehearsal = null;
            }
        }
    }

    /**
     * Why the agent is what it is; null if there is no such agent.
     *
     * @param queue a queue that is there, whose conversations are asked about; null for those of any
     * @param channels the channels asked about
     * @throws Busy if too many ask
     */
    public @Nullable Explanation explain(String agent, @Nullable String queue, List<Channel> channels) throws Busy {
        return ask((side, from) -> {
            RulesInForce inForce = rules.get();
            for (int look = 1; ; look++) {
                AgentState published = from.agent(agent);
                long at = from.publishedAt();
                Map<Capability, QueueStaffing> staffing = staffing(from, queue);
                if (published == null) {
                    return null;
                }
                // The same before and after: so it was at that instant.
                if (same(published, from.agent(agent)) || look == LOOKS) {
                    CatalogueView catalogue = from.catalogue();
                    Rehearsal rehearsal = side.rehearsal(inForce.book(), catalogue, at);
                    return new Inquiry(rehearsal, inForce, catalogue, published, at, queue, staffing, channels)
                            .explain();
                }
            }
        });
    }

    /**
     * What the rules conclude about an agent when the transfer of a conversation is asked about that another has.
     *
     * @throws Busy if too many ask
     */
    public Verdict transfer(AgentState agent, String currentAgent) throws Busy {
        Verdict verdict = ask((side, from) -> {
            Rehearsal rehearsal = side.rehearsal(rules.get().book(), from.catalogue(), from.publishedAt());
            return rehearsal.decideTransfer(agent, currentAgent);
        });
        return verdict == null ? Verdict.UNDECIDED : verdict;
    }

    /**
     * Why an agent was what is recorded of it, as far as the rules of now can say.
     *
     * @param kept the facts that are kept; what is not kept of them is {@link PastExplanation#NOT_KEPT}
     * @throws Busy if too many ask
     */
    public PastExplanation explainPast(Agent kept, Status status, List<Reason> reasons) throws Busy {
        RulesInForce inForce = rules.get();
        Verdict verdict = ask((side, from) -> side.rehearsal(inForce.book(), from.catalogue(), from.publishedAt())
                .decide(kept));
        return PastExplanation.of(inForce, kept, verdict == null ? Verdict.UNDECIDED : verdict, status, reasons);
    }

    private static Map<Capability, QueueStaffing> staffing(PresenceIndex from, @Nullable String queue) {
        Map<Capability, QueueStaffing> staffing = new EnumMap<>(Capability.class);
        if (queue != null) {
            for (Capability capability : Capability.values()) {
                QueueStaffing counted = from.staffing(queue, capability);
                if (counted != null) {
                    staffing.put(capability, counted);
                }
            }
        }
        return staffing;
    }

    @SuppressWarnings("ReferenceEquality") // a published state is never written again
    private static boolean same(AgentState one, @Nullable AgentState other) {
        return one == other;
    }

    @FunctionalInterface
    private interface Question<T> {
        @Nullable T ask(Side side, PresenceIndex from);
    }

    private <T> @Nullable T ask(Question<T> question) throws Busy {
        if (!places.tryAcquire()) {
            throw new Busy(SIDES + " explanations are being found and " + MOST_WAITING
                    + " wait already, which is the most there can be.");
        }
        try {
            Side side = lent();
            boolean well = false;
            try {
                T answer = question.ask(side, index.get());
                well = true;
                return answer;
            } finally {
                if (!well) {
                    // What a fault has left behind is nothing to go on with.
                    side.close();
                }
                idle.add(side);
            }
        } finally {
            places.release();
        }
    }

    private Side lent() throws Busy {
        try {
            Side side = idle.poll(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            if (side != null) {
                return side;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Busy("This explanation has waited for " + LONGEST_WAIT.toSeconds() + " s for those before it.");
    }

    /** Ends the side sessions that nobody has at the moment; what is asked from now on waits in vain. */
    @Override
    public void close() {
        for (Side side = idle.poll(); side != null; side = idle.poll()) {
            side.close();
        }
    }
}
