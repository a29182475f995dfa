package presence.scenario;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import presence.engine.FaultKind;
import presence.engine.RuleFault;
import presence.engine.RuleFile;
import presence.engine.RuleFiles;
import presence.proof.BrokenPromise;
import presence.proof.Promise;

class RulesCheckTest {
    private static final String RULE = """
            rule "TEST-010 An agent can chat"
            when
                Agent( signedIn, capabilities contains Capability.CHAT )
            then
                verdict.directChat();
            end
            """;

    private static final String SCENARIOS = """
            - scenario: A signed-in agent can chat
              fired: TEST-010
            - scenario: A signed-out agent cannot chat
              agent: { signedIn: no }
              fired: none
              nearMiss: TEST-010
            """;

    private static final String TIMED_RULE = """
            rule "TEST-010 The grace ends now"
            timer( expr: 0, 1; start=$at, repeat-limit=1 )
            when
                $end : GraceEnd( $at : at )
            then
                verdict.signOut( $end );
            end
            """;

    @TempDir
    private Path folder;

    @Test
    void aSoundFolderPasses() throws IOException {
        writeShipped();
        write("test/test.drl", RULE);
        write("test/test.scenarios.yml", SCENARIOS);
        RulesReport report = RulesCheck.of(folder);
        assertThat(report.faults()).isEmpty();
        assertThat(report.sound()).isTrue();
        assertThat(report.text())
                .matches(report.rules() + " rules in " + report.files() + " files, " + report.scenarios() + " of "
                        + report.scenarios() + " scenarios passed, [0-9,]{6,} cases tried, 0 faults");
    }

    @Test
    void aScenarioThatFailsIsAFault() throws IOException {
        write("test/test.drl", RULE);
        write(
                "test/test.scenarios.yml",
                SCENARIOS.replace("fired: none", "expect: { directChat: yes }\n  fired: none"));
        writeShipped();
        RulesReport report = RulesCheck.of(folder);
        assertThat(report.sound()).isFalse();
        assertThat(report.passed()).isEqualTo(report.scenarios() - 1);
        assertThat(report.text())
                .startsWith(
                        "test/test.scenarios.yml:5:25: \"A signed-out agent cannot chat\": expected directChat: yes; came:"
                                + " no, by no rule.")
                .endsWith(" cases tried, 1 fault");
    }

    @Test
    void aRuleWithoutScenariosIsAFaultOnBothCounts() throws IOException {
        write("test/test.drl", RULE);
        assertThat(faults())
                .containsExactly(
                        "test/test.drl:1: TEST-010 has no scenario in which it fires (fired: TEST-010); write one in"
                                + " test/test.scenarios.yml.",
                        "test/test.drl:1: TEST-010 has no scenario in which it must not fire (nearMiss: TEST-010); write"
                                + " one in test/test.scenarios.yml.");
    }

    @Test
    void aRuleThatWaitsIsProvenAtItsDeadlineAndAMillisecondBefore() throws IOException {
        write("profiles/test.drl", TIMED_RULE);
        write("profiles/test.scenarios.yml", """
                - scenario: Late enough
                  graceEnd: {}
                  at: +1 s
                  fired: TEST-010
                - scenario: Much too early
                  graceEnd: {}
                  at: -1 s
                  fired: none
                  nearMiss: TEST-010
                """);
        assertThat(faults())
                .containsExactly(
                        "profiles/test.drl:1: TEST-010 has no scenario in which it fires at its deadline (at: 0); write"
                                + " one in profiles/test.scenarios.yml.",
                        "profiles/test.drl:1: TEST-010 has no scenario in which it must not fire a millisecond early"
                                + " (at: -1 ms); write one in profiles/test.scenarios.yml.");
    }

    private static RulesReport check(Depth depth, String rules, String scenarios) {
        return RulesCheck.of(
                List.of(new RuleFile("test/test.drl", rules)),
                List.of(new RuleFile("test/test.scenarios.yml", scenarios)),
                Set.of(),
                depth);
    }

