package presence.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.DroolsParserException;
import org.drools.drl.parser.ParserError;
import org.jspecify.annotations.Nullable;
import org.kie.internal.builder.conf.LanguageLevelOption;

/**
 * The form in which all rules are written, so that everybody can read them and none can do more than conclude. Checks
 * files without running anything.
 *
 * <p>A file is read twice: by a grammar that knows the house form only and refuses everything else, and by the rule
 * engine's own parser. Both must find the same rules with the same conditions and conclusions, so that nothing hides in
 * a difference between the two. And the engine is given only what the grammar has understood, never the text itself.
 */
public final class HouseForm {
    private static final Pattern SENTENCE = Pattern.compile("\\p{Lu}\\S*(?: \\S+){2,}(?<![.])");

    /** Letters of all languages, and the signs that sentences need. */
    private static final Pattern WORDS = Pattern.compile("[\\p{L}\\p{M}\\p{N} .,;:'’()&+%/–—-]*");

    private static final Pattern PATH = Pattern.compile(RuleFiles.PATH + Pattern.quote(RuleFiles.RULES));

    private final List<RuleFault> faults = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private final Map<String, Statement> statementsById = new HashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, Rule> byId = new HashMap<>();
    private final Map<String, String> fileByPrefix = new HashMap<>();

    private HouseForm() {}

    /** Every fault of form in the files, by file and place. */
    public static List<RuleFault> check(List<RuleFile> files) {
        return of(files).faults;
    }

    /** Reads files. Whatever is wrong with them is told, and nothing is compiled. */
    public static HouseForm of(List<RuleFile> files) {
        HouseForm form = new HouseForm();
        if (form.sizes(files)) {
            files.forEach(form::read);
            form.count();
        }
        return form;
    }

    /** Every fault. If there is any, nothing of the files may be compiled. */
    public List<RuleFault> faults() {
        return faults;
    }

    /** The rules, as far as they have names. */
    public List<Rule> rules() {
        return rules;
    }

    /** What each rule looks at and concludes, by its id. */
    Map<String, Statement> statementsById() {
        return statementsById;
    }

    /** What the engine is to read, by path: what the grammar has understood of the files, and nothing else. */
    Map<String, String> sources() {
        return sources;
    }

    /** Whether the files are so few and small that they are read at all. */
    private boolean sizes(List<RuleFile> files) {
        if (files.isEmpty()) {
            faults.add(new RuleFault(FaultKind.FILE, "rules", 0, "There is no file of rules (*.drl)."));
        }
        long bytes = 0;
        Set<String> paths = new HashSet<>();
        for (RuleFile file : files) {
            bytes += file.bytes();
            checkPath(file);
            if (file.bytes() > RuleLimits.FILE_BYTES) {
                faults.add(new RuleFault(FaultKind.LIMIT, file.path(), 0, RuleFiles.tooLong(file.bytes())));
            }
            if (!paths.add(file.path())) {
                faults.add(new RuleFault(
                        FaultKind.FILE, file.path(), 0, "There are two files of this name; leave one out."));
            }
        }
        RuleFiles.tooMany("rules", files.size(), bytes).ifPresent(faults::add);
        return faults.isEmpty();
    }

    /** The path becomes the package's name, and the file's name a name in the engine's own file system. */
    private void checkPath(RuleFile file) {
        String path = file.path();
        String folder = path.substring(0, Math.max(path.lastIndexOf('/'), 0));
        if (!PATH.matcher(path).matches()) {
            faults.add(new RuleFault(
                    FaultKind.FILE,
                    path,
                    0,
                    folder.matches("(?:[a-z][a-z0-9_]{0,59}(?:/[a-z][a-z0-9_]{0,59}){0,4})?")
                            ? "The file's name is '" + path.substring(folder.isEmpty() ? 0 : folder.length() + 1)
                                    + "'; expected letters, digits, - and _, and the ending .drl"
                            : "The folder's name is '" + folder
                                    + "'; expected lower-case letters, digits and _, beginning with a letter, and five"
                                    + " folders within one another at most."));
            return;
        }
        for (String name : folder.split("/", -1)) {
            if (SourceVersion.isKeyword(name)) {
                faults.add(new RuleFault(
                        FaultKind.FILE, path, 0, "A folder cannot be named '" + name + "'; choose another name."));
            }
        }
    }

