package presence.webhook;

import java.util.random.RandomGenerator;

/** How long to wait after failures: twice as long after each, and never exactly, so that not all come back at once. */
final class Backoff {
    private static final long FIRST_MILLIS = 1_000;
    private static final long LONGEST_MILLIS = 300_000;
    private static final double JITTER = 0.2;

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * @param failures how many there were in a row, from 1
     * @return milliseconds: a second after the first, no more than 5 minutes, a fifth more or less
     */
    long millisAfter(int failures) {
        long exact = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures - 1, 20));
        return Math.round(exact * (1 + JITTER * (2 * random.nextDouble() - 1)));
    }
}
