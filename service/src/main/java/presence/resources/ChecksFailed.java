package presence.resources;

import presence.command.ErrorCode;
import presence.scenario.RulesReport;

/** Rules that cannot be used, on their way to the answer, with everything that the check found. */
final class ChecksFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient RulesReport report;

    ChecksFailed(ErrorCode code, RulesReport report) {
        super(
                report.faults().size() + (report.faults().size() == 1 ? " fault" : " faults") + "; the first: "
                        + report.faults().get(0),
                null,
                false,
                false);
        this.code = code;
        this.report = report;
    }

    ErrorCode code() {
        return code;
    }

    RulesReport report() {
        return report;
    }
}
