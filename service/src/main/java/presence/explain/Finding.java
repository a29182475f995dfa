package presence.explain;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import presence.engine.Conclusion;
import presence.engine.Rule;
import presence.engine.Verdict;

/**
 * Why something is as it is.
 *
 * @param rules the rules that concluded it, by their ids; none if nothing did
 * @param facts what these rules read, or, where nothing was concluded, what the rules that could have concluded something
 *     read: the value of each field, in the vocabulary's words
 * @param <R> what a rule has to say
 */
public record Finding<R>(List<Said<R>> rules, Map<String, @Nullable Object> facts) {
    /** What a rule concluded. */
    public record Said<R>(Rule rule, R conclusion) {}

    /** What the rules said that claim a status; the first claim holds. */
    static Finding<Explanation.Claim> status(Verdict verdict, FactsRead read) {
        return of(
                verdict.conclusions().stream()
                        .filter(Conclusion.StatusClaim.class::isInstance)
                        .map(Conclusion.StatusClaim.class::cast)
                        .map(claim -> new Said<>(claim.rule(), new Explanation.Claim(claim.status(), claim.reasons()))),
                read,
                "status");
    }

    /** What the rules said that claim a rank; the first claim holds. */
    static Finding<Integer> rank(Verdict verdict, FactsRead read) {
        return of(
                verdict.conclusions().stream()
                        .filter(Conclusion.Rank.class::isInstance)
                        .map(Conclusion.Rank.class::cast)
                        .map(claim -> new Said<>(claim.rule(), claim.rank())),
                read,
                "rank");
    }

    /** What the rules said that make direct chats possible. */
    static Finding<Boolean> directChat(Verdict verdict, FactsRead read) {
        return of(
                verdict.conclusions().stream()
                        .filter(Conclusion.DirectChat.class::isInstance)
                        .map(conclusion -> new Said<>(conclusion.rule(), true)),
                read,
                "directChat");
    }

    /** @param conclusions what rules could have concluded, if none did */
    static <R> Finding<R> of(Stream<Said<R>> said, FactsRead read, String... conclusions) {
        List<Said<R>> rules = said.toList();
        return new Finding<>(
                rules,
                rules.isEmpty()
                        ? read.byAllThat(conclusions)
                        : read.by(rules.stream().map(Said::rule).toList()));
    }
}
