package presence.scenario;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import presence.engine.RuleFault;
import presence.proof.BrokenPromise;
import presence.proof.Promise;

/**
 * What came of checking a set of rules.
 *
 * @param depth how far they were checked
 * @param faults every fault, by file and place; promises that are broken and not overridden are among them
 * @param files how many files of rules were read
 * @param rules how many rules they hold; 0 if they could not be read or compiled
 * @param played what came of every scenario that could be read
 * @param cases how many cases were put to the rules to prove them; 0 if they could not be compiled, or were not proven
 * @param broken every promise that is broken, overridden or not
 * @param overridden the promises that need not be kept
 */
public record RulesReport(
        Depth depth,
        List<RuleFault> faults,
        int files,
        int rules,
        List<Played> played,
        long cases,
        List<BrokenPromise> broken,
        Set<Promise> overridden) {

    public RulesReport {
        faults = List.copyOf(faults);
        played = List.copyOf(played);
        broken = List.copyOf(broken);
        overridden = Set.copyOf(overridden);
    }

    /** Whether nothing was found. Rules may be used if nothing was found by {@link Depth#PROOF}. */
    public boolean sound() {
        return faults.isEmpty();
    }

    /** How many scenarios were read. */
    public int scenarios() {
        return played.size();
    }

    /** How many of them passed; 0 if the rules could not be compiled, or were only read. */
    public int passed() {
        return (int) played.stream()
                .filter(one -> one.outcome() == Played.Outcome.PASSED)
                .count();
    }

    /** The promises that are broken, and that is meant. */
    public List<BrokenPromise> brokenOnPurpose() {
        return broken.stream().filter(one -> overridden.contains(one.promise())).toList();
    }

    /** The faults, a line each, the promises broken on purpose, and a line of counts. */
    public String text() {
        String counts = rules == 0
                ? files + " files, " + scenarios() + " scenarios not run: mend the rules first, "
                : rules + " rules in " + files + " files, " + passed() + " of " + scenarios() + " scenarios passed, "
                        + String.format(Locale.ROOT, "%,d", cases) + " cases tried, ";
        counts += faults.size() + (faults.size() == 1 ? " fault" : " faults");
        return faults.stream().map(fault -> fault + System.lineSeparator()).collect(Collectors.joining())
                + brokenOnPurpose().stream()
                        .map(one -> "overridden: " + one.promise().id() + " ("
                                + one.promise().sentence() + ")" + System.lineSeparator())
                        .collect(Collectors.joining())
                + counts;
    }
}
