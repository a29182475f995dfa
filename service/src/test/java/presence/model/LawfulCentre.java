package presence.model;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import presence.command.AgentDefinition;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.PolicyChange;
import presence.command.ProfileDefinition;
import presence.command.QueueDefinition;
import presence.facts.Capability;
import presence.facts.Channel;
import presence.facts.OnReturn;
import presence.facts.ProfileType;

/**
 * What a contact centre must conclude, written down a second time and as simply as possible: maps, loops, no rules, no
 * index, nothing kept that can be computed. The tests compare the real one with this.
 */
final class LawfulCentre {

    /** An agent: only what was reported. */
    static final class Agent {
        final String id;
        String name = "";
        ZoneId zone = ZoneId.of("UTC");
        List<String> assigned = List.of();
        Set<Capability> capabilities = Set.of();
        Set<String> labels = Set.of();
        Set<String> queues = new TreeSet<>();
        boolean signedIn;
        boolean connected = true;
        boolean lost;
        boolean ready;
        String reason;
        String profile;
        ProfileType type;
        Long profileEnd;
        OnReturn onReturn;
        Long graceEnd;
        long profileSince;
        long notReadySince;
        long idleSince;
        long version;

        Agent(String id) {
            this.id = id;
        }
    }

    /** A conversation: ACTIVE, WRAP_UP or HANDLED. */
    static final class Talk {
        String id;
        String agent;
        Channel channel;
        boolean direct;
        String state;
        boolean orphaned;
        long started;
        long changed;
        Long wrapUpEnd;
    }

    /** What a command came to, by its id. */
    private record Answered(Command command, String answer, long at) {}

    /** Where an agent stands among others. */
    record Place(String agent, int rank, int load, long idleSince) {}

    final Map<String, Agent> agents = new TreeMap<>();
    final Map<String, Talk> talks = new TreeMap<>();
    final Map<String, QueueDefinition> queues = new TreeMap<>();
    final Map<String, List<String>> groups = new TreeMap<>();
    final Map<String, ProfileDefinition> profiles = new TreeMap<>();
    final Map<String, ProfileDefinition> deleted = new TreeMap<>();
    final Map<Capability, Integer> capacity = new EnumMap<>(Capability.class);
    final Map<Capability, Duration> wrapUp = new EnumMap<>(Capability.class);
    Duration grace = Duration.ofSeconds(60);
    Set<Channel> itemChannels = Set.of(Channel.EMAIL, Channel.TASK, Channel.ACTION_ITEM);
    boolean transferMayExceed;
    String theDefault = "available";
    long now;
    private long versionsGone;
    final List<String> events = new ArrayList<>();
    private final Map<String, Answered> answered = new HashMap<>();

    LawfulCentre(long now) {
        this.now = now;
        profiles.put(
                theDefault,
                new ProfileDefinition(
                        theDefault,
                        "Available",
                        ProfileType.AVAILABLE,
                        null,
                        null,
                        0,
                        null,
                        null,
                        null,
                        OnReturn.KEEP,
                        null,
                        true));
        for (Capability capability : Capability.values()) {
            capacity.put(capability, capability == Capability.CHAT ? 4 : 1);
            wrapUp.put(capability, Duration.ZERO);
        }
    }

    // --- 2: status

    List<String> status(Agent agent) {
        long work = work(agent).size();
        boolean onlyWrapUp = work(agent).stream().allMatch(talk -> talk.state.equals("WRAP_UP"));
        if (!agent.signedIn) {
            return List.of("OFFLINE", agent.lost ? "CONNECTION_LOST" : "SIGNED_OUT");
        }
        if (agent.type == ProfileType.AWAY || agent.type == ProfileType.TENTATIVE) {
            String profile = "PROFILE_" + agent.type;
            return work > 0 ? List.of("AWAY", profile, "HANDLING") : List.of("AWAY", profile);
        }
        if (agent.type == ProfileType.CONFERENCE) {
            return List.of("BUSY", "PROFILE_CONFERENCE");
        }
        if (work > 0) {
            String doing = onlyWrapUp ? "WRAP_UP" : "HANDLING";
            return agent.ready ? List.of("BUSY", doing) : List.of("BUSY", doing, "NOT_READY");
        }
        return agent.ready ? List.of("FREE") : List.of("AWAY", "NOT_READY");
    }

