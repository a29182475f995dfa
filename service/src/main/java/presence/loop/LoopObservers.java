package presence.loop;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import presence.command.CommandType;
import presence.command.Outcome;
import presence.facts.Capability;
import presence.state.AgentState;
import presence.state.Happening;

/** Tells several observers, each in its turn. */
public final class LoopObservers implements LoopObserver {
    private final List<LoopObserver> observers;

    public LoopObservers(LoopObserver... observers) {
        this.observers = List.of(observers);
    }

    private void tell(Consumer<LoopObserver> news) {
        observers.forEach(news);
    }

    @Override
    public void applied(CommandType type, Outcome outcome) {
        tell(observer -> observer.applied(type, outcome));
    }

    @Override
    public void happened(Happening happening) {
        tell(observer -> observer.happened(happening));
    }

    @Override
    public void agentChanged(String agent, @Nullable AgentState before, @Nullable AgentState after) {
        tell(observer -> observer.agentChanged(agent, before, after));
    }

    @Override
    public void staffed(String queue, Capability capability, int eligible) {
        tell(observer -> observer.staffed(queue, capability, eligible));
    }

    @Override
    public void readAnew() {
        tell(LoopObserver::readAnew);
    }

    @Override
    public void released(PresenceLoop.Released released) {
        tell(observer -> observer.released(released));
    }

    @Override
    public void published() {
        tell(LoopObserver::published);
    }

    @Override
    public void turned(int commands, long journalNanos, long applyNanos, long publishNanos) {
        tell(observer -> observer.turned(commands, journalNanos, applyNanos, publishNanos));
    }
}
