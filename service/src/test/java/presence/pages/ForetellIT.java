package presence.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the agent panel foretells is what the service will do, also in the nights in which the clocks change. */
final class ForetellIT {
    private static final long SECOND = 1000;

    private static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Helsinki",
            "America/St_Johns",
            "Asia/Kathmandu",
            // Its clocks change by half an hour, and at a time of day of its own.
            "Australia/Lord_Howe");

    /** Days around changes of the clocks, somewhere. */
    private static final List<String> DAYS = List.of(
            "2026-03-02T00:00:00Z",
            "2026-03-08T00:00:00Z",
            "2026-03-29T00:00:00Z",
            "2026-04-04T12:00:00Z",
            "2026-10-03T12:00:00Z",
            "2026-10-25T00:00:00Z",
            "2026-11-01T00:00:00Z");

    private static final int[] ROUNDINGS = {1, 5, 10, 12, 15, 20, 30, 60};

    @Test
    void the_end_of_a_profile_is_foretold_right() throws IOException {
        Random chance = new Random(7);
        List<List<Object>> choices = new ArrayList<>();
        List<Long> ends = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            String zone = ZONES.get(i % ZONES.size());
            Instant day = Instant.parse(DAYS.get(chance.nextInt(DAYS.size())));
            long start = day.toEpochMilli() + chance.nextLong(Duration.ofDays(1).toMillis());
            long duration = (1 + chance.nextInt(180)) * 60 * SECOND;
            int rounding = ROUNDINGS[chance.nextInt(ROUNDINGS.length)];
            choices.add(List.of((double) start, (double) duration, rounding, zone));
            ends.add(lookedUp(start + duration, rounding, ZoneId.of(zone)));
        }
        String module = Files.readString(Path.of("src", "pages", "agent", "foretell.js"));

        try (Chromium chromium = Chromium.start();
                Page page = chromium.browser().newPage()) {
            Object foretold = page.evaluate(
                    "async ([module, choices]) => {"
                            + "  const { endOf } = await import(URL.createObjectURL(new Blob([module], { type: 'text/javascript' })));"
                            + "  return choices.map((choice) => String(endOf(...choice)));"
                            + "}",
                    List.of(module, choices));

            assertThat(foretold).isEqualTo(ends.stream().map(String::valueOf).toList());
        }
    }

    /** The first moment, from second to second, at which the clock on the wall shows a multiple; exact ends stay as they are. */
    private static long lookedUp(long end, int rounding, ZoneId zone) {
        long moment = end;
        while (!showsMultiple(moment, rounding, zone)) {
            moment = (moment / SECOND + 1) * SECOND;
        }
        return moment;
    }

    private static boolean showsMultiple(long moment, int rounding, ZoneId zone) {
        var shown = Instant.ofEpochMilli(moment).atZone(zone);
        return shown.getMinute() % rounding == 0 && shown.getSecond() == 0 && shown.getNano() == 0;
    }
}
