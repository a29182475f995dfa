package presence.door;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import presence.records.AuditRecords.Deed;

/**
 * Counts refusals, so that somebody who tries all day fills no disk: the first of an address and a code is listed at once,
 * those of the following minute are one row with their number. Any thread.
 */
final class Refusals {
    private static final long TOGETHER_MILLIS = TimeUnit.MINUTES.toMillis(1);

    /** Beyond so many at a time, addresses are counted as one. */
    private static final int MOST = 10_000;

    private static final String OTHERS = "others";

    private final Clock clock;
    private final Map<String, Counted> counted = new ConcurrentHashMap<>();

    Refusals(Clock clock) {
        this.clock = clock;
    }

    private static final class Counted {
        private final long from;
        private Deed last;
        private long more;

        private Counted(long from, Deed first) {
            this.from = from;
            this.last = first;
        }
    }

    /** Whether this one is to be listed by itself; else it has been counted. */
    boolean first(Deed deed) {
        String address = counted.size() < MOST ? deed.address() : OTHERS;
        boolean[] isFirst = new boolean[1];
        counted.compute(address + " " + deed.outcome() + " " + deed.principal(), (key, before) -> {
            if (before == null) {
                isFirst[0] = true;
                return new Counted(clock.millis(), deed);
            }
            before.last = deed;
            before.more++;
            return before;
        });
        return isFirst[0];
    }

    /** The counts of the minutes that are over. */
    List<Deed> due() {
        return take(clock.millis() - TOGETHER_MILLIS);
    }

    /** All counts. */
    List<Deed> all() {
        return take(Long.MAX_VALUE);
    }

    private List<Deed> take(long begunUntil) {
        List<Deed> deeds = new ArrayList<>();
        Iterator<String> keys = counted.keySet().iterator();
        while (keys.hasNext()) {
            counted.computeIfPresent(keys.next(), (key, count) -> {
                if (count.from > begunUntil) {
                    return count;
                }
                if (count.more > 0) {
                    Deed last = count.last;
                    deeds.add(new Deed(
                            last.atEpochMilli(),
                            last.principal(),
                            last.roles(),
                            last.action(),
                            last.subject(),
                            last.outcome(),
                            last.address(),
                            count.more));
                }
                return null;
            });
        }
        return deeds;
    }
}
