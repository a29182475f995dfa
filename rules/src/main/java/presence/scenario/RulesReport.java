package presence.scenario;

import java.util.List;
import java.util.stream.Collectors;
import presence.engine.RuleFault;

/**
 * What came of checking a set of rules.
 *
 * @param faults every fault, by file and place
 * @param files how many files of rules were read
 * @param rules how many rules they hold; 0 if they could not be compiled
 * @param played what came of every scenario that could be read
 */
public record RulesReport(List<RuleFault> faults, int files, int rules, List<Played> played) {

    /** Whether the rules may be used. */
    public boolean sound() {
        return faults.isEmpty();
    }

    /** How many scenarios were read. */
    public int scenarios() {
        return played.size();
    }

    /** How many of them passed; 0 if the rules could not be compiled. */
    public int passed() {
        return (int) played.stream()
                .filter(one -> one.outcome() == Played.Outcome.PASSED)
                .count();
    }

    /** The faults, a line each, and a line of counts. */
    public String text() {
        String counts = rules == 0
                ? files + " files, " + scenarios() + " scenarios not run: mend the rules first, "
                : rules + " rules in " + files + " files, " + passed() + " of " + scenarios() + " scenarios passed, ";
        counts += faults.size() + (faults.size() == 1 ? " fault" : " faults");
        return faults.stream().map(fault -> fault + System.lineSeparator()).collect(Collectors.joining()) + counts;
    }
}
