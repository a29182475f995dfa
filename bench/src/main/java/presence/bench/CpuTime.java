package presence.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** The time that processes have had of the machine's cores: unlike the clock on the wall, others do not spoil it. */
final class CpuTime {
    private CpuTime() {}

    /** Of a process and of all that it has begun, in nanoseconds. */
    static long nanos(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .mapToLong(one ->
                        one.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
                .sum();
    }

    /** The process whose data are in this folder, if it is PostgreSQL's. */
    static ProcessHandle postmaster(Path data) throws IOException {
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }
}
