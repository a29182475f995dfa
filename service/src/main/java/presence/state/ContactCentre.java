package presence.state;

import static presence.command.ErrorCode.AGENT_SIGNED_OUT;
import static presence.command.ErrorCode.CHANNEL_NOT_ENABLED;
import static presence.command.ErrorCode.CONVERSATION_ACTIVE;
import static presence.command.ErrorCode.CONVERSATION_CHANNEL_FIXED;
import static presence.command.ErrorCode.CONVERSATION_ENDED;
import static presence.command.ErrorCode.NOBODY_ELIGIBLE;
import static presence.command.ErrorCode.OFFER_CLOSED;
import static presence.command.ErrorCode.TOO_MANY;
import static presence.command.ErrorCode.TRANSFER_REFUSED;
import static presence.command.ErrorCode.UNKNOWN_AGENT;
import static presence.command.ErrorCode.UNKNOWN_CONVERSATION;
import static presence.command.ErrorCode.UNKNOWN_OFFER;
import static presence.command.ErrorCode.UNKNOWN_PROFILE;
import static presence.command.ErrorCode.UNKNOWN_QUEUE;
import static presence.command.ErrorCode.VERSION_MISMATCH;
import static presence.command.ErrorCode.WRONG_AGENT;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import presence.command.AgentDefinition;
import presence.command.Cause;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.ErrorCode;
import presence.command.OfferMode;
import presence.command.Outcome;
import presence.command.Policy;
import presence.command.ProfileDefinition;
import presence.command.RulesRelease;
import presence.engine.Due;
import presence.engine.NotReady;
import presence.engine.PresenceSession;
import presence.engine.Rule;
import presence.engine.RuleBook;
import presence.engine.Verdict;
import presence.facts.Agent;
import presence.facts.Capability;
import presence.facts.Channel;
import presence.facts.Deadline;
import presence.facts.GraceEnd;
import presence.facts.OfferEnd;
import presence.facts.OfferMissed;
import presence.facts.ProfileEnd;
import presence.facts.ProfileSelected;
import presence.facts.ProfileType;
import presence.facts.QueueAsked;
import presence.facts.QueueStaffing;
import presence.facts.Reason;
import presence.facts.RejectDelayEnd;
import presence.facts.SilenceEnd;
import presence.facts.StaleEnd;
import presence.facts.TransferAsked;
import presence.facts.WrapUpEnd;

/**
 * The contact centre as reported: applies commands and deadlines, and asks the rules about every agent they touch.
 *
 * <p>The same commands at the same instants give the same state and the same answers. Time is what {@link #advance} was
 * told. Not safe for threads: whoever made it owns it. What it publishes may be read by any thread.
 */
public final class ContactCentre implements AutoCloseable {
    /** For how long the id of a command, and a conversation that is handled, are remembered. */
    public static final Duration REMEMBERED = Duration.ofHours(24);

    /** The most command ids remembered; beyond it the oldest is forgotten before its time. */
    public static final int MOST_COMMAND_IDS = 1_000_000;

    /** The most closed offers remembered; beyond it the one closed first is forgotten before its time. */
    public static final int MOST_CLOSED_OFFERS = 100_000;

    /** The most handled conversations remembered; beyond it the one handled first is forgotten before its time. */
    public static final int MOST_HANDLED = 200_000;

    /** The most agents. */
    public static final int MOST_AGENTS = 2_000_000;

    /** The most open conversations of one agent. */
    public static final int MOST_CONVERSATIONS = 1_000;

    private final RuleSource ruleSource;
    private PresenceSession session;
    private RulesRelease release;
    private final Consumer<Happening> events;
    private final Catalogue catalogue;
    private final Map<String, AgentState> agents = new HashMap<>();

    /** Written by the owner, read by any thread. */
    private final Conversations conversations = new Conversations();

    /** Written by the owner, read by any thread. */
    private final Offers offers;

    private final CommandIds commandIds = new CommandIds();
    private Rankings rankings = (queue, capability) -> null;
    private Verdict unknown;

    /** The highest version that an agent had who is gone: one of the same id goes on above it. */
    private long versionsGone;

    /** How many events have ever been told. */
    private long told;

    /** The command being applied, or null while a deadline happens. */
    private @Nullable Envelope applied;

    /** Why and by whose doing something happens that no command brought about. */
    private Cause cause = Cause.TIMEOUT;

    private @Nullable String rule;

    /** The states published last of the agents that have changed since; null for an agent that is new. */
    private final Map<String, @Nullable AgentState> before = new LinkedHashMap<>();

    /**
     * A contact centre with one profile, the default, and nothing else.
     *
     * @param rules the rules to be asked
     * @param now its first instant, in milliseconds since 1970-01-01T00:00Z
     * @param events told of everything that becomes of an agent, on the owner's thread
     */
    public ContactCentre(RuleBook rules, long now, Consumer<Happening> events) {
        this(RuleSource.always(rules), now, events);
    }

    /**
     * A contact centre with one profile, the default, and nothing else, in which the rules of the program conclude.
     *
     * @param rules where the rules of releases come from
     * @param now its first instant, in milliseconds since 1970-01-01T00:00Z
     * @param events told of everything that becomes of an agent, on the owner's thread
     */
    public ContactCentre(RuleSource rules, long now, Consumer<Happening> events) {
        this(rules, RulesRelease.PROGRAM, now, new Catalogue(), new Offers(0, List.of()), events);
    }

    private ContactCentre(
            RuleSource rules,
            RulesRelease release,
            long now,
            Catalogue catalogue,
            Offers offers,
            Consumer<Happening> events) {
        this.offers = offers;
        this.ruleSource = rules;
        this.release = release;
        this.session = rules.open(release, now);
        this.events = events;
        this.catalogue = catalogue;
        session.policy(catalogue.policy().facts());
        unknown = decideUnknown();
    }

    private Verdict decideUnknown() {
        return session.decide(new AgentState("", Verdict.UNDECIDED, session.now()).fact());
    }

    /**
     * A contact centre as it was when the image was taken. Its time is that of the image: deadlines that have passed since
     * happen with the next {@link #advance}, each at its own instant.
     */
    public static ContactCentre restore(RuleBook rules, StateImage image, Consumer<Happening> events) {
        return restore(RuleSource.always(rules), image, events);
    }

    /** As {@link #restore(RuleBook, StateImage, Consumer)}, with the rules of the release that concluded then. */
    public static ContactCentre restore(RuleSource rules, StateImage image, Consumer<Happening> events) {
        Offers offers = new Offers(image.offersMade(), image.offers());
        ContactCentre centre =
                new ContactCentre(rules, image.release(), image.at(), new Catalogue(image), offers, events);
        centre.versionsGone = image.versionsGone();
        centre.told = image.told();
        image.commandIds().forEach(centre.commandIds::remember);
        image.agents().forEach(agent -> centre.agents.put(agent.id, agent));
        image.conversations().stream()
                .sorted(Comparator.comparingLong(Conversation::startedAt).thenComparing(Conversation::id))
                .forEach(centre::restore);
        image.offers().stream()
                .filter(Offer::open)
                .sorted(Comparator.comparingLong(Offer::madeAt).thenComparing(Offer::id))
                .forEach(centre::restore);
        new TreeSet<>(centre.agents.keySet()).forEach(centre::restoreAgent);
        return centre;
    }

