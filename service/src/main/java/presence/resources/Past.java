package presence.resources;

import static presence.command.ErrorCode.INVALID_VALUE;
import static presence.command.ErrorCode.NO_HISTORY;
import static presence.command.ErrorCode.OVERLOADED;
import static presence.command.ErrorCode.RECORDS_UNAVAILABLE;
import static presence.command.ErrorCode.UNKNOWN_AGENT;

import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import presence.api.BadInput;
import presence.api.Instants;
import presence.api.PresenceDocument;
import presence.command.Outcome;
import presence.facts.Capability;
import presence.facts.Channel;
import presence.history.History;
import presence.history.History.AsItWas;
import presence.history.History.OpenConversation;
import presence.history.History.Place;
import presence.history.Interval;
import presence.history.Report;
import presence.history.Report.By;
import presence.history.Report.Slices;
import presence.history.Report.TimesInState;
import presence.loop.Unavailable;
import presence.records.RecordsException;

/** Answers what agents were, from the history. Any thread. */
public final class Past {
    private static final Logger LOG = LoggerFactory.getLogger(Past.class);

    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 1_000;
    private static final Duration SHORTEST_SLICE = Duration.ofMinutes(1);
    private static final Duration LONGEST_SLICE = Duration.ofDays(31);
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final History history;
    private final Report report;
    private final Presence presence;

    public Past(History history, Report report, Presence presence) {
        this.history = history;
        this.report = report;
        this.presence = presence;
    }

    /** A question to the history. */
    @FunctionalInterface
    interface Question<T> {
        T ask(History history) throws RecordsException;
    }

    /** The answer, or that there is none now: the caller may try again. */
    <T> T ask(Question<T> question) {
        try {
            return question.ask(history);
        } catch (RecordsException e) {
            LOG.warn("A question to the history was not answered: {}", e.getMessage());
            throw new Unavailable(
                    RECORDS_UNAVAILABLE,
                    "The history cannot be read now, or is still being filed; nothing else is held up by it.",
                    5);
        }
    }

    /**
     * A period that is asked about.
     *
     * @param from its beginning
     * @param to its end, which is not part of it; never after now
     * @param keptSince from when on there is history: what is asked for before that is not there
     */
    record Period(long from, long to, long keptSince) {
        void write(JsonGenerator json) throws IOException {
            json.writeStringField("from", Instants.text(from));
            json.writeStringField("to", Instants.text(to));
            if (from < keptSince) {
                json.writeStringField("historyFrom", Instants.text(keptSince));
            }
        }
    }

    /** The period of a query: until now, and the day before its end, where the query does not say otherwise. */
    Period period(QueryParameters query) {
        Long toGiven = query.instant("to");
        Long fromGiven = query.instant("from");
        long now = presence.now();
        long to = toGiven == null ? now : toGiven;
        long from = fromGiven == null ? Math.max(0, to - DAY) : fromGiven;
        if (from >= to) {
            throw new BadInput(
                    INVALID_VALUE,
                    "The period from " + Instants.text(from) + " to " + Instants.text(to)
                            + " has no length; expected from before to.");
        }
        if (from >= now) {
            throw new BadInput(
                    INVALID_VALUE,
                    "The period begins at " + Instants.text(from) + ", and it is " + Instants.text(now)
                            + "; expected one that has begun.");
        }
        long keptSince = ask(History::keptSince);
        if (to <= keptSince) {
            throw noHistory(keptSince);
        }
        return new Period(from, Math.min(to, now), keptSince);
    }

    private static Refused noHistory(long keptSince) {
        return new Refused(
                Outcome.refused(NO_HISTORY, "There is history from " + Instants.text(keptSince) + " on, not before."));
    }