    List<Talk> open(Agent agent) {
        return talks.values().stream()
                .filter(talk -> talk.agent.equals(agent.id) && !talk.orphaned && !talk.state.equals("HANDLED"))
                .toList();
    }

    List<Talk> work(Agent agent) {
        return open(agent).stream().filter(talk -> !talk.direct).toList();
    }

    int load(Agent agent, Capability capability) {
        return (int) work(agent).stream()
                .filter(talk -> talk.channel.capability() == capability)
                .count();
    }

    // --- 3: eligibility

    /** Why not; the queue may be null for none. */
    List<String> exclusions(Agent agent, String queue, Capability capability) {
        if (!agent.signedIn) {
            return List.of("SIGNED_OUT");
        }
        List<String> reasons = new ArrayList<>();
        if (!agent.connected) {
            reasons.add("CONNECTION_LOST");
        }
        if (!agent.capabilities.contains(capability)) {
            reasons.add("NO_CAPABILITY");
        }
        if (agent.type != ProfileType.AVAILABLE) {
            reasons.add("PROFILE_" + agent.type);
        }
        if (!agent.ready) {
            reasons.add("NOT_READY");
        }
        if (queue != null && !agent.queues.contains(queue)) {
            reasons.add("NOT_IN_QUEUE");
        }
        if (load(agent, Capability.PHONE) + load(agent, Capability.VIDEO) > 0) {
            reasons.add("REALTIME_EXCLUSIVE");
        }
        if ((capability == Capability.PHONE || capability == Capability.VIDEO) && load(agent, Capability.CHAT) > 0) {
            reasons.add("CHAT_IN_PROGRESS");
        }
        if (load(agent, capability) >= capacity.get(capability)) {
            reasons.add("AT_CAPACITY");
        }
        return reasons;
    }

    /** In order, overflow included. */
    List<Place> eligible(String queue, Capability capability) {
        List<Agent> able = agents.values().stream()
                .filter(agent -> exclusions(agent, queue, capability).isEmpty())
                .toList();
        if (able.isEmpty() && queues.get(queue).overflowToTentative()) {
            able = agents.values().stream()
                    .filter(agent -> exclusions(agent, queue, capability).equals(List.of("PROFILE_TENTATIVE")))
                    .toList();
        }
        return able.stream()
                .map(this::place)
                .sorted(Comparator.comparingInt(Place::load)
                        .thenComparingLong(Place::idleSince)
                        .thenComparing(Place::agent))
                .toList();
    }

    private Place place(Agent agent) {
        int load = work(agent).size();
        int rank = agent.type == ProfileType.TENTATIVE ? 3 : !agent.ready ? 2 : load > 0 ? 1 : 0;
        return new Place(agent.id, rank, load, agent.idleSince);
    }

    // --- 4: transfer

    List<String> transferRefusals(Agent agent, Capability capability) {
        if (!agent.signedIn) {
            return List.of("SIGNED_OUT");
        }
        List<String> reasons = new ArrayList<>();
        if (!agent.connected) {
            reasons.add("CONNECTION_LOST");
        }
        if (!agent.capabilities.contains(capability)) {
            reasons.add("NO_CAPABILITY");
        }
        if (agent.type == ProfileType.AWAY || agent.type == ProfileType.CONFERENCE) {
            reasons.add("PROFILE_" + agent.type);
        }
        if ((capability == Capability.PHONE || capability == Capability.VIDEO)
                && load(agent, Capability.PHONE) + load(agent, Capability.VIDEO) > 0) {
            reasons.add("REALTIME_EXCLUSIVE");
        }
        if (!transferMayExceed && load(agent, capability) >= capacity.get(capability)) {
            reasons.add("AT_CAPACITY");
        }
        return reasons;
    }

    List<Place> transferTargets(Capability capability) {
        return agents.values().stream()
                .filter(agent -> transferRefusals(agent, capability).isEmpty())
                .map(this::place)
                .sorted(Comparator.comparingInt(Place::rank)
                        .thenComparingInt(Place::load)
                        .thenComparingLong(Place::idleSince)
                        .thenComparing(Place::agent))
                .toList();
    }