    private void read(RuleFile file) {
        int before = faults.size();
        RuleGrammar.Read read = RuleGrammar.read(file, faults);
        if (read.rules().isEmpty() && faults.size() == before) {
            faults.add(new RuleFault(
                    FaultKind.FORM, file.path(), 0, "The file holds no rule; write one or delete the file."));
        }
        checkNames(file, read.rules());
        if (faults.size() == before) {
            sources.put(file.path(), read.source());
            compareWithEngine(file, read);
        }
    }

    private void count() {
        if (rules.size() > RuleLimits.RULES) {
            faults.add(new RuleFault(
                    FaultKind.LIMIT,
                    "rules",
                    0,
                    "There are " + rules.size() + " rules; expected " + RuleLimits.RULES + " at most."));
        }
    }

    // --- names

    private void checkNames(RuleFile file, List<RuleGrammar.Parsed> parsed) {
        @Nullable Rule last = null;
        for (RuleGrammar.Parsed one : parsed) {
            if (one.name().text().length() > RuleLimits.NAME) {
                continue;
            }
            Optional<Rule> named = Rule.named(one.name().text(), file.path(), one.line());
            if (named.isEmpty()) {
                name(
                        file,
                        one,
                        "The rule's name is \"" + one.name().text()
                                + "\"; expected an id and a sentence, such as \"STATUS-050 An agent with work is busy\".");
                continue;
            }
            Rule rule = named.get();
            rules.add(rule);
            statementsById.put(rule.id(), one.statement());
            Rule taken = byId.putIfAbsent(rule.id(), rule);
            if (taken != null) {
                name(
                        file,
                        one,
                        "The id " + rule.id() + " is taken by " + taken.file() + ":" + taken.line()
                                + "; every rule needs an id of its own.");
            }
            checkSentence(file, one, rule.sentence());
            String prefix = prefix(rule);
            String owner = fileByPrefix.putIfAbsent(prefix, file.path());
            if (last != null && !prefix(last).equals(prefix)) {
                name(
                        file,
                        one,
                        "The id is " + rule.id() + " in a file of " + prefix(last) + " rules; expected " + prefix(last)
                                + "-… , or a file of its own.");
            } else if (owner != null && !owner.equals(file.path())) {
                name(
                        file,
                        one,
                        "Ids that begin with " + prefix + " belong to " + owner + "; choose another beginning.");
            } else if (last != null && taken == null && Rule.BY_ID.compare(last, rule) >= 0) {
                name(
                        file,
                        one,
                        rule.id() + " stands below " + last.id()
                                + "; rules stand in the order of their ids, for that is the order in which they win.");
            }
            last = last == null || prefix(last).equals(prefix) ? rule : last;
        }
    }

    private void checkSentence(RuleFile file, RuleGrammar.Parsed one, String sentence) {
        if (!WORDS.matcher(sentence).matches()) {
            name(
                    file,
                    one,
                    "After the id stands \"" + sentence
                            + "\"; expected letters, digits, spaces and . , ; : ' ( ) & + % / - only.");
        } else if (!SENTENCE.matcher(sentence).matches()) {
            name(
                    file,
                    one,
                    "After the id stands \"" + sentence
                            + "\"; expected a sentence that begins with a capital letter, of three words at least,"
                            + " without a full stop.");
        }
    }

    private void name(RuleFile file, RuleGrammar.Parsed one, String message) {
        faults.add(new RuleFault(FaultKind.NAME, file.path(), one.name().place(), message));
    }

    private static String prefix(Rule rule) {
        return rule.id().substring(0, rule.id().lastIndexOf('-'));
    }

    // --- the engine's opinion

    private void compareWithEngine(RuleFile file, RuleGrammar.Read read) {
        Optional<PackageDescr> engine = parse(file, read.source());
        if (engine.isPresent() && !same(engine.get(), read.rules())) {
            faults.add(new RuleFault(
                    FaultKind.ENGINE,
                    file.path(),
                    0,
                    "The rule engine reads this file differently from what it seems to say; write it anew in the form"
                            + " that the handbook shows."));
        }
    }

