package presence.engine;

import java.util.List;
import java.util.stream.Collectors;

/** Rules that cannot be used. Its message lists every fault found, a line each. */
public final class InvalidRulesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<RuleFault> faults;

    public InvalidRulesException(List<RuleFault> faults) {
        super(faults.stream().map(RuleFault::toString).collect(Collectors.joining(System.lineSeparator())));
        this.faults = List.copyOf(faults);
    }

    /** Every fault found, by file and line. */
    public List<RuleFault> faults() {
        return faults;
    }
}
