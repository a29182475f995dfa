package presence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HouseFormTest {

    @Test
    void theShippedRulesAreInTheHouseForm() {
        assertThat(HouseForm.check(RuleFiles.shipped())).isEmpty();
    }

    @Test
    void everythingThatTheFormAllowsTogetherIsNoFault() {
        assertThat(check("test/test.drl", """
                // Comments may hold letters of any language: Zurück, 会議.
                rule "TEST-010 Everything that a condition may hold"
                when
                    QueueAsked( $queue : queue, queue != "sales" )
                    Capacity( $capability : capability, $limit : limit, !transferMayExceed )
                    $agent : Agent(
                        signedIn == true && !( ready || connectionLost ),
                        profileType in ( ProfileType.AWAY, ProfileType.TENTATIVE ),
                        profileType not in ( ProfileType.CONFERENCE ),
                        queues not contains $queue, $queue not memberOf queues, $queue memberOf queues,
                        capabilities contains Capability.CHAT, incapable.size > 0, profile != null,
                        phone + video - chat >= 0, load( $capability ) >= $limit, load( Capability.CHAT ) <= work,
                        $incapable : incapable )
                    not Capacity( limit == 0 )
                    not( Capacity( limit < 0 ) )
                    exists Capacity( limit > work )
                then
                    verdict.status( Status.AWAY, Reason.NOT_READY ); // one
                    verdict.exclude( $incapable, Reason.NO_CAPABILITY ); /* two */
                    verdict.exclude( $capability, Reason.AT_CAPACITY );
                    verdict.rank( 99 );
                end
                """))
                .extracting(RuleFault::toString)
                .containsExactly(
                        // 'work' is a field of Agent, not of Capacity: the one fault put in on purpose.
                        "test/test.drl:16:30: Capacity has no field 'work'.");
    }

    /** Where the rule stands, the text of a file with one fault, the fault's line, and a part of what is said. */
    static Stream<Arguments> faults() {
        return Stream.of(
                // a file holds rules and comments
                file("package other;\n" + GOOD, 1, "The folder gives the package"),
                file("import java.util.*;\n" + GOOD, 1, "without an import"),
                file(GOOD + "import java.util.*;\n", 6, "without an import"),
                file("global java.util.List list;\n" + GOOD, 1, "without a declaration"),
                file("function int one() { return 1; }\n" + GOOD, 1, "no functions"),
                file("declare Extra\n  size : int\nend\n" + GOOD, 1, "declares no facts"),
                file("query \"agents\"\n  Agent()\nend\n" + GOOD, 1, "no queries"),
                file("dialect \"mvel\"\n" + GOOD, 1, "no settings"),
                file("hello\n" + GOOD, 1, "rules and comments only"),
                file("", 0, "holds no rule"),
                file("/* nothing but a comment */", 0, "holds no rule"),
                file("/* never closed\n" + GOOD, 1, "has no end"),
                // names
                rule("rule TEST010", "Agent( signedIn )", DIRECT, 1, "Expected the rule's name"),
                rule("rule \"An agent is free\"", "Agent( signedIn )", DIRECT, 1, "expected an id and a sentence"),
                rule("rule \"test-010 An agent is free\"", "Agent( signedIn )", DIRECT, 1, "expected an id"),
                rule("rule \"TEST-10 An agent is free\"", "Agent( signedIn )", DIRECT, 1, "expected an id"),
                rule("rule \"TEST-010\"", "Agent( signedIn )", DIRECT, 1, "expected an id and a sentence"),
                rule("rule \"TEST-010 Free\"", "Agent( signedIn )", DIRECT, 1, "of three words at least"),
                rule("rule \"TEST-010 an agent is free\"", "Agent( signedIn )", DIRECT, 1, "capital letter"),
                rule("rule \"TEST-010 An agent is free.\"", "Agent( signedIn )", DIRECT, 1, "without a full stop"),
                rule("rule \"TEST-010 An agent is " + "x".repeat(200) + "\"", "Agent()", DIRECT, 1, "200 at most"),
                file(GOOD + GOOD, 6, "TEST-010 is taken by test/test.drl:1"),
                file(GOOD + GOOD.replace("TEST-010", "OTHER-010"), 6, "in a file of TEST rules"),
                file(GOOD.replace("010", "020") + GOOD, 6, "TEST-010 stands below TEST-020"),
                // attributes
                rule("salience 10", "the order of the ids decides"),
                rule("no-loop", "no rule can loop"),
                rule("no-loop true", "no rule can loop"),
                rule("lock-on-active", "no rule can loop"),
                rule("agenda-group \"a\"", "the order of the ids decides"),
                rule("ruleflow-group \"a\"", "the order of the ids decides"),
                rule("activation-group \"a\"", "the order of the ids decides"),
                rule("enabled false", "delete a rule"),
                rule("date-effective \"1-Jan-2026\"", "a rule holds at all times"),
                rule("dialect \"mvel\"", "leave it out"),
                rule("extends \"TEST-005 Another rule\"", "says all its conditions itself"),
                rule("@watch( * )", "no annotations"),
                rule("something", "'something' is not allowed on a rule"),
                // timers
                rule(RuleGrammar.TIMER, "in profiles/ only"),
                timer("timer( 10s )", END, ENDED, 2, "write timer( expr: 0, 1; start=$at, repeat-limit=1 )"),
                timer("timer( expr: 0; start=$at )", END, ENDED, 2, "write timer( expr: 0, 1;"),
                timer("timer( expr: $at )", END, ENDED, 2, "write timer( expr: 0, 1;"),
                timer("timer( cron: 0 0 * * * ? )", END, ENDED, 2, "write timer( expr: 0, 1;"),
                timer(RuleGrammar.TIMER + " " + RuleGrammar.TIMER, END, ENDED, 2, "two timers"),
                timer("timer( expr: 0", END, ENDED, 3, "not closed"),
                timer(RuleGrammar.TIMER, "Agent( signedIn )", DIRECT, 2, "reads its deadline and nothing else"),
                timer(RuleGrammar.TIMER, END + "\n Agent()", ENDED, 2, "reads its deadline and nothing else"),
                timer(RuleGrammar.TIMER, "$end : GraceEnd()", ENDED, 2, "bind it to the deadline's time"),
                timer("", "$end : GraceEnd()", ENDED, 1, "A rule about GraceEnd waits for its time"),
                // conditions
                when("", 3, "would hold always"),
                when("Agnt( signedIn )", 3, "There is no fact 'Agnt'. Maybe 'Agent'."),
                when("Object()", 3, "There is no fact 'Object'."),
                when("presence.facts.Agent( signedIn )", 3, "There is no fact 'presence'."),
                when("Agent( redy )", 3, "Agent has no field 'redy'. Maybe 'ready'."),
                when("Agent( signedIn,\n redy )", 4, "Agent has no field 'redy'. Maybe 'ready'."),
                when("Agent( ready() )", 3, "write it without parentheses"),
                when("Agent( profileType == ProfileType.AVAILABL )", 3, "Maybe 'AVAILABLE'."),
                when("Agent( profileType == AWAY )", 3, "Maybe 'Status.AWAY' or 'ProfileType.AWAY'."),
                when("Agent( profileType == \"AWAY\" )", 3, "ProfileType and text cannot be compared"),
                when("Agent( work == \"abc\" )", 3, "a number and text cannot be compared"),
                when("Agent( ready > 0 )", 3, "expected numbers"),
                when("Agent( id + 0 > 0 )", 3, "expected numbers"),
                when("Agent( work == null )", 3, "a number and null cannot be compared"),
                when("Agent( work )", 3, "'work' is a number. Compare it"),
                when("Agent( !work )", 3, "yes or no after !"),
                when("Agent( work && ready )", 3, "on both sides of &&"),
                when("Agent( queues contains Capability.CHAT )", 3, "a set of text and Capability"),
                when("Agent( id memberOf capabilities )", 3, "text and a set of Capability"),
                when("Agent( profileType in ( Status.AWAY ) )", 3, "ProfileType and Status cannot be compared"),
                when("Agent( load( Status.AWAY ) > 0 )", 3, "load asks for a Capability; came Status"),
                when("Agent( chat >= 4 )", 3, "The number 4 stands in a condition; limits belong to the policy"),
                when("Agent( work > 0 && < 3 )", 3, "found '<'"),
                when("Agent( work == 0L )", 3, "The number 0L"),
                when("Agent( id == $other )", 3, "Nothing is named $other"),
                when("Agent( $id : id, $id : profile )", 3, "used twice"),
                when("Agent( $id : id + 0 )", 3, "Expected a field alone"),
                when("Agent( $id := id )", 3, "Nothing is named $id"),
                when("not Agent( $id : id )\n Capacity( limit == $id )", 4, "Nothing is named $id"),
                when("Agent( this.ready )", 3, "Agent has no field 'this'"),
                when("Agent( id.length > 0 )", 3, "'id' is text and has no 'length'"),
                when("Agent( queues.stream().findFirst().isPresent() )", 3, "has no 'stream'. A set has a 'size'."),
                when("Agent( queues.size() > 0 )", 3, "Expected a comparison after 'queues.size'"),
                when("Agent( getClass() == null )", 3, "Agent answers no 'getClass( … )'"),
                when("Agent( hashCode == 0 )", 3, "Agent has no field 'hashCode'"),
                when("Agent( Status.FREE.name() == id )", 3, "Expected nothing more of Status.FREE"),
                when("Agent( Runtime.getRuntime().exec(\"x\") != null )", 3, "Agent has no field 'Runtime'"),
                when("Agent( java.lang.System.exit(0) )", 3, "Agent has no field 'java'"),
                when("Agent( new java.util.Date() != null )", 3, "Agent has no field 'new'"),
                when("Agent( id matches \".*\" )", 3, "'matches' is not allowed"),
                when("Agent( id str[startsWith] \"a\" )", 3, "'str' is not allowed"),
                when("Agent( true; )", 3, "found ';'"),
                when("Agent( signedIn = true )", 3, "found '='"),
                when("Agent( id == 'anna' )", 3, "double quotes"),
                when("Agent( signedIn ) from $list", 3, "'from' is not allowed"),
                when("Agent( signedIn ) over window:length( 3 )", 3, "'over' is not allowed"),
                when("( Agent( signedIn ) or Capacity() )", 3, "Expected a fact"),
                when("Agent( signedIn ) or Capacity()", 3, "'or' is not allowed: write a rule for each case"),
                when("eval( true )", 3, "'eval' is not allowed"),
                when("Agent( eval( true ) )", 3, "'eval' is not allowed"),
                when("forall( Agent( signedIn ) )", 3, "'forall' is not allowed"),
                when("accumulate( Agent(); $n : count() )", 3, "'accumulate' is not allowed"),
                when("Agent( " + "(".repeat(50) + "ready" + ")".repeat(50) + " )", 3, "nested too deeply"),
                when("/agents[ ready ]", 3, "Expected a fact"),
                when("Agent( signedIn", 4, "found 'then'"),
                // conclusions
                then("", 4, "concludes nothing"),
                then("System.out.println( 1 );", 5, "A rule only concludes"),
                then("verdict.stats( Status.FREE );", 5, "There is no conclusion 'stats'. Maybe 'status'."),
                then("verdict.getClass();", 5, "There is no conclusion 'getClass'"),
                then("verdict.status( Status.FRE );", 5, "Status has no 'FRE'. Maybe 'FREE'."),
                then("verdict.status( FREE );", 5, "Expected a value of a list"),
                then("verdict.status( Reason.HANDLING );", 5, "status takes (Status) or (Status, Reason)"),
                then("verdict.status( Status.FREE )", 6, "Expected ; after the conclusion"),
                then("verdict.status( Status.valueOf( \"FREE\" ) );", 5, "Status has no 'valueOf'"),
                then("verdict.status( $status );", 5, "Nothing is named $status"),
                then("verdict.rank( 100 );", 5, "expected 0 to 99"),
                then("verdict.rank( 1 + 1 );", 5, "Expected , or )"),
                then("verdict.openReserve();", 5, "add QueueStaffing( … )"),
                then("verdict.joinGroup( \"vip\" );", 5, "add ProfileSelected( … )"),
                then("verdict.directChat(); insert( 1 );", 5, "A rule only concludes"),
                then("update( $agent );", 5, "A rule only concludes"),
                then("if ( true ) { verdict.directChat(); }", 5, "A rule only concludes"),
                then("verdict.directChat().getClass();", 5, "Expected ; after the conclusion"),
                then("{ verdict.directChat(); }", 5, "A rule only concludes"),
                // signs that could hide something
                then("verdict.directChat(); // \\u000a System.exit( 0 );", 5, "A backslash is not allowed"),
                then("verdict.joinGroup( \"\\u0022 \" );", 5, "A backslash is not allowed"),
                then("verdict.directChat(); // a \u202E b", 5, "invisible control character"),
                then("verdict.directChat(); // a \r System.exit( 0 );", 5, "invisible control character"),
                then("verdict.directChat();\u0000", 5, "invisible control character"));
    }

    @ParameterizedTest(name = "[{index}] {3}")
    @MethodSource("faults")
    void everyFaultIsFoundInItsLineWithWhatToWriteInstead(String path, String text, int line, String says) {
        List<RuleFault> faults = check(path, text);
        assertThat(faults).as("faults of%n%s", text).isNotEmpty();
        assertThat(faults).as("faults of%n%s", text).anySatisfy(fault -> {
            assertThat(fault.file()).isEqualTo(path);
            assertThat(fault.line()).isEqualTo(line);
            assertThat(fault.message()).contains(says);
        });
    }

    @Test
    void theFaultsOfEveryRuleAndFileAreFoundAtOnce() {
        String twice =
                GOOD.replace("signedIn", "signdIn") + GOOD.replace("010", "020").replace("directChat", "directChatt");
        assertThat(HouseForm.check(List.of(new RuleFile("a/a.drl", twice), new RuleFile("b/b.drl", "import x;"))))
                .extracting(RuleFault::toString)
                .containsExactly(
                        "a/a.drl:3:12: Agent has no field 'signdIn'. Maybe 'signedIn'.",
                        "a/a.drl:9:14: There is no conclusion 'directChatt'. Maybe 'directChat'.",
                        "b/b.drl:1:1: The whole vocabulary is there without an import; leave the line out.");
    }

    @Test
    void twoFilesDoNotShareABeginningOfIds() {
        assertThat(HouseForm.check(
                        List.of(new RuleFile("a/a.drl", GOOD), new RuleFile("b/b.drl", GOOD.replace("010", "020")))))
                .extracting(RuleFault::toString)
                .containsExactly("b/b.drl:1:6: Ids that begin with TEST belong to a/a.drl; choose another beginning.");
    }

    @Test
    void windowsLineEndsAreNoFault() {
        assertThat(check("test/test.drl", ("// a\n" + GOOD).replace("\n", "\r\n")))
                .isEmpty();
    }

    private static final String DIRECT = "verdict.directChat();";
    private static final String END = "$end : GraceEnd( $at : at )";
    private static final String ENDED = "verdict.signOut( $end );";
    private static final String GOOD = """
            rule "TEST-010 An agent can chat"
            when
                Agent( signedIn )
            then verdict.directChat();
            end
            """;

    private static List<RuleFault> check(String path, String text) {
        return HouseForm.check(List.of(new RuleFile(path, text)));
    }

    private static Arguments file(String text, int line, String says) {
        return Arguments.of("test/test.drl", text, line, says);
    }

    private static Arguments rule(String head, String when, String then, int line, String says) {
        return file(head + "\nwhen\n" + when + "\nthen\n" + then + "\nend\n", line, says);
    }

    private static Arguments rule(String attribute, String says) {
        return rule("rule \"TEST-010 An agent can chat\"\n" + attribute, "Agent( signedIn )", DIRECT, 2, says);
    }

    private static Arguments timer(String timer, String when, String then, int line, String says) {
        String text =
                "rule \"TEST-010 Something ends now\"\n" + timer + "\nwhen " + when + "\nthen " + then + "\nend\n";
        return Arguments.of("profiles/test.drl", text, line, says);
    }

    private static Arguments when(String conditions, int line, String says) {
        String text = "rule \"TEST-010 An agent can chat\"\nwhen\n" + conditions + (conditions.isEmpty() ? "" : "\n")
                + "then\n" + DIRECT + "\nend\n";
        return file(text, line, says);
    }

    private static Arguments then(String conclusions, int line, String says) {
        String text = "rule \"TEST-010 An agent can chat\"\nwhen\n$agent : Agent( signedIn )\nthen\n" + conclusions
                + (conclusions.isEmpty() ? "" : "\n") + "end\n";
        return file(text, line, says);
    }
}
