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
 */
public record PolicyChange(
        Map<Capability, Integer> capacity,
        Map<Capability, Duration> wrapUp,
        Map<Capability, Duration> handlingLimit,
        @Nullable Duration connectionGrace,
        @Nullable Set<Channel> itemChannels,
        @Nullable Boolean transferMayExceedCapacity) {}
