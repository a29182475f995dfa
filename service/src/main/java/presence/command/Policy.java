package presence.command;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import presence.facts.Capability;
import presence.facts.Capacity;
import presence.facts.Channel;

/**
 * The limits that rules and timers go by. Every map has an entry for every capability.
 *
 * @param capacity how many conversations of a capability an agent may have at a time, 0 to 1,000
 * @param wrapUp how long the wrap-up of a conversation may last; zero for none
 * @param handlingLimit how long handling should take at most; zero for no limit
 * @param connectionGrace how long a lost connection may be down before it ends the session
 * @param itemChannels which of EMAIL, TASK and ACTION_ITEM the system handles
 * @param transferMayExceedCapacity whether a transfer may exceed the capacity
 */
public record Policy(
        Map<Capability, Integer> capacity,
        Map<Capability, Duration> wrapUp,
        Map<Capability, Duration> handlingLimit,
        Duration connectionGrace,
        Set<Channel> itemChannels,
        boolean transferMayExceedCapacity) {

    /** The policy of a fresh system. */
    public static final Policy DEFAULT = new Policy(
            Map.of(Capability.PHONE, 1, Capability.VIDEO, 1, Capability.CHAT, 4, Capability.ITEMS, 1),
            everywhere(Duration.ZERO),
            everywhere(Duration.ZERO),
            Duration.ofSeconds(60),
            Collections.unmodifiableSet(EnumSet.of(Channel.EMAIL, Channel.TASK, Channel.ACTION_ITEM)),
            false);

    /** The policy after the change. */
    public Policy with(PolicyChange change) {
        return new Policy(
                merged(capacity, change.capacity()),
                merged(wrapUp, change.wrapUp()),
                merged(handlingLimit, change.handlingLimit()),
                change.connectionGrace() != null ? change.connectionGrace() : connectionGrace,
                change.itemChannels() != null ? change.itemChannels() : itemChannels,
                change.transferMayExceedCapacity() != null
                        ? change.transferMayExceedCapacity()
                        : transferMayExceedCapacity);
    }

    /** Whether conversations on this channel are handled here. */
    public boolean handles(Channel channel) {
        return channel.capability() != Capability.ITEMS || itemChannels.contains(channel);
    }

    /** The policy as rules read it. */
    public List<Capacity> facts() {
        return List.of(Capability.values()).stream()
                .map(capability ->
                        new Capacity(capability, capacity.getOrDefault(capability, 0), transferMayExceedCapacity))
                .toList();
    }

    private static Map<Capability, Duration> everywhere(Duration duration) {
        Map<Capability, Duration> durations = new EnumMap<>(Capability.class);
        for (Capability capability : Capability.values()) {
            durations.put(capability, duration);
        }
        return durations;
    }

    private static <V> Map<Capability, V> merged(Map<Capability, V> now, Map<Capability, V> change) {
        Map<Capability, V> merged = new EnumMap<>(now);
        merged.putAll(change);
        return merged;
    }
}
