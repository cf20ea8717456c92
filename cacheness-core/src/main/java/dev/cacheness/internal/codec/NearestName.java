package dev.cacheness.internal.codec;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Guesses which name was meant. */
public final class NearestName {

    private static final int FARTHEST = 3;

    private NearestName() {}

    /** {@code "Did you mean 'zstd'? "}, or an empty text if no name is near. */
    public static String suggestion(String name, List<String> known) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(candidate -> distance(wanted, candidate) < Math.min(FARTHEST, candidate.length()))
                .min(Comparator.comparingInt(candidate -> distance(wanted, candidate)))
                .map(candidate -> "Did you mean '" + candidate + "'? ")
                .orElse("");
    }

    /** How many letters must be added, removed or replaced to turn one text into the other. */
    private static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
