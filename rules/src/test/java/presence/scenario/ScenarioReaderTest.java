package presence.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import presence.engine.Rule;
import presence.engine.RuleBook;
import presence.engine.RuleFault;
import presence.engine.RuleFile;
import presence.facts.Agent;
import presence.facts.Capability;
import presence.facts.ProfileEnd;
import presence.facts.ProfileType;

class ScenarioReaderTest {
    private static final String STATUS = "status/status.scenarios.yml";
    private static List<Rule> rules;

    @BeforeAll
    static void compile() {
        rules = RuleBook.shipped().rules();
    }

    @Test
    void anAgentOfWhomNothingIsSaidIsReadyForEverything() {
        Agent agent = agent("- scenario: Nothing is said\n  fired: none\n");
        assertThat(agent.id()).isEqualTo("anna");
        assertThat(agent.signedIn()).isTrue();
        assertThat(agent.connected()).isTrue();
        assertThat(agent.connectionLost()).isFalse();
        assertThat(agent.ready()).isTrue();
        assertThat(agent.profile()).isEqualTo("available");
        assertThat(agent.profileType()).isEqualTo(ProfileType.AVAILABLE);
        assertThat(agent.load()).isZero();
        assertThat(agent.work()).isZero();
        assertThat(agent.capabilities()).containsExactlyInAnyOrder(Capability.values());
        assertThat(agent.incapable()).isEmpty();
        assertThat(agent.queues()).isEmpty();
    }

    @Test
    void countsFollowFromConversations() {
        Agent agent = agent("""
                - scenario: All kinds of conversations
                  agent:
                    offered: { PHONE: 1, EMAIL: 1 }
                    active: { CHAT: 2, TASK: 1, ITEMS: 1 }
                    wrapUp: { CHAT: 1, VIDEO: 1 }
                  fired: none
                """);
        assertThat(agent.work()).isEqualTo(6);
        assertThat(agent.wrapUp()).isEqualTo(2);
        assertThat(agent.load()).isEqualTo(8);
        assertThat(agent.phone()).isEqualTo(1);
        assertThat(agent.video()).isEqualTo(1);
        assertThat(agent.chat()).isEqualTo(3);
        assertThat(agent.items()).isEqualTo(3);
    }

    @Test
    void aSignedOutAgentIsNotReadyAndALostConnectionHasSignedOut() {
        assertThat(agent("- scenario: Signed out\n  agent: { signedIn: no }\n  fired: none\n")
                        .ready())
                .isFalse();
        assertThat(agent("- scenario: Connection lost\n  agent: { connectionLost: yes }\n  fired: none\n")
                        .signedIn())
                .isFalse();
    }

    @Test
    void whatIsSaidCounts() {
        Agent agent = agent("""
                - scenario: Everything is said
                  agent: { id: ben, signedIn: false, connected: no, connectionLost: true, ready: yes, profile: lunch,
                           profileType: AWAY, capabilities: [ CHAT, ITEMS ], queues: [ a, b ] }
                  fired: none
                """);
        assertThat(agent.id()).isEqualTo("ben");
        assertThat(agent.signedIn()).isFalse();
        assertThat(agent.connected()).isFalse();
        assertThat(agent.connectionLost()).isTrue();
        assertThat(agent.ready()).isTrue();
        assertThat(agent.profile()).isEqualTo("lunch");
        assertThat(agent.profileType()).isEqualTo(ProfileType.AWAY);
        assertThat(agent.capabilities()).containsExactlyInAnyOrder(Capability.CHAT, Capability.ITEMS);
        assertThat(agent.incapable()).containsExactlyInAnyOrder(Capability.PHONE, Capability.VIDEO);
        assertThat(agent.queues()).containsExactlyInAnyOrder("a", "b");
        assertThat(agent("- scenario: No profile yet\n  agent: { profileType: none }\n  fired: none\n")
                        .profileType())
                .isNull();
    }

    @Test
    void aDeadlineIsAskedAboutAtATimeCountedFromIt() {
        Subject.OfDeadline waiting =
                (Subject.OfDeadline) read("profiles/expiry.scenarios.yml", """
                - scenario: A profile of five minutes ago
                  profileEnd: { profile: training, onReturn: NOT_READY }
                  at: +5 min
                  fired: EXPIRY-020
                """).subject();
        assertThat(waiting.offset()).isEqualTo(300_000);
        assertThat(((ProfileEnd) waiting.deadline()).profile()).isEqualTo("training");
    }

