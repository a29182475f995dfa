package presence.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import presence.engine.RuleFile;
import presence.proof.Promise;
import presence.scenario.RulesReport;

/** What is checked once and asked for again, as a release is when it is made and when it is activated. */
class WorkshopTest {
    private static final List<RuleFile> FILES = List.of(
            new RuleFile("status.drl", "package presence.rules\nrule \"STATUS-010 x\" when Agent( redy ) then end\n"));

    private final Workshop workshop = new Workshop();

    @Test
    void the_same_files_are_checked_once() {
        RulesReport report = workshop.check(FILES, Set.of());

        assertThat(workshop.check(new ArrayList<>(FILES), EnumSet.noneOf(Promise.class)))
                .isSameAs(report);
    }

    @Test
    void other_files_or_other_overridden_promises_are_checked_anew() {
        RulesReport report = workshop.check(FILES, Set.of());

        RulesReport overridden = workshop.check(FILES, EnumSet.allOf(Promise.class));
        RulesReport renamed =
                workshop.check(List.of(new RuleFile("other.drl", FILES.get(0).text())), Set.of());

        assertThat(overridden).isNotSameAs(report);
        assertThat(overridden.overridden()).isEqualTo(EnumSet.allOf(Promise.class));
        assertThat(renamed.faults().toString()).contains("other.drl").doesNotContain("status.drl");
    }

    @Test
    void only_the_last_checks_are_remembered() {
        RulesReport report = workshop.check(FILES, Set.of());
        for (int file = 0; file < 4; file++) {
            workshop.check(List.of(new RuleFile(file + ".drl", FILES.get(0).text())), Set.of());
        }

        assertThat(workshop.check(FILES, Set.of())).isNotSameAs(report).isEqualTo(report);
    }
}
