package presence.demo;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * The service's time in a demo: it stands until it is moved, or runs so many times as fast as real time. It never runs
 * backwards. Any thread may read it; one moves it.
 */
final class DemoClock extends Clock {
    private static final double NANOS_PER_MILLI = 1e6;

    private final LongSupplier nanos;
    private volatile Course course;

    /** From an instant on, so fast; 0 stands. */
    private record Course(long from, long sinceNanos, double speed) {
        long at(long nanos) {
            return from + (long) ((nanos - sinceNanos) / NANOS_PER_MILLI * speed);
        }
    }

    /**
     * A clock that stands.
     *
     * @param at in milliseconds since 1970-01-01T00:00Z
     * @param nanos real time that only runs forwards, such as {@link System#nanoTime}
     */
    DemoClock(long at, LongSupplier nanos) {
        this.nanos = nanos;
        course = new Course(at, nanos.getAsLong(), 0);
    }

    /** Stands at this time from now on, or where it is if that is later. */
    void moveTo(long at) {
        course = new Course(Math.max(at, millis()), nanos.getAsLong(), 0);
    }

    /** Runs from where it is. */
    void run(double speed) {
        course = new Course(millis(), nanos.getAsLong(), speed);
    }

    @Override
    public long millis() {
        return course.at(nanos.getAsLong());
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("The service's time has no zone but UTC.");
    }
}
