package presence.resources;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import presence.facts.Channel;
import presence.facts.Status;
import presence.history.TimeInState;
import presence.history.TimeInState.Handling;
import presence.history.TimeInState.Stays;
import presence.state.Offer;

/** Writes the rows of a report of times. */
final class TimesAnswer {
    private static final List<Offer.State> ENDS =
            List.of(Offer.State.ACCEPTED, Offer.State.REJECTED, Offer.State.MISSED, Offer.State.WITHDRAWN);

    private TimesAnswer() {}

    /** The rows as the array {@code rows}. */
    static void write(JsonGenerator json, String by, Map<String, TimeInState> rows) throws IOException {
        json.writeArrayFieldStart("rows");
        for (Map.Entry<String, TimeInState> row : rows.entrySet()) {
            json.writeStartObject();
            json.writeStringField(by, row.getKey().isEmpty() ? null : row.getKey());
            write(json, row.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, TimeInState times) throws IOException {
        json.writeNumberField("milliseconds", times.total());
        json.writeNumberField("intervals", times.intervals());
        json.writeObjectFieldStart("statuses");
        for (Status status : Status.values()) {
            json.writeNumberField(status.name(), times.in(status));
        }
        json.writeEndObject();
        json.writeNumberField("ready", times.ready());
        json.writeNumberField("notReady", times.notReady());
        json.writeNumberField("disconnected", times.disconnected());
        json.writeObjectFieldStart("profiles");
        for (Map.Entry<String, Long> profile : times.profiles().entrySet()) {
            json.writeNumberField(profile.getKey(), profile.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("handling");
        for (Map.Entry<Channel, Handling> channel : times.handling().entrySet()) {
            write(json, channel.getKey(), channel.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("offers");
        for (Offer.State ended : ENDS) {
            json.writeNumberField(ended.name(), times.offers(ended));
        }
        json.writeEndObject();
        json.writeObjectFieldStart("timedProfiles");
        for (Map.Entry<String, Stays> profile : times.stays().entrySet()) {
            write(json, profile.getKey(), profile.getValue());
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Channel channel, Handling handling) throws IOException {
        json.writeObjectFieldStart(channel.name());
        json.writeNumberField("handled", handling.handled());
        json.writeNumberField("moved", handling.moved());
        json.writeNumberField("orphaned", handling.orphaned());
        json.writeNumberField("milliseconds", handling.milliseconds());
        json.writeNumberField("wrapUp", handling.wrapUp());
        json.writeNumberField("longest", handling.longest());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String profile, Stays stays) throws IOException {
        json.writeObjectFieldStart(profile);
        json.writeNumberField("count", stays.count());
        json.writeNumberField("planned", stays.planned());
        json.writeNumberField("actual", stays.actual());
        json.writeNumberField("over", stays.over());
        json.writeNumberField("longestOver", stays.longestOver());
        json.writeEndObject();
    }

    /** The same as a table: what may be there for one row and not for another has a column for all that occur. */
    static byte[] table(String by, Map<String, TimeInState> rows) {
        TreeSet<String> profiles = new TreeSet<>();
        rows.values().forEach(times -> profiles.addAll(times.profiles().keySet()));
        List<String> names = new ArrayList<>(List.of(by, "milliseconds", "intervals"));
        for (Status status : Status.values()) {
            names.add("status " + status);
        }
        names.addAll(List.of("ready", "notReady", "disconnected"));
        profiles.forEach(profile -> names.add("profile " + profile));
        for (Channel channel : Channel.values()) {
            for (String of : List.of("handled", "moved", "orphaned", "milliseconds", "wrapUp", "longest")) {
                names.add(channel + " " + of);
            }
        }
        ENDS.forEach(ended -> names.add("offers " + ended));
        names.addAll(List.of("timed count", "timed planned", "timed actual", "timed over", "timed longestOver"));
        List<List<Object>> table = new ArrayList<>();
        rows.forEach((key, times) -> table.add(row(key, times, profiles)));
        return Spreadsheet.bytes(names, table);
    }

    private static List<Object> row(String key, TimeInState times, TreeSet<String> profiles) {
        List<Object> row = new ArrayList<>(List.of(key, times.total(), times.intervals()));
        for (Status status : Status.values()) {
            row.add(times.in(status));
        }
        row.addAll(List.of(times.ready(), times.notReady(), times.disconnected()));
        profiles.forEach(profile -> row.add(times.profiles().getOrDefault(profile, 0L)));
        for (Channel channel : Channel.values()) {
            Handling of = times.handling().getOrDefault(channel, Handling.NONE);
            row.addAll(List.of(of.handled(), of.moved(), of.orphaned(), of.milliseconds(), of.wrapUp(), of.longest()));
        }
        ENDS.forEach(ended -> row.add(times.offers(ended)));
        Stays all = times.stays().values().stream().reduce(Stays.NONE, Stays::and);
        row.addAll(List.of(all.count(), all.planned(), all.actual(), all.over(), all.longestOver()));
        return row;
    }
}