    boolean directChat(Agent agent) {
        return agent.signedIn && agent.capabilities.contains(Capability.CHAT);
    }

    // --- 6: timers

    List<String> timers(Agent agent) {
        List<String> timers = new ArrayList<>();
        if (agent.signedIn && !agent.ready) {
            timers.add("NOT_READY " + agent.notReadySince);
        }
        if (agent.signedIn) {
            ProfileDefinition profile = profiles.getOrDefault(agent.profile, deleted.get(agent.profile));
            boolean absence = profile.absence() != null
                    ? profile.absence()
                    : agent.type == ProfileType.AWAY || agent.type == ProfileType.TENTATIVE;
            if (absence) {
                timers.add("ABSENT " + agent.profileSince);
            }
        }
        work(agent).forEach(talk -> timers.add("HANDLING " + talk.started + " " + talk.id));
        return timers.stream().sorted().toList();
    }

    // --- time

    Long nextDeadline() {
        Due next = nextDue();
        return next == null ? null : next.at;
    }

    private record Due(long at, int kind, String subject) {}

    private Due nextDue() {
        List<Due> due = new ArrayList<>();
        for (Talk talk : talks.values()) {
            if (talk.wrapUpEnd != null) {
                due.add(new Due(talk.wrapUpEnd, 0, talk.id));
            }
        }
        for (Agent agent : agents.values()) {
            if (agent.profileEnd != null) {
                due.add(new Due(agent.profileEnd, agent.onReturn == OnReturn.KEEP ? 1 : 2, agent.id));
            }
            if (agent.graceEnd != null) {
                due.add(new Due(agent.graceEnd, 3, agent.id));
            }
        }
        return due.stream()
                .min(Comparator.comparingLong(Due::at)
                        .thenComparingInt(Due::kind)
                        .thenComparing(Due::subject))
                .orElse(null);
    }

    void advance(long to) {
        for (Due due = nextDue(); due != null && due.at <= to; due = nextDue()) {
            now = due.at;
            happen(due);
        }
        now = to;
        long dayAgo = now - Duration.ofHours(24).toMillis();
        answered.values().removeIf(first -> first.at < dayAgo);
        talks.values().removeIf(talk -> talk.state.equals("HANDLED") && talk.changed < dayAgo);
    }

    private void happen(Due due) {
        if (due.kind == 0) {
            handle(talks.get(due.subject));
        } else if (due.kind == 3) {
            signOut(agents.get(due.subject), true);
            events.add("lost " + due.subject + " " + now);
        } else {
            Agent agent = agents.get(due.subject);
            List<String> was = status(agent);
            events.add("expired " + agent.id + " " + agent.profile + " " + now);
            boolean unready = agent.onReturn == OnReturn.NOT_READY && agent.ready;
            select(agent, profiles.get(theDefault), null);
            if (unready) {
                agent.ready = false;
                agent.notReadySince = now;
            }
            changed(agent, was);
        }
    }

    /** 12:38 + 2 h, rounded to 10 minutes: step the local clock until it shows a multiple. */
    static long end(long start, Duration duration, Integer rounding, ZoneId zone) {
        Instant end = Instant.ofEpochMilli(start).plus(duration);
        if (rounding == null) {
            return end.toEpochMilli();
        }
        while (true) {
            ZonedDateTime local = end.atZone(zone);
            if (local.getMinute() % rounding == 0 && local.getSecond() == 0 && local.getNano() == 0) {
                return end.toEpochMilli();
            }
            long intoMinute = local.getSecond() * 1000L + local.getNano() / 1_000_000;
            end = end.plusMillis(60_000 - intoMinute);
        }
    }

    // --- 5: commands; the answer is APPLIED, UNCHANGED or the code of the refusal

    String apply(Envelope envelope) {
        if (envelope.id() == null) {
            return applyOnce(envelope);
        }
        Answered first = answered.get(envelope.id());
        if (first != null) {
            return first.command.equals(envelope.command()) ? first.answer : "ID_REUSED";
        }
        String answer = applyOnce(envelope);
        answered.put(envelope.id(), new Answered(envelope.command(), answer, now));
        return answer;
    }

