package presence.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import presence.engine.RuleFile;
import presence.rulebook.RuleDiff.Kind;

/** Two sets of rules are compared rule by rule, whichever files they stand in. */
class RuleDiffTest {
    private static final String FIRST = rule("STATUS-010", "First", "Agent( signedIn )");
    private static final String SECOND = rule("STATUS-020", "Second", "Agent( !signedIn )");

    private static String rule(String id, String sentence, String condition) {
        return "rule \"" + id + " " + sentence + " of all rules\"\nwhen\n    " + condition
                + "\nthen\n    verdict.directChat();\nend\n";
    }

    private static RuleFile rules(String path, String... rules) {
        return new RuleFile(path, String.join("\n", rules));
    }

    @Test
    void names_what_was_added_removed_and_changed_and_not_what_only_moved() {
        RuleDiff diff = RuleDiff.between(
                List.of(rules("a/a.drl", FIRST, SECOND, rule("STATUS-030", "Third", "Agent( ready )"))),
                List.of(
                        rules("b/b.drl", SECOND),
                        rules("a/a.drl", FIRST.replace("signedIn", "ready"), rule("STATUS-040", "New", "Agent( )"))));

        assertThat(diff.rules())
                .extracting(RuleDiff.Changed::rule, RuleDiff.Changed::kind)
                .containsExactly(
                        tuple("STATUS-010", Kind.CHANGED),
                        tuple("STATUS-030", Kind.REMOVED),
                        tuple("STATUS-040", Kind.ADDED));
        assertThat(diff.rules().get(0).before()).isEqualTo(FIRST.strip());
        assertThat(diff.scenarios()).isEmpty();
    }

    @Test
    void a_comment_belongs_to_the_rule_below_it() {
        RuleDiff diff = RuleDiff.between(
                List.of(rules("a.drl", FIRST, "/* Why. */\n" + SECOND)),
                List.of(rules("a.drl", FIRST, "/* Why not. */\n" + SECOND)));

        assertThat(diff.rules()).extracting(RuleDiff.Changed::rule).containsExactly("STATUS-020");
        assertThat(diff.rules().get(0).after()).startsWith("/* Why not. */");
    }

    @Test
    void scenarios_are_compared_file_by_file() {
        RuleDiff diff = RuleDiff.between(
                List.of(new RuleFile("a.scenarios.yml", "- scenario: A"), new RuleFile("b.scenarios.yml", "")),
                List.of(new RuleFile("a.scenarios.yml", "- scenario: B"), new RuleFile("c.scenarios.yml", "")));

        assertThat(diff.scenarios())
                .containsExactly(
                        new RuleDiff.ChangedFile("a.scenarios.yml", Kind.CHANGED),
                        new RuleDiff.ChangedFile("b.scenarios.yml", Kind.REMOVED),
                        new RuleDiff.ChangedFile("c.scenarios.yml", Kind.ADDED));
    }
}
