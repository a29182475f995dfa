package presence.loop;

import java.time.Duration;
import presence.state.Happening;

/**
 * Keeps what happened, durably and once, after the loop has told it. Since the same journal gives the same happenings with
 * the same numbers, nothing is lost when it lags behind: what was not recorded before a kill is told again at the start,
 * from the last snapshot on. So a snapshot may only be taken of what is recorded.
 */
public interface Chronicle {
    /** A chronicle that keeps nothing. */
    Chronicle NONE = new Chronicle() {
        @Override
        public void note(Happening happening) {}

        @Override
        public boolean full() {
            return false;
        }

        @Override
        public boolean recorded(long number, Duration atMost) {
            return true;
        }
    };

    /**
     * Takes a happening, in the order of the numbers. One that was noted before, or recorded before the start, comes again
     * after a restart and is left out. Called on the loop's thread; it must be quick, must not wait and must not throw.
     */
    void note(Happening happening);

    /** Whether so much waits to be recorded that no more commands should be taken in. Any thread. */
    boolean full();

    /**
     * Waits until everything up to this number is durable.
     *
     * @return whether it is; false when the time is over or the storage is away
     */
    boolean recorded(long number, Duration atMost);
}