    @Test
    void toReadRulesFindsWhatIsWrittenWrongWithItsPlaceAndRunsNothing() {
        RulesReport report = check(Depth.LINT, RULE.replace("signedIn", "singedIn"), SCENARIOS);
        assertThat(report.faults()).hasSize(1);
        assertThat(report.faults().get(0).toString())
                .startsWith("test/test.drl:3:12: ")
                .contains("Maybe", "signedIn");
        assertThat(report.faults().get(0).place().hasEnd()).isTrue();
        assertThat(report.rules()).isZero();
        assertThat(report.played()).extracting(Played::outcome).containsOnly(Played.Outcome.NOT_RUN);
    }

    @Test
    void toReadRulesFindsThatARuleLacksAScenarioAndNotThatOneWouldFail() {
        RulesReport failing =
                check(Depth.LINT, RULE, SCENARIOS.replace("fired: none", "expect: { directChat: yes }\n  fired: none"));
        assertThat(failing.faults()).isEmpty();
        assertThat(failing.depth()).isEqualTo(Depth.LINT);
        assertThat(failing.rules()).isEqualTo(1);
        assertThat(failing.passed()).isZero();
        assertThat(check(Depth.LINT, RULE, SCENARIOS.replace("nearMiss: TEST-010", ""))
                        .faults())
                .extracting(RuleFault::kind)
                .containsExactly(FaultKind.COVERAGE);
    }

    @Test
    void toRunTheExamplesTellsOfEachWhetherItPassedAndWhatFiredAndProvesNothing() {
        RulesReport report = check(
                Depth.EXAMPLES, RULE, SCENARIOS.replace("fired: none", "expect: { directChat: yes }\n  fired: none"));
        assertThat(report.played())
                .extracting(Played::outcome)
                .containsExactly(Played.Outcome.PASSED, Played.Outcome.FAILED);
        assertThat(report.played()).extracting(Played::fired).containsExactly(List.of("TEST-010"), List.of());
        assertThat(report.faults()).isEqualTo(report.played().get(1).faults()).hasSize(1);
        assertThat(report.cases()).isZero();
        assertThat(check(Depth.EXAMPLES, RULE, SCENARIOS).sound()).isTrue();
        assertThat(check(Depth.PROOF, RULE, SCENARIOS).sound())
                .as("most agents have no status")
                .isFalse();
    }

    @Test
    void scenariosWithoutRulesBesideThemAreAFault() throws IOException {
        write("test/test.drl", RULE);
        write("test/test.scenarios.yml", SCENARIOS);
        write("test/tset.scenarios.yml", "- scenario: It proves nothing\n  fired: none\n");
        assertThat(faults())
                .containsExactly(
                        "test/tset.scenarios.yml: There is no file test/tset.drl; scenarios lie beside the rules"
                                + " they prove.");
    }

    @Test
    void aSetWhoseDecisionsCostTooMuchIsRefusedWithTheRuleThatCosts() throws IOException {
        write("test/test.drl", RULE + """
                rule "TEST-020 Far too much is said of those who have just rejected an offer"
                when
                    Agent( signedIn, rejectDelay )
                    Capacity()
                    Capacity()
                    Capacity()
                then
                    verdict.rank( 1 );
                    verdict.rank( 2 );
                    verdict.rank( 3 );
                    verdict.rank( 4 );
                    verdict.rank( 5 );
                end
                """);
        write("test/test.scenarios.yml", SCENARIOS);
        assertThat(RulesCheck.of(folder).faults())
                .filteredOn(fault -> fault.kind() == FaultKind.LIMIT)
                .extracting(RuleFault::toString)
                .singleElement(as(InstanceOfAssertFactories.STRING))
                .startsWith("test/test.drl:7: TEST-020 costs too much: it fired ")
                .endsWith("The rules draw more than 256 conclusions about one agent; the last by TEST-020.");
    }

