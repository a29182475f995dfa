package presence.bench;

import java.lang.management.ManagementFactory;

/** How much of the heap is in use by what can be reached. */
final class Heap {
    private Heap() {}

    /** Collects everything that can be collected, and gives what is left, in bytes. */
    static long used() {
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            used = Math.min(
                    used,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return used;
    }
}
