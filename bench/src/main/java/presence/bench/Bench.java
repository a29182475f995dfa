package presence.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Runs a program, each in a JVM of its own with the flags that the server is run with: {@code NAME|all [--quick] [--jfr]}. */
public final class Bench {
    /** The flags of the JVM that a program runs in, beyond those of {@code jvm.options}. */
    private static final List<String> BIG_HEAP = List.of("-Xms5g", "-Xmx5g");

    private Bench() {}

    /** A program: what it measures, how it is called and the flags it needs beyond {@code jvm.options}. */
    private record Entry(String about, Supplier<Program> program, List<String> flags) {}

    private static Map<String, Entry> programs() {
        Map<String, Entry> programs = new TreeMap<>();
        programs.put(
                "1-decisions",
                new Entry("decisions a second, beside the same decision written by hand", Decisions::new, BIG_HEAP));
        programs.put(
                "2-memory",
                new Entry(
                        "bytes an agent and a deadline, drift, collector pauses",
                        Memory::new,
                        List.of(
                                // The pauses are read from this file: the JVM's own word, to the microsecond.
                                "-Xlog:safepoint:file=" + Memory.SAFEPOINTS)));
        programs.put(
                "3-expiring",
                new Entry("100,000 profiles ending at one instant, and reads meanwhile", Expiring::new, List.of()));
        programs.put("4-lag", new Entry("how late profiles end, beside a Redis sorted set", Lag::new, List.of()));
        programs.put(
                "5-eligible",
                new Entry(
                        "the best 20 of 100,000 over HTTP, beside a constant and PostgreSQL",
                        Eligible::new,
                        List.of()));
        programs.put(
                "6-changes",
                new Entry("durable changes of status over HTTP, beside PostgreSQL", Changes::new, List.of()));
        programs.put("7-stream", new Entry("durable commands over POST /v1/commands", Streams::new, List.of()));
        programs.put("8-start", new Entry("from the start of the process to the first answer", Start::new, List.of()));
        programs.put(
                "9-offers", new Entry("durable offers over HTTP, never a place filled twice", Offers::new, List.of()));
        programs.put(
                "10-stream-readers",
                new Entry("how soon thousands of subscribers have a change", StreamReaders::new, List.of()));
        programs.put("11-rules", new Entry("how long analysts wait for the check of the rules", Rules::new, List.of()));
        programs.put(
                "12-why",
                new Entry("how long an explanation takes over HTTP while commands come in", Why::new, List.of()));
        programs.put(
                "13-releases",
                new Entry(
                        "what a new release of the rules costs those who use the service",
                        RulesReleases::new,
                        List.of()));
        return programs;
    }

    /** Runs the program named, or all of them one after the other. */
    public static void main(String[] arguments) throws Exception {
        List<String> names = new ArrayList<>(List.of(arguments));
        boolean quick = names.remove("--quick");
        boolean recorded = names.remove("--jfr");
        boolean here = names.remove("--here");
        Map<String, Entry> programs = programs();
        if (names.equals(List.of("all"))) {
            names = List.copyOf(programs.keySet());
        }
        if (names.isEmpty()) {
            System.out.println("./bench/run NAME|all [--quick] [--jfr]");
            programs.forEach((name, entry) -> System.out.printf(Locale.ROOT, "  %-18s %s%n", name, entry.about()));
            return;
        }
        int failed = 0;
        for (String name : names) {
            Entry entry = programs.get(name);
            if (entry == null) {
                System.err.println("There is no program '" + name + "'; expected one of " + programs.keySet() + ".");
                System.exit(2);
            } else if (here) {
                run(name, entry, quick);
            } else {
                int exit = launch(name, entry, quick, recorded);
                if (exit != 0) {
                    // The others are still worth their time.
                    System.err.println(name + " ended with " + exit + ".");
                    failed = exit;
                }
            }
        }
        System.exit(failed);
    }

    private static void run(String name, Entry entry, boolean quick) throws Exception {
        Report report = new Report();
        report.heading(name, entry.about());
        entry.program().get().run(quick, report);
        // What a program leaves running, a server or a pool, ends with it.
        System.exit(0);
    }

    private static int launch(String name, Entry entry, boolean quick, boolean recorded)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Machine.java(), "@jvm.options"));
        command.addAll(entry.flags());
        if (recorded) {
            command.add("-XX:StartFlightRecording=settings=profile,filename=bench/target/" + name + ".jfr");
            command.add("-D" + ServerProcess.RECORDED + "=true");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Bench.class.getName(), name, "--here"));
        if (quick) {
            command.add("--quick");
        }
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
