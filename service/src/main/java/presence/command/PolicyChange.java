package presence.command;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import presence.facts.Capability;
import presence.facts.Channel;

/**
 * What of the policy is to change. What is null, or not in a map, keeps its value.
 *
 * @param capacity how many conversations of a capability an agent may have at a time
 * @param wrapUp how long the wrap-up of a conversation may last; zero for none
 * @param handlingLimit how long handling should take at most; zero for no limit
 * @param connectionGrace how long a lost connection may be down before it ends the session
 * @param itemChannels which of EMAIL, TASK and ACTION_ITEM the system handles
 * @param transferMayExceedCapacity whether a transfer may exceed the capacity
 * @param offerTtl how long an offer can be answered
 * @param missedOffersLimit how many offers in a row an agent may miss; 0 for any number
 * @param rejectDelay how long an agent who rejected an offer is offered nothing; zero for no delay
 * @param staleAfter how long a conversation counts of which nobody says a word; zero for ever
 * @param heartbeatTimeout how long a desktop that sends heartbeats may be silent; zero for ever
 */
public record PolicyChange(
        Map<Capability, Integer> capacity,
        Map<Capability, Duration> wrapUp,
        Map<Capability, Duration> handlingLimit,
        @Nullable Duration connectionGrace,
        @Nullable Set<Channel> itemChannels,
        @Nullable Boolean transferMayExceedCapacity,
        Map<Capability, Duration> offerTtl,
        @Nullable Integer missedOffersLimit,
        @Nullable Duration rejectDelay,
        Map<Capability, Duration> staleAfter,
        @Nullable Duration heartbeatTimeout) {

    /** A change that leaves offers, stale conversations and heartbeats as they are. */
    public PolicyChange(
            Map<Capability, Integer> capacity,
            Map<Capability, Duration> wrapUp,
            Map<Capability, Duration> handlingLimit,
            @Nullable Duration connectionGrace,
            @Nullable Set<Channel> itemChannels,
            @Nullable Boolean transferMayExceedCapacity) {
        this(
                capacity,
                wrapUp,
                handlingLimit,
                connectionGrace,
                itemChannels,
                transferMayExceedCapacity,
                Map.of(),
                null,
                null,
                Map.of(),
                null);
    }

    /** A change after which no conversation is suspect, however long nobody says a word about it. */
    public static final PolicyChange NOTHING_STALE = staleAfter(Map.of(
            Capability.PHONE, Duration.ZERO,
            Capability.VIDEO, Duration.ZERO,
            Capability.CHAT, Duration.ZERO,
            Capability.ITEMS, Duration.ZERO));

    /** A change of nothing but how long conversations count of which nobody says a word. */
    public static PolicyChange staleAfter(Map<Capability, Duration> staleAfter) {
        return new PolicyChange(Map.of(), Map.of(), Map.of(), null, null, null, Map.of(), null, null, staleAfter, null);
    }
}
