package presence.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;

/** Chooses where the demo's contact centre is: somewhere with people at work now, so that its time can be the real one. */
final class HomeTown {
    private static final LocalTime OPENING = LocalTime.of(9, 0);
    private static final LocalTime CLOSING = LocalTime.of(17, 0);
    private static final LocalTime BEST = LocalTime.of(10, 30);

    /** All around the world, two or three hours apart. */
    private static final List<ZoneId> TOWNS = List.of(
            ZoneId.of("Pacific/Auckland"),
            ZoneId.of("Australia/Brisbane"),
            ZoneId.of("Asia/Tokyo"),
            ZoneId.of("Asia/Singapore"),
            ZoneId.of("Asia/Dhaka"),
            ZoneId.of("Asia/Dubai"),
            ZoneId.of("Europe/Helsinki"),
            ZoneId.of("Europe/Lisbon"),
            ZoneId.of("Atlantic/Azores"),
            ZoneId.of("America/Sao_Paulo"),
            ZoneId.of("America/New_York"),
            ZoneId.of("America/Denver"),
            ZoneId.of("America/Anchorage"),
            ZoneId.of("Pacific/Honolulu"));

    private HomeTown() {}

    /** Here, if it is a working hour here; else where it is nearest to half past ten in the morning. */
    static ZoneId at(Instant now, ZoneId here) {
        LocalTime time = now.atZone(here).toLocalTime();
        if (!time.isBefore(OPENING) && time.isBefore(CLOSING)) {
            return here;
        }
        return TOWNS.stream()
                .min(Comparator.comparing(town ->
                        Duration.between(BEST, now.atZone(town).toLocalTime()).abs()))
                .orElse(here);
    }
}