    /**
     * A contact centre aside, with these agents and their conversations alone: what becomes of a command there is what would
     * become of it here, and nothing does.
     *
     * @param definitions the policy, profiles, queues and queue groups; its agents, conversations and offers do not count
     * @param agents the agents, as published
     */
    public static ContactCentre rehearsal(RuleBook rules, StateImage definitions, Collection<AgentState> agents) {
        return restore(
                rules,
                StateImage.of(
                        definitions.at(),
                        definitions.release(),
                        definitions.versionsGone(),
                        definitions.told(),
                        definitions.offersMade(),
                        definitions.policy(),
                        definitions.queues(),
                        definitions.queueGroups(),
                        definitions.profiles(),
                        definitions.retired(),
                        agents.stream().map(AgentState::image).toList(),
                        agents.stream()
                                .flatMap(agent -> agent.conversations().stream())
                                .toList(),
                        agents.stream()
                                .flatMap(agent -> agent.offers().stream())
                                .toList(),
                        List.of()),
                happening -> {});
    }

    private void restore(Conversation conversation) {
        conversations.keep(conversation);
        if (conversation.open() && !conversation.orphaned()) {
            Objects.requireNonNull(agents.get(conversation.agent()), conversation.agent())
                    .add(conversation);
            awaitIfAny(conversation.wrapUpEnd());
            awaitIfAny(conversation.staleEnd());
        }
    }

    private void restore(Offer offer) {
        Objects.requireNonNull(agents.get(offer.agent()), offer.agent()).add(offer);
        awaitIfAny(offer.end());
    }

    private void awaitIfAny(@Nullable Deadline deadline) {
        if (deadline != null) {
            session.await(deadline);
        }
    }

    private void restoreAgent(String id) {
        AgentState agent = Objects.requireNonNull(agents.get(id));
        before.put(id, null);
        awaitIfAny(agent.profileEnd);
        awaitIfAny(agent.graceEnd);
        awaitIfAny(agent.rejectDelayEnd);
        awaitIfAny(agent.silenceEnd);
        decide(agent);
    }

    /** What a snapshot has to keep. Everything that has changed must have been published. */
    public StateImage image() {
        if (!before.isEmpty()) {
            throw new IllegalStateException("There are changes that have not been published.");
        }
        return new StateImage(
                now(),
                release,
                versionsGone,
                told,
                offers.made(),
                catalogue.policy(),
                List.copyOf(catalogue.queues().values()),
                List.copyOf(catalogue.queueGroups().values()),
                List.copyOf(catalogue.profiles().values()),
                List.copyOf(catalogue.retiredProfiles().values()),
                List.of(agents.values().toArray(AgentState[]::new)),
                List.of(conversations.all().toArray(Conversation[]::new)),
                List.of(offers.all().toArray(Offer[]::new)),
                commandIds.all());
    }

    /** The release of the rules that is to conclude. */
    public RulesRelease release() {
        return release;
    }

    /** The rules that conclude: those of the release, or those that stand in for it. */
    public RuleBook rules() {
        return session.rules();
    }

    /** The time, in milliseconds since 1970-01-01T00:00Z. */
    public long now() {
        return session.now();
    }

    /** When something next happens by itself; {@link Long#MAX_VALUE} if nothing will. */
    public long nextDeadline() {
        return session.nextDeadline();
    }

    /** The number of the last event told; 0 if none ever was. */
    public long told() {
        return told;
    }

    /** How many deadlines are pending. */
    public int pendingDeadlines() {
        return session.pendingDeadlines();
    }

    /** Moves the time forward; deadlines up to and including the new time happen first, each at its own instant. */
    public void advance(long to) {
        session.advance(to, this::happen);
        forgetBefore(now() - REMEMBERED.toMillis());
    }

    private void forgetBefore(long instant) {
        commandIds.forgetBefore(instant);
        conversations.forgetBefore(instant);
        offers.forgetBefore(instant);
    }

    /**
     * Applies a command now. A command that is refused changes nothing. One whose id is remembered is answered as the first
     * of that id was.
     */
    public Outcome apply(Envelope envelope) {
        String id = envelope.id();
        if (id == null) {
            return applyOnce(envelope);
        }
        RememberedCommand first = commandIds.find(id);
        if (first != null) {
            return first.fingerprint() == CommandIds.fingerprint(envelope.command())
                    ? first.outcome()
                    : Outcome.refused(
                            ErrorCode.ID_REUSED,
                            "The command id '" + id + "' was given to another command; expected a new id, or the same"
                                    + " command again.");
        }
        Outcome outcome = applyOnce(envelope);
        commandIds.remember(id, envelope.command(), outcome, now());
        return outcome;
    }

    private Outcome applyOnce(Envelope envelope) {
        applied = envelope;
        Outcome outcome;
        try {
            outcome = applyChecked(envelope);
        } finally {
            applied = null;
        }
        if (session.nextDeadline() <= now()) {
            // A limit of zero: what was to happen later happens now.
            session.advance(now(), this::happen);
        }
        return outcome;
    }

    private Outcome applyChecked(Envelope envelope) {
        Command command = envelope.command();
        Long expected = envelope.expectedVersion();
        if (expected != null && command instanceof Command.AboutAgent about) {
            AgentState agent = agents.get(about.agent());
            if (agent == null) {
                return unknownAgent(about.agent());
            }
            if (agent.version != expected) {
                return Outcome.refused(
                        VERSION_MISMATCH,
                        "Agent '" + agent.id + "' has version " + agent.version + "; expected " + expected + ".");
            }
        }
        return command instanceof Command.AboutAgent about
                ? applyToAgent(about)
                : command instanceof Command.AboutConversation about
                        ? applyToConversation(about)
                        : command instanceof Command.AboutOffer about
                                ? applyToOffer(about)
                                : command instanceof Command.MakeOffer make ? makeOffer(make) : define(command);
    }

