package presence.webhook;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import presence.records.RecordsException;
import presence.webhook.Subscription.Failure;
import presence.webhook.WebhookRecords.Results;

/**
 * The events on their way to one webhook, as far as they are in memory: a window of them, in a line for each agent. Of a line
 * the first alone is under way or waits to be tried again. Lines that wait keep their first only, so that they leave the
 * window to the others; what follows in them is read again later.
 *
 * <p>For the dispatcher's thread.
 */
final class Lane {
    /** The most letters in memory. */
    static final int WINDOW = 1_000;

    /** The most lines that wait to be tried again; beyond, nothing more is read until one of them gets on. */
    static final int STUCK = 500;

    /** The most letters under way at once. */
    static final int UNDER_WAY = 8;

    /** After how many failures in a row with nothing arriving one letter at a time is tried. */
    static final int SUSPENDED_AFTER = 5;

    private static final int READ_AT_ONCE = 250;
    private static final long NOTHING = Long.MAX_VALUE;

    private final Subscription webhook;
    private final WebhookRecords records;
    private final Backoff backoff;
    private final long giveUpAfter;

    private final Map<String, Line> lines = new LinkedHashMap<>();

    /** The number up to which everything has been read. */
    private long read;

    private int loaded;
    private int stuck;
    private int underWay;
    private int failuresInARow;
    private long probeAt;
    private int probes;

    // What became of letters and is not noted yet.
    private List<Long> delivered = new ArrayList<>();
    private Map<Long, Letter> failed = new LinkedHashMap<>();
    private List<Results.Given> dead = new ArrayList<>();
    private @Nullable Long deliveredAt;
    private @Nullable Failure failure;

    /** The letters about one agent, the first of them first. */
    private static final class Line {
        private final ArrayDeque<Letter> letters = new ArrayDeque<>();
        private boolean underWay;

        /** The number of the first that is not in memory, of those up to {@link Lane#read}. */
        private long parkedFrom = NOTHING;

        boolean stuck() {
            Letter first = letters.peek();
            return first != null && first.attempts() > 0;
        }
    }

    /** @param giveUpAfter how long after its first try a letter is given up, in milliseconds */
    Lane(Subscription webhook, WebhookRecords records, Backoff backoff, long giveUpAfter) {
        this.webhook = webhook;
        this.records = records;
        this.backoff = backoff;
        this.giveUpAfter = giveUpAfter;
    }

    Subscription webhook() {
        return webhook;
    }

    // --- reading

    /** Reads on, as far as there is room. */
    void load() throws RecordsException {
        for (Iterator<Map.Entry<String, Line>> each = lines.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<String, Line> line = each.next();
            if (line.getValue().letters.isEmpty() && !unpark(line.getKey(), line.getValue())) {
                each.remove();
            }
        }
        while (hasRoom() && webhook.takeNews()) {
            int most = Math.min(READ_AT_ONCE, WINDOW - loaded);
            boolean done = false;
            try {
                List<Letter> more = records.letters(webhook.id(), read, most);
                more.forEach(this::take);
                done = more.size() < most;
            } finally {
                if (!done) {
                    webhook.tell();
                }
            }
        }
    }

    /** What tells of a loss is sent before anything that comes after it. */
    private boolean hasRoom() {
        return loaded < WINDOW && stuck < STUCK && !lines.containsKey("");
    }

    private void take(Letter letter) {
        if (lines.containsKey("")) {
            return; // read again when that has arrived
        }
        read = letter.number();
        Line line = lines.computeIfAbsent(letter.agent(), agent -> new Line());
        Letter first = line.letters.peek();
        if (first != null && first.number() == letter.number()) {
            return; // it was there when everything began anew
        } else if (line.stuck() || line.parkedFrom != NOTHING) {
            line.parkedFrom = Math.min(line.parkedFrom, letter.number());
        } else {
            add(line, letter);
        }
    }

    private void add(Line line, Letter letter) {
        line.letters.add(letter);
        loaded++;
        if (line.letters.size() == 1 && letter.attempts() > 0) {
            stuck++;
        }
    }

    /** Reads what follows in a line; answers whether there is anything. */
    private boolean unpark(String agent, Line line) throws RecordsException {
        if (line.parkedFrom == NOTHING) {
            return false;
        }
        int most = Math.max(1, Math.min(READ_AT_ONCE, WINDOW - loaded));
        List<Letter> more = records.letters(webhook.id(), agent, line.parkedFrom, read, most);
        line.parkedFrom = NOTHING;
        for (Letter letter : more) {
            if (line.stuck()) {
                line.parkedFrom = letter.number();
                break;
            }
            add(line, letter);
        }
        if (more.size() == most && line.parkedFrom == NOTHING) {
            line.parkedFrom = more.get(more.size() - 1).number() + 1;
        }
        return !more.isEmpty();
    }

