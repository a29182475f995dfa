package presence.api;

import static presence.command.ErrorCode.INVALID_ID;
import static presence.command.ErrorCode.INVALID_VALUE;
import static presence.command.ErrorCode.MISSING_FIELD;
import static presence.command.ErrorCode.UNKNOWN_FIELD;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import presence.command.ErrorCode;
import presence.engine.Suggestion;
import presence.facts.Capability;
import presence.facts.Channel;

/**
 * Reads the fields of one JSON object, strictly: whatever is missing, unknown, of the wrong type or out of range is noted
 * with its place, and {@link #check} reports all of it at once.
 *
 * <p>A field that is null counts as left out. After a fault a reader returns some harmless value; nothing may be done
 * with it before {@link #check}.
 */
final class Fields {
    /** The longest duration that can be given. */
    static final Duration LONGEST = Duration.ofDays(366);

    /** The most items of a list of constants, repeats included. */
    private static final int MOST_CONSTANTS = 64;

    /** No form of a duration or a zone needs more characters. */
    private static final int LONGEST_FORM = 64;

    private final JsonNode object;
    private final String place;
    private final Set<String> known = new LinkedHashSet<>();
    private final List<BadInput.Fault> faults;

    Fields(JsonNode object) {
        this(object, "", new ArrayList<>());
    }

    private Fields(JsonNode object, String place, List<BadInput.Fault> faults) {
        this.object = object;
        this.place = place;
        this.faults = faults;
        if (!object.isObject()) {
            faults.add(
                    new BadInput.Fault(place, INVALID_VALUE, "Found " + shown(object) + "; expected an object, {…}."));
        }
    }

    /** Throws what was noted; fields that nobody asked for are faults too. */
    void check() {
        close();
        if (!faults.isEmpty()) {
            throw new BadInput(faults);
        }
    }

