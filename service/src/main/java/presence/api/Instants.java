package presence.api;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** How instants stand on the wire: ISO-8601 in UTC with milliseconds, {@code 2026-03-02T08:00:00.000Z}. */
public final class Instants {
    private static final DateTimeFormatter FORM =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter().withZone(ZoneOffset.UTC);

    private Instants() {}

    /** The text of an instant, given in milliseconds since 1970-01-01T00:00Z. */
    public static String text(long epochMilli) {
        return FORM.format(Instant.ofEpochMilli(epochMilli));
    }
}
