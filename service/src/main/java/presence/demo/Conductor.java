package presence.demo;

import io.dropwizard.lifecycle.Managed;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives a day on a thread of its own: what happened before the demo began in haste, so that the floor is alive at once, and
 * from then on as fast as was asked for.
 */
final class Conductor implements Managed {
    private static final Logger LOG = LoggerFactory.getLogger(Conductor.class);

    /** How much is made up for before the demo runs at its own speed, in milliseconds. */
    static final long LEAD = TimeUnit.MINUTES.toMillis(25);

    /** Steps while making up, and at the highest speed, in milliseconds of the day. */
    private static final long LEAD_STEP = 10_000;

    private static final long STEP = 1_000;

    /** The longest wait in real milliseconds: the day is never late by more. */
    private static final long LONGEST_WAIT = 100;

    private final Day day;
    private final DemoClock clock;
    private final double speed;
    private final InstantSource realTime;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "presence-demo");

    /**
     * @param clock the service's clock, standing where the day begins
     * @param speed how many times as fast as real time; infinite for as fast as it goes
     * @param realTime the time that is caught up with before the clock runs by itself
     */
    Conductor(Day day, DemoClock clock, double speed, InstantSource realTime) {
        this.day = day;
        this.clock = clock;
        this.speed = speed;
        this.realTime = realTime;
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() throws InterruptedException {
        stopping.countDown();
        thread.interrupt();
        thread.join();
    }

    private void run() {
        try {
            long lead = clock.millis() + LEAD;
            day.begin();
            long behind;
            while ((behind = Math.max(lead, realTime.millis()) - clock.millis()) > 0) {
                step(Math.min(behind, LEAD_STEP));
            }
            if (Double.isInfinite(speed)) {
                while (stopping.getCount() > 0) {
                    step(STEP);
                }
            }
            clock.run(speed);
            do {
                day.runUntil(clock.millis());
            } while (!stopping.await(untilNext(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            // The demo ends.
            return;
        } catch (RuntimeException e) {
            LOG.error("The demo's agents and customers have stopped; the service goes on without them.", e);
        }
    }

    private void step(long millis) throws InterruptedException {
        clock.moveTo(clock.millis() + millis);
        day.runUntil(clock.millis());
    }

    private long untilNext() {
        double wait = (day.next() - clock.millis()) / speed;
        return (long) Math.ceil(Math.max(1, Math.min(LONGEST_WAIT, wait)));
    }
}
