package presence.rulebook;

import presence.scenario.RulesReport;

/** Rules cannot be used, or not as they are: the report says why. */
public final class CheckFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient RulesReport report;

    CheckFailed(RulesReport report) {
        super(
                report.faults().size() + (report.faults().size() == 1 ? " fault" : " faults") + "; the first: "
                        + report.faults().get(0),
                null,
                false,
                false);
        this.report = report;
    }

    /** What the check found. */
    public RulesReport report() {
        return report;
    }
}
