package presence.explain;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import presence.engine.Rule;
import presence.engine.Statement;
import presence.engine.Verdict;
import presence.facts.Agent;
import presence.facts.Reason;
import presence.facts.Status;

/**
 * Why an agent was what is recorded of it, as far as that can be known: the rules of now are asked about the facts that are
 * kept.
 *
 * @param rulesRelease the rules that were asked: those of now
 * @param found what they conclude from what is kept; its facts are those that were read
 * @param agrees whether that is what is recorded
 * @param certain whether the rules that decide read nothing that is not kept
 */
public record PastExplanation(String rulesRelease, Finding<Explanation.Claim> found, boolean agrees, boolean certain) {

    /** The fields of an agent that the history does not have: they count offers that were open, or a delay. */
    public static final Set<String> NOT_KEPT =
            Set.of("load", "phone", "video", "chat", "items", "rejectDelay", "labels");

    static PastExplanation of(RulesInForce rules, Agent kept, Verdict verdict, Status recorded, List<Reason> reasons) {
        Rule winner = verdict.statusRule();
        return new PastExplanation(
                rules.release(),
                Finding.status(verdict, new FactsRead(rules.book(), List.of(kept), null)),
                verdict.status() == recorded && verdict.reasons().equals(reasons),
                rules.book().rules().stream()
                        .filter(rule -> winner == null || Rule.BY_ID.compare(rule, winner) <= 0)
                        .map(rules.book()::statement)
                        .filter(statement -> statement.conclusions().contains("status"))
                        .allMatch(PastExplanation::readsWhatIsKept));
    }

    private static boolean readsWhatIsKept(Statement statement) {
        return statement.fields().stream()
                .allMatch(field -> field.fact() == Agent.class && !NOT_KEPT.contains(field.name()));
    }

    /** The rule behind what is recorded; null if that cannot be known. */
    public @Nullable Rule rule() {
        return agrees && certain && !found.rules().isEmpty()
                ? found.rules().get(0).rule()
                : null;
    }
}
