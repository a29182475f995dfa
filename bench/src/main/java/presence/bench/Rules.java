package presence.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import presence.scenario.RulesCheck;
import presence.scenario.RulesReport;

/** What analysts wait for: the check of the shipped rules, in a program that is warm and as the command of a cold one. */
final class Rules implements Program {
    private static final Path JAR = Path.of("service/target/presence.jar");
    private static final Path FOLDER = Path.of("rules/presence");

    @Override
    public void run(boolean quick, Report report) throws Exception {
        Samples warm = warm(quick ? 3 : 9, quick ? 2 : 6, report);
        report.row("check of the shipped rules, warm", warm, " s");
        report.reach("≤ 3 s warm", warm.median() <= 3);
        Samples cold = cold(quick ? 1 : 5);
        report.row("check-rules, from the start of its process to its end", cold, " s");
        report.reach("≤ 12 s cold", cold.median() <= 12);
    }

    private static Samples warm(int rounds, int before, Report report) {
        for (int i = 0; i < before; i++) {
            check();
        }
        double[] seconds = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            long began = System.nanoTime();
            RulesReport came = check();
            seconds[i] = (System.nanoTime() - began) / 1e9;
            if (i == 0) {
                report.note(came.text());
            }
        }
        return new Samples(seconds);
    }

    private static RulesReport check() {
        RulesReport report = RulesCheck.ofShipped();
        if (!report.sound()) {
            throw new IllegalStateException("The shipped rules have faults: " + report.text());
        }
        return report;
    }

    private static Samples cold(int rounds) throws Exception {
        double[] seconds = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            List<String> command =
                    new ArrayList<>(List.of(Machine.java(), "-jar", JAR.toString(), "check-rules", FOLDER.toString()));
            long began = System.nanoTime();
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException("check-rules has not ended well; is " + JAR + " built?");
            }
            seconds[i] = (System.nanoTime() - began) / 1e9;
        }
        return new Samples(seconds);
    }
}
