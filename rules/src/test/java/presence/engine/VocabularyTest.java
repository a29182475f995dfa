package presence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import presence.facts.Agent;

class VocabularyTest {

    @Test
    void everyRecordAndEveryListOfTheFactsIsAWordOfTheRules()
            throws IOException, URISyntaxException, ClassNotFoundException {
        Path folder = Path.of(Objects.requireNonNull(Agent.class.getResource("Agent.class"))
                        .toURI())
                .getParent();
        List<Class<?>> records = new ArrayList<>();
        List<Class<?>> lists = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".class") && !name.contains("-") && !name.contains("$")) {
                    Class<?> type = Class.forName("presence.facts." + name.replace(".class", ""));
                    if (type.isRecord()) {
                        records.add(type);
                    } else if (type.isEnum()) {
                        lists.add(type);
                    }
                }
            }
        }
        assertThat(Vocabulary.facts()).hasSameElementsAs((List) records);
        assertThat(Vocabulary.values()).hasSameElementsAs((List) lists);
    }

    @Test
    void whatEditorsCompleteToIsAllowed() {
        for (Operator operator : Operator.values()) {
            boolean alone = operator.sorts().contains(ValueSort.FACT);
            String rule = "rule \"TEST-010 An operator is used\"\nwhen\n"
                    + "QueueAsked( $queue : queue ) Capacity( $capability : capability, $limit : limit )\n"
                    + (alone ? "Agent( ) " + operator.example() : "Agent( " + operator.example() + " )")
                    + "\nthen\nverdict.directChat();\nend\n";
            assertThat(RuleBook.compile(List.of(new RuleFile("test/test.drl", rule)))
                            .rules())
                    .as(operator.example())
                    .hasSize(1);
            assertThat(operator.example()).contains(operator.sign());
        }
    }

    @Test
    void theNearestWordIsSuggested() {
        List<String> words = List.of("ready", "work", "wrapUp", "AVAILABLE", "queues");
        assertThat(Suggestion.maybe("redy", words)).isEqualTo(" Maybe 'ready'.");
        assertThat(Suggestion.maybe("raedy", words)).isEqualTo(" Maybe 'ready'.");
        assertThat(Suggestion.maybe("wrapup", words)).isEqualTo(" Maybe 'wrapUp'.");
        assertThat(Suggestion.maybe("available", words)).isEqualTo(" Maybe 'AVAILABLE'.");
        assertThat(Suggestion.maybe("queue", words)).isEqualTo(" Maybe 'queues'.");
        assertThat(Suggestion.maybe("wok", words)).isEqualTo(" Maybe 'work'.");
        assertThat(Suggestion.maybe("id", List.of("at"))).isEmpty();
        assertThat(Suggestion.maybe("colour", words)).isEmpty();
        assertThat(Suggestion.maybe("r".repeat(10_000), words)).isEmpty();
        assertThat(Suggestion.distance("kitten", "sitting")).isEqualTo(3);
    }
}