    private Outcome applyToAgent(Command.AboutAgent command) {
        if (command instanceof Command.PutAgent put) {
            return putAgent(put.definition());
        }
        AgentState agent = agents.get(command.agent());
        if (agent == null) {
            return command instanceof Command.StartConversation
                    ? Outcome.refused(UNKNOWN_AGENT, noSuch("agent", command.agent()), "/agent")
                    : unknownAgent(command.agent());
        }
        if (command instanceof Command.StartConversation start) {
            return start(agent, start);
        } else if (command instanceof Command.Ready ready) {
            return readiness(agent, true, ready.reason());
        } else if (command instanceof Command.NotReady notReady) {
            return readiness(agent, false, notReady.reason());
        } else if (command instanceof Command.SelectProfile select) {
            return selectProfile(agent, select);
        } else if (command instanceof Command.SignIn) {
            return agent.signedIn ? Outcome.UNCHANGED : signIn(agent.id);
        } else if (command instanceof Command.SignOut) {
            return agent.signedIn ? signOut(agent.id, false) : Outcome.UNCHANGED;
        } else if (command instanceof Command.AddCapability add) {
            return capability(agent, add.capability(), true);
        } else if (command instanceof Command.RemoveCapability remove) {
            return capability(agent, remove.capability(), false);
        } else if (command instanceof Command.JoinQueue join) {
            return membership(agent, join.queue(), true);
        } else if (command instanceof Command.LeaveQueue leave) {
            return membership(agent, leave.queue(), false);
        } else if (command instanceof Command.Connect) {
            return connect(agent);
        } else if (command instanceof Command.Disconnect) {
            return disconnect(agent);
        } else if (command instanceof Command.Heartbeat) {
            return heartbeat(agent);
        } else if (command instanceof Command.DecideAgain) {
            return decideAgain(agent) ? Outcome.APPLIED : Outcome.UNCHANGED;
        }
        return deleteAgent(agent.id);
    }

    private Outcome applyToConversation(Command.AboutConversation command) {
        Conversation conversation = conversations.find(command.conversation());
        Offer offer = offers.openFor(command.conversation());
        boolean transfers = command instanceof Command.TransferConversation;
        if (conversation == null && (offer == null || transfers)) {
            return Outcome.refused(UNKNOWN_CONVERSATION, noSuch("conversation", command.conversation()));
        }
        if (conversation != null && command instanceof Command.TransferConversation transfer) {
            return transfer(conversation, transfer);
        }
        if (offer != null) {
            // The customer has gone before anybody answered.
            close(offer, Offer.State.WITHDRAWN);
        }
        Outcome outcome = conversation == null
                ? Outcome.UNCHANGED
                : command instanceof Command.EndConversation ? end(conversation) : handle(conversation);
        return offer == null ? outcome : Outcome.APPLIED;
    }

    private Outcome define(Command command) {
        if (command instanceof Command.PutPolicy put) {
            return putPolicy(catalogue.policy().with(put.change()));
        } else if (command instanceof Command.PutProfile put) {
            return catalogue.put(put.definition());
        } else if (command instanceof Command.DeleteProfile delete) {
            return catalogue.deleteProfile(delete.profile());
        } else if (command instanceof Command.PutQueue put) {
            return catalogue.put(put.definition());
        } else if (command instanceof Command.PutQueueGroup put) {
            return catalogue.put(put.definition());
        } else if (command instanceof Command.DeleteQueueGroup delete) {
            return catalogue.deleteQueueGroup(delete.queueGroup());
        } else if (command instanceof Command.DeleteQueue delete) {
            return deleteQueue(delete.queue());
        } else if (command instanceof Command.ActivateRules activate) {
            return activate(activate.release());
        }
        throw new IllegalArgumentException("No such command: " + command);
    }

    // --- definitions that touch agents

    private Outcome putPolicy(Policy policy) {
        if (policy.equals(catalogue.policy())) {
            return Outcome.UNCHANGED;
        }
        boolean decideAgain = !policy.facts().equals(catalogue.policy().facts());
        catalogue.policy(policy);
        if (decideAgain) {
            session.policy(policy.facts());
            for (String id : new TreeSet<>(agents.keySet())) {
                decideAgain(Objects.requireNonNull(agents.get(id)));
            }
        }
        return Outcome.APPLIED;
    }

    // --- rules

    /** Deadlines and everything decided from now on are the new rules'. Agents keep what was concluded until they are asked about. */
    private Outcome activate(RulesRelease next) {
        if (next.equals(release)) {
            return Outcome.UNCHANGED;
        }
        PresenceSession before = session;
        PresenceSession after = ruleSource.open(next, now());
        after.policy(catalogue.policy().facts());
        after.takeOver(before);
        session = after;
        release = next;
        unknown = decideUnknown();
        before.close();
        return Outcome.APPLIED;
    }

    /** Nothing was reported of the agent, but something else may be concluded now. Answers whether it is. */
    private boolean decideAgain(AgentState known) {
        Verdict verdict = conclude(known.fact());
        if (verdict.sameConclusions(known.verdict)) {
            return false;
        }
        AgentState agent = edit(known.id);
        if (verdict.sameOutcome(known.verdict)) {
            // Only other rules stand behind it, which nobody needs to be told.
            agent.verdict = verdict;
            return true;
        }
        changed(agent);
        return true;
    }

    private Outcome putAgent(AgentDefinition definition) {
        AgentState known = agents.get(definition.id());
        List<String> assigned = definition.queues() != null
                ? List.copyOf(definition.queues())
                : known == null ? List.of() : known.assignedQueues;
        for (int i = 0; i < assigned.size(); i++) {
            if (catalogue.queue(assigned.get(i)) == null) {
                return Outcome.refused(UNKNOWN_QUEUE, noSuch("queue", assigned.get(i)), "/queues/" + i);
            }
        }
        Set<Capability> capabilities = CapabilitySet.of(
                definition.capabilities() != null
                        ? definition.capabilities()
                        : known == null ? Set.of() : known.capabilities);
        Set<String> labels =
                definition.labels() != null ? definition.labels() : known == null ? Set.of() : known.labels;
        if (known != null
                && known.name.equals(definition.name())
                && known.timeZone.equals(definition.timeZone())
                && known.assignedQueues.equals(assigned)
                && known.capabilities.equals(capabilities)
                && known.labels.equals(labels)) {
            return Outcome.UNCHANGED;
        }
        if (known == null && agents.size() >= MOST_AGENTS) {
            return tooMany("agents", MOST_AGENTS);
        }
        AgentState agent = known == null ? create(definition.id()) : edit(definition.id());
        agent.name = definition.name();
        agent.timeZone = definition.timeZone();
        boolean otherCapabilities = !agent.capabilities.equals(capabilities);
        agent.capabilities = capabilities;
        agent.labels = Set.copyOf(labels);
        Set<String> joined = new HashSet<>(agent.queues);
        agent.assignedQueues.stream().filter(queue -> !assigned.contains(queue)).forEach(joined::remove);
        assigned.stream().filter(queue -> !agent.assignedQueues.contains(queue)).forEach(joined::add);
        agent.assignedQueues = assigned;
        joinOnly(agent, joined);
        changed(agent);
        if (otherCapabilities) {
            tell(new PresenceEvent.CapabilitiesChanged(agent.id, agent.capabilities, now()));
        }
        return Outcome.APPLIED;
    }

    private Outcome deleteAgent(String id) {
        AgentState agent = edit(id);
        orphanConversations(agent);
        withdrawOffers(agent);
        cancelProfileEnd(agent);
        cancelGrace(agent);
        cancelSilenceEnd(agent);
        cancelRejectDelay(agent);
        catalogue.unselected(agent.profile);
        versionsGone = Math.max(versionsGone, agent.version);
        agents.remove(id);
        tell(new PresenceEvent.AgentDeleted(id, now()));
        return Outcome.APPLIED;
    }

