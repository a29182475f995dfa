package presence.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/** How long the JVM stood still, as it notes itself with {@code -Xlog:safepoint}. */
final class Safepoints {
    private static final Pattern LINE = Pattern.compile(
            "\\[([0-9.]+)s\\].*Safepoint \"([A-Za-z0-9_]+)\".*Reaching safepoint: +([0-9]+) ns.*Total: +([0-9]+) ns.*");

    private Safepoints() {}

    /**
     * The pauses since an instant of a JVM, from asking the threads to stop until they went on, in nanoseconds.
     *
     * @param fromUptime seconds since the JVM began
     */
    static Histogram pauses(Path file, double fromUptime) throws IOException {
        Histogram pauses = new Histogram(3);
        for (String line : Files.readAllLines(file)) {
            Matcher matcher = LINE.matcher(line);
            // Collections that a program asks for, to weigh the heap, are no pauses of the service.
            if (matcher.matches()
                    && Double.parseDouble(matcher.group(1)) >= fromUptime
                    && !matcher.group(2).equals("G1CollectFull")) {
                pauses.recordValue(Long.parseLong(matcher.group(4)));
            }
        }
        return pauses;
    }
}
