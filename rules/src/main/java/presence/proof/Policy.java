package presence.proof;

import java.util.ArrayList;
import java.util.List;
import presence.facts.Capability;
import presence.facts.Capacity;

/**
 * A policy that administrators may set.
 *
 * @param facts the policy as rules read it
 * @param words what is unusual about it, as a scenario says it; empty for the usual one
 */
record Policy(List<Capacity> facts, String words) {
    private static final int[] USUAL = {1, 1, 4, 1};

    /** No conversation at all, one, and as many chats as the usual policy allows: a second phone call has room. */
    private static final int[] LIMITS = {0, 1, 4};

    static final Policy AS_USUAL = of(USUAL, false);

    /**
     * The policies under which agents are asked about: each capability below its limit with something to do, at it and
     * beyond it, limits that leave no room, and transfers that may exceed them.
     */
    static final List<Policy> SOME =
            List.of(AS_USUAL, of(USUAL, true), of(new int[] {4, 4, 4, 4}, false), of(new int[] {0, 0, 0, 0}, false));

    private static Policy of(int[] limits, boolean transferMayExceed) {
        List<Capacity> facts = new ArrayList<>();
        List<String> capacity = new ArrayList<>();
        for (Capability capability : Capability.values()) {
            int limit = limits[capability.ordinal()];
            facts.add(new Capacity(capability, limit, transferMayExceed));
            if (limit != USUAL[capability.ordinal()]) {
                capacity.add(capability + ": " + limit);
            }
        }
        List<String> words = new ArrayList<>();
        if (!capacity.isEmpty()) {
            words.add("capacity: { " + String.join(", ", capacity) + " }");
        }
        if (transferMayExceed) {
            words.add("transferMayExceed: yes");
        }
        return new Policy(List.copyOf(facts), words.isEmpty() ? "" : "policy: { " + String.join(", ", words) + " }");
    }

    /** Every combination of limits, for a rule that has not fired under the few. */
    static List<Policy> all() {
        List<Policy> all = new ArrayList<>();
        for (int phone : LIMITS) {
            for (int video : LIMITS) {
                for (int chat : LIMITS) {
                    for (int items : LIMITS) {
                        all.add(of(new int[] {phone, video, chat, items}, false));
                        all.add(of(new int[] {phone, video, chat, items}, true));
                    }
                }
            }
        }
        return all;
    }
}
