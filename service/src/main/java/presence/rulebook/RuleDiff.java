package presence.rulebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import presence.engine.RuleFile;

/**
 * What differs between two sets of rules, rule by rule, whichever files they stand in.
 *
 * @param rules the rules that differ, by id
 * @param scenarios the files of scenarios that differ, by path
 */
public record RuleDiff(List<Changed> rules, List<ChangedFile> scenarios) {
    /** What became of something. The names are part of the API. */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    /**
     * A rule that differs.
     *
     * @param rule its id
     * @param before its text with the comment above it; null for one that is added
     * @param after its text with the comment above it; null for one that is removed
     * @param file where it stands, or stood
     * @param line the line there at which its text begins, from 1
     */
    public record Changed(
            String rule,
            String file,
            int line,
            @Nullable String before,
            @Nullable String after) {
        /** What became of it. */
        public Kind kind() {
            return RuleDiff.kind(before, after);
        }
    }

    /** A file of scenarios that differs. */
    public record ChangedFile(String file, Kind kind) {}

    private record Text(String file, int line, String text) {
        /** What stands in a file between two places. */
        static Text of(RuleFile file, int from, int to) {
            int begin = from;
            while (begin < to && Character.isWhitespace(file.text().charAt(begin))) {
                begin++;
            }
            int above = (int) file.text()
                    .substring(0, begin)
                    .chars()
                    .filter(sign -> sign == '\n')
                    .count();
            return new Text(
                    file.path(), above + 1, file.text().substring(begin, to).strip());
        }
    }

    /** A comment as far as it reaches down to the rule, and the rule; its id is the first word of its name. */
    private static final Pattern RULE = Pattern.compile(
            "((?:[ \\t]*/\\*(?:[^*]|\\*(?!/))*+\\*/[ \\t]*\\R(?:[ \\t]*\\R)*+)?)[ \\t]*rule[ \\t]+\"([^\" ]+)[^\"]*+\"");

    /** Compares two sets of files. */
    public static RuleDiff between(List<RuleFile> before, List<RuleFile> after) {
        Map<String, Text> old = texts(Rulebook.rules(before));
        Map<String, Text> fresh = texts(Rulebook.rules(after));
        List<Changed> rules = new ArrayList<>();
        for (String id : union(old, fresh)) {
            Text was = old.get(id);
            Text is = fresh.get(id);
            String textBefore = was == null ? null : was.text();
            String textAfter = is == null ? null : is.text();
            if (!Objects.equals(textBefore, textAfter)) {
                Text there = is != null ? is : Objects.requireNonNull(was);
                rules.add(new Changed(id, there.file(), there.line(), textBefore, textAfter));
            }
        }
        Map<String, String> oldScenarios = byPath(Rulebook.scenarios(before));
        Map<String, String> freshScenarios = byPath(Rulebook.scenarios(after));
        List<ChangedFile> scenarios = new ArrayList<>();
        for (String path : union(oldScenarios, freshScenarios)) {
            String was = oldScenarios.get(path);
            String is = freshScenarios.get(path);
            if (!Objects.equals(was, is)) {
                scenarios.add(new ChangedFile(path, kind(was, is)));
            }
        }
        return new RuleDiff(List.copyOf(rules), List.copyOf(scenarios));
    }

    private static Kind kind(@Nullable String before, @Nullable String after) {
        return before == null ? Kind.ADDED : after == null ? Kind.REMOVED : Kind.CHANGED;
    }

    private static <T> TreeSet<String> union(Map<String, T> one, Map<String, T> other) {
        TreeSet<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        return names;
    }

    private static Map<String, String> byPath(List<RuleFile> files) {
        Map<String, String> texts = new TreeMap<>();
        files.forEach(file -> texts.put(file.path(), file.text()));
        return texts;
    }

    /** Works on drafts that are not well-formed, too: a rule reaches to where the next begins. */
    private static Map<String, Text> texts(List<RuleFile> files) {
        Map<String, Text> texts = new TreeMap<>();
        for (RuleFile file : files) {
            Matcher matcher = RULE.matcher(file.text());
            String id = null;
            int from = 0;
            while (matcher.find()) {
                if (id != null) {
                    texts.putIfAbsent(id, Text.of(file, from, matcher.start()));
                }
                id = matcher.group(2);
                from = matcher.start();
            }
            if (id != null) {
                texts.putIfAbsent(id, Text.of(file, from, file.text().length()));
            }
        }
        return texts;
    }
}