    private String applyOnce(Envelope envelope) {
        if (envelope.expectedVersion() != null && envelope.command() instanceof Command.AboutAgent about) {
            Agent agent = agents.get(about.agent());
            if (agent == null) {
                return "UNKNOWN_AGENT";
            }
            if (agent.version != envelope.expectedVersion()) {
                return "VERSION_MISMATCH";
            }
        }
        String answer = answer(envelope.command());
        advance(now);
        return answer;
    }

    private String answer(Command command) {
        if (command instanceof Command.PutPolicy put) {
            return putPolicy(put.change());
        } else if (command instanceof Command.PutProfile put) {
            return putProfile(put.definition());
        } else if (command instanceof Command.DeleteProfile delete) {
            return deleteProfile(delete.profile());
        } else if (command instanceof Command.PutQueue put) {
            QueueDefinition queue = put.definition();
            return queue.equals(queues.put(queue.id(), queue)) ? "UNCHANGED" : "APPLIED";
        } else if (command instanceof Command.DeleteQueue delete) {
            return deleteQueue(delete.queue());
        } else if (command instanceof Command.PutQueueGroup put) {
            if (!queues.keySet().containsAll(put.definition().queues())) {
                return "UNKNOWN_QUEUE";
            }
            List<String> named = put.definition().queues();
            return named.equals(groups.put(put.definition().id(), named)) ? "UNCHANGED" : "APPLIED";
        } else if (command instanceof Command.DeleteQueueGroup delete) {
            if (!groups.containsKey(delete.queueGroup())) {
                return "UNKNOWN_QUEUE_GROUP";
            }
            if (profiles.values().stream()
                    .anyMatch(profile -> delete.queueGroup().equals(profile.queueGroup()))) {
                return "QUEUE_GROUP_IN_USE";
            }
            groups.remove(delete.queueGroup());
            return "APPLIED";
        } else if (command instanceof Command.PutAgent put) {
            return putAgent(put.definition());
        } else if (command instanceof Command.AboutConversation about) {
            Talk talk = talks.get(about.conversation());
            if (talk == null) {
                return "UNKNOWN_CONVERSATION";
            }
            return command instanceof Command.EndConversation ? end(talk) : handle(talk);
        }
        Agent agent = agents.get(((Command.AboutAgent) command).agent());
        return agent == null ? "UNKNOWN_AGENT" : answer(agent, command);
    }

