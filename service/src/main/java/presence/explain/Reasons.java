package presence.explain;

import java.util.stream.Stream;
import presence.engine.Conclusion;
import presence.engine.Verdict;
import presence.facts.Capability;
import presence.facts.Reason;

/** The rules behind the reasons of a verdict, by their ids. */
public final class Reasons {
    private Reasons() {}

    /** The rules for which the agent is not eligible. */
    public static Stream<Finding.Said<Reason>> against(Verdict verdict, Capability capability) {
        return verdict.conclusions().stream().<Finding.Said<Reason>>mapMulti((conclusion, said) -> {
            if (conclusion instanceof Conclusion.Exclusion exclusion
                    && exclusion.capabilities().contains(capability)) {
                said.accept(new Finding.Said<>(exclusion.rule(), exclusion.reason()));
            } else if (conclusion instanceof Conclusion.Reserve reserve) {
                said.accept(new Finding.Said<>(reserve.rule(), reserve.reason()));
            }
        });
    }

    /** The rules for which nothing can be transferred to the agent. */
    public static Stream<Finding.Said<Reason>> againstTransfer(Verdict verdict, Capability capability) {
        return verdict.conclusions().stream().<Finding.Said<Reason>>mapMulti((conclusion, said) -> {
            if (conclusion instanceof Conclusion.TransferRefusal refusal
                    && refusal.capabilities().contains(capability)) {
                said.accept(new Finding.Said<>(refusal.rule(), refusal.reason()));
            }
        });
    }
}
