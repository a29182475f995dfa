package presence.explain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import presence.command.Command;
import presence.engine.Rule;
import presence.engine.Verdict;
import presence.facts.Agent;
import presence.facts.Capability;
import presence.facts.Capacity;
import presence.facts.Channel;
import presence.facts.QueueAsked;
import presence.facts.QueueStaffing;
import presence.index.CatalogueView;
import presence.state.AgentState;
import presence.state.Rehearsal;
import presence.state.Rehearsal.Moment;

/** One explanation while it is being found. Used once, by one thread. */
final class Inquiry {
    /** The most things of one kind, such as profiles, that are tried; and told, if they change anything. */
    private static final int MOST_TRIED = 50;

    private static final int MOST_TOLD = 10;

    /** The most pairs of things that are told. */
    private static final int MOST_PAIRS = 5;

    /** How many moments are lived through. */
    private static final int MOST_MOMENTS = 50;

    private final Rehearsal rehearsal;
    private final RulesInForce rules;
    private final CatalogueView catalogue;
    private final AgentState published;
    private final long now;
    private final @Nullable String queue;
    private final Map<Capability, QueueStaffing> staffing;
    private final List<Channel> channels;
    private final List<Change> changes = new ArrayList<>();
    private int leftOut;

    /**
     * @param now when the agent was as published, in milliseconds since 1970-01-01T00:00Z
     * @param queue the queue asked about; null if none is
     * @param staffing how that queue is staffed
     * @param channels the channels asked about
     */
    Inquiry(
            Rehearsal rehearsal,
            RulesInForce rules,
            CatalogueView catalogue,
            AgentState published,
            long now,
            @Nullable String queue,
            Map<Capability, QueueStaffing> staffing,
            List<Channel> channels) {
        this.rehearsal = rehearsal;
        this.rules = rules;
        this.catalogue = catalogue;
        this.published = published;
        this.now = now;
        this.queue = queue;
        this.staffing = staffing;
        this.channels = channels;
    }

    Explanation explain() {
        AgentState agent = rehearsal.asIs(published, now);
        Verdict asked = asked(agent);
        Outlook outlook = outlook(agent, asked);
        Agent fact = agent.fact();
        List<Record> facts = new ArrayList<>(catalogue.policy().facts());
        facts.add(fact);
        FactsRead read = new FactsRead(rules.book(), facts, null);
        List<OnChannelAsked> each = channels.stream().map(OnChannelAsked::new).toList();
        List<Explanation.OnChannel> onChannels = each.stream()
                .map(one -> one.explained(agent, asked, outlook, fact))
                .toList();
        changes(agent, outlook);
        return new Explanation(
                rules.release(),
                now,
                agent,
                outlook,
                Finding.status(agent.verdict(), read),
                queue == null
                        ? null
                        : new Explanation.Queue(
                                queue,
                                agent.queues().contains(queue),
                                staffing.values().stream().anyMatch(QueueStaffing::overflowToTentative)),
                onChannels,
                Finding.rank(agent.verdict(), read),
                Finding.directChat(agent.verdict(), read),
                changes,
                leftOut);
    }

    // --- why

    /** One of the channels asked about. */
    private final class OnChannelAsked {
        private final Channel channel;
        private final Capability capability;

        OnChannelAsked(Channel channel) {
            this.channel = channel;
            this.capability = channel.capability();
        }

        Explanation.OnChannel explained(AgentState agent, Verdict asked, Outlook outlook, Agent fact) {
            FactsRead read = new FactsRead(
                    rules.book(),
                    Stream.concat(
                                    Stream.of(fact),
                                    catalogue.policy().facts().stream()
                                            .filter(policy ->
                                                    !(policy instanceof Capacity of) || of.capability() == capability))
                            .toList(),
                    capability);
            boolean eligible = outlook.eligible().contains(channel);
            return new Explanation.OnChannel(
                    channel,
                    catalogue.policy().handles(channel),
                    eligible,
                    eligible ? List.of() : asked.exclusions(capability),
                    Finding.of(
                            Reasons.against(asked, capability),
                            queue == null ? read : read.with(new QueueAsked(queue)),
                            "exclude",
                            "holdInReserve"),
                    overflow(asked, read),
                    outlook.transferTarget().contains(channel),
                    agent.verdict().transferRefusals(capability),
                    Finding.of(Reasons.againstTransfer(agent.verdict(), capability), read, "refuseTransfer"));
        }

        private Explanation.@Nullable Overflow overflow(Verdict asked, FactsRead read) {
            QueueStaffing counted = staffing.get(capability);
            if (counted == null) {
                return null;
            }
            return new Explanation.Overflow(
                    asked.inReserve(capability),
                    rehearsal.reserveOpenedBy(counted),
                    counted,
                    read.with(counted).byAllThat("openReserve"));
        }
    }

    // --- what it is

    private Verdict asked(AgentState agent) {
        return queue == null ? agent.verdict() : rehearsal.decide(agent, queue);
    }

    private Outlook outlook(AgentState agent) {
        return outlook(agent, asked(agent));
    }

