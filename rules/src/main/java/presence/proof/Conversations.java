package presence.proof;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import presence.facts.Capability;

/**
 * The conversations of an agent, counted.
 *
 * @param phone offered, active or in wrap-up
 * @param video the same
 * @param chat the same
 * @param items the same
 * @param offered how many of all are only offered
 * @param wrapUp how many of all are in wrap-up
 */
record Conversations(int phone, int video, int chat, int items, int offered, int wrapUp) {
    static final Conversations NONE = new Conversations(0, 0, 0, 0, 0, 0);

    /** None, one, one less than the limit of the usual policy, the limit, more. */
    private static final int[] FEW = {0, 1, 2};

    private static final int[] CHATS = {0, 1, 3, 4, 5};

    /** What an agent says about conversations. */
    private static final Map<String, ToIntFunction<Conversations>> COUNTS = Map.of(
            "work", Conversations::work,
            "wrapUp", Conversations::wrapUp,
            "load", Conversations::load,
            "phone", Conversations::phone,
            "video", Conversations::video,
            "chat", Conversations::chat,
            "items", Conversations::items);

    private static final Set<String> BY_STATE = Set.of("work", "wrapUp");

    int load() {
        return phone + video + chat + items;
    }

    int work() {
        return load() - offered;
    }

    static boolean counts(String field) {
        return COUNTS.containsKey(field);
    }

    /**
     * All that rules which read these fields can tell apart, each by its smallest example, the smallest first.
     *
     * @param fields fields of an agent; those that are not about conversations do not matter
     */
    static List<Conversations> toldApartBy(Set<String> fields) {
        List<ToIntFunction<Conversations>> read = fields.stream()
                .filter(COUNTS::containsKey)
                .sorted()
                .map(COUNTS::get)
                .toList();
        if (read.isEmpty()) {
            return List.of(NONE);
        }
        boolean states = fields.stream().anyMatch(BY_STATE::contains);
        Map<List<Integer>, Conversations> smallest = new LinkedHashMap<>();
        for (Conversations conversations : all(states)) {
            smallest.merge(
                    read.stream().map(count -> count.applyAsInt(conversations)).toList(),
                    conversations,
                    (one, other) -> one.size() <= other.size() ? one : other);
        }
        return smallest.values().stream()
                .sorted(Comparator.comparingInt(Conversations::size))
                .toList();
    }

    /** How far from none: a conversation counts for one, its being offered or in wrap-up for a little more. */
    int size() {
        return 4 * load() + offered + wrapUp;
    }

    private static Collection<Conversations> all(boolean states) {
        List<Conversations> all = new ArrayList<>();
        for (int phone : FEW) {
            for (int video : FEW) {
                for (int chat : CHATS) {
                    for (int items : FEW) {
                        int load = phone + video + chat + items;
                        for (int offered = 0; offered <= (states ? load : 0); offered++) {
                            for (int wrapUp = 0; wrapUp <= (states ? load - offered : 0); wrapUp++) {
                                all.add(new Conversations(phone, video, chat, items, offered, wrapUp));
                            }
                        }
                    }
                }
            }
        }
        return all;
    }

    /** As a scenario says it: {@code active: { CHAT: 1 }}; empty for none. */
    String words() {
        int[] left = {phone, video, chat, items};
        List<String> parts = new ArrayList<>();
        part("offered", take(left, offered), parts);
        part("wrapUp", take(left, wrapUp), parts);
        part("active", left, parts);
        return String.join(", ", parts);
    }

    private static int[] take(int[] from, int count) {
        int[] taken = new int[from.length];
        int still = count;
        for (int i = from.length - 1; i >= 0; i--) {
            taken[i] = Math.min(still, from[i]);
            from[i] -= taken[i];
            still -= taken[i];
        }
        return taken;
    }

    private static void part(String state, int[] counts, List<String> parts) {
        List<String> words = new ArrayList<>();
        for (Capability capability : Capability.values()) {
            if (counts[capability.ordinal()] > 0) {
                words.add(capability + ": " + counts[capability.ordinal()]);
            }
        }
        if (!words.isEmpty()) {
            parts.add(state + ": { " + String.join(", ", words) + " }");
        }
    }
}
