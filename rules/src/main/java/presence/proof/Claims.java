package presence.proof;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import presence.engine.Rule;

/** Who claimed what and lost: where several rules claim the same, the one with the lowest id has its say. One thread. */
final class Claims {
    private final Map<Rule, Set<Rule>> lostTo = new LinkedHashMap<>();
    private final Set<Rule> heard = new LinkedHashSet<>();

    /** Notes the claims about one case. */
    void note(List<Rule> claimants) {
        List<Rule> sorted = claimants.stream().distinct().sorted(Rule.BY_ID).toList();
        for (int i = 0; i < sorted.size(); i++) {
            if (i == 0) {
                heard.add(sorted.get(0));
            } else {
                lostTo.computeIfAbsent(sorted.get(i), unused -> new LinkedHashSet<>())
                        .add(sorted.get(0));
            }
        }
    }

    /** Names the rules that never have their say. */
    void tell(Findings findings) {
        List<Rule> losers = new ArrayList<>(lostTo.keySet());
        losers.removeAll(heard);
        for (Rule loser : losers) {
            String winners = lostTo.getOrDefault(loser, Set.of()).stream()
                    .sorted(Rule.BY_ID)
                    .map(Findings::named)
                    .collect(Collectors.joining(", "));
            findings.fault(
                    loser,
                    "lost " + loser.id(),
                    0,
                    () -> Findings.named(loser) + " never has its say: wherever it fires, a rule with a lower id has"
                            + " spoken already: " + winners + ". Delete it, or change the conditions of one of them.");
        }
    }
}