    /** How long agents were in each state, by agent, queue or profile. */
    Response timeInState(QueryParameters query) {
        String by = query.word("by", "agent", "queue", "profile", "time");
        String format = query.word("format", "json", "csv");
        int limit = query.whole("limit", USUAL_PAGE, 1, LARGEST_PAGE);
        String after = Directory.after(query.text("cursor", 256));
        Period period = period(query);
        if (period.to() - period.from() > Report.LONGEST) {
            throw new BadInput(INVALID_VALUE, "The period has more than 31 days; expected a shorter one.");
        }
        Slices slices = slices(query, by.equals("time"), period);
        TimesInState times = report(() -> slices == null
                ? report.timesInState(By.valueOf(by.toUpperCase(Locale.ROOT)), period.from(), period.to(), after, limit)
                : report.timesInState(slices));
        String next = times.next() == null ? null : Directory.cursor(times.next());
        return format.equals("csv")
                ? table(TimesAnswer.table(by, times.rows()), next)
                : Answer.ok(json -> {
                    json.writeStartObject();
                    period.write(json);
                    TimesAnswer.write(json, by, times.rows());
                    optional(json, "nextCursor", next);
                    json.writeEndObject();
                });
    }

    /** How the period is cut; null where there are no rows for times. */
    private static @Nullable Slices slices(QueryParameters query, boolean byTime, Period period) {
        Duration every = query.duration("every", SHORTEST_SLICE, LONGEST_SLICE);
        String queue = query.id("queue");
        if (byTime == (every == null) || (queue != null && !byTime)) {
            throw new BadInput(
                    INVALID_VALUE,
                    "by=time goes with every, the length of a slice, and perhaps with queue; other rows with neither.");
        }
        if (every == null) {
            return null;
        }
        Slices slices = new Slices(period.from(), period.to(), every.toMillis(), queue);
        if (slices.count() > Report.MOST_SLICES) {
            throw new BadInput(
                    INVALID_VALUE,
                    "The period has " + slices.count() + " slices of " + every + "; expected " + Report.MOST_SLICES
                            + " at most.");
        }
        return slices;
    }

    /** A report that is made now. */
    private interface Making {
        TimesInState make() throws RecordsException, Report.Busy, Report.TooLarge;
    }

    private TimesInState report(Making making) {
        return ask(unused -> {
            try {
                return making.make();
            } catch (Report.Busy e) {
                throw new Unavailable(OVERLOADED, String.valueOf(e.getMessage()), 2);
            } catch (Report.TooLarge e) {
                throw new BadInput(INVALID_VALUE, String.valueOf(e.getMessage()));
            }
        });
    }

    private static Response table(byte[] table, @Nullable String next) {
        return Response.ok(table, Spreadsheet.MEDIA_TYPE + "; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=time-in-state.csv")
                .header("Next-Cursor", next)
                .build();
    }

    /** A page of an agent's intervals. */
    Response intervals(String agent, QueryParameters query) {
        Period period = period(query);
        int limit = query.whole("limit", USUAL_PAGE, 1, LARGEST_PAGE);
        Place place = place(query.text("cursor", 64));
        requireKnown(agent);
        History.Intervals page = ask(past -> past.intervals(agent, period.from(), period.to(), place, limit));
        return Answer.ok(json -> {
            json.writeStartObject();
            json.writeStringField("agent", agent);
            period.write(json);
            json.writeArrayFieldStart("intervals");
            for (Interval interval : page.intervals()) {
                json.writeStartObject();
                json.writeStringField("from", Instants.text(interval.from()));
                json.writeStringField("to", Instants.text(interval.to()));
                json.writeNumberField("milliseconds", interval.to() - interval.from());
                write(json, interval);
                json.writeEndObject();
            }
            json.writeEndArray();
            if (page.next() != null) {
                json.writeStringField("nextCursor", cursor(page.next()));
            }
            json.writeEndObject();
        });
    }

    private void requireKnown(String agent) {
        if (presence.index().agent(agent) == null
                && ask(past -> past.firstAt(agent)).isEmpty()) {
            throw new Refused(Outcome.refused(UNKNOWN_AGENT, "There is no agent '" + agent + "', and never was."));
        }
    }

