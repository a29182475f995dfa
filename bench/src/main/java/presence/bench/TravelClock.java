package presence.bench;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that can be stopped, and set to go on from any instant at the speed of time. Safe for threads. */
final class TravelClock extends Clock {
    private record Course(long millis, long nanoTime, boolean goes) {}

    private volatile Course course;

    /** Stands at an instant. */
    TravelClock(long millis) {
        course = new Course(millis, System.nanoTime(), false);
    }

    /** Stands still from now on. */
    void stop() {
        course = new Course(millis(), System.nanoTime(), false);
    }

    /** Goes on from this instant. */
    void goFrom(long millis) {
        course = new Course(millis, System.nanoTime(), true);
    }

    /** The {@link System#nanoTime} at which the clock, as it goes now, shows an instant. */
    long nanoTimeAt(long millis) {
        Course now = course;
        return now.nanoTime + (millis - now.millis) * 1_000_000;
    }

    @Override
    public long millis() {
        Course now = course;
        return now.goes ? now.millis + Math.floorDiv(System.nanoTime() - now.nanoTime, 1_000_000L) : now.millis;
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
        throw new UnsupportedOperationException("The service reads instants only.");
    }
}
