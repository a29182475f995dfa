package presence.bench;

import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Does something so many times a second, and notes how long it took from when it was due: a stall delays all that was due
 * meanwhile, and every one of them counts.
 */
final class Paced implements AutoCloseable {
    /** What is done. */
    interface Work {
        void run(long number) throws Exception;
    }

    private final Histogram latencies = new Histogram(3);
    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean noting;

    Paced(String name, int perSecond, Work work) {
        thread = new Thread(
                () -> {
                    long gap = 1_000_000_000L / perSecond;
                    long due = System.nanoTime();
                    try {
                        for (long number = 0; !stopping; number++) {
                            long early = due - System.nanoTime();
                            if (early > 0) {
                                LockSupport.parkNanos(early);
                                if (System.nanoTime() < due) {
                                    number--;
                                    continue;
                                }
                            }
                            boolean note = noting;
                            work.run(number);
                            if (note) {
                                latencies.recordValue(System.nanoTime() - due);
                            }
                            due += gap;
                        }
                    } catch (Exception e) {
                        throw new IllegalStateException("A paced reader failed", e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Durations are noted from now on, or not any more. */
    void note(boolean on) {
        noting = on;
    }

    /** Stops, and gives what was noted. */
    Histogram stop() throws InterruptedException {
        stopping = true;
        thread.join();
        return latencies;
    }

    @Override
    public void close() {
        stopping = true;
    }
}
