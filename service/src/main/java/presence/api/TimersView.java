package presence.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import presence.command.ProfileDefinition;
import presence.state.AgentState;
import presence.state.Catalogue;
import presence.state.Conversation;

/** The timers that an agent is shown. */
public final class TimersView {
    private static final Comparator<Timer> ORDER = Comparator.comparing((Timer timer) -> timer.kind.name())
            .thenComparingLong(Timer::startedAt)
            .thenComparing(timer -> timer.conversation == null ? "" : timer.conversation);

    private TimersView() {}

    /** What a timer counts. */
    public enum Kind {
        NOT_READY,
        ABSENT,
        HANDLING
    }

    /** A timer that runs. */
    public record Timer(Kind kind, long startedAt, @Nullable String conversation) {}

    /** The timers that run, by kind, start and conversation. */
    public static List<Timer> of(AgentState agent, Catalogue catalogue) {
        List<Timer> timers = new ArrayList<>();
        if (agent.signedIn() && !agent.ready()) {
            timers.add(new Timer(Kind.NOT_READY, agent.notReadySince(), null));
        }
        ProfileDefinition profile = agent.profile() == null ? null : catalogue.profileInUse(agent.profile());
        if (agent.signedIn() && profile != null && profile.countsAsAbsence()) {
            timers.add(new Timer(Kind.ABSENT, agent.profileSince(), null));
        }
        for (Conversation conversation : agent.conversations()) {
            if (!conversation.direct()) {
                timers.add(new Timer(Kind.HANDLING, conversation.startedAt(), conversation.id()));
            }
        }
        timers.sort(ORDER);
        return timers;
    }
}
