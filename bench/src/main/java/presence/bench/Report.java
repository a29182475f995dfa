package presence.bench;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Prints figures as they come. */
final class Report {
    void heading(String name, String about) {
        System.out.println();
        System.out.println("== " + name + ": " + about);
        System.out.println("   " + Machine.line());
    }

    void note(String text) {
        System.out.println("   " + text);
    }

    void row(String what, String value) {
        System.out.printf(Locale.ROOT, "   %-58s %s%n", what, value);
    }

    void row(String what, Samples samples, String unit) {
        row(what, samples.text(unit));
    }

    /** Durations that were recorded in nanoseconds, told in milliseconds. */
    void latencies(String what, Histogram nanos) {
        row(
                what,
                String.format(
                        Locale.ROOT,
                        "p50 %s  p99 %s  p99.9 %s  max %s ms  (%,d)",
                        millis(nanos.getValueAtPercentile(50)),
                        millis(nanos.getValueAtPercentile(99)),
                        millis(nanos.getValueAtPercentile(99.9)),
                        millis(nanos.getMaxValue()),
                        nanos.getTotalCount()));
    }

    /** What the table asks for, and whether it was reached. */
    void reach(String what, boolean reached) {
        System.out.println((reached ? " ✓ " : " ✗ ") + what);
    }

    private static String millis(long nanos) {
        return Samples.number(nanos / 1e6);
    }
}
