package presence.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import presence.engine.Place;
import presence.engine.Suggestion;

/**
 * A value in a file of scenarios: text, a list, or named fields. Every reading of it in another way than it is written is
 * refused, with its line.
 *
 * @param name the field it is the value of
 * @param node the value
 */
record Value(String name, Node node) {

    /** Where it stands; its end too, if that is on the same line. */
    Place place() {
        if (node.getStartMark().isEmpty()) {
            return Place.UNKNOWN;
        }
        Mark start = node.getStartMark().get();
        int line = start.getLine() + 1;
        int column = start.getColumn() + 1;
        return node.getEndMark()
                .filter(end -> end.getLine() == start.getLine() && end.getColumn() > start.getColumn())
                .map(end -> new Place(line, column, line, end.getColumn() + 1))
                .orElse(new Place(line, column, 0, 0));
    }

    UnreadableException unreadable(String message) {
        return new UnreadableException(place(), message);
    }

    /** Nothing stands behind the colon. */
    boolean isEmpty() {
        return node instanceof ScalarNode scalar && scalar.getValue().isEmpty();
    }

    String text() {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue().strip();
        }
        throw unreadable("'" + name + "' is " + shown() + "; expected one word or text.");
    }

    boolean yesNo() {
        return switch (text()) {
            case "yes", "true" -> true;
            case "no", "false" -> false;
            default -> throw unreadable("'" + name + "' is " + shown() + "; expected yes or no.");
        };
    }

    int number(int most) {
        String text = text();
        if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        throw unreadable("'" + name + "' is " + shown() + "; expected a whole number, 0 to " + most + ".");
    }

    <E extends Enum<E>> E oneOf(Class<E> values) {
        return Enum.valueOf(
                values,
                oneOf(List.of(values.getEnumConstants()).stream()
                        .map(Enum::name)
                        .toList()));
    }

    String oneOf(Collection<String> known) {
        String text = text();
        if (known.contains(text)) {
            return text;
        }
        throw unreadable("'" + name + "' is " + shown() + "; expected one of " + String.join(", ", known) + "."
                + Suggestion.maybe(text, known));
    }

    /** A list of words; a single word is a list of one, and {@code none} a list of none. */
    List<Value> words() {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream()
                    .map(item -> new Value(name, item))
                    .toList();
        }
        return text().equals(Outcome.NONE) ? List.of() : List.of(this);
    }

    /** The items of a list. */
    List<Value> items(String expected) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream()
                    .map(item -> new Value(name, item))
                    .toList();
        }
        throw unreadable("Here is " + shown() + "; expected " + expected);
    }

    boolean hasFields() {
        return node instanceof MappingNode;
    }

    /** Named fields; nothing behind the colon is no fields. */
    Map<String, Value> fields(Collection<String> known) {
        if (isEmpty()) {
            return Map.of();
        }
        if (!(node instanceof MappingNode mapping)) {
            throw unreadable(
                    "'" + name + "' is " + shown() + "; expected fields: { " + String.join(": …, ", known) + ": … }.");
        }
        Map<String, Value> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Value key = new Value("a field's name", tuple.getKeyNode());
            String text = key.text();
            if (!known.contains(text)) {
                throw key.unreadable("'" + name + "' has no field '" + text + "'; expected one of "
                        + String.join(", ", known) + "." + Suggestion.maybe(text, known));
            }
            if (fields.put(text, new Value(text, tuple.getValueNode())) != null) {
                throw key.unreadable("'" + text + "' is given twice; leave one out.");
            }
        }
        return fields;
    }

    private String shown() {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue().isBlank() ? "empty" : "'" + scalar.getValue() + "'";
        }
        if (node instanceof SequenceNode sequence) {
            List<String> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(item instanceof ScalarNode scalar ? scalar.getValue() : "…");
            }
            return "the list [" + items.stream().limit(5).collect(Collectors.joining(", ")) + "]";
        }
        return "a group of fields";
    }
}
