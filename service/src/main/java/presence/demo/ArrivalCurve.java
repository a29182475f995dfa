package presence.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** How many conversations begin in each hour of a day, as a share of the busiest hour. */
final class ArrivalCurve {
    private final double[] shares;

    private ArrivalCurve(double[] shares) {
        this.shares = shares;
    }

    /** The curve of {@code arrivals.csv}, whose first line says where it is from. */
    static ArrivalCurve shipped() {
        double[] calls = new double[24];
        try (InputStream in = Objects.requireNonNull(
                        ArrivalCurve.class.getResourceAsStream("arrivals.csv"), "arrivals.csv is missing");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.isEmpty() && Character.isDigit(line.charAt(0)))
                    .map(line -> line.split(",", 2))
                    .forEach(fields -> calls[Integer.parseInt(fields[0])] = Double.parseDouble(fields[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        double busiest = Arrays.stream(calls).max().orElse(0);
        return new ArrivalCurve(
                Arrays.stream(calls).map(count -> count / busiest).toArray());
    }

    /** The share of an hour of the day, 0 to 23: 1 for the busiest. */
    double share(int hour) {
        return shares[hour];
    }
}