    @Test
    void idsAreAListAWordOrNone() {
        Scenario scenario = read(STATUS, """
                - scenario: Two that fire and one near miss
                  fired: [ STATUS-010, STATUS-020 ]
                  nearMiss: STATUS-030
                """);
        assertThat(scenario.fired()).isEqualTo(Set.of("STATUS-010", "STATUS-020"));
        assertThat(scenario.nearMisses()).isEqualTo(Set.of("STATUS-030"));
        assertThat(scenario.line()).isEqualTo(1);
    }

    /** A file with one fault, the fault's line, and what is said. */
    static Stream<Arguments> faults() {
        return Stream.of(
                fault("", 0, "The file is empty; expected a list of scenarios"),
                fault("# nothing\n", 0, "The file is empty"),
                fault("scenario: One alone\n", 1, "expected a list of scenarios"),
                fault("- One alone\n", 1, "Expected a scenario: - scenario: What it shows"),
                fault("- scenario: [ open\n", 2, "not well-formed YAML"),
                fault("- scenario: A name: with a colon\n", 1, "not well-formed YAML"),
                fault("\tfired: none\n", 1, "not well-formed YAML"),
                fault("- fired: none\n", 1, "The scenario has no 'scenario'"),
                fault("- scenario: Short\n  fired: none\n", 1, "expected a sentence"),
                fault("- scenario: Long " + "x".repeat(200) + "\n  fired: none\n", 1, "up to 200 characters"),
                fault("- scenario: It has no rules\n", 1, "name the rules of status/status.drl that fire"),
                given("agnet: {}", "'a scenario' has no field 'agnet'", "Maybe 'agent'."),
                given("fired: none", 3, "'fired' is given twice"),
                given("agent: { redy: yes }", "'agent' has no field 'redy'", "Maybe 'ready'."),
                given("agent: { ready: maybe }", "'ready' is 'maybe'; expected yes or no."),
                given("agent: { ready: [ yes ] }", "'ready' is the list [yes]"),
                given("agent: { ready: }", "'ready' is empty"),
                given("agent: { ready: yes, ready: no }", "'ready' is given twice"),
                given("agent: ready", "'agent' is 'ready'; expected fields"),
                given("agent: { profileType: AWY }", "expected one of AVAILABLE, AWAY", "Maybe 'AWAY'."),
                given("agent: { active: { PHON: 1 } }", "'active' has no field 'PHON'", "Maybe 'PHONE'."),
                given("agent: { active: { PHONE: -1 } }", "a whole number, 0 to 1000"),
                given("agent: { active: { PHONE: 1.5 } }", "a whole number"),
                given("agent: { active: { PHONE: 99999999999 } }", "a whole number"),
                given("agent: { capabilities: [ CHATT ] }", "Maybe 'CHAT'."),
                given("policy: { capacity: { CHAT: 1001 } }", "a whole number, 0 to 1000"),
                given("policy: { transferMayExeed: yes }", "Maybe 'transferMayExceed'."),
                given("queueAsked: { queue: }", "'queue' is empty"),
                given("queueAsked: {}\n  transferAsked: {}", 3, "leave one out"),
                given("queueStaffing: {}\n  agent: {}", 1, "The scenario is about agent and queueStaffing"),
                given(
                        "queueStaffing: {}\n  policy: {}",
                        3,
                        "'policy' has no meaning for a scenario about queueStaffing"),
                given("queueStaffing: { eligible: many }", "a whole number"),
                given("at: 0", "'at' has no meaning for a scenario about agent"),
                given("graceEnd: {}", 1, "The scenario has no 'at'"),
                given("graceEnd: { at: 5 }\n  at: 0", 2, "'graceEnd' has no field 'at'; expected one of agent."),
                given("graceEnd: {}\n  at: 5 min", 3, "'at' is '5 min'; expected the time asked about"),
                given("graceEnd: {}\n  at: -1 day", 3, "'at' is '-1 day'"),
                given("graceEnd: {}\n  at: +999999999 h", 3, "'at' is '+999999999 h'"),
                given("profileEnd: { onReturn: KEP }\n  at: 0", 2, "Maybe 'KEEP'."),
                given("expect: { stauts: FREE }", "'expect' has no field 'stauts'", "Maybe 'status'."),
                given("expect: { status: FRE }", "expected one of FREE, BUSY, AWAY, OFFLINE. Maybe 'FREE'."),
                given("expect: { reasons: HANDLNG }", "Maybe 'HANDLING'."),
                given("expect: { excluded: { CHAT: ATCAPACITY } }", "Maybe 'AT_CAPACITY'."),
                given("expect: { rank: 100 }", "a whole number, 0 to 98"),
                given("expect: { directChat: 1 }", "expected yes or no"),
                given("expect: { joins: vip }", "'joins' is concluded about a profileSelected"),
                given("queueStaffing: {}\n  expect: { status: FREE }", 3, "expected one of reserveOpen"),
                given("graceEnd: {}\n  at: 0\n  expect: { happens: SIGNOUT }", 4, "Maybe 'SIGN_OUT'."),
                given(
                        "nearMiss: STATUS-11",
                        "There is no rule 'STATUS-11' in status/status.drl",
                        "Maybe 'STATUS-110'."),
                given("nearMiss: RANK-010", "RANK-010 is a rule of transfer/ranks.drl; its scenarios belong into"),
                given("nearMiss: [ STATUS-010, STATUS-010 ]", "named twice"),
                fault(
                        "- scenario: Both at once\n  fired: STATUS-010\n  nearMiss: STATUS-010\n",
                        1,
                        "stands under both fired and nearMiss"),
                fault(
                        "- scenario: The same name\n  fired: none\n- scenario: The same name\n  fired: none\n",
                        3,
                        "The scenario of line 1 has the same name"));
    }

