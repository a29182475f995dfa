package presence.scenario;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import presence.engine.Vocabulary;
import presence.facts.TimeOfDay;

/** Reads a fact whose fields a scenario names as the vocabulary does. */
final class FactReader {
    private static final int MOST = 1_000_000;
    private static final Pattern TIME_OF_DAY = Pattern.compile(TimeOfDay.FORM);

    private FactReader() {}

    /**
     * Reads a fact.
     *
     * @param fact its class
     * @param value its fields, as far as the scenario gives them
     * @param otherwise what the fields are that the scenario does not give; those in neither cannot be given
     */
    static <R extends Record> R read(Class<R> fact, Value value, Map<String, Object> otherwise) {
        Map<String, Value> given = value.fields(Vocabulary.fields(fact).stream()
                .filter(field -> otherwise.containsKey(field) && !(otherwise.get(field) instanceof Fixed))
                .toList());
        RecordComponent[] components = fact.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            types[i] = components[i].getType();
            Value field = given.get(name);
            Object fallback = otherwise.get(name);
            arguments[i] = field != null
                    ? convert(field, components[i])
                    : fallback instanceof Fixed fixed ? fixed.value() : NOTHING.equals(fallback) ? null : fallback;
        }
        try {
            return fact.getDeclaredConstructor(types).newInstance(arguments);
        } catch (NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException("Cannot make a " + fact.getSimpleName(), e);
        }
    }

    /** Stands for a field that is null unless the scenario says otherwise. */
    static final String NOTHING = "\u0000";

    /** A field that a scenario cannot give. */
    record Fixed(Object value) {}

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static @Nullable Object convert(Value value, RecordComponent component) {
        Class<?> type = component.getType();
        if (component.isAnnotationPresent(TimeOfDay.class)) {
            if (!TIME_OF_DAY.matcher(value.text()).matches()) {
                throw value.unreadable("'" + component.getName() + "' is '" + value.text()
                        + "'; expected a time of day between double quotes: \"18:05\".");
            }
            return value.text();
        }
        if (type == boolean.class) {
            return value.yesNo();
        }
        if (type == int.class) {
            return value.number(MOST);
        }
        if (type.isEnum()) {
            return value.oneOf((Class<? extends Enum>) type.asSubclass(Enum.class));
        }
        String text = value.text();
        return text.equals(Outcome.NONE) ? null : text;
    }
}
