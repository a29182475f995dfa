package presence.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import presence.facts.Capability;
import presence.facts.Capacity;
import presence.facts.Channel;
import presence.facts.MissedOffers;

/**
 * The limits that rules and timers go by. Every map has an entry for every capability.
 *
 * @param capacity how many conversations of a capability an agent may have at a time, 0 to 1,000
 * @param wrapUp how long the wrap-up of a conversation may last; zero for none
 * @param handlingLimit how long handling should take at most; zero for no limit
 * @param connectionGrace how long a lost connection may be down before it ends the session
 * @param itemChannels which of EMAIL, TASK and ACTION_ITEM the system handles
 * @param transferMayExceedCapacity whether a transfer may exceed the capacity
 * @param offerTtl how long an offer can be answered, more than zero
 * @param missedOffersLimit how many offers in a row an agent may miss before a rule makes them not ready; 0 for any number
 * @param rejectDelay how long an agent who rejected an offer is offered nothing; zero for no delay
 * @param staleAfter how long a conversation counts of which nobody says a word; zero for ever
 * @param heartbeatTimeout how long a desktop that sends heartbeats may be silent; zero for ever
 */
public record Policy(
        Map<Capability, Integer> capacity,
        Map<Capability, Duration> wrapUp,
        Map<Capability, Duration> handlingLimit,
        Duration connectionGrace,
        Set<Channel> itemChannels,
        boolean transferMayExceedCapacity,
        Map<Capability, Duration> offerTtl,
        int missedOffersLimit,
        Duration rejectDelay,
        Map<Capability, Duration> staleAfter,
        Duration heartbeatTimeout) {

    /** The policy of a fresh system. */
    public static final Policy DEFAULT = new Policy(
            Map.of(Capability.PHONE, 1, Capability.VIDEO, 1, Capability.CHAT, 4, Capability.ITEMS, 1),
            everywhere(Duration.ZERO),
            everywhere(Duration.ZERO),
            Duration.ofSeconds(60),
            Collections.unmodifiableSet(EnumSet.of(Channel.EMAIL, Channel.TASK, Channel.ACTION_ITEM)),
            false,
            Map.of(
                    Capability.PHONE, Duration.ofSeconds(60),
                    Capability.VIDEO, Duration.ofSeconds(60),
                    Capability.CHAT, Duration.ofSeconds(120),
                    Capability.ITEMS, Duration.ofSeconds(120)),
            1,
            Duration.ZERO,
            Map.of(
                    Capability.PHONE, Duration.ofHours(2),
                    Capability.VIDEO, Duration.ofHours(2),
                    Capability.CHAT, Duration.ofHours(12),
                    Capability.ITEMS, Duration.ZERO),
            Duration.ofSeconds(30));

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
                        : transferMayExceedCapacity,
                merged(offerTtl, change.offerTtl()),
                change.missedOffersLimit() != null ? change.missedOffersLimit() : missedOffersLimit,
                change.rejectDelay() != null ? change.rejectDelay() : rejectDelay,
                merged(staleAfter, change.staleAfter()),
                change.heartbeatTimeout() != null ? change.heartbeatTimeout() : heartbeatTimeout);
    }

    /** All of it, as a change. */
    public PolicyChange whole() {
        return new PolicyChange(
                capacity,
                wrapUp,
                handlingLimit,
                connectionGrace,
                itemChannels,
                transferMayExceedCapacity,
                offerTtl,
                missedOffersLimit,
                rejectDelay,
                staleAfter,
                heartbeatTimeout);
    }

    /** Whether conversations on this channel are handled here. */
    public boolean handles(Channel channel) {
        return channel.capability() != Capability.ITEMS || itemChannels.contains(channel);
    }

    /** The policy as rules read it. */
    public List<Record> facts() {
        List<Record> facts = new ArrayList<>();
        for (Capability capability : Capability.values()) {
            facts.add(new Capacity(capability, capacity.getOrDefault(capability, 0), transferMayExceedCapacity));
        }
        facts.add(new MissedOffers(missedOffersLimit));
        return facts;
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
