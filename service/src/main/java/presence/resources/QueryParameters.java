package presence.resources;

import static presence.command.ErrorCode.CHANNEL_NOT_ENABLED;
import static presence.command.ErrorCode.INVALID_VALUE;
import static presence.command.ErrorCode.MISSING_FIELD;
import static presence.command.ErrorCode.UNKNOWN_FIELD;

import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import presence.api.BadInput;
import presence.api.Ids;
import presence.command.Outcome;
import presence.command.Policy;
import presence.engine.Suggestion;
import presence.facts.Channel;

/** Reads the query of an address, as strictly as a body. */
final class QueryParameters {
    private static final Instant END_OF_TIME = Instant.parse("+10000-01-01T00:00:00Z");

    private final Map<String, List<String>> values;

    QueryParameters(UriInfo uri, String... known) {
        this(uri.getQueryParameters(), known);
    }

    /**
     * @param values each parameter with every value it is given
     * @param known the parameters the address has; any other is refused, as is one given twice
     */
    QueryParameters(Map<String, List<String>> values, String... known) {
        this(values, Set.of(), known);
    }

    /** @param repeatable those of the parameters that may be given several times */
    QueryParameters(Map<String, List<String>> values, Set<String> repeatable, String... known) {
        this.values = values;
        List<String> names = List.of(known);
        values.forEach((name, given) -> {
            if (!names.contains(name)) {
                throw new BadInput(
                        UNKNOWN_FIELD,
                        "There is no parameter '" + cut(name) + "' here; expected " + names + "."
                                + Suggestion.maybe(cut(name), names));
            }
            if (given.size() > 1 && !repeatable.contains(name)) {
                throw new BadInput(INVALID_VALUE, "The parameter '" + name + "' is given " + given.size() + " times.");
            }
        });
    }

    private @Nullable String first(String name) {
        List<String> given = values.get(name);
        return given == null || given.isEmpty() ? null : given.get(0);
    }

    /** Whether the parameter is given. */
    boolean has(String name) {
        return first(name) != null;
    }

    @Nullable String text(String name, int longest) {
        String value = first(name);
        if (value != null && value.length() > longest) {
            throw new BadInput(
                    INVALID_VALUE,
                    "The parameter '" + name + "' has " + value.length() + " characters; expected at most " + longest
                            + ".");
        }
        return value == null || value.isEmpty() ? null : value;
    }

    @Nullable String id(String name) {
        String value = first(name);
        return value == null ? null : Ids.checked("parameter '" + name + "'", value);
    }

    /** Every id that the parameter is given; none if it is left out. */
    Set<String> ids(String name, int most) {
        List<String> given = values.getOrDefault(name, List.of());
        if (given.size() > most) {
            throw new BadInput(
                    INVALID_VALUE,
                    "The parameter '" + name + "' is given " + given.size() + " times; expected at most " + most + ".");
        }
        Set<String> ids = new LinkedHashSet<>();
        given.forEach(id -> ids.add(Ids.checked("parameter '" + name + "'", id)));
        return ids;
    }

