package presence.engine;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import presence.facts.TimeOfDay;

/**
 * What kind of value an expression of a rule has.
 *
 * @param raw its class
 * @param element what it holds, if it is a set
 */
record ValueType(Class<?> raw, @Nullable Class<?> element) {
    static final ValueType YES_OR_NO = new ValueType(boolean.class, null);
    static final ValueType NUMBER = new ValueType(long.class, null);
    static final ValueType TEXT = new ValueType(String.class, null);
    static final ValueType NULL = new ValueType(Void.class, null);

    /** A text that is a time of day: compared with others by their order too. */
    static final ValueType TIME_OF_DAY = new ValueType(String.class, TimeOfDay.class);

    /** Of an expression that is a fault already: nothing more is said about it. */
    static final ValueType UNKNOWN = new ValueType(Object.class, null);

    static ValueType of(Class<?> raw) {
        return raw == int.class || raw == long.class ? NUMBER : new ValueType(raw, null);
    }

    static ValueType of(Type declared) {
        if (declared instanceof ParameterizedType set) {
            return new ValueType(Set.class, (Class<?>) set.getActualTypeArguments()[0]);
        }
        return of((Class<?>) declared);
    }

    static ValueType of(RecordComponent field) {
        return field.isAnnotationPresent(TimeOfDay.class) ? TIME_OF_DAY : of(field.getGenericType());
    }

    boolean isSet() {
        return raw == Set.class;
    }

    boolean isNumber() {
        return equals(NUMBER) || equals(UNKNOWN);
    }

    boolean isYesOrNo() {
        return equals(YES_OR_NO) || equals(UNKNOWN);
    }

    /** Whether values of the two kinds can be the same. Facts and sets are not compared, nor is nothing with nothing. */
    boolean comparableWith(ValueType other) {
        if (equals(UNKNOWN) || other.equals(UNKNOWN)) {
            return true;
        }
        return (isSimple() && other.isSimple() && (equals(other) || (raw == String.class && other.raw == String.class)))
                || (equals(NULL) && other.isSimple() && !other.raw.isPrimitive())
                || (other.equals(NULL) && isSimple() && !raw.isPrimitive());
    }

    /** One value of a list, a text, a number, or yes or no. */
    private boolean isSimple() {
        return raw.isPrimitive() || raw.isEnum() || raw == String.class;
    }

    /** Whether one of the two kinds can be less than the other. */
    boolean orderedWith(ValueType other) {
        return (isNumber() && other.isNumber()) || (equals(TIME_OF_DAY) && other.equals(TIME_OF_DAY));
    }

    /** Whether this set can hold values of the other kind. */
    boolean canHold(ValueType value) {
        return equals(UNKNOWN)
                || value.equals(UNKNOWN)
                || (isSet() && element != null && ValueType.of((Type) element).comparableWith(value));
    }

    ValueSort sort() {
        if (equals(YES_OR_NO)) {
            return ValueSort.YES_OR_NO;
        }
        if (equals(NUMBER)) {
            return ValueSort.NUMBER;
        }
        if (raw == String.class) {
            return ValueSort.TEXT;
        }
        return isSet() ? ValueSort.SET : raw.isEnum() ? ValueSort.VALUE : ValueSort.FACT;
    }

    String shown() {
        if (equals(TIME_OF_DAY)) {
            return "a time of day";
        }
        if (element != null) {
            return "a set of " + of((Type) element).shown();
        }
        if (equals(YES_OR_NO)) {
            return "yes or no";
        }
        if (equals(NUMBER)) {
            return "a number";
        }
        if (equals(TEXT)) {
            return "text";
        }
        return equals(NULL) ? "null" : raw.getSimpleName();
    }
}
