package dev.cacheness.sql;

import java.util.Map;
import java.util.TreeMap;

/** Parameters that change the rows but are no columns, as one text. */
final class Variants {

    private Variants() {}

    /** The text of the values; lengths make it unambiguous. */
    static String write(Map<String, Object> values) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(values).forEach((name, value) -> {
            String written = value.toString();
            text.append(name).append('=').append(written.length()).append(':').append(written);
        });
        return text.toString();
    }

    /** Puts the values of a text into a map, as texts. */
    static void read(String text, Map<String, Object> values) {
        int at = 0;
        while (at < text.length()) {
            int equals = text.indexOf('=', at);
            int colon = text.indexOf(':', equals);
            int end = colon + 1 + Integer.parseInt(text.substring(equals + 1, colon));
            values.put(text.substring(at, equals), text.substring(colon + 1, end));
            at = end;
        }
    }
}
