package presence.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import presence.engine.RuleFile;

/**
 * A step of a change that the handbook works out.
 *
 * @param number the change it belongs to
 * @param file the file that is changed
 * @param where where in it: {@code at the end}, {@code in place of X} or {@code above X}
 * @param text what is put there
 */
record WorkedChange(int number, String file, String where, String text) {
    private static final Pattern STEP =
            Pattern.compile("<!-- change (\\d): in (\\S+), (.*?) -->\n```[a-z]+\n(.*?)```", Pattern.DOTALL);
    private static final String IN_PLACE = "in place of ";
    private static final String ABOVE = "above ";

    static List<WorkedChange> all(String handbook) {
        List<WorkedChange> all = new ArrayList<>();
        Matcher step = STEP.matcher(handbook);
        while (step.find()) {
            all.add(new WorkedChange(Integer.parseInt(step.group(1)), step.group(2), step.group(3), step.group(4)));
        }
        return all;
    }

    /** The files with the changes made in those that are named. */
    static List<RuleFile> applied(List<WorkedChange> changes, List<RuleFile> files) {
        List<RuleFile> changed = new ArrayList<>();
        for (RuleFile file : files) {
            String text = file.text();
            for (WorkedChange change : changes) {
                text = change.file.equals(file.path()) ? change.made(text) : text;
            }
            changed.add(new RuleFile(file.path(), text));
        }
        return changed;
    }

    private String made(String in) {
        if (where.startsWith(IN_PLACE)) {
            return replaced(in, where.substring(IN_PLACE.length()));
        }
        if (where.startsWith(ABOVE)) {
            String start = "rule \"" + where.substring(ABOVE.length());
            assertThat(in).contains(start);
            return in.replace(start, text + "\n" + start);
        }
        assertThat(where).isEqualTo("at the end");
        return in + "\n" + text;
    }

    /** A rule, with the comment above it if the new one brings its own; or a scenario, by its name in quotes. */
    private String replaced(String in, String what) {
        String old = what.startsWith("\"")
                ? "- scenario: " + Pattern.quote(what.substring(1, what.length() - 1)) + "\n(?:[^\n]+\n)*"
                : (text.startsWith("/*") ? "/\\*[^/]*\\*/\n" : "") + "rule \"" + what + " (?s:.*?)\nend\n";
        Matcher found = Pattern.compile(old).matcher(in);
        assertThat(found.find()).as("%s in %s", what, file).isTrue();
        return in.substring(0, found.start()) + text + in.substring(found.end());
    }
}
