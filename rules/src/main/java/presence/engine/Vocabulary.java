package presence.engine;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import presence.facts.Agent;
import presence.facts.Capability;
import presence.facts.Capacity;
import presence.facts.Channel;
import presence.facts.Conclusions;
import presence.facts.Deadline;
import presence.facts.GraceEnd;
import presence.facts.Meaning;
import presence.facts.MissedOffers;
import presence.facts.OfferEnd;
import presence.facts.OfferMissed;
import presence.facts.OnReturn;
import presence.facts.ProfileEnd;
import presence.facts.ProfileSelected;
import presence.facts.ProfileType;
import presence.facts.QueueAsked;
import presence.facts.QueueStaffing;
import presence.facts.Reason;
import presence.facts.RejectDelayEnd;
import presence.facts.SilenceEnd;
import presence.facts.StaleEnd;
import presence.facts.Status;
import presence.facts.TransferAsked;
import presence.facts.WrapUpEnd;

/** The words that rules are written in: the facts and their fields, the lists of values, the conclusions. */
public final class Vocabulary {
    private static final List<Class<? extends Record>> FACTS = List.of(
            Agent.class,
            Capacity.class,
            QueueAsked.class,
            TransferAsked.class,
            QueueStaffing.class,
            ProfileSelected.class,
            ProfileEnd.class,
            GraceEnd.class,
            WrapUpEnd.class,
            OfferMissed.class,
            MissedOffers.class,
            OfferEnd.class,
            RejectDelayEnd.class,
            StaleEnd.class,
            SilenceEnd.class);

    private static final List<Class<? extends Enum<?>>> VALUES =
            List.of(Status.class, Reason.class, ProfileType.class, Capability.class, Channel.class, OnReturn.class);

    private static final List<Method> CONCLUSIONS = Arrays.stream(Conclusions.class.getDeclaredMethods())
            .filter(method -> !method.isSynthetic())
            .sorted(Comparator.comparing(Method::getName).thenComparing(Method::toString))
            .toList();

    private Vocabulary() {}

    /** The facts that a rule may read. */
    public static List<Class<? extends Record>> facts() {
        return FACTS;
    }

    /** How many of these facts there can be at a time in a case: one for each capability, or one. */
    public static int most(Class<? extends Record> fact) {
        return fact == Capacity.class ? Capability.values().length : 1;
    }

    /** The lists of values, such as the statuses. */
    public static List<Class<? extends Enum<?>>> values() {
        return VALUES;
    }

    /** What a rule may conclude. */
    public static List<Method> conclusions() {
        return CONCLUSIONS;
    }

    /** The names of a fact's fields, in the order in which the fact declares them. */
    public static List<String> fields(Class<?> fact) {
        return Arrays.stream(fact.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    /** The names of a list's values, in their order. */
    public static List<String> constants(Class<?> values) {
        return Arrays.stream(values.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .toList();
    }

    /** What a field is, in words: {@code yes or no}, {@code a time of day}, {@code a set of …}. */
    public static String kind(RecordComponent field) {
        return ValueType.of(field).shown();
    }

    /** What an argument or an answer is, in words: {@code yes or no}, {@code a number}, {@code a set of …}. */
    public static String kind(Type declared) {
        return ValueType.of(declared).shown();
    }

    /** Of which sort a field, an argument or an answer is. */
    public static ValueSort sort(Type declared) {
        return ValueType.of(declared).sort();
    }

    /** The list or fact that a value is of, or what a set holds; the type itself for everything else. */
    public static Class<?> of(Type declared) {
        ValueType type = ValueType.of(declared);
        return type.element() == null ? type.raw() : type.element();
    }

    /** Whether a field can be {@code null}. */
    public static boolean canBeNull(RecordComponent field) {
        return field.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /**
     * What a word means: a fact, a field, a question, a list or a conclusion.
     *
     * @throws IllegalArgumentException if it is no word of the rules
     */
    public static String meaning(AnnotatedElement word) {
        Meaning meaning = word.getAnnotation(Meaning.class);
        if (meaning == null) {
            throw new IllegalArgumentException(word + " has no meaning.");
        }
        return meaning.value();
    }

    /** What a value of a list means. */
    public static String meaning(Class<?> values, String constant) {
        try {
            return meaning(values.getField(constant));
        } catch (NoSuchFieldException e) {
            throw new IllegalArgumentException(values.getSimpleName() + " has no " + constant + ".", e);
        }
    }

    /** The fact that a conclusion is about: a rule that draws it has to read that fact. */
    public static Class<?> about(Method conclusion) {
        for (Class<?> parameter : conclusion.getParameterTypes()) {
            if (Deadline.class.isAssignableFrom(parameter)) {
                return parameter;
            }
        }
        return switch (conclusion.getName()) {
            case "openReserve" -> QueueStaffing.class;
            case "joinGroup" -> ProfileSelected.class;
            case "notReady" -> OfferMissed.class;
            default -> Agent.class;
        };
    }

    /** The timer of a rule that waits, as it must be written. */
    public static String timer() {
        return RuleGrammar.TIMER;
    }

    /** Questions that a fact answers for an argument, such as {@code load( $capability )}. */
    public static List<Method> questions(Class<?> fact) {
        return Arrays.stream(fact.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getParameterCount() == 1 && !method.isSynthetic())
                .filter(method -> !method.getName().equals("equals"))
                .toList();
    }

    static Optional<Class<? extends Record>> fact(String name) {
        return FACTS.stream().filter(fact -> fact.getSimpleName().equals(name)).findFirst();
    }

    static Optional<Class<? extends Enum<?>>> valuesNamed(String name) {
        return VALUES.stream()
                .filter(values -> values.getSimpleName().equals(name))
                .findFirst();
    }

    static Optional<RecordComponent> field(Class<?> fact, String name) {
        return Arrays.stream(fact.getRecordComponents())
                .filter(field -> field.getName().equals(name))
                .findFirst();
    }

    static List<String> names(List<? extends Class<?>> classes) {
        return classes.stream().<String>map(Class::getSimpleName).toList();
    }
}