    private Outcome deleteQueue(String queue) {
        Outcome outcome = catalogue.deleteQueue(queue);
        if (outcome.kind() == Outcome.Kind.APPLIED) {
            for (String id : new TreeSet<>(agents.keySet())) {
                AgentState known = Objects.requireNonNull(agents.get(id));
                if (known.queues.contains(queue) || known.assignedQueues.contains(queue)) {
                    AgentState agent = edit(id);
                    agent.assignedQueues = agent.assignedQueues.stream()
                            .filter(assigned -> !assigned.equals(queue))
                            .toList();
                    joinOnly(agent, without(agent.queues, queue));
                    changed(agent);
                }
            }
        }
        return outcome;
    }

    // --- the agent's session

    private Outcome signIn(String id) {
        AgentState agent = edit(id);
        agent.signedIn = true;
        agent.newState = true;
        agent.connected = true;
        agent.connectionLost = false;
        agent.ready = false;
        agent.notReadySince = now();
        agent.notReadyReason = null;
        agent.idleSince = now();
        agent.missedOffers = 0;
        agent.overrunSince = 0;
        if (agent.profileEnd == null) {
            select(agent, catalogue.defaultProfile(), null);
        } else {
            agent.profileSince = now();
        }
        changed(agent);
        return Outcome.APPLIED;
    }

    private Outcome signOut(String id, boolean connectionLost) {
        AgentState agent = edit(id);
        agent.signedIn = false;
        agent.newState = true;
        agent.connected = true;
        agent.connectionLost = connectionLost;
        agent.ready = false;
        agent.notReadyReason = null;
        agent.overrunSince = 0;
        cancelGrace(agent);
        cancelSilenceEnd(agent);
        cancelRejectDelay(agent);
        orphanConversations(agent);
        withdrawOffers(agent);
        changed(agent);
        return Outcome.APPLIED;
    }

    private Outcome readiness(AgentState known, boolean ready, @Nullable String reason) {
        if (!known.signedIn) {
            return signedOut(known);
        }
        String given = ready ? null : reason;
        if (known.ready == ready && Objects.equals(known.notReadyReason, given)) {
            return Outcome.UNCHANGED;
        }
        AgentState agent = edit(known.id);
        if (agent.ready != ready) {
            setReady(agent, ready);
        }
        agent.notReadyReason = given;
        agent.newState = true;
        changed(agent);
        return Outcome.APPLIED;
    }

    private void setReady(AgentState agent, boolean ready) {
        agent.ready = ready;
        agent.newState = true;
        if (ready) {
            agent.idleSince = now();
            agent.missedOffers = 0;
            agent.overrunSince = 0;
        } else {
            agent.notReadySince = now();
        }
    }

    private Outcome connect(AgentState known) {
        if (!known.signedIn) {
            return signedOut(known);
        }
        if (known.connected) {
            return Outcome.UNCHANGED;
        }
        AgentState agent = edit(known.id);
        agent.connected = true;
        agent.newState = true;
        cancelGrace(agent);
        changed(agent);
        return Outcome.APPLIED;
    }

    private Outcome disconnect(AgentState known) {
        if (!known.signedIn) {
            return signedOut(known);
        }
        if (!known.connected) {
            return Outcome.UNCHANGED;
        }
        AgentState agent = edit(known.id);
        agent.connected = false;
        agent.disconnectedSince = now();
        agent.newState = true;
        cancelSilenceEnd(agent);
        GraceEnd end = new GraceEnd(
                agent.id, now() + catalogue.policy().connectionGrace().toMillis());
        agent.graceEnd = end;
        session.await(end);
        changed(agent);
        return Outcome.APPLIED;
    }

    /** The first heartbeat begins the watch over the desktop; one of a desktop that was taken to be gone connects it. */
    private Outcome heartbeat(AgentState known) {
        if (!known.signedIn) {
            return signedOut(known);
        }
        AgentState agent = edit(known.id);
        agent.heartbeatAt = now();
        Duration timeout = catalogue.policy().heartbeatTimeout();
        if (agent.silenceEnd == null && !timeout.isZero()) {
            awaitSilence(agent, now() + timeout.toMillis());
        }
        return known.connected ? Outcome.UNCHANGED : connect(agent);
    }

    private void awaitSilence(AgentState agent, long at) {
        SilenceEnd end = new SilenceEnd(agent.id, at);
        agent.silenceEnd = end;
        session.await(end);
    }

    /** A deadline is not moved with each heartbeat: when it comes, it is asked how long the silence really lasts. */
    private void silence(AgentState known) {
        AgentState agent = edit(known.id);
        agent.silenceEnd = null;
        Duration timeout = catalogue.policy().heartbeatTimeout();
        if (timeout.isZero()) {
            return;
        }
        long ends = agent.heartbeatAt + timeout.toMillis();
        if (ends > now()) {
            awaitSilence(agent, ends);
        } else {
            disconnect(agent);
        }
    }

    // --- profiles

    private Outcome selectProfile(AgentState known, Command.SelectProfile command) {
        ProfileDefinition profile = catalogue.profile(command.profile());
        if (profile == null) {
            return catalogue.retired(command.profile())
                    ? Outcome.refused(
                            ErrorCode.PROFILE_RETIRED,
                            "Profile '" + command.profile() + "' has been deleted; choose one of "
                                    + catalogue.profileIds() + ".",
                            "/profile")
                    : Outcome.refused(
                            UNKNOWN_PROFILE,
                            noSuch("profile", command.profile()) + " There are " + catalogue.profileIds() + ".",
                            "/profile");
        }
        Duration duration = command.duration() != null ? command.duration() : profile.duration();
        if (profile.id().equals(known.profile) && duration == null && known.profileEnd == null) {
            Set<String> brought = queuesOf(known.id, profile);
            if (brought == null || brought.equals(known.queues)) {
                return Outcome.UNCHANGED;
            }
        }
        AgentState agent = edit(known.id);
        select(agent, profile, command.duration());
        changed(agent);
        return Outcome.APPLIED;
    }

    /** A duration of null stands for the profile's own. */
    private void select(AgentState agent, ProfileDefinition profile, @Nullable Duration chosen) {
        cancelProfileEnd(agent);
        ProfileType left = agent.profileType;
        catalogue.unselected(agent.profile);
        catalogue.selected(profile.id());
        agent.profile = profile.id();
        agent.newState = true;
        agent.profileType = profile.type();
        agent.profileSince = now();
        agent.overrunSince = 0;
        if (profile.type() == ProfileType.AVAILABLE && left != ProfileType.AVAILABLE) {
            agent.idleSince = now();
        }
        Duration duration = chosen != null ? chosen : profile.duration();
        if (duration != null) {
            long at = ProfileClock.end(now(), duration, profile.rounding(), agent.timeZone);
            ProfileEnd end = new ProfileEnd(
                    agent.id, profile.id(), profile.onReturn(), ProfileClock.localTime(at, agent.timeZone), at);
            agent.profileEnd = end;
            session.await(end);
        }
        Set<String> brought = queuesOf(agent.id, profile);
        if (brought != null) {
            joinOnly(agent, brought);
        }
    }

