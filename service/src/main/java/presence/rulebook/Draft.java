package presence.rulebook;

import java.util.List;
import presence.engine.RuleFile;

/**
 * The rules that analysts are working on. There is one draft or none.
 *
 * @param version grows with each change of it, for compare-and-set
 * @param basedOn the number of the release that it was begun from
 * @param author who changed it last
 * @param changedAt when, in milliseconds since 1970-01-01T00:00Z
 * @param files its rules and scenarios, by path
 */
public record Draft(long version, int basedOn, String author, long changedAt, List<RuleFile> files) {
    public Draft {
        files = List.copyOf(files);
    }
}
