package presence.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.Outcome;
import presence.engine.RuleBook;
import presence.facts.Capability;
import presence.index.PresenceIndex;
import presence.index.Ranking;
import presence.state.AgentState;
import presence.state.ContactCentre;
import presence.state.PresenceEvent;

/** The rules, the state and the index without a loop around them: time is what the test says. */
final class FloorOfItsOwn implements Floor, AutoCloseable {
    final List<Command> commands = new ArrayList<>();
    final List<Outcome> refused = new ArrayList<>();
    final List<PresenceEvent> events = new ArrayList<>();
    final ContactCentre centre;
    private final PresenceIndex index;

    FloorOfItsOwn(RuleBook rules, long now) {
        centre = new ContactCentre(rules, now, happening -> events.add(happening.event()));
        index = new PresenceIndex(centre);
    }

    void advance(long to) {
        centre.advance(to);
        index.publish(centre);
    }

    List<AgentState> agents() {
        return StreamSupport.stream(index.agentsAfter("").spliterator(), false).toList();
    }

    @Override
    public List<Outcome> run(List<Command> handedIn) {
        commands.addAll(handedIn);
        List<Outcome> outcomes = handedIn.stream()
                .map(command -> centre.apply(Envelope.of(command)))
                .toList();
        outcomes.stream().filter(Outcome::refused).forEach(refused::add);
        index.publish(centre);
        return outcomes;
    }

    @Override
    public @Nullable AgentState agent(String id) {
        return index.agent(id);
    }

    @Override
    public @Nullable Ranking eligible(String queue, Capability capability) {
        return index.eligible(queue, capability);
    }

    @Override
    public Ranking transferTargets(Capability capability) {
        return index.transferTargets(capability);
    }

    @Override
    public void close() {
        centre.close();
    }
}