    @ParameterizedTest(name = "[{index}] {2}")
    @MethodSource("faults")
    void everyFaultIsRefusedWithItsLine(String text, int line, List<String> says) {
        List<RuleFault> faults = new ArrayList<>();
        ScenarioReader.read(new RuleFile(STATUS, text), rules, faults);
        assertThat(faults).as("faults of%n%s", text).hasSize(1);
        assertThat(faults.get(0).file()).isEqualTo(STATUS);
        assertThat(faults.get(0).message()).contains(says);
        assertThat(faults.get(0).line()).as(faults.get(0).message()).isEqualTo(line);
        assertThat(faults.get(0).place().column()).isEqualTo(line == 0 ? 0 : column(text, faults.get(0)));
    }

    @Test
    void oneFaultDoesNotHideTheOtherScenariosAndTheirFaults() {
        List<RuleFault> faults = new ArrayList<>();
        List<Scenario> read = ScenarioReader.read(
                new RuleFile(
                        STATUS,
                        "- scenario: A first fault\n- scenario: A good one\n  fired: none\n- scenario: A second fault\n"),
                rules,
                faults);
        assertThat(faults).extracting(RuleFault::line).containsExactly(1, 4);
        assertThat(read).extracting(Scenario::name).containsExactly("A good one");
    }

    @Test
    void yamlThatIsMadeToHurtIsRefused() {
        for (String text : List.of(
                "- &a [ *a ]\n",
                "[".repeat(100_000),
                "- ? { a: b }\n  : c\n",
                "--- 1\n--- 2\n",
                "- !!java.lang.Object {}\n")) {
            List<RuleFault> faults = new ArrayList<>();
            assertThat(ScenarioReader.read(new RuleFile(STATUS, text), rules, faults))
                    .isEmpty();
            assertThat(faults)
                    .as(text.substring(0, Math.min(20, text.length())))
                    .isNotEmpty();
        }
    }

    /** Where the fault's line has the column: somewhere on it, not before its first word. */
    private static int column(String text, RuleFault fault) {
        String line = text.lines().skip(fault.line() - 1L).findFirst().orElse("");
        int indent = line.length() - line.stripLeading().length();
        assertThat(fault.place().column()).isBetween(Math.min(indent, 1), line.length() + 1);
        return fault.place().column();
    }

    private static Arguments fault(String text, int line, String... says) {
        return Arguments.of(text, line, List.of(says));
    }

    private static Arguments given(String fields, String... says) {
        return given(fields, 2, says);
    }

    private static Arguments given(String fields, int line, String... says) {
        return Arguments.of("- scenario: It has a fault\n  " + fields + "\n  fired: none\n", line, List.of(says));
    }

    private static Arguments given(String fields, int line, String says) {
        return given(fields, line, new String[] {says});
    }

    private static Agent agent(String text) {
        return ((Subject.OfAgent) read(STATUS, text).subject()).agent();
    }

    private static Scenario read(String path, String text) {
        List<RuleFault> faults = new ArrayList<>();
        List<Scenario> scenarios = ScenarioReader.read(new RuleFile(path, text), rules, faults);
        assertThat(faults).isEmpty();
        assertThat(scenarios).hasSize(1);
        return scenarios.get(0);
    }
}
