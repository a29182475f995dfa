package presence.demo;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import presence.command.Command;
import presence.facts.Capability;
import presence.facts.Channel;
import presence.index.Ranking;
import presence.state.Candidate;

/**
 * The customers and the router: conversations arrive by the curve of a real day, go to the first whom the service calls
 * eligible, wait when there is nobody, and some give up. One thread.
 */
final class Customers {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;

    /** Conversations of the busiest hour for each agent there is, on shift or not: busy, with most calls answered soon. */
    private static final double BUSIEST_HOUR_PER_AGENT = 4.6;

    /** More do not wait in a queue: they give up at once. */
    private static final int LONGEST_QUEUE = 100;

    private static final double TRANSFERRED = 0.04;
    private static final List<Kind> KINDS = List.of(
            new Kind(Channel.PHONE, 0.60, 80 * SECOND, 150 * SECOND, 3 * MINUTE),
            new Kind(Channel.CHAT, 0.22, 240 * SECOND, 330 * SECOND, 4 * MINUTE),
            new Kind(Channel.EMAIL, 0.12, 200 * SECOND, 300 * SECOND, 90 * MINUTE),
            new Kind(Channel.TASK, 0.03, 360 * SECOND, 500 * SECOND, 120 * MINUTE),
            new Kind(Channel.ACTION_ITEM, 0.01, 120 * SECOND, 180 * SECOND, 120 * MINUTE),
            new Kind(Channel.VIDEO, 0.02, 200 * SECOND, 300 * SECOND, 2 * MINUTE));

    private final Scenery scenery;
    private final Floor floor;
    private final Desk desk;
    private final Timeline timeline;
    private final Chance chance;
    private final String conversationPrefix;
    private final ArrivalCurve curve = ArrivalCurve.shipped();
    private final Map<Line, Deque<Call>> waiting = new LinkedHashMap<>();
    private boolean lookingAgain;
    private long arrived;
    private long answered;
    private long gaveUp;

    /** A kind of conversation: how many of all, how long it takes, and how long customers wait on average. */
    private record Kind(Channel channel, double share, long medianMillis, long meanMillis, long patienceMillis) {}

    /** Those who wait for the same agents. */
    private record Line(String queue, Capability capability) {}

    /** A conversation that is looked for an agent for. */
    private record Call(String id, String queue, Kind kind, long givesUpAt) {
        Line line() {
            return new Line(queue, kind.channel.capability());
        }
    }

    Customers(Scenery scenery, Floor floor, Desk desk, Timeline timeline, Chance chance, String conversationPrefix) {
        this.scenery = scenery;
        this.floor = floor;
        this.desk = desk;
        this.timeline = timeline;
        this.chance = chance;
        this.conversationPrefix = conversationPrefix;
    }

    /** Lets the first conversation come. */
    void begin() {
        planArrival();
    }

    /** Conversations that have come. */
    long arrived() {
        return arrived;
    }

    /** Conversations that an agent has taken. */
    long answered() {
        return answered;
    }

    /** Conversations that nobody took in time. */
    long gaveUp() {
        return gaveUp;
    }

    /** Conversations that wait now. */
    int waitingNow() {
        return waiting.values().stream().mapToInt(Deque::size).sum();
    }

    private void planArrival() {
        ZonedDateTime now = Instant.ofEpochMilli(timeline.now()).atZone(scenery.zone());
        double perHour = curve.share(now.getHour())
                * BUSIEST_HOUR_PER_AGENT
                * scenery.agents().size();
        long gap = chance.exponential(60 * MINUTE / perHour);
        long nextHour =
                now.truncatedTo(ChronoUnit.HOURS).plusHours(1).toInstant().toEpochMilli();
        if (timeline.now() + gap >= nextHour) {
            // Chance has no memory: from the full hour on the next hour's rate holds.
            timeline.at(nextHour, this::planArrival);
        } else {
            timeline.in(gap, () -> {
                arrive();
                planArrival();
            });
        }
    }

    private void arrive() throws InterruptedException {
        arrived++;
        Scenery.Team team = scenery.teams()
                .get(chance.weighted(scenery.teams().stream()
                        .mapToDouble(Scenery.Team::share)
                        .toArray()));
        Kind kind = KINDS.get(
                chance.weighted(KINDS.stream().mapToDouble(Kind::share).toArray()));
        long givesUpAt = timeline.now() + chance.exponential(kind.patienceMillis);
        Call call = new Call(conversationPrefix + "-" + arrived, chance.oneOf(team.queues()), kind, givesUpAt);
        Deque<Call> line = waiting.computeIfAbsent(call.line(), first -> new ArrayDeque<>());
        if (!line.isEmpty() || !route(call)) {
            if (line.size() >= LONGEST_QUEUE) {
                gaveUp++;
                return;
            }
            line.add(call);
            lookAgain();
        }
    }

    /** While somebody waits, the router looks again each second. */
    private void lookAgain() {
        if (!lookingAgain) {
            lookingAgain = true;
            timeline.in(SECOND, this::serveWaiting);
        }
    }

    private void serveWaiting() throws InterruptedException {
        lookingAgain = false;
        for (Deque<Call> line : waiting.values()) {
            int before = line.size();
            line.removeIf(call -> call.givesUpAt <= timeline.now());
            gaveUp += before - line.size();
            while (!line.isEmpty() && route(line.peek())) {
                line.remove();
            }
        }
        if (waitingNow() > 0) {
            lookAgain();
        }
    }

    /** Gives the conversation to the first who may be asked; false if there is nobody. */
    private boolean route(Call call) throws InterruptedException {
        desk.flush();
        Ranking eligible = floor.eligible(call.queue, call.kind.channel.capability());
        if (eligible == null || eligible.isEmpty()) {
            return false;
        }
        answered++;
        String agent = eligible.iterator().next().agent();
        desk.add(new Command.StartConversation(call.id, agent, call.kind.channel, call.queue, false));
        long handling = chance.logNormal(call.kind.medianMillis, call.kind.meanMillis);
        if (chance.happens(TRANSFERRED)) {
            timeline.in(handling / 2, () -> transfer(call, agent));
        }
        timeline.in(handling, () -> end(call));
        return true;
    }

    private void transfer(Call call, String from) throws InterruptedException {
        desk.flush();
        for (Candidate target : floor.transferTargets(call.kind.channel.capability())) {
            if (!target.agent().equals(from)) {
                desk.add(new Command.StartConversation(call.id, target.agent(), call.kind.channel, call.queue, false));
                return;
            }
        }
    }

    /** Most agents are done with their notes before the limit of the wrap-up; for the others the service ends it. */
    private void end(Call call) {
        desk.add(new Command.EndConversation(call.id));
        if (chance.happens(0.7)) {
            timeline.in(
                    chance.between(3 * SECOND, 25 * SECOND), () -> desk.add(new Command.HandleConversation(call.id)));
        }
    }
}
