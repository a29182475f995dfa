package presence.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the word that was probably meant. */
public final class Suggestion {
    private static final int LONGEST = 60;

    /** A word of fewer letters than these is near to many. */
    private static final int SHORT = 4;

    private Suggestion() {}

    /** {@code " Maybe 'ready'."} if a known word is near to the word that came; nothing otherwise. */
    public static String maybe(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> near(word, candidate))
                .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .map(candidate -> " Maybe '" + candidate + "'.")
                .orElse("");
    }

    private static boolean near(String word, String candidate) {
        int most = candidate.length() < SHORT ? 1 : Math.max(2, candidate.length() / 3);
        return word.length() <= LONGEST && distance(word, candidate) <= most;
    }

    /** How many letters must be changed, left out, put in or swapped with their neighbour; case does not count. */
    static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
