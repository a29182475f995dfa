package presence.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;

/**
 * How many requests each may make: as many at once as in two seconds, and then at the pace. Any thread.
 *
 * <p>The least recently seen of more than {@value #MOST} is forgotten and begins anew.
 */
final class RateLimit {
    private static final int MOST = 100_000;
    private static final int BURST_SECONDS = 2;
    private static final double MILLIS = 1_000;

    private final int perSecond;
    private final Clock clock;
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(Duration.ofMinutes(1))
            .build();

    /** @param perSecond how many requests a second; 0 for any number */
    RateLimit(int perSecond, Clock clock) {
        this.perSecond = perSecond;
        this.clock = clock;
    }

    private static final class Bucket {
        private double left;
        private long at;

        private Bucket(double left, long at) {
            this.left = left;
            this.at = at;
        }

        private synchronized int take(int perSecond, long now) {
            double most = (double) perSecond * BURST_SECONDS;
            if (now > at) {
                left = Math.min(most, left + (now - at) / MILLIS * perSecond);
                at = now;
            }
            if (left >= 1) {
                left--;
                return 0;
            }
            return (int) Math.max(1, Math.ceil((1 - left) / perSecond));
        }
    }

    /**
     * Takes one request from what somebody may make.
     *
     * @return 0 if it may; else after how many seconds it may again
     */
    int take(String who) {
        if (perSecond == 0) {
            return 0;
        }
        long now = clock.millis();
        return buckets.get(who, unused -> new Bucket((double) perSecond * BURST_SECONDS, now))
                .take(perSecond, now);
    }
}
