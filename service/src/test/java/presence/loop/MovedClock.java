package presence.loop;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until a test moves it. */
public final class MovedClock extends Clock {
    private volatile Instant now;

    public MovedClock(String now) {
        this.now = Instant.parse(now);
    }

    /** On, or back. */
    public void move(Duration by) {
        now = now.plus(by);
    }

    public void set(long epochMilli) {
        now = Instant.ofEpochMilli(epochMilli);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