    private String answer(Agent agent, Command command) {
        List<String> was = status(agent);
        if (command instanceof Command.SignIn) {
            if (agent.signedIn) {
                return "UNCHANGED";
            }
            agent.signedIn = true;
            agent.connected = true;
            agent.lost = false;
            agent.ready = false;
            agent.reason = null;
            agent.notReadySince = now;
            agent.idleSince = now;
            if (agent.profileEnd == null) {
                select(agent, profiles.get(theDefault), null);
            }
            agent.profileSince = now;
        } else if (command instanceof Command.SignOut) {
            return agent.signedIn ? signOut(agent, false) : "UNCHANGED";
        } else if (command instanceof Command.Ready || command instanceof Command.NotReady) {
            boolean ready = command instanceof Command.Ready;
            String reason = command instanceof Command.NotReady not ? not.reason() : null;
            if (!agent.signedIn) {
                return "AGENT_SIGNED_OUT";
            }
            if (agent.ready == ready && Objects.equals(agent.reason, reason)) {
                return "UNCHANGED";
            }
            if (agent.ready != ready && ready) {
                agent.idleSince = now;
            } else if (agent.ready != ready) {
                agent.notReadySince = now;
            }
            agent.ready = ready;
            agent.reason = reason;
        } else if (command instanceof Command.Connect) {
            if (!agent.signedIn) {
                return "AGENT_SIGNED_OUT";
            }
            if (agent.connected) {
                return "UNCHANGED";
            }
            agent.connected = true;
            agent.graceEnd = null;
        } else if (command instanceof Command.Disconnect) {
            if (!agent.signedIn) {
                return "AGENT_SIGNED_OUT";
            }
            if (!agent.connected) {
                return "UNCHANGED";
            }
            agent.connected = false;
            agent.graceEnd = now + grace.toMillis();
        } else if (command instanceof Command.SelectProfile select) {
            ProfileDefinition profile = profiles.get(select.profile());
            if (profile == null) {
                return retired(select.profile()) ? "PROFILE_RETIRED" : "UNKNOWN_PROFILE";
            }
            boolean timed = select.duration() != null || profile.duration() != null || agent.profileEnd != null;
            boolean brought = profile.queueGroup() == null
                    || new TreeSet<>(groups.get(profile.queueGroup())).equals(agent.queues);
            if (profile.id().equals(agent.profile) && !timed && brought) {
                return "UNCHANGED";
            }
            select(agent, profile, select.duration());
        } else if (command instanceof Command.AddCapability add) {
            Set<Capability> more = new TreeSet<>(agent.capabilities);
            if (!more.add(add.capability())) {
                return "UNCHANGED";
            }
            agent.capabilities = more;
        } else if (command instanceof Command.RemoveCapability remove) {
            Set<Capability> less = new TreeSet<>(agent.capabilities);
            if (!less.remove(remove.capability())) {
                return "UNCHANGED";
            }
            agent.capabilities = less;
        } else if (command instanceof Command.JoinQueue join) {
            if (!queues.containsKey(join.queue())) {
                return "UNKNOWN_QUEUE";
            }
            if (!member(agent, join.queue(), true)) {
                return "UNCHANGED";
            }
        } else if (command instanceof Command.LeaveQueue leave) {
            if (!queues.containsKey(leave.queue())) {
                return "UNKNOWN_QUEUE";
            }
            if (!member(agent, leave.queue(), false)) {
                return "UNCHANGED";
            }
        } else if (command instanceof Command.StartConversation start) {
            return start(agent, start);
        } else if (command instanceof Command.DeleteAgent) {
            orphan(agent);
            versionsGone = Math.max(versionsGone, agent.version);
            agents.remove(agent.id);
            return "APPLIED";
        }
        changed(agent, was);
        return "APPLIED";
    }

    private boolean member(Agent agent, String queue, boolean joins) {
        Set<String> queuesThen = new TreeSet<>(agent.queues);
        boolean changes = joins ? queuesThen.add(queue) : queuesThen.remove(queue);
        joinOnly(agent, queuesThen);
        return changes;
    }

    private void joinOnly(Agent agent, Collection<String> queuesThen) {
        Set<String> joined = new TreeSet<>(queuesThen);
        joined.removeAll(agent.queues);
        Set<String> left = new TreeSet<>(agent.queues);
        left.removeAll(queuesThen);
        if (!joined.isEmpty() || !left.isEmpty()) {
            agent.queues = new TreeSet<>(queuesThen);
            events.add("queues " + agent.id + " +" + joined + " -" + left + " " + now);
        }
    }

    private void select(Agent agent, ProfileDefinition profile, Duration chosen) {
        if (profile.type() == ProfileType.AVAILABLE && agent.type != ProfileType.AVAILABLE) {
            agent.idleSince = now;
        }
        agent.profile = profile.id();
        agent.type = profile.type();
        agent.profileSince = now;
        agent.onReturn = profile.onReturn();
        Duration duration = chosen != null ? chosen : profile.duration();
        agent.profileEnd = duration == null ? null : (Long) end(now, duration, profile.rounding(), agent.zone);
        if (profile.queueGroup() != null) {
            joinOnly(agent, groups.get(profile.queueGroup()));
        }
    }

    private String signOut(Agent agent, boolean lost) {
        List<String> was = status(agent);
        orphan(agent);
        agent.signedIn = false;
        agent.connected = true;
        agent.graceEnd = null;
        agent.lost = lost;
        agent.ready = false;
        agent.reason = null;
        changed(agent, was);
        return "APPLIED";
    }

    private void orphan(Agent agent) {
        for (Talk talk : open(agent)) {
            talk.orphaned = true;
            talk.changed = now;
            talk.wrapUpEnd = null;
        }
    }

    private void changed(Agent agent, List<String> was) {
        agent.version++;
        if (!status(agent).equals(was)) {
            events.add("status " + agent.id + " " + status(agent) + " " + now);
        }
    }