    int whole(String name, int unsaid, int least, int most) {
        String value = first(name);
        if (value == null) {
            return unsaid;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new BadInput(
                INVALID_VALUE,
                "The parameter '" + name + "' is '" + cut(value) + "'; expected a whole number from " + least + " to "
                        + most + ".");
    }

    /** A number that an answer gave before. */
    long number(String name, long unsaid) {
        String value = first(name);
        if (value == null) {
            return unsaid;
        }
        if (!value.matches("[0-9]{1,18}")) {
            throw new BadInput(
                    INVALID_VALUE,
                    "The parameter '" + name + "' is '" + cut(value) + "'; expected one that an answer gave.");
        }
        return Long.parseLong(value);
    }

    /** An instant, in milliseconds since 1970-01-01T00:00Z; null if it is not given. */
    @Nullable Long instant(String name) {
        String value = first(name);
        if (value == null) {
            return null;
        }
        try {
            Instant instant = Instant.parse(value);
            if (instant.equals(instant.truncatedTo(ChronoUnit.MILLIS))
                    && !instant.isBefore(Instant.EPOCH)
                    && instant.isBefore(END_OF_TIME)) {
                return instant.toEpochMilli();
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw new BadInput(
                INVALID_VALUE,
                "The parameter '" + name + "' is '" + cut(value)
                        + "'; expected an instant from 1970 to 9999 in whole milliseconds, such as"
                        + " 2026-03-02T08:00:00.000Z."
                        + (value.indexOf(' ') >= 0 ? " Maybe write %2B for +." : ""));
    }

    /** A duration of at least so long, in whole milliseconds; null if it is not given. */
    @Nullable Duration duration(String name, Duration least, Duration most) {
        String value = first(name);
        if (value == null) {
            return null;
        }
        try {
            Duration duration = value.length() <= 64 ? Duration.parse(value) : Duration.ZERO;
            if (duration.compareTo(least) >= 0
                    && duration.compareTo(most) <= 0
                    && duration.getNano() % 1_000_000 == 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw new BadInput(
                INVALID_VALUE,
                "The parameter '" + name + "' is '" + cut(value) + "'; expected an ISO-8601 duration from " + least
                        + " to " + most + " in whole milliseconds, such as PT30M.");
    }

    /** One of these words; the first if it is not given. */
    String word(String name, String... words) {
        String value = first(name);
        if (value == null) {
            return words[0];
        }
        List<String> known = List.of(words);
        if (!known.contains(value)) {
            throw new BadInput(
                    INVALID_VALUE,
                    "The parameter '" + name + "' is '" + cut(value) + "'; expected one of " + known + "."
                            + Suggestion.maybe(cut(value), known));
        }
        return value;
    }

    <E extends Enum<E>> @Nullable E oneOf(String name, Class<E> type) {
        String value = first(name);
        return value == null ? null : oneOf(name, value, List.of(type.getEnumConstants()));
    }

    /** Every one of these that the parameter is given; all of them if it is left out. */
    <E extends Enum<E>> Set<E> someOf(String name, Collection<E> choice) {
        List<String> given = values.getOrDefault(name, List.of());
        Set<E> found = new LinkedHashSet<>();
        given.forEach(value -> found.add(oneOf(name, value, List.copyOf(choice))));
        return found.isEmpty() ? Set.copyOf(choice) : found;
    }

    private static <E extends Enum<E>> E oneOf(String name, String value, List<E> choice) {
        List<String> names = choice.stream().map(Enum::name).toList();
        int found = names.indexOf(value);
        if (found < 0) {
            throw new BadInput(
                    INVALID_VALUE,
                    "The parameter '" + name + "' is '" + cut(value) + "'; expected one of " + names + "."
                            + Suggestion.maybe(cut(value), names));
        }
        return choice.get(found);
    }

    /** The channel asked about, which the system must handle. */
    Channel channel(Policy policy) {
        Channel channel = oneOf("channel", Channel.class);
        if (channel == null) {
            throw new BadInput(
                    MISSING_FIELD,
                    "The parameter 'channel' is missing; expected one of " + Arrays.toString(Channel.values()) + ".");
        }
        if (!policy.handles(channel)) {
            throw new Refused(Outcome.refused(
                    CHANNEL_NOT_ENABLED,
                    "This system does not handle " + channel + "; of the item channels it handles "
                            + policy.itemChannels() + "."));
        }
        return channel;
    }

    /** Whether {@code include=excluded} is given. */
    boolean includesExcluded() {
        String value = first("include");
        if (value != null && !value.equals("excluded")) {
            throw new BadInput(INVALID_VALUE, "The parameter 'include' is '" + cut(value) + "'; expected excluded.");
        }
        return value != null;
    }

    private static String cut(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }
}
