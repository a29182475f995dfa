package presence.demo;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What is to happen, in the order of its time; of one instant, in the order in which it was planned. One thread. */
final class Timeline {
    private final PriorityQueue<Plan> plans =
            new PriorityQueue<>(Comparator.comparingLong(Plan::at).thenComparingLong(Plan::number));
    private long now;
    private long planned;

    /** Something that happens. */
    @FunctionalInterface
    interface Happening {
        void happen() throws InterruptedException;
    }

    private record Plan(long at, long number, Happening happening) {}

    /** A timeline that begins at this time, in milliseconds since 1970-01-01T00:00Z. */
    Timeline(long now) {
        this.now = now;
    }

    /** The time of what happens now. */
    long now() {
        return now;
    }

    /** Plans something at a time; one gone by is as good as now. */
    void at(long time, Happening happening) {
        plans.add(new Plan(time, planned++, happening));
    }

    /** Plans something so many milliseconds from now. */
    void in(long millis, Happening happening) {
        at(now + millis, happening);
    }

    /** When the next thing happens; {@link Long#MAX_VALUE} if nothing will. */
    long next() {
        Plan next = plans.peek();
        return next == null ? Long.MAX_VALUE : next.at;
    }

    /** How much is planned. */
    int size() {
        return plans.size();
    }

    /** Lets happen what is due up to and including this time. */
    void runUntil(long time) throws InterruptedException {
        Plan next = plans.peek();
        while (next != null && next.at <= time) {
            plans.poll();
            now = Math.max(now, next.at);
            next.happening.happen();
            next = plans.peek();
        }
        now = Math.max(now, time);
    }
}
