package presence.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RuleBookTest {
    private static final String GOOD = """
            rule "TEST-005 An agent can chat"
            when
                Agent( signedIn )
            then
                verdict.directChat();
            end
            """;

    @Test
    void theShippedRulesAreReadFromTheirFolderInTheOrderOfTheirIds() {
        RuleBook rules = RuleBook.shipped();
        assertThat(rules.files()).extracting(RuleFile::path).contains("status/status.drl", "profiles/expiry.drl");
        assertThat(rules.rules()).extracting(Rule::id).isSorted().contains("STATUS-010", "WRAPUP-010");
        assertThat(rules.rule("STATUS-130"))
                .map(Rule::sentence)
                .contains("An available, ready agent without work is free");
        assertThat(rules.rule("STATUS-999")).isEmpty();
        assertThat(rules.hash()).hasSize(64).isEqualTo(RuleBook.shipped().hash());
    }

    @Test
    void theHashTellsOneTextFromAnother() {
        RuleBook one = RuleBook.compile(List.of(new RuleFile("a/a.drl", GOOD)));
        RuleBook moved = RuleBook.compile(List.of(new RuleFile("b/a.drl", GOOD)));
        RuleBook changed = RuleBook.compile(List.of(new RuleFile("a/a.drl", GOOD + "\n")));
        assertThat(List.of(one.hash(), moved.hash(), changed.hash())).doesNotHaveDuplicates();
    }

    @Test
    void theShippedRulesAreReadFromAJarEvenWhileSomebodyElseHasItOpen(@TempDir Path folder) throws Exception {
        Path jar = folder.resolve("with space.jar");
        pack(classes(), jar);
        URI address = URI.create("jar:" + jar.toUri());
        try (FileSystem open = FileSystems.newFileSystem(address, Map.of());
                URLClassLoader loader =
                        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            assertThat(open.isOpen()).isTrue();
            Class<?> inJar = loader.loadClass(RuleFiles.class.getName());
            assertThat(inJar).isNotSameAs(RuleFiles.class);
            assertThat(inJar.getMethod("shipped").invoke(null))
                    .hasToString(RuleFiles.shipped().toString());
            assertThat(inJar.getMethod("shipped", String.class).invoke(null, RuleFiles.SCENARIOS))
                    .hasToString(RuleFiles.shipped(RuleFiles.SCENARIOS).toString());
        }
    }

    private static Path classes() throws URISyntaxException {
        URL rules = Objects.requireNonNull(RuleBook.class.getResource("/presence/status/status.drl"));
        return Objects.requireNonNull(Path.of(rules.toURI()).getParent())
                .resolve("../..")
                .normalize();
    }

    private static void pack(Path folder, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted().toList()) {
                String name = folder.relativize(path).toString();
                if (!name.isEmpty()) {
                    out.putNextEntry(new JarEntry(Files.isDirectory(path) ? name + "/" : name));
                    if (!Files.isDirectory(path)) {
                        Files.copy(path, out);
                    }
                }
            }
        }
    }

    /** The conditions and conclusions of a rule that the engine refuses, the fault's line, and what is said. */
    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("Agent( redy )", CHAT, 9, "Agent has no field 'redy'. Maybe 'ready'."),
                Arguments.of(
                        "Agent(\nsignedIn,\nprofileType == ProfileType.AVAILABL )",
                        CHAT,
                        11,
                        "ProfileType has no 'AVAILABL'. Maybe 'AVAILABLE'."),
                Arguments.of(
                        "Agent( ready == ProfileType.AWAY )", CHAT, 9, "yes or no and ProfileType cannot be compared."),
                Arguments.of(
                        "Agent( ready == \"yes\" )",
                        CHAT,
                        9,
                        "yes or no and text cannot be compared. Maybe the field alone, or with a ! before it."),
                Arguments.of("Agnt( ready )", CHAT, 9, "There is no fact 'Agnt'. Maybe 'Agent'."),
                Arguments.of("Agent( id == $other )", CHAT, 9, "Nothing is named $other in this rule."),
                Arguments.of(
                        "Agent( signedIn )",
                        "verdict.directChat();\n verdict.status( Status.FRE );",
                        12,
                        "Status has no 'FRE'. Maybe 'FREE'."),
                Arguments.of(
                        "Agent( signedIn )",
                        "verdict.stats( Status.FREE );",
                        11,
                        "There is no conclusion 'stats'. Maybe 'status'."),
                Arguments.of("Agent( work >= )", CHAT, 9, "Expected a field, a value or a $name; found ')'."),
                Arguments.of("Agent(\nsignedIn,\nid.lenth() > 0 )", CHAT, 11, "'id' is text and has no 'lenth'."));
    }

    private static final String CHAT = "verdict.directChat();";

    @ParameterizedTest(name = "[{index}] {3}")
    @MethodSource("faults")
    void whatTheEngineRefusesIsToldInAnAnalystsWordsWithItsLine(String when, String then, int line, String says) {
        String text = GOOD + "rule \"TEST-010 A rule with a fault\"\nwhen\n" + when + "\nthen\n" + then + "\nend\n";
        assertThatThrownBy(() -> RuleBook.compile(List.of(new RuleFile("test/test.drl", text))))
                .isInstanceOf(InvalidRulesException.class)
                .satisfies(thrown -> assertThat(((InvalidRulesException) thrown).faults())
                        .singleElement()
                        .satisfies(fault -> {
                            assertThat(fault.file()).isEqualTo("test/test.drl");
                            assertThat(fault.line()).isEqualTo(line);
                            assertThat(fault.message()).isEqualTo(says);
                        }));
    }

    @Test
    void twoRulesWithOneIdAreRefusedAndSoIsARuleWithoutOne() {
        String nameless = GOOD.replace("TEST-005 ", "");
        assertThatThrownBy(() -> RuleBook.compile(List.of(
                        new RuleFile("a/a.drl", GOOD),
                        new RuleFile("b/b.drl", GOOD),
                        new RuleFile("c/c.drl", nameless))))
                .hasMessageContaining("b/b.drl:1:6: The id TEST-005 is taken by a/a.drl:1")
                .hasMessageContaining("c/c.drl:1:6: The rule's name is \"An agent can chat\"; expected an id");
    }

    @Test
    void aFolderMayBeCalledLikeAPackageOfTheProgram() {
        for (String folder : List.of("facts", "engine", "java", "drools", "org/kie")) {
            RuleBook rules = RuleBook.compile(List.of(new RuleFile(folder + "/a.drl", GOOD)));
            try (PresenceSession session = PresenceSession.open(rules, 0)) {
                assertThat(session.decide(Agents.agent().build()).conclusions())
                        .as(folder)
                        .hasSize(1);
            }
        }
    }

    @Test
    void aFolderWithAnOddNameIsRefused() {
        assertThatThrownBy(() -> RuleBook.compile(List.of(new RuleFile("Status Rules/a.drl", GOOD))))
                .hasMessageContaining("The folder's name is 'Status Rules'");
    }

    @Test
    void everyFileThatCannotBeReadIsNamed(@TempDir Path folder) throws IOException {
        Files.write(folder.resolve("latin.drl"), new byte[] {(byte) 0xE9, 'x', (byte) 0xFF});
        Files.createSymbolicLink(folder.resolve("nowhere.drl"), folder.resolve("missing"));
        Files.writeString(folder.resolve("huge.drl"), " ".repeat(RuleLimits.FILE_BYTES + 1));
        Files.writeString(folder.resolve("good.drl"), GOOD);
        assertThatThrownBy(() -> RuleFiles.in(folder))
                .hasMessageContaining("latin.drl: The file is not text in UTF-8")
                .hasMessageContaining("nowhere.drl: The file cannot be read: it is no ordinary file")
                .hasMessageContaining("huge.drl: The file has 262145 bytes; expected 262144 at most.")
                .hasMessageNotContaining("good.drl");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheRules(@TempDir Path folder) throws IOException {
        Files.write(folder.resolve("test.drl"), ("\uFEFF" + GOOD).getBytes(StandardCharsets.UTF_8));
        assertThat(RuleFiles.in(folder)).containsExactly(new RuleFile("test.drl", GOOD));
    }

    @Test
    void aRuleIsKnownByTheFieldsThatItLooksAtAndByWhatItConcludes() {
        RuleBook rules = RuleBook.shipped();

        assertThat(read(rules, "STATUS-080"))
                .containsExactly("Agent.signedIn", "Agent.profileType", "Agent.work", "Agent.wrapUp", "Agent.ready");
        assertThat(rules.statement(rules.rule("STATUS-080").orElseThrow()).conclusions())
                .containsExactly("status");
        assertThat(read(rules, "ELIGIBILITY-090"))
                .containsExactly("Capacity.capability", "Capacity.limit", "Agent.signedIn", "Agent.load()");
        assertThat(rules.rules()).allSatisfy(rule -> {
            assertThat(rules.statement(rule).fields()).as(rule.name()).isNotEmpty();
            assertThat(rules.statement(rule).conclusions()).as(rule.name()).isNotEmpty();
        });
    }

    private static List<String> read(RuleBook rules, String id) {
        return rules.statement(rules.rule(id).orElseThrow()).fields().stream()
                .map(field -> field.fact().getSimpleName() + "." + field.name() + (field.question() ? "()" : ""))
                .toList();
    }
}
