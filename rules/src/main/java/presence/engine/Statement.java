package presence.engine;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a rule looks at and what it concludes, as it is written. Immutable.
 *
 * @param fields the fields of facts that stand in its conditions, in their order
 * @param conclusions the names of its conclusions, such as {@code status}, in their order
 */
public record Statement(Set<Field> fields, Set<String> conclusions) {
    /** Of a rule that says nothing that could be read. */
    static final Statement NOTHING = new Statement(Set.of(), Set.of());

    public Statement {
        fields = Collections.unmodifiableSet(new LinkedHashSet<>(fields));
        conclusions = Collections.unmodifiableSet(new LinkedHashSet<>(conclusions));
    }

    /**
     * A field of a fact.
     *
     * @param fact the fact's class
     * @param name the field's name
     * @param question whether it is a question that the fact answers for an argument, such as {@code load( … )}
     */
    public record Field(Class<? extends Record> fact, String name, boolean question) {}
}