    // --- conversations

    private String start(Agent agent, Command.StartConversation start) {
        if (start.channel().capability() == Capability.ITEMS && !itemChannels.contains(start.channel())) {
            return "CHANNEL_NOT_ENABLED";
        }
        if (start.queue() != null && !queues.containsKey(start.queue())) {
            return "UNKNOWN_QUEUE";
        }
        Talk known = talks.get(start.conversation());
        boolean goesOn = known != null && !known.state.equals("HANDLED");
        if (goesOn && known.channel != start.channel()) {
            return "CONVERSATION_CHANNEL_FIXED";
        }
        boolean here = goesOn && known.agent.equals(agent.id);
        if (here && known.state.equals("ACTIVE") && known.orphaned == !agent.signedIn) {
            return "UNCHANGED";
        }
        List<String> was = status(agent);
        if (goesOn && !here && !known.orphaned) {
            Agent other = agents.get(known.agent);
            List<String> otherWas = status(other);
            talks.remove(known.id);
            changed(other, otherWas);
        }
        Talk talk = new Talk();
        talk.id = start.conversation();
        talk.agent = agent.id;
        talk.channel = start.channel();
        talk.direct = start.direct();
        talk.state = "ACTIVE";
        talk.orphaned = !agent.signedIn;
        talk.started = now;
        talk.changed = now;
        talks.put(talk.id, talk);
        if (!talk.direct) {
            agent.idleSince = now;
        }
        changed(agent, was);
        return "APPLIED";
    }

    private String end(Talk talk) {
        if (!talk.state.equals("ACTIVE")) {
            return "UNCHANGED";
        }
        Duration limit = wrapUp.get(talk.channel.capability());
        if (talk.direct || talk.orphaned || limit.isZero()) {
            return handle(talk);
        }
        Agent agent = agents.get(talk.agent);
        List<String> was = status(agent);
        talk.state = "WRAP_UP";
        talk.wrapUpEnd = now + limit.toMillis();
        changed(agent, was);
        return "APPLIED";
    }

    private String handle(Talk talk) {
        if (talk.state.equals("HANDLED")) {
            return "UNCHANGED";
        }
        Agent agent = talk.orphaned ? null : agents.get(talk.agent);
        List<String> was = agent == null ? null : status(agent);
        talk.state = "HANDLED";
        talk.changed = now;
        talk.wrapUpEnd = null;
        talk.orphaned = false;
        if (agent != null) {
            if (!talk.direct) {
                agent.idleSince = now;
            }
            changed(agent, was);
        }
        return "APPLIED";
    }

    // --- definitions

    private String putPolicy(PolicyChange change) {
        List<Object> before = Arrays.asList(
                Map.copyOf(capacity), Map.copyOf(wrapUp), grace, Set.copyOf(itemChannels), transferMayExceed, limits());
        Map<String, List<?>> verdicts = new HashMap<>();
        agents.values().forEach(agent -> verdicts.put(agent.id, verdict(agent)));
        capacity.putAll(change.capacity());
        wrapUp.putAll(change.wrapUp());
        handlingLimits.putAll(change.handlingLimit());
        grace = change.connectionGrace() != null ? change.connectionGrace() : grace;
        itemChannels = change.itemChannels() != null ? change.itemChannels() : itemChannels;
        transferMayExceed =
                change.transferMayExceedCapacity() != null ? change.transferMayExceedCapacity() : transferMayExceed;
        List<Object> after = Arrays.asList(
                Map.copyOf(capacity), Map.copyOf(wrapUp), grace, Set.copyOf(itemChannels), transferMayExceed, limits());
        for (Agent agent : agents.values()) {
            if (!verdict(agent).equals(verdicts.get(agent.id))) {
                agent.version++;
            }
        }
        return before.equals(after) ? "UNCHANGED" : "APPLIED";
    }

    private final Map<Capability, Duration> handlingLimits = new EnumMap<>(Capability.class);

    private Map<Capability, Duration> limits() {
        Map<Capability, Duration> limits = new HashMap<>();
        for (Capability capability : Capability.values()) {
            limits.put(capability, handlingLimits.getOrDefault(capability, Duration.ZERO));
        }
        return limits;
    }

