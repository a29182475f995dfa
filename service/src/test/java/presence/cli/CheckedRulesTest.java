package presence.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import presence.api.RulesReportDocument;
import presence.engine.RuleFile;
import presence.engine.RuleFiles;
import presence.proof.Promise;
import presence.scenario.RulesCheck;
import presence.scenario.RulesReport;

/** What a service finds is told as {@code check-rules} tells it, sign for sign, in every format. */
final class CheckedRulesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = Path.of("rules");

    private static final String SHIPPED = "transfer/targets.drl";

    @Test
    void rules_without_a_fault_are_told_alike() throws Exception {
        assertToldAlike(shipped(), Set.of(), 0);
    }

    @Test
    void rules_that_cannot_be_read_are_told_alike() throws Exception {
        assertToldAlike(changed(SHIPPED, "signedIn", "signedInn"), Set.of(), 1);
    }

    @Test
    void scenarios_that_fail_are_told_alike() throws Exception {
        assertToldAlike(
                changed("status/status.scenarios.yml", "reasons: SIGNED_OUT", "reasons: HANDLING"), Set.of(), 2);
    }

    @Test
    void promises_that_are_broken_are_told_alike_overridden_or_not() throws Exception {
        List<RuleFile> files = changed(
                "status/status.drl",
                "verdict.status( Status.BUSY, Reason.PROFILE_CONFERENCE )",
                "verdict.status( Status.AWAY, Reason.PROFILE_CONFERENCE )");

        assertToldAlike(files, Set.of(), 1);
        assertToldAlike(files, EnumSet.of(Promise.CONFERENCE_IS_BUSY), 1);
    }

    private static void assertToldAlike(List<RuleFile> files, Set<Promise> overridden, int leastFaults)
            throws Exception {
        RulesReport report =
                RulesCheck.of(ending(files, RuleFiles.RULES), ending(files, RuleFiles.SCENARIOS), overridden);
        assertThat(report.faults()).hasSizeGreaterThanOrEqualTo(leastFaults);
        String json = CheckRulesCommand.json(out -> RulesReportDocument.write(out, report));
        CheckedRules checked = CheckedRules.read(JSON.readTree(json), files);

        assertThat(checked.sound()).isEqualTo(report.sound());
        assertThat(checked.text(CheckRulesCommand.TEXT, FOLDER)).isEqualTo(report.text());
        assertThat(checked.text(CheckRulesCommand.AS_JSON, FOLDER)).isEqualTo(json);
        assertThat(checked.text(CheckRulesCommand.SARIF, FOLDER))
                .isEqualTo(CheckRulesCommand.json(out -> SarifReport.write(out, report.faults(), FOLDER)));
        assertThat(checked.text(CheckRulesCommand.JUNIT, FOLDER))
                .isEqualTo(JunitReport.text(report.played(), report.faults()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sound", "files", "rules", "scenarios", "passed", "cases", "brokenOnPurpose", "faults"})
    void a_document_that_lacks_something_is_no_report(String field) throws Exception {
        ObjectNode document = (ObjectNode) document();
        document.remove(field);

        assertThatThrownBy(() -> CheckedRules.read(document, List.of()))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("Maybe it is of another version than this program.");
    }

    @Test
    void what_a_service_says_does_not_steer_the_terminal() throws Exception {
        ObjectNode document = (ObjectNode) document();
        document.withArray("faults")
                .addObject()
                .put("kind", "A_KIND_OF_LATER")
                .put("file", "status/status.drl")
                .put("line", 3)
                .put("message", "red \u001b[31m and gone\r\u001b[2K");

        assertThat(CheckedRules.read(document, List.of()).text(CheckRulesCommand.TEXT, FOLDER))
                .startsWith("status/status.drl:3: red  [31m and gone [2K" + System.lineSeparator());
    }

    private static JsonNode document() throws IOException {
        return JSON.readTree("""
                {"sound":true,"files":1,"rules":2,"scenarios":3,"passed":3,"cases":4,"brokenOnPurpose":[],"faults":[]}
                """);
    }

    private static List<RuleFile> shipped() {
        return Stream.concat(RuleFiles.shipped().stream(), RuleFiles.shipped(RuleFiles.SCENARIOS).stream())
                .toList();
    }

    private static List<RuleFile> changed(String path, String from, String to) {
        List<RuleFile> changed = shipped().stream()
                .map(file -> file.path().equals(path)
                        ? new RuleFile(path, file.text().replace(from, to))
                        : file)
                .toList();
        assertThat(changed).isNotEqualTo(shipped());
        return changed;
    }

    private static List<RuleFile> ending(List<RuleFile> files, String ending) {
        return files.stream().filter(file -> file.path().endsWith(ending)).toList();
    }
}