    /** The queues that selecting the profile brings, instead of all others; null if it leaves them as they are. */
    private @Nullable Set<String> queuesOf(String agent, ProfileDefinition profile) {
        return session.groupToJoin(new ProfileSelected(agent, profile.id(), profile.type(), profile.queueGroup()))
                .map(catalogue::queueGroup)
                .<Set<String>>map(group -> new HashSet<>(group.queues()))
                .orElse(null);
    }

    private void cancelProfileEnd(AgentState agent) {
        if (agent.profileEnd != null) {
            session.cancel(agent.profileEnd);
            agent.profileEnd = null;
        }
    }

    private void cancelSilenceEnd(AgentState agent) {
        if (agent.silenceEnd != null) {
            session.cancel(agent.silenceEnd);
            agent.silenceEnd = null;
        }
    }

    private void cancelRejectDelay(AgentState agent) {
        if (agent.rejectDelayEnd != null) {
            session.cancel(agent.rejectDelayEnd);
            agent.rejectDelayEnd = null;
        }
    }

    private void cancelGrace(AgentState agent) {
        if (agent.graceEnd != null) {
            session.cancel(agent.graceEnd);
            agent.graceEnd = null;
        }
    }

    // --- capabilities and queues

    private Outcome capability(AgentState known, Capability capability, boolean has) {
        if (known.capabilities.contains(capability) == has) {
            return Outcome.UNCHANGED;
        }
        AgentState agent = edit(known.id);
        Set<Capability> capabilities = new HashSet<>(agent.capabilities);
        if (has) {
            capabilities.add(capability);
        } else {
            capabilities.remove(capability);
        }
        agent.capabilities = CapabilitySet.of(capabilities);
        changed(agent);
        tell(new PresenceEvent.CapabilitiesChanged(agent.id, agent.capabilities, now()));
        return Outcome.APPLIED;
    }

    private Outcome membership(AgentState known, String queue, boolean joins) {
        if (catalogue.queue(queue) == null) {
            return Outcome.refused(UNKNOWN_QUEUE, noSuch("queue", queue));
        }
        if (known.queues.contains(queue) == joins) {
            return Outcome.UNCHANGED;
        }
        AgentState agent = edit(known.id);
        joinOnly(agent, joins ? with(agent.queues, queue) : without(agent.queues, queue));
        changed(agent);
        return Outcome.APPLIED;
    }

    /** Makes these the queues the agent has joined, all at once. */
    private void joinOnly(AgentState agent, Set<String> queues) {
        if (queues.equals(agent.queues)) {
            return;
        }
        List<String> joined = queues.stream()
                .filter(queue -> !agent.queues.contains(queue))
                .sorted()
                .toList();
        List<String> left = agent.queues.stream()
                .filter(queue -> !queues.contains(queue))
                .sorted()
                .toList();
        agent.queues = Set.copyOf(queues);
        tell(new PresenceEvent.QueuesChanged(
                agent.id, joined, left, queues.stream().sorted().toList(), now()));
    }

    private static Set<String> with(Set<String> queues, String queue) {
        Set<String> more = new HashSet<>(queues);
        more.add(queue);
        return more;
    }

    private static Set<String> without(Set<String> queues, String queue) {
        Set<String> less = new HashSet<>(queues);
        less.remove(queue);
        return less;
    }

    // --- conversations

    private Outcome start(AgentState known, Command.StartConversation command) {
        Outcome refusal = unusable(command.channel(), command.queue());
        if (refusal != null) {
            return refusal;
        }
        Conversation running = conversations.find(command.conversation());
        if (running != null && running.open()) {
            if (running.channel() != command.channel()) {
                return otherChannel(running, command.channel());
            }
            if (running.agent().equals(known.id)
                    && running.state() == Conversation.State.ACTIVE
                    && running.orphaned() == !known.signedIn) {
                return touch(running);
            }
        }
        return moveTo(known, running, command, false);
    }

    private static Outcome otherChannel(Conversation conversation, Channel channel) {
        return Outcome.refused(
                CONVERSATION_CHANNEL_FIXED,
                "Conversation '" + conversation.id() + "' is on " + conversation.channel() + ", not on " + channel
                        + ".",
                "/channel");
    }

    /** Why no conversation of this channel and queue can be; null if it can. */
    private @Nullable Outcome unusable(Channel channel, @Nullable String queue) {
        if (!catalogue.policy().handles(channel)) {
            return Outcome.refused(
                    CHANNEL_NOT_ENABLED,
                    "This system does not handle " + channel + "; of the item channels it handles "
                            + catalogue.policy().itemChannels() + ".",
                    "/channel");
        }
        if (queue != null && catalogue.queue(queue) == null) {
            return Outcome.refused(UNKNOWN_QUEUE, noSuch("queue", queue), "/queue");
        }
        return null;
    }

    /** Gives the agent the conversation, new or from whoever has it. */
    private Outcome moveTo(
            AgentState known, @Nullable Conversation running, Command.StartConversation command, boolean forced) {
        if (known.conversations.length >= MOST_CONVERSATIONS) {
            return tooMany("open conversations of agent '" + known.id + "'", MOST_CONVERSATIONS);
        }
        AgentState agent = edit(known.id);
        if (running != null && running.open()) {
            release(running, agent);
        }
        answeredByWord(command.conversation(), agent);
        StaleEnd staleEnd = agent.signedIn ? awaitStale(command.conversation(), command.channel(), now()) : null;
        Conversation conversation = new Conversation(
                command.conversation(),
                agent.id,
                command.channel(),
                command.queue(),
                command.direct(),
                Conversation.State.ACTIVE,
                !agent.signedIn,
                false,
                now(),
                now(),
                now(),
                null,
                staleEnd);
        keep(conversation, forced);
        if (agent.signedIn) {
            agent.add(conversation);
        }
        if (!conversation.direct()) {
            agent.idleSince = now();
        }
        changed(agent);
        return Outcome.APPLIED;
    }

    /** The agent has the conversation: that answers an open offer of it. The agent's change is yet to be concluded. */
    private void answeredByWord(String conversation, AgentState agent) {
        Offer offer = offers.openFor(conversation);
        if (offer != null) {
            boolean accepted = offer.agent().equals(agent.id);
            close(offer, accepted ? Offer.State.ACCEPTED : Offer.State.WITHDRAWN, agent);
        }
    }

