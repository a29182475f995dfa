package presence.loop;

import presence.command.CommandType;
import presence.command.Outcome;
import presence.index.IndexWatcher;
import presence.state.Happening;

/**
 * Told of what the loop does, on the loop's thread: it must be quick and must not throw. In a turn it is told first what
 * happened, then what became visible because of it, then that this is all, and when callers have been answered that the turn is over.
 */
public interface LoopObserver extends IndexWatcher {
    /** An observer that looks away. */
    LoopObserver NONE = new LoopObserver() {
        @Override
        public void applied(CommandType type, Outcome outcome) {}

        @Override
        public void happened(Happening happening) {}

        @Override
        public void turned(int commands, long journalNanos, long applyNanos, long publishNanos) {}
    };

    /** A command has come out. */
    void applied(CommandType type, Outcome outcome);

    /** Something became of an agent. What is only read from the journal again is not told. */
    void happened(Happening happening);

    /**
     * The state was read anew from the journal while the loop turned, and another index is in use: what was told since the
     * journal failed may not have happened, and something else may have.
     */
    default void readAnew() {}

    /** Other rules conclude from now on. Agents that they change are told of as they are decided again. */
    default void released(PresenceLoop.Released released) {}

    /** Everything that happened in the turn is visible. Callers are answered next. */
    default void published() {}

    /**
     * A turn of the loop is over.
     *
     * @param commands how many commands it took in
     * @param journalNanos how long they took to become durable, in nanoseconds; 0 without commands
     * @param applyNanos how long deadlines and commands took to be applied and decided, in nanoseconds
     * @param publishNanos how long it took to make them visible, in nanoseconds
     */
    void turned(int commands, long journalNanos, long applyNanos, long publishNanos);
}
