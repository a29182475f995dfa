package presence.demo;

import java.util.List;

/** A contact centre at work, day after day: its agents and its customers. The same seed gives the same. One thread. */
final class Day {
    private final Scenery scenery;
    private final Desk desk;
    private final Timeline timeline;
    private final Customers customers;
    private final List<WorkingDay> agents;

    /**
     * @param scenery the contact centre
     * @param start when it begins, in milliseconds since 1970-01-01T00:00Z
     */
    Day(Scenery scenery, Floor floor, Chance chance, long start) {
        this.scenery = scenery;
        desk = new Desk(floor);
        timeline = new Timeline(start);
        String prefix = "c" + Long.toString(start / 1000, Character.MAX_RADIX);
        customers = new Customers(scenery, floor, desk, timeline, chance, prefix);
        agents = scenery.agents().stream()
                .map(member -> new WorkingDay(member, scenery, floor, desk, timeline, chance, prefix))
                .toList();
    }

    /** Sets everything up; agents whose shift it is come in within minutes. */
    void begin() throws InterruptedException {
        scenery.commands().forEach(desk::add);
        desk.flush();
        agents.forEach(WorkingDay::begin);
        desk.flush();
        customers.begin();
    }

    /** Lets everything happen that is due up to and including this time. */
    void runUntil(long time) throws InterruptedException {
        timeline.runUntil(time);
        desk.flush();
    }

    /** When something happens next. */
    long next() {
        return timeline.next();
    }

    Customers customers() {
        return customers;
    }

    Desk desk() {
        return desk;
    }

    Timeline timeline() {
        return timeline;
    }
}