    @Test
    void aSetWithoutRulesIsNotSound() {
        assertThat(RulesCheck.of(List.of(), List.of()).faults())
                .extracting(RuleFault::toString)
                .containsExactly("rules: There is no file of rules (*.drl).");
    }

    @Test
    void scenariosOfAnyNameAndNumberAreAFaultAndNothingWorse() {
        List<RuleFile> rules = List.of(new RuleFile("test/test.drl", RULE));
        for (String path : List.of("", "x", "../test.scenarios.yml", "test/test.drl", "test/test.yml")) {
            assertThat(RulesCheck.of(rules, List.of(new RuleFile(path, SCENARIOS)))
                            .sound())
                    .as(path)
                    .isFalse();
        }
        List<RuleFile> many =
                new ArrayList<>(Collections.nCopies(201, new RuleFile("test/test.scenarios.yml", SCENARIOS)));
        assertThat(RulesCheck.of(rules, many).faults())
                .extracting(RuleFault::kind)
                .contains(FaultKind.LIMIT);
        RuleFile faults = new RuleFile("test/test.scenarios.yml", "- x\n".repeat(50_000));
        assertThat(RulesCheck.of(rules, List.of(faults)).faults()).hasSizeLessThan(130);
    }

    @Test
    void rulesThatAreNotInTheHouseFormAreNeverRun() throws IOException {
        write("test/test.drl", RULE.replace("verdict.directChat();", "verdict.directChat(); System.exit( 1 );"));
        write("test/test.scenarios.yml", SCENARIOS);
        RulesReport report = RulesCheck.of(folder);
        assertThat(report.text().lines())
                .containsExactly(
                        "test/test.drl:5:27: A rule only concludes: expected verdict. and a conclusion, or end; found"
                                + " 'System'.",
                        "1 files, 2 scenarios not run: mend the rules first, 1 fault");
    }

    @Test
    void whateverItIsGivenItAnswersWithFaults() throws IOException {
        assertThat(report(folder.resolve("missing")))
                .contains("This is no folder, or it cannot be read.")
                .contains("0 files");
        assertThat(report(folder)).contains("There is no file of rules (*.drl) in this folder or below it.");

        write("test/broken.drl", "rule \"TEST-010 It is broken");
        assertThat(report(folder)).contains("test/broken.drl:1:6: The text has no closing \" on its line.");
        assertThat(report(folder.resolve("test/broken.drl"))).contains("This is no folder");

        write("test/broken.drl", RULE);
        write("test/broken.scenarios.yml", "- scenario: [ broken");
        assertThat(report(folder)).contains("test/broken.scenarios.yml:1:21: This is not well-formed YAML");

        Files.write(folder.resolve("test/broken.scenarios.yml"), new byte[] {(byte) 0xC3, 0x28});
        assertThat(report(folder)).contains("test/broken.scenarios.yml: The file is not text in UTF-8");

        Files.delete(folder.resolve("test/broken.scenarios.yml"));
        Files.createSymbolicLink(folder.resolve("test/broken.scenarios.yml"), folder.resolve("nowhere"));
        assertThat(report(folder)).contains("test/broken.scenarios.yml: The file cannot be read");

        Files.delete(folder.resolve("test/broken.scenarios.yml"));
        write("Odd Folder/odd.drl", RULE.replace("010", "020"));
        assertThat(report(folder)).contains("Odd Folder");
    }

    @Test
    void binaryAndMangledFilesAreFaultsAndNothingWorse() throws IOException {
        long seed = 20_260_105;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Path rules = write("test/test.drl", RULE);
        Path scenarios = write("test/test.scenarios.yml", SCENARIOS);
        byte[] noise = new byte[5_000];
        random.nextBytes(noise);
        Files.write(rules, noise);
        assertThat(RulesCheck.of(folder).sound()).isFalse();

        for (int round = 0; round < 150; round++) {
            Files.writeString(rules, round % 2 == 0 ? mangled(RULE + TIMED_RULE, random) : RULE);
            Files.writeString(scenarios, round % 2 == 0 ? SCENARIOS : mangled(SCENARIOS, random));
            RulesReport report = RulesCheck.of(folder);
            assertThat(report.text()).as("seed %s, round %s", seed, round).doesNotContain("Exception");
        }
    }

