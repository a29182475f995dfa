package presence.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;

/**
 * A set of rules, compiled. Immutable and safe for many threads; sessions opened from it are not.
 *
 * <p>A file of rules holds rules and comments and nothing else: its package, the vocabulary's import and the name
 * {@code verdict} are given to it here.
 */
public final class RuleBook {
    private static final String SOURCES = "src/main/resources/presence/";
    private static final Pattern EXPRESSION = Pattern.compile("Analyse Expression (.+?): \\[", Pattern.DOTALL);
    private static final Pattern LINE = Pattern.compile("\\[Line: ([0-9]+)");

    private final List<RuleFile> files;
    private final List<Rule> rules;
    private final Map<String, Rule> rulesById = new HashMap<>();
    private final Map<String, Statement> statementsById;
    private final String hash;
    private final KieBase base;

    private RuleBook(List<RuleFile> files, List<Rule> rules, Map<String, Statement> statementsById, KieBase base) {
        this.files = List.copyOf(files);
        this.rules = List.copyOf(rules);
        this.base = base;
        rules.forEach(rule -> rulesById.put(rule.id(), rule));
        this.statementsById = Map.copyOf(statementsById);
        hash = hash(files);
    }

    /** Compiles the rules that the program brings with it. */
    public static RuleBook shipped() {
        return compile(RuleFiles.shipped());
    }

    /**
     * Compiles rules. Nothing is compiled that is not in the house form: this is the only way to the engine's compiler,
     * whoever the rules come from.
     *
     * @throws InvalidRulesException with every fault found, if there is any
     */
    public static RuleBook compile(List<RuleFile> files) {
        HouseForm form = HouseForm.of(files);
        if (!form.faults().isEmpty()) {
            throw new InvalidRulesException(form.faults());
        }
        List<Rule> rules = new ArrayList<>(form.rules());
        rules.sort(Rule.BY_ID);
        return new RuleBook(files, rules, form.statementsById(), build(files, form.sources()));
    }

    /** The rules by id: the order in which they are read and in which the first claim wins. */
    public List<Rule> rules() {
        return rules;
    }

    /** The rule with this id. */
    public Optional<Rule> rule(String id) {
        return Optional.ofNullable(rulesById.get(id));
    }

    /** What a rule of this book looks at and what it concludes. */
    public Statement statement(Rule rule) {
        return statementsById.getOrDefault(rule.id(), Statement.NOTHING);
    }

    /** The files the rules were read from. */
    public List<RuleFile> files() {
        return files;
    }

    /** SHA-256 over the paths and texts of the files, in hexadecimal: the same for the same rules. */
    public String hash() {
        return hash;
    }

    KieBase base() {
        return base;
    }

    /** What a file's text is preceded by, on its own first line, so that line numbers stay the analyst's. */
    static String header(RuleFile file) {
        String topic = file.topic().isEmpty() ? "" : "." + folder(file).replace('/', '.');
        return "package presence" + topic + "; import presence.facts.*; global presence.facts.Conclusions verdict; ";
    }

    private static String folder(RuleFile file) {
        int slash = file.path().lastIndexOf('/');
        return slash < 0 ? "" : file.path().substring(0, slash);
    }

    private static KieBase build(List<RuleFile> files, Map<String, String> sourcesByPath) {
        KieServices services = KieServices.Factory.get();
        KieFileSystem sources = services.newKieFileSystem();
        ReleaseId release =
                services.newReleaseId("presence", "rules", UUID.randomUUID().toString());
        sources.generateAndWritePomXML(release);
        for (RuleFile file : files) {
            sources.write(SOURCES + file.path(), header(file) + sourcesByPath.get(file.path()));
        }
        try {
            KieBuilder builder = services.newKieBuilder(sources);
            builder.buildAll();
            List<Message> errors = builder.getResults().getMessages(Message.Level.ERROR);
            if (!errors.isEmpty()) {
                List<RuleFault> faults = errors.stream()
                        .map(error -> fault(error, files))
                        .distinct()
                        .toList();
                throw new InvalidRulesException(faults);
            }
            return services.newKieContainer(release).getKieBase();
        } catch (InvalidRulesException e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // Some bad rules make the compiler throw instead of reporting.
            throw new InvalidRulesException(List.of(new RuleFault(
                    FaultKind.ENGINE, "rules", 0, "The rules cannot be compiled: " + tidy(e.toString()))));
        } finally {
            services.getRepository().removeKieModule(release);
        }
    }

    private static RuleFault fault(Message message, List<RuleFile> files) {
        String path = message.getPath() == null ? "rules" : message.getPath();
        String file = path.startsWith("presence/") ? path.substring("presence/".length()) : path;
        int line = message.getLine();
        Matcher matcher = LINE.matcher(message.getText());
        if (line <= 0 && matcher.find()) {
            line = Integer.parseInt(matcher.group(1));
        }
        return new RuleFault(
                FaultKind.ENGINE,
                file,
                lineOfExpression(message, file, files).orElse(Math.max(line, 0)),
                tidy(message.getText()));
    }

    /** The engine knows the expression better than its line: where the expression stands once, that is the line. */
    private static Optional<Integer> lineOfExpression(Message message, String path, List<RuleFile> files) {
        Matcher matcher = EXPRESSION.matcher(message.getText());
        if (!matcher.find()) {
            return Optional.empty();
        }
        String expression = matcher.group(1);
        return files.stream()
                .filter(file -> file.path().equals(path))
                .map(RuleFile::text)
                .filter(text -> text.contains(expression) && text.indexOf(expression) == text.lastIndexOf(expression))
                .map(text -> 1
                        + (int) text.substring(0, text.indexOf(expression))
                                .chars()
                                .filter(c -> c == '\n')
                                .count())
                .findFirst();
    }

    static String tidy(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    /** SHA-256 over the paths and texts of files, in hexadecimal: the same for the same files in whatever order. */
    public static String hash(List<RuleFile> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.stream()
                    .sorted(java.util.Comparator.comparing(RuleFile::path))
                    .forEach(file -> {
                        digest.update(file.path().getBytes(StandardCharsets.UTF_8));
                        digest.update((byte) 0);
                        digest.update(file.text().getBytes(StandardCharsets.UTF_8));
                        digest.update((byte) 0);
                    });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