    private Outcome transfer(Conversation conversation, Command.TransferConversation command) {
        AgentState to = agents.get(command.to());
        if (to == null) {
            return Outcome.refused(UNKNOWN_AGENT, noSuch("agent", command.to()), "/to");
        }
        if (conversation.state() != Conversation.State.ACTIVE) {
            return Outcome.refused(
                    CONVERSATION_ENDED,
                    "Conversation '" + conversation.id() + "' is " + conversation.state()
                            + "; only an active one can be transferred.");
        }
        boolean itself = to.id.equals(conversation.agent()) && !conversation.orphaned();
        List<Reason> reasons = session.decide(to.fact(), new TransferAsked(conversation.agent()))
                .transferRefusals(conversation.channel().capability());
        if (itself || (!command.force() && !reasons.isEmpty())) {
            return Outcome.refusedByRules(
                    TRANSFER_REFUSED,
                    "Conversation '" + conversation.id() + "' cannot be transferred to '" + to.id + "': "
                            + (itself ? "the agent has it already" : reasons) + ".",
                    reasons.isEmpty() ? List.of(Reason.CURRENT_AGENT) : reasons);
        }
        return moveTo(
                to,
                conversation,
                new Command.StartConversation(
                        conversation.id(), to.id, conversation.channel(), conversation.queue(), conversation.direct()),
                !reasons.isEmpty());
    }

    private Outcome end(Conversation conversation) {
        if (conversation.state() != Conversation.State.ACTIVE) {
            return touch(conversation);
        }
        Duration limit = Objects.requireNonNull(
                catalogue.policy().wrapUp().get(conversation.channel().capability()));
        if (limit.isZero() || conversation.direct() || conversation.orphaned()) {
            return handle(conversation);
        }
        WrapUpEnd end = new WrapUpEnd(conversation.id(), now() + limit.toMillis());
        session.await(end);
        Conversation wrappingUp = conversation.wrappingUp(now(), end);
        keep(wrappingUp, false);
        AgentState agent = edit(conversation.agent());
        agent.replace(wrappingUp);
        changed(agent);
        return Outcome.APPLIED;
    }

    private Outcome handle(Conversation conversation) {
        if (!conversation.open()) {
            return Outcome.UNCHANGED;
        }
        cancelEnds(conversation);
        keep(conversation.handled(now()), false);
        if (!conversation.orphaned()) {
            AgentState agent = edit(conversation.agent());
            agent.remove(conversation.id());
            if (!conversation.direct()) {
                agent.idleSince = now();
            }
            changed(agent);
        }
        return Outcome.APPLIED;
    }

    /** There is word of a conversation that changes nothing but that it is alive. */
    private Outcome touch(Conversation conversation) {
        boolean watched = conversation.suspect() || conversation.staleEnd() != null;
        if (!conversation.open() || !watched) {
            return Outcome.UNCHANGED;
        }
        StaleEnd end = conversation.suspect()
                ? awaitStale(conversation.id(), conversation.channel(), now())
                : conversation.staleEnd();
        Conversation touched = conversation.touched(now(), end);
        AgentState agent = edit(conversation.agent());
        agent.replace(touched);
        if (!conversation.suspect()) {
            conversations.keep(touched);
            return Outcome.UNCHANGED;
        }
        keep(touched, false);
        answeredByWord(conversation.id(), agent);
        changed(agent);
        return Outcome.APPLIED;
    }

    private @Nullable StaleEnd awaitStale(String conversation, Channel channel, long touchedAt) {
        Duration limit = Objects.requireNonNull(catalogue.policy().staleAfter().get(channel.capability()));
        if (limit.isZero()) {
            return null;
        }
        StaleEnd end = new StaleEnd(conversation, touchedAt + limit.toMillis());
        session.await(end);
        return end;
    }

    /** A deadline is not moved with each word: when it comes, it is asked when there was last word of the conversation. */
    private void stale(Conversation conversation) {
        AgentState agent = edit(conversation.agent());
        Duration limit = Objects.requireNonNull(
                catalogue.policy().staleAfter().get(conversation.channel().capability()));
        if (limit.isZero() || conversation.touchedAt() + limit.toMillis() > now()) {
            Conversation awaiting = conversation.awaiting(
                    awaitStale(conversation.id(), conversation.channel(), conversation.touchedAt()));
            conversations.keep(awaiting);
            agent.replace(awaiting);
            return;
        }
        Conversation suspect = conversation.suspected(now());
        keep(suspect, false);
        agent.replace(suspect);
        changed(agent);
    }

    /** Takes an open conversation from the agent who has it; a change of the one who gets it is yet to be concluded. */
    private void release(Conversation conversation, AgentState to) {
        cancelEnds(conversation);
        if (!conversation.orphaned()) {
            AgentState agent = edit(conversation.agent());
            agent.remove(conversation.id());
            if (agent != to) {
                changed(agent);
            }
        }
    }

    private void keep(Conversation conversation, boolean forced) {
        Conversation before = conversations.keep(conversation);
        tell(new PresenceEvent.ConversationChanged(conversation.agent(), conversation, before, forced, now()));
    }

    private void orphanConversations(AgentState agent) {
        for (Conversation conversation : agent.conversations) {
            cancelEnds(conversation);
            keep(conversation.orphan(now()), false);
        }
        agent.conversations = new Conversation[0];
    }

    private void cancelEnds(Conversation conversation) {
        if (conversation.wrapUpEnd() != null) {
            session.cancel(conversation.wrapUpEnd());
        }
        if (conversation.staleEnd() != null) {
            session.cancel(conversation.staleEnd());
        }
    }

    // --- offers

    private Outcome makeOffer(Command.MakeOffer command) {
        Outcome refusal = unusable(command.channel(), command.queue());
        if (refusal != null) {
            return refusal;
        }
        if (command.agent() != null && !agents.containsKey(command.agent())) {
            return Outcome.refused(UNKNOWN_AGENT, noSuch("agent", command.agent()), "/agent");
        }
        Offer open = offers.openFor(command.conversation());
        if (open != null) {
            return Outcome.open(open.made());
        }
        Conversation running = conversations.find(command.conversation());
        if (running != null && running.open() && running.channel() != command.channel()) {
            return otherChannel(running, command.channel());
        }
        if (running != null && running.counts()) {
            return Outcome.refused(
                    CONVERSATION_ACTIVE,
                    "Conversation '" + running.id() + "' is " + running.state() + " with agent '" + running.agent()
                            + "'. Maybe transfer it.");
        }
        Capability capability = command.channel().capability();
        String agent = pick(command, capability);
        if (agent == null) {
            return Outcome.refusedByRules(
                    NOBODY_ELIGIBLE,
                    "Nobody can be offered " + command.channel() + " now"
                            + (command.queue() == null ? "" : " of queue '" + command.queue() + "'")
                            + (command.agent() == null ? "" : "; agent '" + command.agent() + "' was named")
                            + (command.exclude().isEmpty()
                                    ? ""
                                    : ", and " + command.exclude().size() + " were to be left out")
                            + ".",
                    command.agent() == null ? List.of() : against(command.agent(), command.queue(), capability));
        }
        return Outcome.made(offer(command, edit(agent)).made());
    }

    /** The agent named if they can take it, else the first of the queue; null if there is nobody. */
    private @Nullable String pick(Command.MakeOffer command, Capability capability) {
        String named = command.agent();
        if (named != null
                && !command.exclude().contains(named)
                && against(named, command.queue(), capability).isEmpty()) {
            return named;
        }
        if (command.queue() == null || (named != null && command.mode() == OfferMode.REQUIRED)) {
            return null;
        }
        Iterable<Candidate> eligible = rankings.eligible(command.queue(), capability);
        if (eligible != null) {
            for (Candidate candidate : eligible) {
                if (!command.exclude().contains(candidate.agent())) {
                    return candidate.agent();
                }
            }
        }
        return null;
    }

