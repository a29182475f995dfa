package presence.history;

import org.jspecify.annotations.Nullable;

/**
 * Follows an agent through its states and tells of each stay on a timed profile when it is over. For one agent and thread.
 */
final class TimedStay {
    /** Told of a stay that is over. */
    interface Over {
        /**
         * @param planned how long it was to be, in milliseconds
         * @param actual how long it was, in milliseconds
         */
        void stayed(String profile, long planned, long actual);
    }

    private final Over over;

    /** The state of the stay that is going on. */
    private @Nullable StateRow stay;

    /** Whether the stay has run out and the agent is still not ready. */
    private boolean ranOut;

    TimedStay(Over over) {
        this.over = over;
    }

    /** The agent's next state. */
    void next(StateRow row) {
        StateRow before = stay;
        if (before != null && !row.sameStay(before)) {
            boolean endsNow = row.at() == end(before);
            if (ranOut ? isBack(row, before) : !endsNow || isBack(row, before)) {
                finish(row.at());
            } else {
                ranOut = true;
            }
        }
        if (stay == null && row.there() && row.expiresAt() != null && row.at() < row.expiresAt()) {
            stay = row;
            ranOut = false;
        }
    }

    /** The period is over: a stay that has run out is told of as far as it got. */
    void end(long at) {
        if (ranOut) {
            finish(at);
        }
    }

    /** Ready, gone, or off to another profile than the one that the end of the stay brought. */
    private static boolean isBack(StateRow row, StateRow before) {
        return row.ready() || !row.signedIn() || row.profileSince() != end(before);
    }

    private void finish(long at) {
        StateRow before = stay;
        if (before != null) {
            over.stayed(
                    TimeInState.name(before.profile()),
                    end(before) - before.profileSince(),
                    at - before.profileSince());
        }
        stay = null;
        ranOut = false;
    }

    private static long end(StateRow row) {
        Long end = row.expiresAt();
        return end == null ? Long.MAX_VALUE : end;
    }
}
