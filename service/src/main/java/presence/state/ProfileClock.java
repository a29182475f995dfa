package presence.state;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import presence.facts.ProfileEnd;

/** Computes when a timed profile ends. */
final class ProfileClock {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long MINUTES_A_DAY = Duration.ofDays(1).toMinutes();

    private ProfileClock() {}

    /**
     * The end of a profile: start plus duration, rounded up to the next moment at which the agent's local clock shows a
     * multiple of the rounding, counted from the full local hour. 12:38 + 2 h, rounded to 10 minutes, is 14:40.
     *
     * @param start when it was selected, in milliseconds since 1970-01-01T00:00Z
     * @param duration how long it lasts
     * @param rounding minutes, a divisor of 60; null for none
     * @param zone the zone of the agent's local clock
     * @return the instant, in milliseconds since 1970-01-01T00:00Z
     */
    static long end(long start, Duration duration, @Nullable Integer rounding, ZoneId zone) {
        long end = start + duration.toMillis();
        if (rounding == null) {
            return end;
        }
        long step = rounding * MINUTE;
        long missing;
        while ((missing = missing(end, step, zone)) > 0) {
            // When the clocks change on the way to the next multiple, they may show one right then: look from there.
            ZoneOffsetTransition change = zone.getRules().nextTransition(Instant.ofEpochMilli(end));
            long changes = change == null ? Long.MAX_VALUE : change.toEpochSecond() * 1000;
            end = Math.min(end + missing, changes);
        }
        return end;
    }

    /** What the agent's local clock shows at an instant, without seconds: {@code 18:05}. */
    static String localTime(long instant, ZoneId zone) {
        long minutes = Math.floorDiv(
                instant
                        + zone.getRules()
                                        .getOffset(Instant.ofEpochMilli(instant))
                                        .getTotalSeconds()
                                * 1000L,
                MINUTE);
        return LocalTime.ofSecondOfDay(Math.floorMod(minutes, MINUTES_A_DAY) * 60)
                .toString();
    }

    /** An end as a snapshot kept it; those of earlier versions said nothing of the local time. */
    static ProfileEnd read(ProfileEnd kept, ZoneId zone) {
        return Objects.requireNonNullElse(kept.localTime(), "").isEmpty()
                ? new ProfileEnd(kept.agent(), kept.profile(), kept.onReturn(), localTime(kept.at(), zone), kept.at())
                : kept;
    }

    private static long missing(long instant, long step, ZoneId zone) {
        long offset = zone.getRules().getOffset(Instant.ofEpochMilli(instant)).getTotalSeconds() * 1000L;
        long intoHour = Math.floorMod(instant + offset, HOUR);
        long over = intoHour % step;
        return over == 0 ? 0 : step - over;
    }
}
