package presence.proof;

import java.util.List;
import presence.engine.RuleBook;
import presence.engine.RuleFault;

/**
 * What came of proving a set of rules.
 *
 * @param faults gaps, conflicts, deadlines that never end, rules that can never have their say
 * @param broken the promises that are not kept, each with the smallest case
 * @param cases how many cases were put to the rules
 */
public record Proof(List<RuleFault> faults, List<BrokenPromise> broken, long cases) {
    /** Of rules that could not be asked. */
    public static final Proof NONE = new Proof(List.of(), List.of(), 0);

    public Proof {
        faults = List.copyOf(faults);
        broken = List.copyOf(broken);
    }

    /**
     * Puts every case to the rules. Takes a second or so, on the thread that calls it; shares nothing with sessions that
     * run beside it.
     *
     * @param rules rules in the house form
     */
    public static Proof of(RuleBook rules) {
        Findings findings = new Findings(rules);
        new StatusProof(findings).run();
        new EligibilityProof(findings).run();
        new NamingProof(findings).run();
        new QueueProof(findings).run();
        new DeadlineProof(findings).run();
        new FiringProof(findings).run();
        return findings.proof();
    }
}
