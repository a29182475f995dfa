package presence.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;

/** The same figure taken several times. */
record Samples(double... values) {
    Samples {
        values = values.clone();
        if (values.length == 0) {
            throw new IllegalArgumentException("There is no sample.");
        }
    }

    double median() {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double min() {
        return Arrays.stream(values).min().orElseThrow();
    }

    double max() {
        return Arrays.stream(values).max().orElseThrow();
    }

    /** A figure made of the two taken in each round. */
    Samples with(Samples other, ToDoubleBiFunction<Double, Double> figure) {
        double[] both = new double[Math.min(values.length, other.values.length)];
        for (int i = 0; i < both.length; i++) {
            both[i] = figure.applyAsDouble(values[i], other.values[i]);
        }
        return new Samples(both);
    }

    /** This divided by the other, round by round. */
    Samples over(Samples other) {
        return with(other, (mine, theirs) -> mine / theirs);
    }

    /** Median, least and most. */
    String text(String unit) {
        return number(median()) + unit + "  (" + values.length + " runs, " + number(min()) + " to " + number(max())
                + ")";
    }

    static String number(double value) {
        double size = Math.abs(value);
        return String.format(
                Locale.ROOT, size >= 1000 ? "%,.0f" : size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }
}
