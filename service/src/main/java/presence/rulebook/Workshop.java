package presence.rulebook;

import static presence.command.ErrorCode.OVERLOADED;
import static presence.command.ErrorCode.STOPPING;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import presence.engine.InvalidRulesException;
import presence.engine.RuleBook;
import presence.engine.RuleFile;
import presence.index.PresenceIndex;
import presence.loop.Unavailable;
import presence.proof.Promise;
import presence.scenario.Depth;
import presence.scenario.RulesCheck;
import presence.scenario.RulesReport;

/**
 * Where rules are checked and tried. Both take a core for seconds, so they are done one at a time, on the thread of who asks,
 * and never hold up the loop; to read them only is quick, and does not wait for those. Any thread.
 */
public final class Workshop {
    private static final int LONGEST_WAIT_SECONDS = 20;

    /** How many sets of rules are read at once. It takes milliseconds, so nobody waits for long. */
    private static final int READ_AT_ONCE = 2;

    private static final int LONGEST_WAIT_TO_READ_SECONDS = 2;

    /** How many checks are remembered. */
    private static final int REMEMBERED = 4;

    private final Semaphore bench = new Semaphore(1, true);
    private final Semaphore desk = new Semaphore(READ_AT_ONCE, true);

    /** The last checks, oldest first; guarded by the bench. The same program finds the same in the same files. */
    private final Map<Checked, RulesReport> checks = new LinkedHashMap<>();

    private volatile @Nullable Preview last;

    /** What was checked. */
    private record Checked(List<RuleFile> files, Set<Promise> overridden, Depth depth) {}

    /**
     * Checks rules and scenarios, as the command {@code check-rules} does.
     *
     * @param overridden the promises that may be broken
     * @throws Unavailable if others are at it for too long
     */
    public RulesReport check(List<RuleFile> files, Set<Promise> overridden) {
        return check(files, overridden, Depth.PROOF);
    }

    /** The same, only so far. */
    public RulesReport check(List<RuleFile> files, Set<Promise> overridden, Depth depth) {
        Checked checked = new Checked(List.copyOf(files), Set.copyOf(overridden), depth);
        return depth == Depth.LINT
                ? at(desk, LONGEST_WAIT_TO_READ_SECONDS, () -> report(checked))
                : alone(() -> remembered(checked));
    }

    /**
     * Checks rules and scenarios that are to be used.
     *
     * @throws CheckFailed if a fault is found
     * @throws Unavailable if others are at it for too long
     */
    public RulesReport require(List<RuleFile> files, Set<Promise> overridden) {
        RulesReport report = check(files, overridden);
        if (!report.sound()) {
            throw new CheckFailed(report);
        }
        return report;
    }

    /**
     * What rules would change now. The last preview is kept to be read page by page.
     *
     * @throws CheckFailed if they cannot be used
     * @throws Unavailable if others are at it for too long
     */
    public Preview preview(List<RuleFile> files, PresenceIndex index) {
        return alone(() -> {
            RuleBook rules;
            try {
                rules = RuleBook.compile(Rulebook.rules(files));
            } catch (InvalidRulesException e) {
                throw new CheckFailed(remembered(new Checked(List.copyOf(files), Set.of(), Depth.PROOF)));
            }
            Preview preview = Preview.of(rules, index);
            last = preview;
            return preview;
        });
    }

    /** The last preview, if it has this id. */
    public Optional<Preview> preview(String id) {
        return Optional.ofNullable(last).filter(preview -> preview.id().equals(id));
    }

    private RulesReport remembered(Checked checked) {
        RulesReport known = checks.remove(checked);
        RulesReport report = known == null ? report(checked) : known;
        checks.put(checked, report);
        if (checks.size() > REMEMBERED) {
            checks.remove(checks.keySet().iterator().next());
        }
        return report;
    }

    private static RulesReport report(Checked checked) {
        return RulesCheck.of(
                Rulebook.rules(checked.files()),
                Rulebook.scenarios(checked.files()),
                checked.overridden(),
                checked.depth());
    }

    private <T> T alone(Supplier<T> work) {
        return at(bench, LONGEST_WAIT_SECONDS, work);
    }

    private static <T> T at(Semaphore places, int longestWaitSeconds, Supplier<T> work) {
        try {
            if (!places.tryAcquire(longestWaitSeconds, TimeUnit.SECONDS)) {
                throw new Unavailable(OVERLOADED, "Other rules are being checked; so many are not checked at once.", 5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable(STOPPING, "The service is stopping.", 5);
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }
}
