package presence.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static presence.engine.Agents.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.kie.api.KieServices;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.ReleaseId;
import org.kie.api.runtime.KieSession;
import presence.facts.Conclusions;
import presence.scenario.RulesCheck;

/**
 * Files of rules made to do harm. The first line of each says what it tries, the fault that is expected and its line, the
 * path the file pretends to have, and whether the engine alone would run it: {@code // a block | FORM 6 | a/a.drl | runs}.
 */
class AttackTest {
    /** What those that run would set. */
    private static final String WITNESS = "presence.attacked";

    /** A hang is a failure; how long it took on the wall is not asked otherwise. */
    private static final Duration HANGS = Duration.ofSeconds(30);

    private static final Pattern HEAD = Pattern.compile(
            "// (?<tries>[^|]+) \\| (?<kind>[A-Z]+) (?<line>[0-9]+) \\| (?<path>\\S+)(?<runs> \\| runs)?");

    private record Attack(String name, String tries, FaultKind kind, int line, RuleFile file, boolean runs) {}

    @AfterEach
    void forget() {
        System.clearProperty(WITNESS);
    }

    private static List<Attack> attacks() {
        try {
            Path folder = Path.of(Objects.requireNonNull(AttackTest.class.getResource("/attacks"))
                    .toURI());
            try (Stream<Path> files = Files.list(folder)) {
                return files.sorted().map(AttackTest::attack).toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Attack attack(Path path) {
        try {
            String text = Files.readString(path);
            String first = text.lines().findFirst().orElse("");
            Matcher head = HEAD.matcher(first);
            assertThat(head.matches()).as("%s begins with: %s", path, first).isTrue();
            return new Attack(
                    path.getFileName().toString(),
                    head.group("tries"),
                    FaultKind.valueOf(head.group("kind")),
                    Integer.parseInt(head.group("line")),
                    new RuleFile(head.group("path"), text),
                    head.group("runs") != null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void thereAreManyOfThem() {
        assertThat(attacks()).hasSizeGreaterThan(200);
    }

    @TestFactory
    Stream<DynamicTest> everyAttackIsRefusedWithItsPlaceBeforeAnythingIsCompiled() {
        return attacks().stream()
                .map(attack -> DynamicTest.dynamicTest(
                        attack.name() + ": " + attack.tries(),
                        () -> assertTimeoutPreemptively(HANGS, () -> assertRefused(attack))));
    }

    private static void assertRefused(Attack attack) {
        List<RuleFault> faults =
                RulesCheck.of(List.of(attack.file()), List.of()).faults();
        assertThat(faults).as(attack.tries()).anySatisfy(fault -> {
            assertThat(fault.kind()).isEqualTo(attack.kind());
            assertThat(fault.line()).isEqualTo(attack.line());
        });
        assertThat(faults).as(attack.tries()).allSatisfy(fault -> {
            assertThat(fault.kind()).isNotEqualTo(FaultKind.ENGINE).isNotEqualTo(FaultKind.CHECK);
            assertThat(fault.file()).isEqualTo(attack.file().path());
            assertThat(fault.line() == 0 || fault.place().column() > 0).isTrue();
            assertThat(fault.message())
                    .hasSizeBetween(20, 600)
                    .doesNotContain("Exception")
                    .matches(Pattern.compile("[^\\p{Cntrl}]+"));
        });
        assertThatThrownBy(() -> RuleBook.compile(List.of(attack.file())))
                .isInstanceOf(InvalidRulesException.class)
                .satisfies(thrown ->
                        assertThat(((InvalidRulesException) thrown).faults()).hasSameElementsAs(faults));
        assertThat(System.getProperty(WITNESS)).as(attack.tries()).isNull();
    }

    /** Otherwise the corpus would prove nothing: these do what they try as soon as the form is not asked. */
    @TestFactory
    Stream<DynamicTest> withoutTheFormTheEngineRunsThem() {
        return attacks().stream()
                .filter(Attack::runs)
                .map(attack -> DynamicTest.dynamicTest(attack.name() + ": " + attack.tries(), () -> {
                    System.clearProperty(WITNESS);
                    runRaw(attack.file());
                    assertThat(System.getProperty(WITNESS)).isEqualTo("yes");
                }));
    }

    private static void runRaw(RuleFile file) {
        KieServices services = KieServices.Factory.get();
        KieFileSystem sources = services.newKieFileSystem();
        ReleaseId release = services.newReleaseId("presence", "raw", file.path().replace('/', '-'));
        sources.generateAndWritePomXML(release);
        sources.write("src/main/resources/presence/" + file.path(), RuleBook.header(file) + file.text());
        try {
            services.newKieBuilder(sources).buildAll();
            KieSession session = services.newKieContainer(release).getKieBase().newKieSession();
            try {
                session.setGlobal(
                        "verdict",
                        Proxy.newProxyInstance(
                                Conclusions.class.getClassLoader(),
                                new Class<?>[] {Conclusions.class},
                                (proxy, method, arguments) -> null));
                session.insert(agent().build());
                session.fireAllRules();
            } finally {
                session.dispose();
            }
        } finally {
            services.getRepository().removeKieModule(release);
        }
    }

    /** A path becomes the name of a package and of a file of the engine: it could be anything but a file of rules. */
    @Test
    void filesAreRefusedForTheirNamesToo() {
        for (String path : List.of(
                "../attack.drl",
                "/attack.drl",
                "a/../../attack.drl",
                "a//attack.drl",
                "a\\attack.drl",
                "A/attack.drl",
                "a b/attack.drl",
                "a;import java.io.File;/attack.drl",
                "a.b/attack.drl",
                "class/attack.drl",
                "a/b/c/d/e/f/attack.drl",
                "a/attack.java",
                "a/attack.class",
                "a/attack.drl.xls",
                "a/attack",
                "a/.drl",
                "META-INF/kmodule.xml",
                "a/attack\u0000.drl",
                "a/\u202Eattack.drl",
                "a/" + "x".repeat(200) + ".drl",
                "")) {
            assertThat(HouseForm.check(List.of(new RuleFile(path, GOOD))))
                    .as(path)
                    .singleElement()
                    .satisfies(fault -> assertThat(fault.kind()).isEqualTo(FaultKind.FILE));
        }
        assertThat(HouseForm.check(List.of(new RuleFile("a/a.drl", GOOD), new RuleFile("a/a.drl", GOOD))))
                .extracting(RuleFault::message)
                .containsExactly("There are two files of this name; leave one out.");
        assertThat(HouseForm.check(List.of())).extracting(RuleFault::kind).containsExactly(FaultKind.FILE);
    }

    /** What would be a slow read, a deep recursion or a long list of faults, were it not for the limits. */
    @Test
    void filesMadeToExhaustAreRefusedInNoTime() {
        List<String> texts = List.of(
                "(".repeat(200_000),
                "\"\"".repeat(100_000),
                "\"\"\n".repeat(80_000),
                "/*".repeat(100_000),
                "rule \"A\"".repeat(30_000),
                "rule \"A\"\n".repeat(25_000),
                "rule \"" + "A-".repeat(200) + "010 Name after name\"\n" + GOOD,
                "rule \"ATTACK-010 " + "A ".repeat(200) + "\"\n" + GOOD,
                rule("Agent( " + "load(\n".repeat(40_000) + " )"),
                rule("Agent( " + "(\n".repeat(100_000) + " )"),
                rule("Agent( " + "!\n".repeat(100_000) + " ready )"),
                rule("Agent( work" + "\n+ work".repeat(30_000) + " > 0 )"),
                rule("Agent( redy" + ",\nredy".repeat(40_000) + " )"),
                rule("Agent( profileType in ( ProfileType.AWAY" + ",\nProfileType.AWAY".repeat(12_000) + " ) )"),
                rule("Agent( )" + "\nAgent( )".repeat(25_000)),
                rule("Capacity( )" + "\nCapacity( )".repeat(20_000)),
                rule("Agent( ready" + "\n|| ready".repeat(25_000) + " )"),
                "\n".repeat(250_000) + "x",
                "x".repeat(RuleLimits.FILE_BYTES + 1),
                "ä".repeat(RuleLimits.FILE_BYTES / 2 + 1),
                "\uD83D".repeat(1_000));
        for (String text : texts) {
            String beginning = text.substring(0, 40);
            assertTimeoutPreemptively(
                    HANGS,
                    () -> assertThat(HouseForm.check(List.of(new RuleFile("a/a.drl", text))))
                            .as(beginning)
                            .hasSizeBetween(1, 2 * RuleLimits.FAULTS + 2),
                    beginning);
        }
    }

    @Test
    void setsOfTooMuchAreRefused() {
        List<RuleFile> many = IntStream.rangeClosed(0, RuleLimits.FILES)
                .mapToObj(i -> new RuleFile("a/f" + i + ".drl", GOOD))
                .toList();
        List<RuleFile> large = IntStream.range(0, 17)
                .mapToObj(i -> new RuleFile("a/f" + i + ".drl", " ".repeat(RuleLimits.FILE_BYTES)))
                .toList();
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i <= RuleLimits.RULES; i++) {
            rules.append(GOOD.replace("010", String.format("%03d", i)));
        }
        for (List<RuleFile> files : List.of(many, large, List.of(new RuleFile("a/a.drl", rules.toString())))) {
            assertThat(HouseForm.check(files))
                    .extracting(RuleFault::kind)
                    .as("%s files", files.size())
                    .containsExactly(FaultKind.LIMIT);
        }
    }

    private static final String GOOD = rule("Agent( signedIn )");

    private static String rule(String conditions) {
        return "rule \"ATTACK-010 An attack is made here\"\nwhen\n" + conditions
                + "\nthen\n    verdict.directChat();\nend\n";
    }
}