    /** Some signs of it left out, doubled or exchanged. */
    private static String mangled(String text, Random random) {
        StringBuilder mangled = new StringBuilder(text);
        for (int i = 0; i < 3; i++) {
            int at = random.nextInt(mangled.length());
            switch (random.nextInt(3)) {
                case 0 -> mangled.deleteCharAt(at);
                case 1 -> mangled.insert(at, mangled.charAt(at));
                default -> mangled.setCharAt(at, mangled.charAt(random.nextInt(mangled.length())));
            }
        }
        return mangled.toString();
    }

    @Test
    void draftsThatLieInNoFolderAreCheckedInTheSameWay() {
        RulesReport shipped = RulesCheck.of(RuleFiles.shipped(), RuleFiles.shipped(RuleFiles.SCENARIOS));
        assertThat(shipped).isEqualTo(RulesCheck.ofShipped());
    }

    @Test
    void rulesThatAreRightInEveryExampleAreTriedInEveryCase() throws IOException {
        writeShipped();
        write("test/test.drl", RULE.replace("signedIn", "!signedIn, ready"));
        write("test/test.scenarios.yml", """
                - scenario: An agent who is ready and signed out can chat, as far as anybody has thought
                  agent: { signedIn: no, ready: yes }
                  fired: TEST-010
                - scenario: A signed-out agent cannot chat
                  agent: { signedIn: no }
                  fired: none
                  nearMiss: TEST-010
                """);
        RulesReport report = RulesCheck.of(folder);
        assertThat(report.passed()).isEqualTo(report.scenarios());
        assertThat(report.faults())
                .singleElement()
                .asString()
                .startsWith("test/test.drl:1: TEST-010")
                .contains("can never fire");
    }

    @Test
    void aBrokenPromiseIsAFaultUnlessItIsOverriddenByItsName() throws IOException {
        writeShipped();
        write("test/test.drl", RULE.replace(", capabilities contains Capability.CHAT", ""));
        write("test/test.scenarios.yml", SCENARIOS);
        RulesReport refused = RulesCheck.of(folder);
        assertThat(refused.broken()).extracting(BrokenPromise::promise).containsExactly(Promise.CAPABILITY_IS_NEEDED);
        RuleFault fault = refused.broken().get(0).fault();
        assertThat(fault.file()).isEqualTo("test/test.drl");
        assertThat(refused.faults()).contains(fault);
        assertThat(RulesCheck.of(folder, Set.of(Promise.AWAY_IS_AWAY)).faults()).isEqualTo(refused.faults());

        RulesReport meant = RulesCheck.of(folder, Set.of(Promise.CAPABILITY_IS_NEEDED));
        assertThat(meant.faults())
                .doesNotContain(fault)
                .hasSize(refused.faults().size() - 1);
        assertThat(meant.brokenOnPurpose()).isEqualTo(refused.broken());
        assertThat(meant.text())
                .contains("overridden: CAPABILITY-IS-NEEDED (An agent takes only what they have the capability for)");
    }

    /** Of the files of this test; what rules that are not there would have said does not matter. */
    private List<String> faults() {
        return RulesCheck.of(folder).faults().stream()
                .filter(fault -> fault.file().contains("test"))
                .map(RuleFault::toString)
                .toList();
    }

    private void writeShipped() throws IOException {
        for (String ending : List.of(RuleFiles.RULES, RuleFiles.SCENARIOS)) {
            for (RuleFile file : RuleFiles.shipped(ending)) {
                write(file.path(), file.text());
            }
        }
    }

    private static String report(Path path) {
        RulesReport report = RulesCheck.of(path);
        assertThat(report.sound()).isFalse();
        return report.text();
    }

    private Path write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