    /** Reads everything anew, also what is older than what was read, and tries at once what waits to be tried again. */
    void beginAnew() {
        for (Iterator<Line> each = lines.values().iterator(); each.hasNext(); ) {
            Line line = each.next();
            Letter first = line.letters.peek();
            if (first == null || !(line.underWay || line.stuck())) {
                each.remove();
                continue;
            }
            line.letters.clear();
            line.letters.add(line.underWay ? first : first.dueAtOnce());
            line.parkedFrom = NOTHING;
        }
        loaded = lines.size();
        stuck = (int) lines.values().stream().filter(Line::stuck).count();
        read = 0;
        failuresInARow = 0;
        webhook.tell();
    }

    // --- sending

    /** The letters to be sent now, which are under way from here on. */
    List<Letter> next(long now) {
        if (!webhook.definition().active()) {
            return List.of();
        }
        return failuresInARow >= SUSPENDED_AFTER ? probe(now) : due(now);
    }

    private List<Letter> due(long now) {
        List<Letter> next = new ArrayList<>();
        for (Line line : lines.values()) {
            if (underWay >= UNDER_WAY) {
                break;
            }
            Letter first = line.letters.peek();
            if (first != null && !line.underWay && first.dueAt() <= now) {
                next.add(begin(line));
            }
        }
        return next;
    }

    /**
     * The oldest letter and one that was tried least, in turns: it may be the oldest alone that the receiver does not take,
     * and then the others must not wait for it.
     */
    private List<Letter> probe(long now) {
        if (underWay > 0 || now < probeAt) {
            return List.of();
        }
        Comparator<Letter> order = Comparator.comparingLong(Letter::number);
        if (probes++ % 2 == 1) {
            order = Comparator.comparingInt(Letter::attempts).thenComparing(order);
        }
        Line chosen = null;
        for (Line line : lines.values()) {
            Letter first = line.letters.peek();
            if (first != null && (chosen == null || order.compare(first, chosen.letters.element()) < 0)) {
                chosen = line;
            }
        }
        return chosen == null ? List.of() : List.of(begin(chosen));
    }

    private Letter begin(Line line) {
        line.underWay = true;
        underWay++;
        return line.letters.element();
    }

    /** A letter was not sent after all. */
    void putBack(Letter letter) {
        Line line = lines.get(letter.agent());
        if (line != null && line.underWay) {
            line.underWay = false;
            underWay--;
        }
    }

    /** A letter was not there any more. */
    void gone(Letter letter) {
        Line line = lines.get(letter.agent());
        if (line != null) {
            finish(letter.agent(), line);
        }
    }

    /** What became of a letter that was under way. */
    void done(Letter letter, Delivery delivery, long now) {
        Line line = lines.get(letter.agent());
        if (line == null || !line.underWay) {
            return;
        }
        String error = delivery.error();
        if (error == null) {
            failuresInARow = 0;
            deliveredAt = now;
            delivered.add(letter.number());
            var unused = failed.remove(letter.number());
            finish(letter.agent(), line);
            return;
        }
        failuresInARow++;
        probeAt = now + backoff.millisAfter(failuresInARow);
        failure = new Failure(now, error);
        Letter again = letter.failed(now, now + backoff.millisAfter(letter.attempts() + 1));
        if (now - again.firstAt() >= giveUpAfter) {
            dead.add(new Results.Given(again, error));
            var unused = failed.remove(letter.number());
            finish(letter.agent(), line);
        } else {
            failed.put(letter.number(), again);
            wait(line, again);
        }
    }

    /** The first of a line is done with; the line goes behind the others. */
    private void finish(String agent, Line line) {
        if (line.stuck()) {
            stuck--;
        }
        line.letters.remove();
        loaded--;
        line.underWay = false;
        underWay--;
        lines.remove(agent);
        if (agent.isEmpty()) {
            webhook.tell(); // what comes after a loss has not been read
        }
        if (!line.letters.isEmpty() || line.parkedFrom != NOTHING) {
            lines.put(agent, line);
            if (line.stuck()) {
                stuck++;
            }
        }
    }

    private void wait(Line line, Letter again) {
        if (!line.stuck()) {
            stuck++;
        }
        line.letters.remove();
        Letter following = line.letters.peek();
        if (following != null) {
            line.parkedFrom = Math.min(line.parkedFrom, following.number());
        }
        loaded -= line.letters.size();
        line.letters.clear();
        line.letters.add(again);
        line.underWay = false;
        underWay--;
    }

    /** Whether nothing is to be sent, now or later, as far as is known. */
    boolean isIdle() {
        return lines.isEmpty();
    }

    // --- noting

    /** How much became of letters that is not noted yet. */
    int unnoted() {
        return delivered.size() + failed.size() + dead.size();
    }

    /** What became of letters that is not noted yet. */
    Results results(long now) {
        return new Results(webhook.id(), delivered, List.copyOf(failed.values()), dead, now, deliveredAt, failure);
    }

    /** Everything is noted. */
    void noted(long moreDeadLetters) {
        webhook.addPending(-(delivered.size() + dead.size()));
        webhook.addDeadLetters(moreDeadLetters);
        if (deliveredAt != null) {
            webhook.delivered(deliveredAt);
        }
        if (failure != null) {
            webhook.failed(failure);
        }
        delivered = new ArrayList<>();
        failed = new LinkedHashMap<>();
        dead = new ArrayList<>();
        deliveredAt = null;
        failure = null;
    }
}
