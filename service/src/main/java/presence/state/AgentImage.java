package presence.state;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import presence.facts.Capability;
import presence.facts.GraceEnd;
import presence.facts.ProfileEnd;
import presence.facts.RejectDelayEnd;
import presence.facts.SilenceEnd;

/**
 * An agent as a snapshot keeps one: what was reported, and nothing that rules conclude but when it last changed. What
 * snapshots of earlier versions lack is null: {@code labels} and what follows, and the {@code localTime} of a profile's end.
 */
public record AgentImage(
        String id,
        String name,
        String timeZone,
        List<String> assignedQueues,
        Set<Capability> capabilities,
        List<String> queues,
        boolean signedIn,
        boolean connected,
        boolean connectionLost,
        boolean ready,
        @Nullable String notReadyReason,
        @Nullable String profile,
        @Nullable ProfileEnd profileEnd,
        @Nullable GraceEnd graceEnd,
        @Nullable RejectDelayEnd rejectDelayEnd,
        @Nullable SilenceEnd silenceEnd,
        long heartbeatAt,
        int missedOffers,
        long profileSince,
        long notReadySince,
        long idleSince,
        long statusSince,
        long version,
        @Nullable List<String> labels,
        @Nullable Long missedAt,
        @Nullable Long disconnectedSince,
        @Nullable Long overrunSince) {}
