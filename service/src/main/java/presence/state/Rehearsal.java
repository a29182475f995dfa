package presence.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.Outcome;
import presence.engine.PresenceSession;
import presence.engine.Rule;
import presence.engine.RuleBook;
import presence.engine.Verdict;
import presence.facts.Agent;
import presence.facts.Deadline;
import presence.facts.QueueAsked;
import presence.facts.QueueStaffing;
import presence.facts.TransferAsked;

/**
 * Tries aside what would become of one agent: a real contact centre that has this agent alone, to which real commands are
 * given and in which time really passes. Nothing of it is published or kept, and each trial begins anew from the agent as
 * published. The session behind it stays open from one trial to the next, since to open one costs more than to ask it.
 *
 * <p>Not safe for threads: whoever made it owns it. The agents that are answered are never written again.
 */
public final class Rehearsal implements AutoCloseable {
    private final ContactCentre centre;

    /**
     * @param rules the rules to be asked
     * @param definitions the policy, profiles, queues and queue groups; its agents, conversations and offers do not count
     */
    public Rehearsal(RuleBook rules, StateImage definitions) {
        centre = ContactCentre.rehearsal(rules, definitions, List.of());
    }

    /**
     * Something that happens by itself.
     *
     * @param at when, in milliseconds since 1970-01-01T00:00Z
     * @param rules the rules behind it
     * @param agent the agent from then on
     */
    public record Moment(long at, List<Rule> rules, AgentState agent) {}

    /** The agent as published, with what these rules conclude: what trials begin from. */
    public AgentState asIs(AgentState published, long now) {
        return centre.decideStaged(centre.stage(published, now));
    }

    /** The agent after these commands, one after the other; empty if one of them is refused or says what is so already. */
    public Optional<AgentState> after(AgentState agent, long now, List<Command> commands) {
        centre.stage(agent, now);
        for (Command command : commands) {
            if (centre.apply(Envelope.of(command)).kind() != Outcome.Kind.APPLIED) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(centre.agent(agent.id));
    }

    /**
     * What happens by itself if nothing is reported any more but the heartbeats of the agent's desktop: the first so many
     * moments, in order.
     */
    public List<Moment> asTimePasses(AgentState agent, long now, int most) {
        centre.stage(agent, now);
        centre.await(deadlines(agent));
        return moments(agent.id, most);
    }

    /** What happens by itself if the desktop is silent too; nothing if it never sent a heartbeat. */
    public List<Moment> asDesktopIsSilent(AgentState agent, long now, int most) {
        if (agent.silenceEnd == null) {
            return List.of();
        }
        centre.stage(agent, now);
        centre.await(deadlines(agent));
        centre.await(List.of(agent.silenceEnd));
        return moments(agent.id, most);
    }

    private static List<Deadline> deadlines(AgentState agent) {
        List<Deadline> deadlines = new ArrayList<>();
        addIfAny(deadlines, agent.profileEnd);
        addIfAny(deadlines, agent.graceEnd);
        addIfAny(deadlines, agent.rejectDelayEnd);
        for (Conversation open : agent.conversations) {
            addIfAny(deadlines, open.wrapUpEnd());
            addIfAny(deadlines, open.staleEnd());
        }
        for (Offer offer : agent.offers) {
            addIfAny(deadlines, offer.end());
        }
        return deadlines;
    }

    private static void addIfAny(List<Deadline> deadlines, @Nullable Deadline deadline) {
        if (deadline != null) {
            deadlines.add(deadline);
        }
    }

    private List<Moment> moments(String agent, int most) {
        List<Moment> moments = new ArrayList<>();
        while (moments.size() < most && centre.nextDeadline() < Long.MAX_VALUE) {
            List<Rule> rules = centre.happenNext();
            moments.add(new Moment(centre.now(), rules, new AgentState(Objects.requireNonNull(centre.agent(agent)))));
        }
        return moments;
    }

    /** What the rules conclude about these facts. */
    public Verdict decide(Agent fact) {
        return asked(() -> session().decide(fact));
    }

    /** What the rules conclude about the agent when a conversation of the queue is asked about. */
    public Verdict decide(AgentState agent, String queue) {
        return asked(() -> session().decide(agent.fact(), new QueueAsked(queue)));
    }

    /** What the rules conclude about the agent when the transfer of somebody's conversation is asked about. */
    public Verdict decideTransfer(AgentState agent, String currentAgent) {
        return asked(() -> session().decide(agent.fact(), new TransferAsked(currentAgent)));
    }

    /** The rule that opens the queue's reserve; null if none does. */
    public @Nullable Rule reserveOpenedBy(QueueStaffing staffing) {
        return session().reserveOpenedBy(staffing).orElse(null);
    }

    private PresenceSession session() {
        return centre.session();
    }

    /** Rules that fail leave the agent undecided here too. */
    private static Verdict asked(Supplier<Verdict> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            return Verdict.UNDECIDED;
        }
    }

    @Override
    public void close() {
        centre.close();
    }
}