    private List<Reason> against(String agent, @Nullable String queue, Capability capability) {
        AgentState known = Objects.requireNonNull(agents.get(agent));
        return queue == null ? known.verdict.exclusions(capability) : exclusions(known, queue, capability);
    }

    private Offer offer(Command.MakeOffer command, AgentState agent) {
        String id = offers.nextId();
        Duration ttl = command.ttl() != null
                ? command.ttl()
                : Objects.requireNonNull(
                        catalogue.policy().offerTtl().get(command.channel().capability()));
        OfferEnd end = new OfferEnd(id, now() + ttl.toMillis());
        session.await(end);
        Offer offer = new Offer(
                id,
                command.conversation(),
                command.channel(),
                command.queue(),
                agent.id,
                Offer.State.OPEN,
                now(),
                end.at(),
                0,
                end);
        offers.keep(offer);
        agent.add(offer);
        tell(new PresenceEvent.OfferChanged(agent.id, offer, now()));
        changed(agent);
        return offer;
    }

    private Outcome applyToOffer(Command.AboutOffer command) {
        Offer offer = offers.find(command.offer());
        if (offer == null) {
            return Outcome.refused(UNKNOWN_OFFER, noSuch("offer", command.offer()));
        }
        if (command instanceof Command.AcceptOffer accept) {
            return answer(offer, Offer.State.ACCEPTED, accept.agent());
        } else if (command instanceof Command.RejectOffer reject) {
            return answer(offer, Offer.State.REJECTED, reject.agent());
        }
        return answer(offer, Offer.State.WITHDRAWN, null);
    }

    private Outcome answer(Offer offer, Offer.State answer, @Nullable String by) {
        if (by != null && !by.equals(offer.agent())) {
            return Outcome.refused(
                    WRONG_AGENT,
                    "Offer '" + offer.id() + "' was made to agent '" + offer.agent() + "', not to '" + by + "'.");
        }
        if (offer.state() == answer) {
            return Outcome.UNCHANGED;
        }
        if (!offer.open()) {
            return Outcome.refused(
                    OFFER_CLOSED,
                    "Offer '" + offer.id() + "' was " + offer.state() + " at " + Instant.ofEpochMilli(offer.closedAt())
                            + ".");
        }
        return answer == Offer.State.ACCEPTED ? accept(offer) : close(offer, answer);
    }

    private Outcome accept(Offer offer) {
        String queue = offer.queue() == null || catalogue.queue(offer.queue()) == null ? null : offer.queue();
        return moveTo(
                Objects.requireNonNull(agents.get(offer.agent())),
                conversations.find(offer.conversation()),
                new Command.StartConversation(offer.conversation(), offer.agent(), offer.channel(), queue, false),
                false);
    }

    private Outcome close(Offer offer, Offer.State as) {
        close(offer, as, null);
        return Outcome.APPLIED;
    }

    /** @param editing the agent whose change is yet to be concluded, so that it is concluded once; null for nobody */
    private void close(Offer offer, Offer.State as, @Nullable AgentState editing) {
        if (offer.end() != null) {
            session.cancel(offer.end());
        }
        Offer closed = offer.closed(as, now());
        offers.keep(closed);
        AgentState agent = edit(offer.agent());
        agent.remove(offer);
        tell(new PresenceEvent.OfferChanged(agent.id, closed, now()));
        if (as == Offer.State.ACCEPTED || as == Offer.State.REJECTED) {
            agent.missedOffers = 0;
        }
        Duration rejectDelay = catalogue.policy().rejectDelay();
        if (as == Offer.State.REJECTED && !rejectDelay.isZero()) {
            cancelRejectDelay(agent);
            RejectDelayEnd end = new RejectDelayEnd(agent.id, now() + rejectDelay.toMillis());
            agent.rejectDelayEnd = end;
            session.await(end);
        }
        if (agent != editing) {
            changed(agent);
        }
    }

    private void withdrawOffers(AgentState agent) {
        for (Offer offer : agent.offers) {
            close(offer, Offer.State.WITHDRAWN, agent);
        }
    }

    /** Whether the agent stays ready is for the rules to say. */
    private void miss(Offer offer) {
        AgentState agent = edit(offer.agent());
        close(offer, Offer.State.MISSED, agent);
        agent.missedOffers++;
        agent.missedAt = now();
        Optional<NotReady> concluded =
                agent.ready ? session.missed(new OfferMissed(agent.id, agent.missedOffers)) : Optional.empty();
        if (concluded.isPresent()) {
            cause = Cause.RULE;
            rule = concluded.get().rule().id();
            setReady(agent, false);
            agent.notReadyReason = concluded.get().reason().name();
        }
        changed(agent);
        cause = Cause.TIMEOUT;
    }

    // --- deadlines

    private void happen(Due due) {
        rule = due.rule().id();
        if (due.deadline() instanceof WrapUpEnd end) {
            Conversation conversation = conversations.find(end.conversation());
            if (conversation != null && end.equals(conversation.wrapUpEnd())) {
                handle(conversation);
            }
        } else if (due.deadline() instanceof StaleEnd end) {
            Conversation conversation = conversations.find(end.conversation());
            if (conversation != null && end.equals(conversation.staleEnd())) {
                stale(conversation);
            }
        } else if (due.deadline() instanceof OfferEnd end) {
            Offer offer = offers.find(end.offer());
            if (offer != null && offer.open()) {
                miss(offer);
            }
        } else {
            AgentState agent = agents.get(due.deadline().subject());
            if (agent != null) {
                happen(due, agent);
            }
        }
    }

    private void happen(Due due, AgentState known) {
        if (due.deadline() instanceof GraceEnd end && end.equals(known.graceEnd)) {
            signOut(known.id, true);
            tell(new PresenceEvent.ConnectionLost(known.id, now()));
        } else if (due.deadline() instanceof ProfileEnd end && end.equals(known.profileEnd)) {
            expire(edit(known.id), end, due.effect());
        } else if (due.deadline() instanceof SilenceEnd end && end.equals(known.silenceEnd)) {
            silence(known);
        } else if (due.deadline() instanceof RejectDelayEnd end && end.equals(known.rejectDelayEnd)) {
            AgentState agent = edit(known.id);
            agent.rejectDelayEnd = null;
            changed(agent);
        }
    }

    private void expire(AgentState agent, ProfileEnd end, Due.Effect effect) {
        tell(new PresenceEvent.ProfileExpired(agent.id, end.profile(), now()));
        select(agent, catalogue.defaultProfile(), null);
        if (effect == Due.Effect.RETURN_NOT_READY && agent.ready) {
            setReady(agent, false);
        }
        agent.overrunSince = agent.signedIn && !agent.ready ? now() : 0;
        changed(agent);
    }

    // --- asking the rules

