package presence.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import presence.command.ProfileDefinition;
import presence.state.AgentState;
import presence.state.Conversation;

/** The timers that an agent is shown. */
public final class Timers {
    private static final Comparator<Timer> ORDER = Comparator.comparing((Timer timer) -> timer.kind.name())
            .thenComparingLong(Timer::startedAt)
            .thenComparing(timer -> timer.conversation == null ? "" : timer.conversation.id());

    private Timers() {}

    /** What a timer counts. */
    public enum Kind {
        NOT_READY,
        ABSENT,
        HANDLING
    }

    /** A timer that runs. */
    public record Timer(Kind kind, long startedAt, @Nullable Conversation conversation) {}

    /** How far a timer is with what it may take. */
    public enum Level {
        NONE,
        /** Three quarters of the limit have passed. */
        WARN,
        /** The limit has been reached. */
        BREACH
    }

    /** The level of a timer that has run for so long, both in milliseconds; a limit of 0 is none. */
    public static Level level(long elapsed, long limit) {
        if (limit == 0 || elapsed * 4 < limit * 3) {
            return Level.NONE;
        }
        return elapsed < limit ? Level.WARN : Level.BREACH;
    }

    /** How long a timer with this limit runs before it warns, both in milliseconds. */
    public static long warnAfter(long limit) {
        return (limit * 3 + 3) / 4;
    }

    /**
     * The timers that run, by kind, start and conversation. The return from a timed profile is not among them.
     *
     * @param profile the profile the agent is on, if any
     */
    public static List<Timer> of(AgentState agent, @Nullable ProfileDefinition profile) {
        List<Timer> timers = new ArrayList<>();
        if (agent.signedIn() && !agent.ready()) {
            timers.add(new Timer(Kind.NOT_READY, agent.notReadySince(), null));
        }
        if (agent.signedIn() && profile != null && profile.countsAsAbsence()) {
            timers.add(new Timer(Kind.ABSENT, agent.profileSince(), null));
        }
        for (Conversation conversation : agent.conversations()) {
            if (conversation.counts() && !conversation.direct()) {
                timers.add(new Timer(Kind.HANDLING, conversation.startedAt(), conversation));
            }
        }
        timers.sort(ORDER);
        return timers;
    }
}