    private List<?> verdict(Agent agent) {
        List<Object> all = new ArrayList<>();
        for (Capability capability : Capability.values()) {
            all.add(exclusions(agent, null, capability));
            all.add(transferRefusals(agent, capability));
        }
        return all;
    }

    private String putProfile(ProfileDefinition put) {
        ProfileDefinition known = profiles.getOrDefault(put.id(), retired(put.id()) ? deleted.get(put.id()) : null);
        if (known != null && known.type() != put.type()) {
            return "PROFILE_TYPE_FIXED";
        }
        if (put.queueGroup() != null && !groups.containsKey(put.queueGroup())) {
            return "UNKNOWN_QUEUE_GROUP";
        }
        boolean was = put.id().equals(theDefault);
        if (was && Boolean.FALSE.equals(put.isDefault())) {
            return "DEFAULT_PROFILE";
        }
        boolean becomes = was || Boolean.TRUE.equals(put.isDefault());
        if (becomes && (put.type() != ProfileType.AVAILABLE || put.duration() != null)) {
            return "INVALID_DEFAULT";
        }
        if (put.asDefault(becomes).equals(profiles.get(put.id()))) {
            return "UNCHANGED";
        }
        if (becomes) {
            profiles.put(theDefault, profiles.get(theDefault).asDefault(false));
            theDefault = put.id();
        }
        profiles.put(put.id(), put.asDefault(becomes));
        return "APPLIED";
    }

    private boolean retired(String profile) {
        return !profiles.containsKey(profile)
                && agents.values().stream().anyMatch(agent -> profile.equals(agent.profile));
    }

    private String deleteProfile(String profile) {
        if (!profiles.containsKey(profile)) {
            return retired(profile) ? "UNCHANGED" : "UNKNOWN_PROFILE";
        }
        if (profile.equals(theDefault)) {
            return "DEFAULT_PROFILE";
        }
        deleted.put(profile, profiles.remove(profile));
        return "APPLIED";
    }

    private String deleteQueue(String queue) {
        if (!queues.containsKey(queue)) {
            return "UNKNOWN_QUEUE";
        }
        if (groups.values().stream().anyMatch(named -> named.contains(queue))) {
            return "QUEUE_IN_USE";
        }
        queues.remove(queue);
        for (Agent agent : agents.values()) {
            if (agent.queues.contains(queue) || agent.assigned.contains(queue)) {
                agent.assigned = agent.assigned.stream()
                        .filter(other -> !other.equals(queue))
                        .toList();
                member(agent, queue, false);
                agent.version++;
            }
        }
        return "APPLIED";
    }

    private String putAgent(AgentDefinition put) {
        Agent known = agents.get(put.id());
        Agent agent = known != null ? known : new Agent(put.id());
        if (known == null) {
            agent.version = versionsGone;
        }
        List<String> assigned = put.queues() != null ? put.queues() : agent.assigned;
        Set<Capability> capabilities = put.capabilities() != null ? put.capabilities() : agent.capabilities;
        Set<String> labels = put.labels() != null ? put.labels() : agent.labels;
        if (!queues.keySet().containsAll(assigned)) {
            return "UNKNOWN_QUEUE";
        }
        if (known != null
                && agent.name.equals(put.name())
                && agent.zone.equals(put.timeZone())
                && agent.assigned.equals(assigned)
                && agent.capabilities.equals(capabilities)
                && agent.labels.equals(labels)) {
            return "UNCHANGED";
        }
        agents.put(agent.id, agent);
        List<String> was = status(agent);
        agent.name = put.name();
        agent.zone = put.timeZone();
        agent.capabilities = capabilities;
        agent.labels = labels;
        Set<String> queuesThen = new TreeSet<>(agent.queues);
        agent.assigned.stream().filter(queue -> !assigned.contains(queue)).forEach(queuesThen::remove);
        assigned.stream().filter(queue -> !agent.assigned.contains(queue)).forEach(queuesThen::add);
        agent.assigned = assigned;
        joinOnly(agent, queuesThen);
        changed(agent, was);
        return "APPLIED";
    }
}
