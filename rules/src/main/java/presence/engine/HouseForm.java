package presence.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.jspecify.annotations.Nullable;

/**
 * The form in which all rules are written, so that everybody can read them and none can do more than conclude. Checks
 * files without running anything.
 *
 * <p>A file is read twice: by a grammar that knows the house form only and refuses everything else, and by the rule
 * engine's own parser. Both must find the same rules, so that nothing hides in a difference between the two.
 */
public final class HouseForm {
    private static final Pattern SENTENCE = Pattern.compile("\\p{Lu}\\S*(?: \\S+){2,}(?<![.])");

    private HouseForm() {}

    /** Every fault of form in the files, by file and line. */
    public static List<RuleFault> check(List<RuleFile> files) {
        List<RuleFault> faults = new ArrayList<>();
        Map<String, Rule> byId = new HashMap<>();
        Map<String, String> fileByPrefix = new HashMap<>();
        for (RuleFile file : files) {
            int before = faults.size();
            List<RuleGrammar.Parsed> rules = RuleGrammar.read(file, faults);
            if (rules.isEmpty() && faults.size() == before) {
                faults.add(new RuleFault(file.path(), 0, "The file holds no rule; write one or delete the file."));
            }
            checkNames(file, rules, byId, fileByPrefix, faults);
            if (faults.size() == before) {
                compareWithEngine(file, rules, faults);
            }
        }
        return faults;
    }

    private static void checkNames(
            RuleFile file,
            List<RuleGrammar.Parsed> parsed,
            Map<String, Rule> byId,
            Map<String, String> fileByPrefix,
            List<RuleFault> faults) {
        @Nullable Rule last = null;
        for (RuleGrammar.Parsed one : parsed) {
            Optional<Rule> named = Rule.named(one.name(), file.path(), one.line());
            if (named.isEmpty()) {
                faults.add(new RuleFault(file.path(), one.line(), RuleBook.badName(one.name())));
                continue;
            }
            Rule rule = named.get();
            Rule taken = byId.putIfAbsent(rule.id(), rule);
            if (taken != null) {
                faults.add(new RuleFault(file.path(), one.line(), RuleBook.takenId(rule, taken)));
            }
            if (!SENTENCE.matcher(rule.sentence()).matches()) {
                faults.add(new RuleFault(
                        file.path(),
                        one.line(),
                        "After the id stands \"" + rule.sentence()
                                + "\"; expected a sentence that begins with a capital letter, of three words at least,"
                                + " without a full stop."));
            }
            String prefix = prefix(rule);
            String owner = fileByPrefix.putIfAbsent(prefix, file.path());
            if (last != null && !prefix(last).equals(prefix)) {
                faults.add(new RuleFault(
                        file.path(),
                        one.line(),
                        "The id is " + rule.id() + " in a file of " + prefix(last) + " rules; expected " + prefix(last)
                                + "-… , or a file of its own."));
            } else if (owner != null && !owner.equals(file.path())) {
                faults.add(new RuleFault(
                        file.path(),
                        one.line(),
                        "Ids that begin with " + prefix + " belong to " + owner + "; choose another beginning."));
            } else if (last != null && taken == null && Rule.BY_ID.compare(last, rule) >= 0) {
                faults.add(new RuleFault(
                        file.path(),
                        one.line(),
                        rule.id() + " stands below " + last.id()
                                + "; rules stand in the order of their ids, for that is the order in which they win."));
            }
            last = last == null || prefix(last).equals(prefix) ? rule : last;
        }
    }

    private static String prefix(Rule rule) {
        return rule.id().substring(0, rule.id().lastIndexOf('-'));
    }

    private static void compareWithEngine(RuleFile file, List<RuleGrammar.Parsed> parsed, List<RuleFault> faults) {
        Optional<PackageDescr> engine = RuleBook.parse(file, faults);
        if (engine.isEmpty()) {
            return;
        }
        PackageDescr found = engine.get();
        boolean same = parsed.stream()
                        .map(RuleGrammar.Parsed::name)
                        .toList()
                        .equals(found.getRules().stream()
                                .map(RuleDescr::getName)
                                .toList())
                && found.getRules().stream().noneMatch(RuleDescr::isQuery)
                && found.getImports().size() == 1
                && found.getGlobals().size() == 1
                && found.getFunctions().isEmpty()
                && found.getFunctionImports().isEmpty()
                && found.getAccumulateImports().isEmpty()
                && found.getAttributes().isEmpty()
                && found.getTypeDeclarations().isEmpty()
                && found.getEnumDeclarations().isEmpty()
                && found.getEntryPointDeclarations().isEmpty()
                && found.getWindowDeclarations().isEmpty();
        if (!same) {
            faults.add(new RuleFault(
                    file.path(),
                    0,
                    "The rule engine reads this file differently from what it seems to say; write it anew in the form"
                            + " that the handbook shows."));
        }
    }

    /**
     * The engine's faults in an analyst's words: where a rule that the engine refuses is not in the house form, what the
     * form has to say about it stands in place of the engine's message.
     */
    static List<RuleFault> explain(List<RuleFault> engineFaults, List<RuleFile> files) {
        Map<String, List<RuleFault>> ownByFile = new HashMap<>();
        Map<String, List<RuleGrammar.Parsed>> rulesByFile = new HashMap<>();
        for (RuleFile file : files) {
            List<RuleFault> own = new ArrayList<>();
            rulesByFile.put(file.path(), RuleGrammar.read(file, own));
            ownByFile.put(file.path(), own);
        }
        List<RuleFault> explained = new ArrayList<>();
        for (RuleFault fault : engineFaults) {
            List<RuleGrammar.Parsed> rules = rulesByFile.getOrDefault(fault.file(), List.of());
            Optional<RuleGrammar.Parsed> rule = rules.stream()
                    .filter(one -> one.line() <= fault.line() && fault.line() <= one.endLine())
                    .findFirst();
            List<RuleFault> own = Objects.requireNonNull(ownByFile.getOrDefault(fault.file(), List.of())).stream()
                    .filter(candidate -> rule.isEmpty()
                            || (rule.get().line() <= candidate.line()
                                    && candidate.line() <= rule.get().endLine()))
                    .toList();
            explained.addAll(own.isEmpty() ? List.of(fault) : own);
        }
        return explained.stream().distinct().toList();
    }
}
