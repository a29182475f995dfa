package presence.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import presence.engine.Conclusion;
import presence.engine.Due;
import presence.engine.NotReady;
import presence.engine.Rule;
import presence.engine.Verdict;
import presence.facts.Capability;

/** What came of a case, in the words in which a file of scenarios expects it. */
final class Outcome {
    static final String NONE = "none";
    static final String YES = "yes";
    static final String NO = "no";

    private final List<Rule> fired;
    private final @Nullable Verdict verdict;
    private final String other;

    private Outcome(List<Rule> fired, @Nullable Verdict verdict, String other) {
        this.fired = List.copyOf(fired);
        this.verdict = verdict;
        this.other = other;
    }

    static Outcome of(Verdict verdict, List<Rule> fired) {
        return new Outcome(fired, verdict, NONE);
    }

    static Outcome ofReserve(boolean open, List<Rule> fired) {
        return new Outcome(fired, null, yesNo(open));
    }

    static Outcome ofGroup(@Nullable String group, List<Rule> fired) {
        return new Outcome(fired, null, group == null ? NONE : group);
    }

    static Outcome ofMiss(@Nullable NotReady concluded, List<Rule> fired) {
        return new Outcome(
                fired, null, concluded == null ? NONE : concluded.reason().name());
    }

    static Outcome of(List<Due> due, List<Rule> fired) {
        return new Outcome(fired, null, words(due.stream().map(Due::effect).toList()));
    }

    /** The rules that fired, each once, in the order of their ids. */
    List<Rule> fired() {
        return fired.stream().distinct().sorted(Rule.BY_ID).toList();
    }

    /** What came of one aspect, for one capability where the aspect is told by capability. */
    String value(Aspect aspect, @Nullable Capability capability) {
        return switch (aspect) {
            case STATUS -> verdict().status().name();
            case REASONS -> words(verdict().reasons());
            case ELIGIBLE -> capabilities(verdict()::eligible);
            case IN_RESERVE -> capabilities(verdict()::inReserve);
            case TRANSFER_TARGET -> capabilities(verdict()::transferTarget);
            case EXCLUDED -> words(verdict().exclusions(Objects.requireNonNull(capability)));
            case TRANSFER_REFUSED -> words(verdict().transferRefusals(Objects.requireNonNull(capability)));
            case RANK ->
                verdict().rank() == Verdict.UNRANKED
                        ? NONE
                        : Integer.toString(verdict().rank());
            case DIRECT_CHAT -> yesNo(verdict().directChat());
            case RESERVE_OPEN, JOINS, NOT_READY, HAPPENS -> other;
        };
    }

    /** The rules behind an aspect: those that said something about it, and for a claim the one that won. */
    List<Rule> because(Aspect aspect, @Nullable Capability capability) {
        if (verdict == null) {
            return fired();
        }
        List<Rule> rules = new ArrayList<>();
        for (Conclusion conclusion : verdict.conclusions()) {
            boolean concerns = switch (aspect) {
                case STATUS, REASONS -> conclusion instanceof Conclusion.StatusClaim && rules.isEmpty();
                case RANK -> conclusion instanceof Conclusion.Rank && rules.isEmpty();
                case DIRECT_CHAT -> conclusion instanceof Conclusion.DirectChat;
                case IN_RESERVE, ELIGIBLE, EXCLUDED ->
                    conclusion instanceof Conclusion.Reserve
                            || (conclusion instanceof Conclusion.Exclusion exclusion
                                    && (capability == null
                                            || exclusion.capabilities().contains(capability)));
                case TRANSFER_TARGET, TRANSFER_REFUSED ->
                    conclusion instanceof Conclusion.TransferRefusal refusal
                            && (capability == null || refusal.capabilities().contains(capability));
                default -> false;
            };
            if (concerns && !rules.contains(conclusion.rule())) {
                rules.add(conclusion.rule());
            }
        }
        return rules;
    }

    private Verdict verdict() {
        return Objects.requireNonNull(verdict);
    }

    static String capabilities(Predicate<Capability> which) {
        return words(Arrays.stream(Capability.values()).filter(which).toList());
    }

    static String words(Collection<? extends Enum<?>> values) {
        return values.isEmpty() ? NONE : values.stream().map(Enum::name).collect(Collectors.joining(", "));
    }

    static String yesNo(boolean yes) {
        return yes ? YES : NO;
    }
}