    private void close() {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name) && faults.size() < BadInput.MOST_FAULTS) {
                fault(
                        name,
                        UNKNOWN_FIELD,
                        "There is no field '" + cut(name) + "' here; expected " + known + "."
                                + Suggestion.maybe(name, known));
            }
        }
    }

    void fault(String name, ErrorCode code, String detail) {
        fault(name, -1, code, detail);
    }

    /** A fault in an item of a list; in the whole list if the place is negative. */
    void fault(String name, int item, ErrorCode code, String detail) {
        if (faults.size() < BadInput.MOST_FAULTS) {
            String pointer = place + "/" + cut(name).replace("~", "~0").replace("/", "~1");
            faults.add(new BadInput.Fault(item < 0 ? pointer : pointer + "/" + item, code, detail));
        }
    }

    /** How many faults have been noted. */
    int faultCount() {
        return faults.size();
    }

    boolean has(String name) {
        return find(name) != null;
    }

    private @Nullable JsonNode find(String name) {
        known.add(name);
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private <T> T missing(String name, String expected, T harmless) {
        fault(name, MISSING_FIELD, "The field '" + name + "' is missing; expected " + expected + ".");
        return harmless;
    }

    private <T> T wrong(String name, JsonNode found, String expected, T harmless) {
        fault(name, INVALID_VALUE, "Found " + shown(found) + "; expected " + expected + ".");
        return harmless;
    }

    String id(String name) {
        return has(name) ? idOrNull(name, "") : missing(name, "an id", "");
    }

    @Nullable String optionalId(String name) {
        return has(name) ? idOrNull(name, "") : null;
    }

    private String idOrNull(String name, String harmless) {
        JsonNode value = find(name);
        if (value == null || !value.isTextual() || !Ids.isId(value.textValue())) {
            fault(name, INVALID_ID, "Found " + shown(value) + "; expected " + Ids.FORM + ".");
            return harmless;
        }
        return value.textValue();
    }

    /** Control characters are not, nor are halves of characters, which cannot be written as UTF-8. */
    private static boolean isText(int codePoint) {
        return !Character.isISOControl(codePoint) && Character.getType(codePoint) != Character.SURROGATE;
    }

    /** Text of 1 to so many characters, without control characters. */
    @Nullable String optionalText(String name, int longest) {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        String text = value.isTextual() ? value.textValue() : "";
        if (text.isBlank() || text.length() > longest || !text.codePoints().allMatch(Fields::isText)) {
            return wrong(name, value, "text of 1 to " + longest + " characters, none of them a control character", "");
        }
        return text;
    }

    String text(String name, int longest) {
        String text = optionalText(name, longest);
        return text != null ? text : missing(name, "text", "");
    }

    @Nullable String matching(String name, Pattern pattern, String expected) {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        return value.isTextual() && pattern.matcher(value.textValue()).matches()
                ? value.textValue()
                : wrong(name, value, expected, "");
    }

    @Nullable Boolean optionalFlag(String name) {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        return value.isBoolean() ? (Boolean) value.booleanValue() : wrong(name, value, "true or false", Boolean.FALSE);
    }

    boolean flag(String name) {
        Boolean value = optionalFlag(name);
        return value != null ? value : missing(name, "true or false", false);
    }

    @Nullable Integer optionalWhole(String name, int least, int most) {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        return value.isIntegralNumber()
                        && value.canConvertToInt()
                        && value.intValue() >= least
                        && value.intValue() <= most
                ? (Integer) value.intValue()
                : wrong(name, value, "a whole number from " + least + " to " + most, (Integer) least);
    }

    @Nullable Long optionalLong(String name) {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        return value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0
                ? (Long) value.longValue()
                : wrong(name, value, "a whole number, 0 or more", (Long) 0L);
    }

    <E extends Enum<E>> @Nullable E optionalOneOf(String name, Class<E> type) {
        JsonNode value = find(name);
        return value == null ? null : oneOf(name, -1, value, type);
    }

    <E extends Enum<E>> E oneOf(String name, Class<E> type) {
        E value = optionalOneOf(name, type);
        return value != null ? value : missing(name, "one of " + names(type), type.getEnumConstants()[0]);
    }

    private <E extends Enum<E>> E oneOf(String name, int item, JsonNode value, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (value.isTextual() && constant.name().equals(value.textValue())) {
                return constant;
            }
        }
        fault(
                name,
                item,
                INVALID_VALUE,
                "Found " + shown(value) + "; expected one of " + names(type) + "."
                        + (value.isTextual() ? Suggestion.maybe(cut(value.textValue()), names(type)) : ""));
        return type.getEnumConstants()[0];
    }

    private static <E extends Enum<E>> List<String> names(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    }

    <E extends Enum<E>> @Nullable Set<E> optionalSetOf(String name, Class<E> type) {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        Set<E> set = EnumSet.noneOf(type);
        if (!value.isArray() || value.size() > MOST_CONSTANTS) {
            return wrong(name, value, "a list of " + names(type), set);
        }
        for (int i = 0; i < value.size(); i++) {
            set.add(oneOf(name, i, value.get(i), type));
        }
        return Collections.unmodifiableSet(set);
    }

    /** Channels of items. */
    @Nullable Set<Channel> itemChannels(String name) {
        Set<Channel> channels = optionalSetOf(name, Channel.class);
        if (channels != null && channels.stream().anyMatch(channel -> channel.capability() != Capability.ITEMS)) {
            fault(name, INVALID_VALUE, "Found " + channels + "; expected a list of EMAIL, TASK and ACTION_ITEM.");
        }
        return channels;
    }

    @Nullable List<String> optionalIds(String name, int most) {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        if (!value.isArray() || value.size() > most) {
            return wrong(name, value, "a list of at most " + most + " ids", List.of());
        }
        Set<String> ids = new LinkedHashSet<>();
        for (int i = 0; i < value.size(); i++) {
            JsonNode item = value.get(i);
            if (!item.isTextual() || !Ids.isId(item.textValue())) {
                fault(name, i, INVALID_ID, "Found " + shown(item) + "; expected " + Ids.FORM + ".");
            } else {
                ids.add(item.textValue());
            }
        }
        return List.copyOf(ids);
    }

    List<String> ids(String name, int most) {
        List<String> ids = optionalIds(name, most);
        return ids != null ? ids : missing(name, "a list of ids", List.of());
    }

    /** A duration of at least so long and at most {@link #LONGEST}. */
    @Nullable Duration optionalDuration(String name, Duration least) {
        JsonNode value = find(name);
        return value == null ? null : duration(name, value, least);
    }

    private Duration duration(String name, JsonNode value, Duration least) {
        try {
            Duration duration = value.isTextual() && value.textValue().length() <= LONGEST_FORM
                    ? Duration.parse(value.textValue())
                    : null;
            if (duration != null
                    && duration.compareTo(least) >= 0
                    && duration.compareTo(LONGEST) <= 0
                    && duration.getNano() % 1_000_000 == 0) {
                return duration;
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            // said below
        }
        return wrong(
                name,
                value,
                "an ISO-8601 duration from " + least + " to " + LONGEST + " in whole milliseconds, such as PT30M",
                Duration.ofMinutes(1));
    }

    <E extends Enum<E>> Map<E, Duration> durations(String name, Class<E> type, Duration least) {
        Map<E, Duration> durations = new EnumMap<>(type);
        entries(name, type, (fields, key) -> fields.optionalDuration(key, least), durations);
        return durations;
    }

    <E extends Enum<E>> Map<E, Integer> wholes(String name, Class<E> type, int least, int most) {
        Map<E, Integer> wholes = new EnumMap<>(type);
        entries(name, type, (fields, key) -> fields.optionalWhole(key, least, most), wholes);
        return wholes;
    }

    private <E extends Enum<E>, V> void entries(
            String name,
            Class<E> type,
            java.util.function.BiFunction<Fields, String, @Nullable V> reader,
            Map<E, V> into) {
        JsonNode value = find(name);
        if (value == null) {
            return;
        }
        Fields fields = new Fields(value, place + "/" + name, faults);
        for (E key : type.getEnumConstants()) {
            V read = reader.apply(fields, key.name());
            if (read != null) {
                into.put(key, read);
            }
        }
        fields.close();
    }

    ZoneId zone(String name) {
        JsonNode value = find(name);
        if (value == null) {
            return missing(name, "a time zone such as Europe/Helsinki", ZoneId.of("UTC"));
        }
        try {
            if (value.isTextual() && value.textValue().length() <= LONGEST_FORM) {
                return ZoneId.of(value.textValue());
            }
        } catch (DateTimeException e) {
            // said below
        }
        fault(
                name,
                INVALID_VALUE,
                "Found " + shown(value) + "; expected a time zone of the IANA database such as Europe/Helsinki."
                        + (value.isTextual()
                                ? Suggestion.maybe(cut(value.textValue()), ZoneId.getAvailableZoneIds())
                                : ""));
        return ZoneId.of("UTC");
    }

    /** An object inside this one. */
    <T> T object(String name, Function<Fields, T> reader, T harmless) {
        T read = optionalObject(name, reader::apply);
        return read != null ? read : missing(name, "an object", harmless);
    }

    /** An object inside this one; null if there is none. */
    <T> @Nullable T optionalObject(String name, Function<Fields, @Nullable T> reader) {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        Fields fields = new Fields(value, place + "/" + name, faults);
        T read = reader.apply(fields);
        fields.close();
        return read;
    }

    private static String shown(@Nullable JsonNode value) {
        return value == null ? "nothing" : cut(value.toString());
    }

    static String cut(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }
}
