package presence.state;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import presence.facts.Capability;

/** The sixteen sets of capabilities there are, so that agents share them instead of each having one. */
final class CapabilitySet {
    private static final List<Set<Capability>> SETS = IntStream.range(0, 1 << Capability.values().length)
            .mapToObj(CapabilitySet::make)
            .toList();

    private CapabilitySet() {}

    /** The shared set equal to this one, in the order of the enumeration. */
    static Set<Capability> of(Set<Capability> capabilities) {
        return SETS.get(bits(capabilities));
    }

    /** The shared set of all other capabilities. */
    static Set<Capability> complementOf(Set<Capability> capabilities) {
        return SETS.get(SETS.size() - 1 - bits(capabilities));
    }

    private static int bits(Set<Capability> capabilities) {
        int bits = 0;
        for (Capability capability : capabilities) {
            bits |= 1 << capability.ordinal();
        }
        return bits;
    }

    private static Set<Capability> make(int bits) {
        Set<Capability> set = EnumSet.noneOf(Capability.class);
        for (Capability capability : Capability.values()) {
            if ((bits & (1 << capability.ordinal())) != 0) {
                set.add(capability);
            }
        }
        return Collections.unmodifiableSet(set);
    }
}
