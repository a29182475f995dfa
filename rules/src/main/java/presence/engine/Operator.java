package presence.engine;

import static presence.engine.ValueSort.FACT;
import static presence.engine.ValueSort.NUMBER;
import static presence.engine.ValueSort.SET;
import static presence.engine.ValueSort.TEXT;
import static presence.engine.ValueSort.VALUE;
import static presence.engine.ValueSort.YES_OR_NO;

import java.util.List;

/** What conditions can do with values. */
public enum Operator {
    EQUAL("==", "both are the same", "profileType == ProfileType.AWAY", VALUE, TEXT, NUMBER, YES_OR_NO),
    UNEQUAL("!=", "they are not the same", "profile != null", VALUE, TEXT, NUMBER, YES_OR_NO),
    LESS("<", "the first is less", "wrapUp < work", NUMBER),
    AT_MOST("<=", "the first is no more", "chat <= phone", NUMBER),
    MORE(">", "the first is more", "work > 0", NUMBER),
    AT_LEAST(">=", "the first is no less", "load( $capability ) >= $limit", NUMBER),
    IN("in", "it is one of these", "profileType in ( ProfileType.AWAY, ProfileType.TENTATIVE )", VALUE, TEXT, NUMBER),
    NOT_IN("not in", "it is none of these", "profileType not in ( ProfileType.AWAY )", VALUE, TEXT, NUMBER),
    CONTAINS("contains", "the set holds it", "capabilities contains Capability.CHAT", SET),
    NOT_CONTAINS("not contains", "the set does not hold it", "queues not contains $queue", SET),
    MEMBER_OF("memberOf", "it is in the set", "$capability memberOf capabilities", VALUE, TEXT),
    NOT_MEMBER_OF("not memberOf", "it is not in the set", "$queue not memberOf queues", VALUE, TEXT),
    SIZE(".size", "how many the set holds", "incapable.size > 0", SET),
    PLUS("+", "the sum", "phone + video > 0", NUMBER),
    MINUS("-", "the difference", "work - wrapUp > 0", NUMBER),
    OPPOSITE("!", "it is not so", "!ready", YES_OR_NO),
    BOTH("&&", "both hold; so does a comma between conditions", "ready && connected", YES_OR_NO),
    EITHER("||", "at least one holds", "ready || connected", YES_OR_NO),
    NOT("not", "there is no such fact", "not Capacity( limit == 0 )", FACT),
    EXISTS("exists", "there is such a fact, however many", "exists Capacity( limit == 0 )", FACT);

    private final String sign;
    private final String meaning;
    private final String example;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<ValueSort> sorts;

    Operator(String sign, String meaning, String example, ValueSort... sorts) {
        this.sign = sign;
        this.meaning = meaning;
        this.example = example;
        this.sorts = List.of(sorts);
    }

    /** As it is written. */
    public String sign() {
        return sign;
    }

    /** When it holds, or what it gives, in an analyst's words. */
    public String meaning() {
        return meaning;
    }

    /** A condition of an agent in which it stands; for {@link ValueSort#FACT} a condition by itself. */
    public String example() {
        return example;
    }

    /** Of which sorts its first value can be. */
    public List<ValueSort> sorts() {
        return sorts;
    }
}
