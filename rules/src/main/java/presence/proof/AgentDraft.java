package presence.proof;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import presence.facts.Agent;
import presence.facts.Capability;
import presence.facts.ProfileType;

/** An agent being put together: the usual one of the scenarios, until a choice says otherwise. One thread. */
final class AgentDraft {
    String id = "anna";
    boolean signedIn = true;
    boolean connected = true;
    boolean connectionLost;
    boolean ready = true;

    @Nullable String profile;

    @Nullable ProfileType profileType = ProfileType.AVAILABLE;

    Conversations conversations = Conversations.NONE;
    boolean rejectDelay;
    Set<Capability> capabilities = EnumSet.allOf(Capability.class);
    Set<String> queues = Set.of();
    Set<String> labels = Set.of();

    /**
     * Whether the service can ever report such an agent. A signed-out one has no connection to lose, is not ready and has
     * no conversations; a signed-in one is on a profile.
     */
    boolean possible() {
        return signedIn
                ? profileType != null && !connectionLost
                : connected && ready && !rejectDelay && conversations.load() == 0;
    }

    Agent agent() {
        EnumSet<Capability> able = EnumSet.noneOf(Capability.class);
        able.addAll(capabilities);
        return new Agent(
                id,
                signedIn,
                connected,
                connectionLost,
                signedIn && ready,
                profileType == null
                        ? null
                        : profile == null ? profileType.name().toLowerCase(Locale.ROOT) : profile,
                profileType,
                conversations.work(),
                conversations.wrapUp(),
                conversations.load(),
                conversations.phone(),
                conversations.video(),
                conversations.chat(),
                conversations.items(),
                rejectDelay,
                able,
                EnumSet.complementOf(able),
                queues,
                labels);
    }
}
