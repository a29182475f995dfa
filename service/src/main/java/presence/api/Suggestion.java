package presence.api;

import java.util.Collection;
import java.util.Locale;

/** Guesses what somebody meant by a word that is not known. */
public final class Suggestion {
    private Suggestion() {}

    /** {@code  Maybe 'duration'.}, with a space before it, or nothing where no known word is near. */
    public static String maybe(String word, Collection<String> known) {
        String best = "";
        int distance = Math.max(2, word.length() / 3) + 1;
        for (String candidate : known) {
            int there = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (there < distance) {
                distance = there;
                best = candidate;
            }
        }
        return best.isEmpty() ? "" : " Maybe '" + best + "'.";
    }

    /** How many letters have to be put in, left out or changed to come from one word to the other (Levenshtein). */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], above) + 1, diagonal + change);
                diagonal = above;
            }
        }
        return row[to.length()];
    }
}
