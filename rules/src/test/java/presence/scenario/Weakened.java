package presence.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import presence.engine.RuleFile;

/**
 * A file of rules, each of them without its first condition, or each without its second, and so on.
 *
 * @param file the file as it would be
 * @param missing what each rule that has so many conditions misses, by the rule's id
 */
record Weakened(RuleFile file, Map<String, String> missing) {
    private static final Pattern RULE = Pattern.compile("rule \"(\\S+) [^\"]*\".*?when(.*?)then", Pattern.DOTALL);
    private static final Pattern FACT = Pattern.compile("[A-Z][A-Za-z]+\\((.*)\\)");

    static List<Weakened> of(RuleFile file) {
        List<Weakened> all = new ArrayList<>();
        for (int which = 0; ; which++) {
            Weakened weakened = without(which, file);
            if (weakened.missing.isEmpty()) {
                return all;
            }
            all.add(weakened);
        }
    }

    private static Weakened without(int which, RuleFile file) {
        StringBuilder text = new StringBuilder();
        Map<String, String> missing = new LinkedHashMap<>();
        int copied = 0;
        Matcher rule = RULE.matcher(file.text());
        while (rule.find()) {
            int seen = 0;
            Matcher fact = FACT.matcher(rule.group(2));
            while (fact.find()) {
                List<String> kept = new ArrayList<>();
                for (String condition : fact.group(1).split(",")) {
                    if (!condition.contains(" : ") && seen++ == which) {
                        missing.put(rule.group(1), condition.strip());
                    } else {
                        kept.add(condition);
                    }
                }
                text.append(file.text(), copied, rule.start(2) + fact.start(1)).append(String.join(",", kept));
                copied = rule.start(2) + fact.end(1);
            }
        }
        text.append(file.text(), copied, file.text().length());
        return new Weakened(new RuleFile(file.path(), text.toString()), missing);
    }
}
