package presence.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import presence.index.CatalogueView;

/**
 * That administrators put or deleted something.
 *
 * @param what what kind of thing
 * @param id its id; null for the policy, which has none, and where so many changed together that they are not named
 * @param deleted whether it is gone
 */
record Redefinition(What what, @Nullable String id, boolean deleted) {
    /** The most of one kind that are named one by one. */
    static final int MOST_NAMED = 100;

    /** The kinds of definitions. The names are part of the API. */
    enum What {
        PROFILE,
        QUEUE,
        QUEUE_GROUP,
        POLICY
    }

    /** What differs between the definitions as they were and as they are, in the order of the ids. */
    static List<Redefinition> between(CatalogueView before, CatalogueView after) {
        List<Redefinition> found = new ArrayList<>();
        if (before.revision() == after.revision()) {
            return found;
        }
        if (!before.policy().equals(after.policy())) {
            found.add(new Redefinition(What.POLICY, null, false));
        }
        // In this order, since a profile may name a queue group, and a queue group queues.
        found.addAll(between(What.QUEUE, before.queues(), after.queues()));
        found.addAll(between(What.QUEUE_GROUP, before.queueGroups(), after.queueGroups()));
        found.addAll(between(What.PROFILE, before.profiles(), after.profiles()));
        return found;
    }

    private static <T> List<Redefinition> between(What what, Map<String, T> before, Map<String, T> after) {
        TreeSet<String> ids = new TreeSet<>(before.keySet());
        ids.addAll(after.keySet());
        List<Redefinition> found = new ArrayList<>();
        for (String id : ids) {
            T now = after.get(id);
            if (now == null || !now.equals(before.get(id))) {
                found.add(new Redefinition(what, id, now == null));
            }
        }
        return found.size() > MOST_NAMED ? List.of(new Redefinition(what, null, false)) : found;
    }
}
