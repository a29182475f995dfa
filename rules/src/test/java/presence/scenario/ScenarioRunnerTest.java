package presence.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import presence.engine.RuleBook;
import presence.engine.RuleFault;
import presence.engine.RuleFile;

/** How a scenario that fails is explained. */
class ScenarioRunnerTest {
    private static RuleBook rules;

    @BeforeAll
    static void compile() {
        rules = RuleBook.shipped();
    }

    @Test
    void anotherStatusIsToldWithTheRuleBehindIt() {
        assertThat(run("status/status", """
                - scenario: An agent on a call is free
                  agent: { active: { PHONE: 1 } }
                  expect:
                    status: FREE
                    reasons: none
                  fired: STATUS-090
                """))
                .containsExactly(
                        "status/status.scenarios.yml:4:13: \"An agent on a call is free\": expected status: FREE; came: BUSY,"
                                + " by STATUS-090 (An available, ready agent with work is busy).",
                        "status/status.scenarios.yml:5:14: \"An agent on a call is free\": expected reasons: none; came:"
                                + " HANDLING, by STATUS-090 (An available, ready agent with work is busy).");
    }

    @Test
    void otherRulesThatFireAreTold() {
        assertThat(run("status/status", """
                - scenario: The wrong rules are named
                  fired: STATUS-120
                  nearMiss: STATUS-130
                """))
                .containsExactly(
                        "status/status.scenarios.yml:1:3: \"The wrong rules are named\": expected to fire: STATUS-120; fired"
                                + " in status/status.drl: STATUS-130 (An available, ready agent without work is free).",
                        "status/status.scenarios.yml:1:3: \"The wrong rules are named\": a near miss, but it fired:"
                                + " STATUS-130 (An available, ready agent without work is free).");
        assertThat(run("status/status", "- scenario: A rule is not named\n  fired: none\n"))
                .containsExactly("status/status.scenarios.yml:1:3: \"A rule is not named\": fired and not named under"
                        + " 'fired': STATUS-130 (An available, ready agent without work is free).");
    }

    @Test
    void differencesAreToldByCapability() {
        assertThat(run("eligibility/eligibility", """
                - scenario: A chatting agent takes everything
                  agent: { active: { CHAT: 1 } }
                  expect:
                    excluded: none
                    eligible: all
                  fired: ELIGIBILITY-080
                """))
                .containsExactly(
                        "eligibility/eligibility.scenarios.yml:5:15: \"A chatting agent takes everything\": expected eligible:"
                                + " PHONE, VIDEO, CHAT, ITEMS; came: CHAT, ITEMS, by ELIGIBILITY-080 (An agent who is"
                                + " chatting takes no phone or video conversation).",
                        "eligibility/eligibility.scenarios.yml:4:15: \"A chatting agent takes everything\": expected excluded"
                                + " for PHONE, VIDEO: none; came: CHAT_IN_PROGRESS, by ELIGIBILITY-080 (An agent who is"
                                + " chatting takes no phone or video conversation).");
    }

    @Test
    void everyOtherConclusionIsComparedToo() {
        assertThat(run("transfer/targets", """
                - scenario: Everything is expected the other way round
                  agent: { profileType: TENTATIVE, capabilities: [ PHONE, CHAT ] }
                  expect:
                    inReserve: all
                    transferTarget: none
                    transferRefused: { CHAT: AT_CAPACITY }
                    rank: none
                    directChat: no
                  fired: TRANSFER-030
                """)).hasSize(5);
        assertThat(run("eligibility/overflow", """
                - scenario: The reserve is expected to be open
                  queueStaffing: { eligible: 1 }
                  expect: { reserveOpen: yes }
                  fired: none
                """))
                .containsExactly(
                        "eligibility/overflow.scenarios.yml:3:26: \"The reserve is expected to be open\": expected"
                                + " reserveOpen: yes; came: no, by no rule.");
        assertThat(run("profiles/queue-groups", """
                - scenario: Another group is expected
                  profileSelected: { queueGroup: vip }
                  expect: { joins: sales }
                  fired: GROUP-010
                """)).hasSize(1);
        assertThat(run("profiles/grace", """
                - scenario: It is expected a millisecond early
                  graceEnd: {}
                  at: -1 ms
                  expect: { happens: SIGN_OUT }
                  fired: GRACE-010
                """))
                .containsExactly(
                        "profiles/grace.scenarios.yml:4:22: \"It is expected a millisecond early\": expected happens:"
                                + " SIGN_OUT; came: none, by no rule.",
                        "profiles/grace.scenarios.yml:1:3: \"It is expected a millisecond early\": expected to fire:"
                                + " GRACE-010; fired in profiles/grace.drl: none.");
    }

    @Test
    void aRuleThatFailsFailsItsScenarioAndNoOther() {
        RuleBook failing = RuleBook.compile(List.of(new RuleFile("test/test.drl", """
                rule "TEST-010 Of those who are not ready far too much is said"
                when
                    Agent( !ready )
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
                """)));
        List<Scenario> scenarios = RulesCheck.scenarios(List.of(new RuleFile("test/test.scenarios.yml", """
                        - scenario: It fails here
                          agent: { ready: no }
                          fired: TEST-010
                        - scenario: It does not fail here
                          fired: none
                        """)), failing);
        ScenarioRunner runner = new ScenarioRunner(failing);
        assertThat(runner.run(scenarios.get(0)))
                .extracting(RuleFault::toString)
                .containsExactly(
                        "test/test.scenarios.yml:1:3: \"It fails here\": the rules could not be asked: The rules"
                                + " draw more than 256 conclusions about one agent; the last by TEST-010.");
        assertThat(runner.run(scenarios.get(1))).isEmpty();
    }

    private static List<String> run(String topic, String text) {
        List<Scenario> scenarios = RulesCheck.scenarios(List.of(new RuleFile(topic + ".scenarios.yml", text)), rules);
        ScenarioRunner runner = new ScenarioRunner(rules);
        return scenarios.stream()
                .flatMap(scenario -> runner.run(scenario).stream())
                .map(RuleFault::toString)
                .toList();
    }
}
