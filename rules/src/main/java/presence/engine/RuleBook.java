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
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.DroolsParserException;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;
import org.kie.internal.builder.conf.LanguageLevelOption;

/**
 * A set of rules, compiled. Immutable and safe for many threads; sessions opened from it are not.
 *
 * <p>A file of rules holds rules and comments and nothing else: its package, the vocabulary's import and the name
 * {@code verdict} are given to it here.
 */
public final class RuleBook {
    private static final String SOURCES = "src/main/resources/presence/";
    private static final Pattern TOPIC = Pattern.compile("(?:[a-z][a-z0-9_]*(?:/[a-z][a-z0-9_]*)*)?");
    private static final Pattern EXPRESSION = Pattern.compile("Analyse Expression (.+?): \\[", Pattern.DOTALL);
    private static final Pattern LINE = Pattern.compile("\\[Line: ([0-9]+)");

    private final List<RuleFile> files;
    private final List<Rule> rules;
    private final Map<String, Rule> rulesById = new HashMap<>();
    private final String hash;
    private final KieBase base;

    private RuleBook(List<RuleFile> files, List<Rule> rules, KieBase base) {
        this.files = List.copyOf(files);
        this.rules = List.copyOf(rules);
        this.base = base;
        rules.forEach(rule -> rulesById.put(rule.id(), rule));
        hash = hash(files);
    }

    /** Compiles the rules that the program brings with it. */
    public static RuleBook shipped() {
        return compile(RuleFiles.shipped());
    }

    /**
     * Compiles rules.
     *
     * @throws InvalidRulesException with every fault found, if there is any
     */
    public static RuleBook compile(List<RuleFile> files) {
        List<RuleFault> faults = new ArrayList<>();
        List<Rule> rules = new ArrayList<>();
        for (RuleFile file : files) {
            read(file, rules, faults);
        }
        checkUnique(rules, faults);
        if (!faults.isEmpty()) {
            throw new InvalidRulesException(HouseForm.explain(faults, files));
        }
        rules.sort(Rule.BY_ID);
        return new RuleBook(files, rules, build(files));
    }

    /** The rules by id: the order in which they are read and in which the first claim wins. */
    public List<Rule> rules() {
        return rules;
    }

    /** The rule with this id. */
    public Optional<Rule> rule(String id) {
        return Optional.ofNullable(rulesById.get(id));
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

    private static void read(RuleFile file, List<Rule> rules, List<RuleFault> faults) {
        if (!TOPIC.matcher(folder(file)).matches()) {
            faults.add(new RuleFault(
                    file.path(),
                    0,
                    "The folder's name is '" + folder(file)
                            + "'; expected lower-case letters, digits and _, beginning with a letter."));
            return;
        }
        Optional<PackageDescr> parsed = parse(file, faults);
        for (RuleDescr descr : parsed.map(PackageDescr::getRules).orElse(List.of())) {
            Optional<Rule> rule = Rule.named(descr.getName(), file.path(), descr.getLine());
            rule.ifPresent(rules::add);
            if (rule.isEmpty()) {
                faults.add(new RuleFault(file.path(), descr.getLine(), badName(descr.getName())));
            }
        }
    }

    static String badName(String name) {
        return "The rule's name is \"" + name
                + "\"; expected an id and a sentence, such as \"STATUS-050 An agent with work is busy\".";
    }

    static String takenId(Rule rule, Rule first) {
        return "The id " + rule.id() + " is taken by " + first.file() + ":" + first.line()
                + "; every rule needs an id of its own.";
    }

    /** The syntax tree of a file; empty, with the faults noted, if it is not well-formed. */
    static Optional<PackageDescr> parse(RuleFile file, List<RuleFault> faults) {
        DrlParser parser = new DrlParser(LanguageLevelOption.DRL6);
        try {
            PackageDescr descr = parser.parse(false, header(file) + file.text());
            if (!parser.hasErrors() && descr != null) {
                return Optional.of(descr);
            }
            for (DroolsError error : parser.getErrors()) {
                int[] lines = error.getLines();
                faults.add(new RuleFault(file.path(), lines.length > 0 ? lines[0] : 0, tidy(error.getMessage())));
            }
        } catch (DroolsParserException | RuntimeException | StackOverflowError e) {
            faults.add(new RuleFault(file.path(), 0, "The file cannot be read as rules: " + tidy(e.toString())));
        }
        return Optional.empty();
    }

    private static void checkUnique(List<Rule> rules, List<RuleFault> faults) {
        Map<String, Rule> seen = new HashMap<>();
        for (Rule rule : rules) {
            Rule first = seen.putIfAbsent(rule.id(), rule);
            if (first != null) {
                faults.add(new RuleFault(rule.file(), rule.line(), takenId(rule, first)));
            }
        }
    }

    private static KieBase build(List<RuleFile> files) {
        KieServices services = KieServices.Factory.get();
        KieFileSystem sources = services.newKieFileSystem();
        ReleaseId release =
                services.newReleaseId("presence", "rules", UUID.randomUUID().toString());
        sources.generateAndWritePomXML(release);
        for (RuleFile file : files) {
            sources.write(SOURCES + file.path(), header(file) + file.text());
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
                throw new InvalidRulesException(HouseForm.explain(faults, files));
            }
            return services.newKieContainer(release).getKieBase();
        } catch (InvalidRulesException e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // Some bad rules make the compiler throw instead of reporting.
            throw new InvalidRulesException(
                    List.of(new RuleFault("rules", 0, "The rules cannot be compiled: " + tidy(e.toString()))));
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
                file, lineOfExpression(message, file, files).orElse(Math.max(line, 0)), tidy(message.getText()));
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

    private static String tidy(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private static String hash(List<RuleFile> files) {
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