    private static void write(JsonGenerator json, Interval interval) throws IOException {
        json.writeStringField("status", interval.status().name());
        PresenceDocument.reasons(json, interval.reasons());
        json.writeBooleanField("ready", interval.ready());
        optional(json, "notReadyReason", interval.notReadyReason());
        json.writeBooleanField("connected", interval.connected());
        json.writeStringField("profile", interval.profile());
        optional(json, "expiresAt", interval.expiresAt() == null ? null : Instants.text(interval.expiresAt()));
        optional(
                json,
                "cause",
                interval.cause() == null ? null : interval.cause().name());
        optional(json, "by", interval.by());
    }

    private static void optional(JsonGenerator json, String field, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(field, value);
        }
    }

    /** The agent as it was. */
    Response asItWas(String agent, long at) {
        AsItWas was = was(agent, at);
        return Answer.ok(json -> write(json, agent, was, at));
    }

    /** What is kept of an agent at an instant, which must be there. */
    AsItWas was(String agent, long at) {
        if (at > presence.now()) {
            throw new BadInput(
                    INVALID_VALUE,
                    "The parameter 'at' is " + Instants.text(at) + ", and it is " + Instants.text(presence.now())
                            + "; expected an instant that has been.");
        }
        Optional<AsItWas> was = ask(past -> past.at(agent, at));
        if (was.isEmpty()) {
            long keptSince = ask(History::keptSince);
            if (at < keptSince) {
                throw noHistory(keptSince);
            }
            requireKnown(agent);
            throw new Refused(
                    Outcome.refused(UNKNOWN_AGENT, "There was no agent '" + agent + "' at " + Instants.text(at) + "."));
        }
        return was.get();
    }

    private static void write(JsonGenerator json, String agent, AsItWas was, long at) throws IOException {
        json.writeStartObject();
        json.writeStringField("agent", agent);
        json.writeStringField("since", Instants.text(was.since()));
        write(json, was.state());
        json.writeArrayFieldStart("queues");
        for (String queue : was.queues()) {
            json.writeString(queue);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("capabilities");
        for (Capability capability : was.capabilities()) {
            json.writeString(capability.name());
        }
        json.writeEndArray();
        json.writeObjectFieldStart("work");
        for (Channel channel : Channel.values()) {
            long work = was.conversations().stream()
                    .filter(open -> !open.direct() && open.channel() == channel)
                    .count();
            if (work > 0) {
                json.writeNumberField(channel.name(), work);
            }
        }
        json.writeEndObject();
        json.writeArrayFieldStart("conversations");
        for (OpenConversation open : was.conversations()) {
            write(json, open);
        }
        json.writeEndArray();
        json.writeStringField("at", Instants.text(at));
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, OpenConversation open) throws IOException {
        json.writeStartObject();
        json.writeStringField("conversation", open.conversation());
        json.writeStringField("channel", open.channel().name());
        optional(json, "queue", open.queue());
        json.writeBooleanField("direct", open.direct());
        json.writeStringField("state", open.wrapUpSince() == null ? "ACTIVE" : "WRAP_UP");
        json.writeStringField("startedAt", Instants.text(open.startedAt()));
        optional(json, "wrapUpSince", open.wrapUpSince() == null ? null : Instants.text(open.wrapUpSince()));
        json.writeEndObject();
    }

    private static String cursor(Place place) {
        String text = place.at() + "." + place.number();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static @Nullable Place place(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            int dot = text.indexOf('.');
            return new Place(
                    Long.parseLong(text.substring(0, Math.max(0, dot))), Long.parseLong(text.substring(dot + 1)));
        } catch (IllegalArgumentException e) {
            throw new BadInput(
                    INVALID_VALUE, "The cursor is not one that was given; expected the nextCursor of an answer.");
        }
    }
}