    /** The engine's syntax tree; empty, with the faults noted, if it finds the file not well-formed. */
    private Optional<PackageDescr> parse(RuleFile file, String source) {
        DrlParser parser = new DrlParser(LanguageLevelOption.DRL6);
        try {
            PackageDescr descr = parser.parse(false, RuleBook.header(file) + source);
            if (!parser.hasErrors() && descr != null) {
                return Optional.of(descr);
            }
            for (DroolsError error : parser.getErrors()) {
                int line = error.getLines().length > 0 ? error.getLines()[0] : 0;
                int column = error instanceof ParserError placed && line > 1 ? placed.getCol() + 1 : 0;
                faults.add(new RuleFault(
                        FaultKind.ENGINE,
                        file.path(),
                        column > 0 ? new Place(line, column, 0, 0) : Place.line(line),
                        RuleBook.tidy(error.getMessage())));
            }
        } catch (DroolsParserException | RuntimeException | StackOverflowError e) {
            faults.add(new RuleFault(
                    FaultKind.ENGINE,
                    file.path(),
                    0,
                    "The file cannot be read as rules: " + RuleBook.tidy(e.toString())));
        }
        return Optional.empty();
    }

    private static boolean same(PackageDescr engine, List<RuleGrammar.Parsed> parsed) {
        if (engine.getImports().size() != 1
                || engine.getGlobals().size() != 1
                || !engine.getFunctions().isEmpty()
                || !engine.getFunctionImports().isEmpty()
                || !engine.getAccumulateImports().isEmpty()
                || !engine.getAttributes().isEmpty()
                || !engine.getTypeDeclarations().isEmpty()
                || !engine.getEnumDeclarations().isEmpty()
                || !engine.getEntryPointDeclarations().isEmpty()
                || !engine.getWindowDeclarations().isEmpty()
                || engine.getRules().size() != parsed.size()) {
            return false;
        }
        for (int i = 0; i < parsed.size(); i++) {
            if (!same(engine.getRules().get(i), parsed.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(RuleDescr engine, RuleGrammar.Parsed parsed) {
        return !engine.isQuery()
                && engine.getName().equals(parsed.name().text())
                && engine.getParentName() == null
                && engine.getAnnotationNames().isEmpty()
                && engine.getAttributes().keySet().equals(parsed.timer() ? Set.of("timer") : Set.of())
                && engine.getNamedConsequences().isEmpty()
                && facts(engine.getLhs()).equals(parsed.facts())
                && pressed(String.valueOf(engine.getConsequence())).equals(pressed(parsed.conclusions()));
    }

    /** The facts of the conditions in the grammar's own words; what has no such words makes the lists differ. */
    private static List<String> facts(AndDescr conditions) {
        return conditions.getDescrs().stream().map(HouseForm::fact).toList();
    }

    private static String fact(BaseDescr condition) {
        if (condition instanceof NotDescr not && not.getDescrs().size() == 1) {
            return "not " + fact((BaseDescr) not.getDescrs().get(0));
        }
        if (condition instanceof ExistsDescr exists && exists.getDescrs().size() == 1) {
            return "exists " + fact((BaseDescr) exists.getDescrs().get(0));
        }
        if (!(condition instanceof PatternDescr pattern)
                || pattern.getSource() != null
                || pattern.isQuery()
                || !pattern.getBehaviors().isEmpty()
                || !pattern.getAnnotationNames().isEmpty()) {
            return condition.getClass().getSimpleName();
        }
        List<String> constraints = new ArrayList<>();
        for (BaseDescr constraint : pattern.getConstraint().getDescrs()) {
            constraints.add(
                    constraint instanceof ExprConstraintDescr expression
                            ? pressed(expression.getExpression())
                            : constraint.getClass().getSimpleName());
        }
        String name = pattern.getIdentifier() == null ? "" : pattern.getIdentifier() + ":";
        return name + pattern.getObjectType() + constraints;
    }

    /** Without white space: texts hold none. */
    private static String pressed(String text) {
        return text.replaceAll("\\s+", "");
    }
}
