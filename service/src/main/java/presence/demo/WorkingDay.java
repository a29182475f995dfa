package presence.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import presence.command.Command;
import presence.facts.Channel;
import presence.state.AgentState;

/**
 * What one agent does all day, day after day: signs in for the shift, takes lunch and breaks, has meetings, loses the
 * connection now and then, and goes home. Before each step the agent looks at what the service says, since somebody else
 * may have changed it. One thread.
 */
final class WorkingDay {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final double ABSENT = 0.06;
    private static final double ON_TEAM_PROFILE = 0.35;
    private static final int PATIENT_TRIES = 20;
    private static final List<String> NOT_READY_REASONS = List.of("admin", "coaching", "follow-up", "short-break");

    private final Scenery.Member member;
    private final Scenery scenery;
    private final Floor floor;
    private final Desk desk;
    private final Timeline timeline;
    private final Chance chance;
    private final String conversationPrefix;

    /** Counts the days worked: what was planned for an earlier day is no longer done. */
    private int day;

    private boolean working;
    private int directChats;

    WorkingDay(
            Scenery.Member member,
            Scenery scenery,
            Floor floor,
            Desk desk,
            Timeline timeline,
            Chance chance,
            String conversationPrefix) {
        this.member = member;
        this.scenery = scenery;
        this.floor = floor;
        this.desk = desk;
        this.timeline = timeline;
        this.chance = chance;
        this.conversationPrefix = conversationPrefix;
    }

    /** Begins, perhaps in the middle of a shift. */
    void begin() {
        AgentState left = state();
        if (left != null && left.signedIn()) {
            // From an earlier demo over the same data.
            desk.add(new Command.SignOut(member.id()));
        }
        LocalDate today = today();
        long start = instant(today, member.shiftStart());
        long end = instant(today, member.shiftEnd());
        if (timeline.now() < start) {
            planDay(today);
        } else if (timeline.now() < end - 20 * MINUTE) {
            timeline.in(chance.between(1, 3 * MINUTE), () -> arrive(start, end));
        } else {
            planDay(today.plusDays(1));
        }
    }

    private void planDay(LocalDate date) {
        long late = chance.between(-10 * MINUTE, 5 * MINUTE);
        if (chance.happens(ABSENT)) {
            timeline.at(instant(date, member.shiftStart()), () -> planDay(date.plusDays(1)));
        } else {
            long start = instant(date, member.shiftStart());
            long end = instant(date, member.shiftEnd());
            timeline.at(start + late, () -> arrive(start, end));
        }
    }

    private void arrive(long start, long end) {
        working = true;
        day++;
        if (state() == null) {
            timeline.in(MINUTE, this::goHome);
            return;
        }
        desk.add(new Command.SignIn(member.id()));
        if (chance.happens(ON_TEAM_PROFILE)) {
            today(
                    chance.between(2 * SECOND, 10 * SECOND),
                    () -> select(member.team().id(), null));
        }
        today(chance.between(10 * SECOND, 80 * SECOND), this::ready);
        planLunchAndBreaks(start);
        planTheRest(start, end);
        long leave = end + chance.between(-2 * MINUTE, 5 * MINUTE);
        today(leave - timeline.now(), () -> leave(PATIENT_TRIES));
    }

    private void planLunchAndBreaks(long start) {
        planAt(start + chance.between(90 * MINUTE, 130 * MINUTE), () -> takeOff(Scenery.BREAK, null, 15, 0.6));
        planAt(start + chance.between(200 * MINUTE, 290 * MINUTE), this::lunch);
        planAt(start + chance.between(350 * MINUTE, 400 * MINUTE), () -> takeOff(Scenery.BREAK, null, 15, 0.6));
    }

    private void planTheRest(long start, long end) {
        sometimes(
                0.25,
                start,
                end,
                () -> takeOff(Scenery.MEETING, minutes(chance.oneOf(List.of(30L, 45L, 60L))), 30, 0.2));
        sometimes(0.15, start, end, this::backOffice);
        sometimes(0.08, start, end, this::training);
        sometimes(0.04, start, end, () -> takeOff(Scenery.ERRAND, null, 120, 0.3));
        again(35 * MINUTE, this::pause);
        again(8 * 60 * MINUTE, this::loseConnection);
        again(60 * MINUTE, this::chatWithColleague);
    }

    private void sometimes(double probability, long start, long end, Timeline.Happening happening) {
        if (chance.happens(probability)) {
            planAt(start + (long) ((end - start) * (0.1 + 0.75 * chance.between(0, 1000) / 1000.0)), happening);
        }
    }

    /** What lay before the agent's arrival is left out. */
    private void planAt(long time, Timeline.Happening happening) {
        if (time > timeline.now()) {
            today(time - timeline.now(), happening);
        }
    }

    /** Lets something happen again and again, at random. */
    private void again(long mean, Timeline.Happening happening) {
        today(chance.exponential(mean), () -> {
            happening.happen();
            again(mean, happening);
        });
    }

    /** Plans something of this day, which is not done if the agent has gone home by then. */
    private void today(long millis, Timeline.Happening happening) {
        int planned = day;
        timeline.in(Math.max(millis, 0), () -> {
            if (working && planned == day) {
                happening.happen();
            }
        });
    }

    // --- what agents do