    private AgentState create(String id) {
        if (!before.containsKey(id)) {
            before.put(id, null);
        }
        AgentState agent = new AgentState(id, unknown, now());
        agent.version = versionsGone;
        agent.newState = true;
        agents.put(id, agent);
        return agent;
    }

    /** The agent's state, to be written to until it is published. */
    private AgentState edit(String id) {
        AgentState known = Objects.requireNonNull(agents.get(id), id);
        if (before.containsKey(id)) {
            return known;
        }
        before.put(id, known);
        AgentState copy = new AgentState(known);
        agents.put(id, copy);
        return copy;
    }

    private void changed(AgentState agent) {
        Verdict last = agent.verdict;
        decide(agent);
        Verdict verdict = agent.verdict;
        agent.version++;
        if (verdict.status() != last.status()) {
            agent.statusSince = now();
        }
        if (agent.newState
                || verdict.status() != last.status()
                || !verdict.reasons().equals(last.reasons())) {
            agent.newState = false;
            tell(new PresenceEvent.StateChanged(
                    agent.id,
                    last.status(),
                    last.reasons(),
                    verdict.status(),
                    verdict.reasons(),
                    agent.signedIn,
                    agent.ready,
                    agent.notReadyReason,
                    agent.connected,
                    agent.profile,
                    agent.profileEnd == null ? null : agent.profileEnd.at(),
                    agent.statusSince,
                    agent.profileSince,
                    now()));
        }
    }

    private void tell(PresenceEvent event) {
        Envelope command = applied;
        events.accept(
                command != null
                        ? new Happening(++told, event, command.causeFor(event.agent()), command.by())
                        : new Happening(++told, event, cause, rule));
    }

    private void decide(AgentState agent) {
        Agent fact = agent.fact();
        Verdict verdict = conclude(fact);
        agent.verdict = verdict;
        Candidate candidate = agent.candidate;
        if (candidate.load() != fact.load()
                || candidate.idleSince() != agent.idleSince
                || candidate.rank() != verdict.rank()
                || !candidate.name().equals(agent.name)) {
            agent.candidate = new Candidate(agent.id, agent.name, verdict.rank(), fact.load(), agent.idleSince);
        }
    }

    /** Rules that fail leave an agent undecided, offline to everybody, and the others as they are. */
    private Verdict conclude(Agent fact) {
        try {
            return session.decide(fact);
        } catch (RuntimeException e) {
            tell(new PresenceEvent.RulesFailed(fact.id(), String.valueOf(e.getMessage()), now()));
            return Verdict.UNDECIDED;
        }
    }

    /**
     * Hands over every agent that has changed since the last call, and makes its present state one that is never written
     * again.
     */
    public void publish(Publication publication) {
        before.forEach((id, last) -> publication.agentChanged(id, last, agents.get(id)));
        before.clear();
    }

    /** Told of changed agents. */
    public interface Publication {
        /**
         * @param agent the agent's id
         * @param before the state published last; null for an agent that is new
         * @param after the state now; null for an agent that is gone
         */
        void agentChanged(String agent, @Nullable AgentState before, @Nullable AgentState after);
    }

    // --- rehearsals

    /**
     * Takes in one agent as published, with what the agent has open, in the place of whoever was here. What is written is a
     * copy. Deadlines do not wait: what is tried is what a command does, or {@link #await} lets some of them wait.
     *
     * @param now the time from now on, in milliseconds since 1970-01-01T00:00Z; it may be before that of the last one
     */
    AgentState stage(AgentState published, long now) {
        agents.values().forEach(last -> catalogue.unselected(last.profile));
        agents.clear();
        before.clear();
        conversations.clear();
        offers.clear();
        session.restart(now);
        AgentState agent = new AgentState(published);
        agents.put(agent.id, agent);
        before.put(agent.id, published);
        if (agent.profile != null) {
            catalogue.selected(agent.profile);
        }
        published.conversations().forEach(conversations::keep);
        published.offers().forEach(offers::keep);
        return agent;
    }

    /** Asks the rules about the agent that is staged. */
    AgentState decideStaged(AgentState agent) {
        decide(agent);
        return agent;
    }

    /** Lets deadlines of the agent that is staged wait. */
    void await(List<Deadline> deadlines) {
        deadlines.forEach(session::await);
    }

    /** Lets happen what is next to happen by itself; answers the rules that were behind it. */
    List<Rule> happenNext() {
        List<Rule> fired = new ArrayList<>();
        session.advance(session.nextDeadline(), due -> {
            fired.add(due.rule());
            happen(due);
        });
        return fired;
    }

    /** The rules, for who asks them about an agent that is staged. */
    PresenceSession session() {
        return session;
    }

    // --- questions, on the owner's thread

    /** The definitions as put. */
    public Catalogue catalogue() {
        return catalogue;
    }

    /** The agent; null if there is none. */
    public @Nullable AgentState agent(String id) {
        return agents.get(id);
    }

    /** All agents, in no order. */
    public Collection<AgentState> agents() {
        return Collections.unmodifiableCollection(agents.values());
    }

    /** The conversation; null if there is none. Any thread may ask. */
    public @Nullable Conversation conversation(String id) {
        return conversations.find(id);
    }

    /** The conversations that are open or still remembered, in no order. Any thread may ask. */
    public Collection<Conversation> conversations() {
        return conversations.all();
    }

    /** The offer; null if there is none, or it is forgotten. Any thread may ask. */
    public @Nullable Offer offer(String id) {
        return offers.find(id);
    }

    /** The open offer of a conversation; null if there is none. Any thread may ask. */
    public @Nullable Offer openOffer(String conversation) {
        return offers.openFor(conversation);
    }

    /** Knows the order of a queue, up to the command applied last. */
    public interface Rankings {
        /** Those eligible for the queue at this moment, in order; null if there is no such queue. */
        @Nullable Iterable<Candidate> eligible(String queue, Capability capability);
    }

    /** Who is asked for the order of a queue when a conversation is offered. Without any, nobody is eligible. */
    public void rankBy(Rankings rankings) {
        this.rankings = rankings;
    }

    /** Why the agent is not eligible for the queue's conversations of the capability; empty if they are. */
    public List<Reason> exclusions(AgentState agent, String queue, Capability capability) {
        return session.decide(agent.fact(), new QueueAsked(queue)).exclusions(capability);
    }

    /** Whether the queue's reserve is open. */
    public boolean reserveOpen(QueueStaffing staffing) {
        return session.reserveOpen(staffing);
    }

    @Override
    public void close() {
        session.close();
    }

    private static Outcome tooMany(String what, int most) {
        return Outcome.refused(
                TOO_MANY, "There are " + most + " " + what + " already, which is the most there can be.");
    }

    private static Outcome unknownAgent(String id) {
        return Outcome.refused(UNKNOWN_AGENT, noSuch("agent", id));
    }

    private static Outcome signedOut(AgentState agent) {
        return Outcome.refused(AGENT_SIGNED_OUT, "Agent '" + agent.id + "' is signed out; expected a signed-in agent.");
    }

    private static String noSuch(String what, String id) {
        return "There is no " + what + " '" + id + "'.";
    }
}
