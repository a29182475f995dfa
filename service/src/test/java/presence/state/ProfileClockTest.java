package presence.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a timed profile ends. */
class ProfileClockTest {
    private static final List<Integer> DIVISORS_OF_60 = List.of(1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60);

    @ParameterizedTest
    @CsvSource({
        "12:38,     PT2H,  10, 14:40",
        "12:40,     PT2H,  10, 14:40",
        "12:40:01,  PT2H,  10, 14:50",
        "12:38,     PT2H,    , 14:38",
        "12:38:07,  PT2H,    , 14:38:07",
        "12:00,     PT1M,  60, 13:00",
        "12:59,     PT1M,  60, 13:00",
        "23:50,     PT5M,  15, 00:00"
    })
    void an_end_is_rounded_up_to_the_next_multiple_of_the_local_clock(
            LocalTime start, Duration duration, Integer rounding, LocalTime end) {
        for (String zone : List.of("UTC", "Asia/Kolkata", "Asia/Kathmandu", "Europe/Helsinki", "Australia/Lord_Howe")) {
            ZoneId here = ZoneId.of(zone);
            long began = LocalDateTime.of(2026, 7, 1, 0, 0)
                    .with(start)
                    .atZone(here)
                    .toInstant()
                    .toEpochMilli();

            Instant ends = Instant.ofEpochMilli(ProfileClock.end(began, duration, rounding, here));

            assertThat(ends.atZone(here).toLocalTime()).as(zone).isEqualTo(end);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Helsinki,     2026-03-29T01:00:00Z", // an hour forward
        "Europe/Helsinki,     2026-10-25T01:00:00Z", // an hour back
        "America/New_York,    2026-03-08T07:00:00Z",
        "America/New_York,    2026-11-01T06:00:00Z",
        "Australia/Lord_Howe, 2026-10-03T15:30:00Z", // half an hour forward
        "Australia/Lord_Howe, 2026-04-04T15:00:00Z", // half an hour back
        "Asia/Kolkata,        2026-06-01T00:00:00Z", // never, but half an hour off
        "Asia/Kathmandu,      2026-06-01T00:00:00Z", // and a quarter
        "America/Caracas,     2016-05-01T07:00:00Z", // half an hour forward at half past two
        "Asia/Pyongyang,      2018-05-04T15:00:00Z", // half an hour forward at half past eleven
        "America/St_Johns,    2011-03-13T03:31:00Z" // an hour forward at one minute past midnight
    })
    void around_a_change_of_clocks_the_end_is_what_stepping_the_local_clock_finds(ZoneId zone, Instant change) {
        long seed = 20_260_329;
        Random random = new Random(seed);
        for (int i = 0; i < 4_000; i++) {
            long start = change.toEpochMilli() - 10_800_000 + random.nextInt(14_400_000);
            if (random.nextBoolean()) {
                start = start / 60_000 * 60_000;
            }
            Duration duration = random.nextBoolean()
                    ? Duration.ofMinutes(1 + random.nextInt(180))
                    : Duration.ofMillis(1 + random.nextInt(10_000_000));
            int rounding = DIVISORS_OF_60.get(random.nextInt(DIVISORS_OF_60.size()));

            assertThat(Instant.ofEpochMilli(ProfileClock.end(start, duration, rounding, zone)))
                    .as("seed %d: %s from %s, rounded to %d", seed, duration, Instant.ofEpochMilli(start), rounding)
                    .isEqualTo(stepped(start, duration, rounding, zone));
        }
    }

    /** Minute by minute of the local clock, until it shows a multiple. */
    private static Instant stepped(long start, Duration duration, int rounding, ZoneId zone) {
        Instant end = Instant.ofEpochMilli(start).plus(duration);
        while (true) {
            LocalDateTime local = LocalDateTime.ofInstant(end, zone);
            if (local.getMinute() % rounding == 0 && local.getSecond() == 0 && local.getNano() == 0) {
                return end;
            }
            end = end.plus(Duration.ofMinutes(1))
                    .minusSeconds(local.getSecond())
                    .minusNanos(local.getNano());
        }
    }

    @Test
    void without_rounding_an_end_is_exact_to_the_millisecond() {
        assertThat(ProfileClock.end(1_234_567, Duration.ofMillis(1), null, ZoneId.of("Asia/Kolkata")))
                .isEqualTo(1_234_568);
    }

    @Test
    void the_longest_duration_is_counted_in_days_of_24_hours() {
        long start = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();

        long end = ProfileClock.end(start, Duration.ofDays(366), null, ZoneId.of("Europe/Helsinki"));

        assertThat(Instant.ofEpochMilli(end)).isEqualTo("2027-03-02T10:00:00Z");
    }
}