    private void ready() {
        if (signedIn()) {
            desk.add(new Command.Ready(member.id(), null));
        }
    }

    private void pause() {
        AgentState agent = state();
        if (agent != null && agent.signedIn() && agent.ready() && scenery.takesWork(agent.profile())) {
            desk.add(new Command.NotReady(member.id(), chance.oneOf(NOT_READY_REASONS)));
            today(chance.between(40 * SECOND, 5 * MINUTE), this::ready);
        }
    }

    private void lunch() throws InterruptedException {
        Duration longer = chance.happens(0.2) ? minutes(45) : null;
        takeOff(Scenery.LUNCH, longer, 30, 0.15);
    }

    /** Leaves the queues for a time, preferably when no conversation is open; most do not come back early. */
    private void takeOff(String profile, @Nullable Duration duration, long usualMinutes, double early)
            throws InterruptedException {
        whenIdle(PATIENT_TRIES, () -> {
            select(profile, duration);
            if (chance.happens(early)) {
                long usual = duration == null ? usualMinutes * MINUTE : duration.toMillis();
                today((long) (usual * chance.between(40, 95) / 100.0), () -> comeBack(profile));
            }
        });
    }

    private void backOffice() throws InterruptedException {
        whenIdle(PATIENT_TRIES, () -> {
            select(Scenery.BACK_OFFICE, null);
            today(chance.between(20 * MINUTE, 60 * MINUTE), () -> comeBack(Scenery.BACK_OFFICE));
        });
    }

    private void training() throws InterruptedException {
        whenIdle(PATIENT_TRIES, () -> {
            select(Scenery.TRAINING, null);
            today(46 * MINUTE + chance.between(0, 4 * MINUTE), this::ready);
        });
    }

    private void comeBack(String from) {
        AgentState agent = state();
        if (agent != null && agent.signedIn() && from.equals(agent.profile())) {
            select(chance.happens(ON_TEAM_PROFILE) ? member.team().id() : Scenery.AVAILABLE, null);
        }
    }

    /** Does it as soon as the agent takes work but has none, or after so many tries even in the middle of a conversation. */
    private void whenIdle(int tries, Timeline.Happening happening) throws InterruptedException {
        AgentState agent = state();
        if (agent == null || !agent.signedIn()) {
            return;
        }
        boolean free =
                scenery.takesWork(agent.profile()) && agent.conversations().isEmpty();
        if (free || (tries == 0 && scenery.takesWork(agent.profile()))) {
            happening.happen();
        } else if (tries > 0) {
            today(chance.between(15 * SECOND, 60 * SECOND), () -> whenIdle(tries - 1, happening));
        }
    }

    private void loseConnection() {
        if (!signedIn()) {
            return;
        }
        desk.add(new Command.Disconnect(member.id()));
        boolean short0 = chance.happens(0.85);
        today(short0 ? chance.between(3 * SECOND, 40 * SECOND) : chance.between(90 * SECOND, 5 * MINUTE), () -> {
            if (signedIn()) {
                desk.add(new Command.Connect(member.id()));
            } else if (state() != null) {
                desk.add(new Command.SignIn(member.id()));
                today(chance.between(5 * SECOND, 30 * SECOND), this::ready);
            }
        });
    }

    private void chatWithColleague() {
        String colleague = chance.oneOf(scenery.agents()).id();
        AgentState other = floor.agent(colleague);
        if (signedIn()
                && !colleague.equals(member.id())
                && other != null
                && other.verdict().directChat()) {
            String conversation = conversationPrefix + "-" + member.id() + "-" + ++directChats;
            desk.add(new Command.StartConversation(conversation, colleague, Channel.CHAT, null, true));
            timeline.in(
                    chance.between(20 * SECOND, 4 * MINUTE), () -> desk.add(new Command.EndConversation(conversation)));
        }
    }

    private void leave(int tries) {
        AgentState agent = state();
        if (agent != null && agent.signedIn()) {
            if (agent.ready()) {
                desk.add(new Command.NotReady(member.id(), "end-of-shift"));
            }
            boolean open = agent.conversations().stream().anyMatch(conversation -> !conversation.direct());
            if (open && tries > 0) {
                today(chance.between(20 * SECOND, 60 * SECOND), () -> leave(tries - 1));
                return;
            }
            desk.add(new Command.SignOut(member.id()));
        }
        goHome();
    }

    private void goHome() {
        working = false;
        planDay(today().plusDays(1));
    }

    private void select(String profile, @Nullable Duration duration) {
        if (signedIn()) {
            desk.add(new Command.SelectProfile(member.id(), profile, duration));
        }
    }

    private boolean signedIn() {
        AgentState agent = state();
        return agent != null && agent.signedIn();
    }

    private @Nullable AgentState state() {
        return floor.agent(member.id());
    }

    private LocalDate today() {
        return Instant.ofEpochMilli(timeline.now()).atZone(scenery.zone()).toLocalDate();
    }

    private long instant(LocalDate date, int minuteOfDay) {
        return date.atStartOfDay()
                .plusMinutes(minuteOfDay)
                .atZone(scenery.zone())
                .toInstant()
                .toEpochMilli();
    }

    private static Duration minutes(long minutes) {
        return Duration.ofMinutes(minutes);
    }
}