    private Outlook outlook(AgentState agent, Verdict asked) {
        Verdict verdict = agent.verdict();
        Map<Capability, Boolean> eligible = new EnumMap<>(Capability.class);
        Set<Channel> open = EnumSet.noneOf(Channel.class);
        Set<Channel> target = EnumSet.noneOf(Channel.class);
        for (Channel channel : channels) {
            if (!catalogue.policy().handles(channel)) {
                continue;
            }
            if (eligible.computeIfAbsent(channel.capability(), capability -> eligible(agent, asked, capability))) {
                open.add(channel);
            }
            if (verdict.transferTarget(channel.capability())) {
                target.add(channel);
            }
        }
        return new Outlook(
                verdict.status(),
                verdict.reasons(),
                verdict.statusRule(),
                open,
                target,
                verdict.rank(),
                verdict.directChat());
    }

    private boolean eligible(AgentState agent, Verdict asked, Capability capability) {
        if (asked.eligible(capability) || !asked.inReserve(capability)) {
            return asked.eligible(capability);
        }
        QueueStaffing counted = staffing.get(capability);
        return counted != null && rehearsal.reserveOpenedBy(after(counted, agent)) != null;
    }

    /** How the queue would be staffed with the agent as it would be, everybody else as they are. */
    private QueueStaffing after(QueueStaffing counted, AgentState agent) {
        Capability capability = counted.capability();
        boolean was = published.queues().contains(counted.queue());
        boolean is = agent.queues().contains(counted.queue());
        return new QueueStaffing(
                counted.queue(),
                capability,
                counted.overflowToTentative(),
                counted.eligible()
                        - count(was && published.verdict().eligible(capability))
                        + count(is && agent.verdict().eligible(capability)),
                counted.reserve()
                        - count(was && published.verdict().inReserve(capability))
                        + count(is && agent.verdict().inReserve(capability)));
    }

    private static int count(boolean one) {
        return one ? 1 : 0;
    }

    // --- what would change it

    private void changes(AgentState agent, Outlook is) {
        Set<Capability> capabilities = channels.stream()
                .filter(catalogue.policy()::handles)
                .map(Channel::capability)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Capability.class)));
        Candidates candidates = new Candidates(agent, catalogue, queue, capabilities);
        candidates.byTheAgent().forEach(kind -> single(agent, kind, is));
        moments(rehearsal.asTimePasses(agent, now, MOST_MOMENTS), false, is);
        candidates.byOthers().forEach(kind -> single(agent, kind, is));
        // Of a silent desktop only its end is told; what else happens meanwhile has been.
        moments(
                rehearsal.asDesktopIsSilent(agent, now, MOST_MOMENTS).stream()
                        .filter(moment ->
                                published.connected() && !moment.agent().connected())
                        .limit(1)
                        .toList(),
                true,
                is);
        if (is.eligible().isEmpty()
                && changes.stream().noneMatch(change -> change.leadsTo().gainsOn(is))) {
            pairs(agent, candidates.together(), is);
        }
    }

    private void single(AgentState agent, List<Step> kind, Outlook is) {
        int told = 0;
        for (Step step : kind.subList(0, Math.min(kind.size(), MOST_TRIED))) {
            Optional<Outlook> would = outlookAfter(agent, List.of(step));
            if (would.isPresent() && would.get().differsFrom(is)) {
                if (told++ < MOST_TOLD) {
                    changes.add(new Change(List.of(step), would.get()));
                } else {
                    leftOut++;
                }
            }
        }
        leftOut += Math.max(0, kind.size() - MOST_TRIED);
    }

    private void pairs(AgentState agent, List<Step> together, Outlook is) {
        int told = 0;
        for (int first = 0; first < together.size(); first++) {
            for (int second = first + 1; second < together.size(); second++) {
                List<Step> steps = List.of(together.get(first), together.get(second));
                Optional<Outlook> would = outlookAfter(agent, steps);
                if (would.isPresent() && would.get().gainsOn(is)) {
                    if (told++ < MOST_PAIRS) {
                        changes.add(new Change(steps, would.get()));
                    } else {
                        leftOut++;
                    }
                }
            }
        }
    }

    private Optional<Outlook> outlookAfter(AgentState agent, List<Step> steps) {
        List<Command> commands = steps.stream()
                .map(step -> Objects.requireNonNull(step.command()))
                .toList();
        return rehearsal.after(agent, now, commands).map(this::outlook);
    }

    /** Only moments at which something turns out otherwise than before are told. */
    private void moments(List<Moment> moments, boolean silent, Outlook is) {
        int told = 0;
        Outlook last = is;
        for (Moment moment : moments) {
            Outlook would = outlook(moment.agent());
            if (would.differsFrom(last) && would.differsFrom(is)) {
                if (told++ < MOST_TOLD) {
                    changes.add(new Change(List.of(step(moment, silent)), would));
                } else {
                    leftOut++;
                }
            }
            last = would;
        }
    }

    private static Step step(Moment moment, boolean silent) {
        String until = Instant.ofEpochMilli(moment.at()).toString();
        return new Step(
                silent
                        ? "The agent's desktop sends no heartbeat until " + until + "."
                        : "It is " + until + ", and nothing has been reported until then but heartbeats.",
                null,
                moment.at(),
                silent,
                distinct(moment.rules()));
    }

    private static List<Rule> distinct(Collection<Rule> rules) {
        return rules.stream().distinct().sorted(Rule.BY_ID).toList();
    }
}
