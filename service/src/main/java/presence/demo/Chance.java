package presence.demo;

import java.util.List;
import java.util.Random;

/** Everything that is left to chance: the same seed gives the same. One thread. */
final class Chance {
    private final Random random;

    Chance(long seed) {
        random = new Random(seed);
    }

    /** True in so many cases of 1. */
    boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    /** Between two whole numbers, both included. */
    long between(long least, long most) {
        return least + (long) (random.nextDouble() * (most - least + 1));
    }

    /** How long until something happens that does not remember when it happened last. */
    long exponential(double mean) {
        return Math.max(1, (long) (-mean * Math.log(1 - random.nextDouble())));
    }

    /** As long as work takes: half of the cases are shorter than the median, few are much longer. */
    long logNormal(double median, double mean) {
        double sigma = Math.sqrt(2 * Math.log(mean / median));
        return Math.max(1, (long) (median * Math.exp(sigma * random.nextGaussian())));
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** The place of one of these weights, each as likely as it weighs. */
    int weighted(double... weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        double left = random.nextDouble() * sum;
        for (int i = 0; i < weights.length - 1; i++) {
            left -= weights[i];
            if (left < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }
}
