package presence.scenario;

import java.util.List;
import presence.engine.Place;
import presence.engine.RuleFault;

/**
 * What came of a scenario.
 *
 * @param file the path of its file below the rules folder
 * @param place where it stands
 * @param name what it shows, in a sentence
 * @param outcome whether it passed
 * @param fired the ids of all rules that fired, in the order of the ids; none if it was not run
 * @param faults every way in which what came differs from what it expects
 */
public record Played(
        String file, Place place, String name, Outcome outcome, List<String> fired, List<RuleFault> faults) {
    public Played {
        fired = List.copyOf(fired);
        faults = List.copyOf(faults);
    }

    /** Whether a scenario passed. */
    public enum Outcome {
        PASSED,
        FAILED,
        /** The rules could not be compiled, or were only read. */
        NOT_RUN
    }

    static Played notRun(Scenario scenario) {
        return new Played(scenario.file(), scenario.place(), scenario.name(), Outcome.NOT_RUN, List.of(), List.of());
    }

    static Played run(Scenario scenario, List<String> fired, List<RuleFault> faults) {
        return new Played(
                scenario.file(),
                scenario.place(),
                scenario.name(),
                faults.isEmpty() ? Outcome.PASSED : Outcome.FAILED,
                fired,
                faults);
    }
}
