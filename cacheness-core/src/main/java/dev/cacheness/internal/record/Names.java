package dev.cacheness.internal.record;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of tables and columns. */
public final class Names {

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private static final int MAX_LENGTH = 63;

    private Names() {}

    /** {@code unitPrice} becomes {@code unit_price}. */
    public static String snakeCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }

    /**
     * The name itself, if it can name a table or a column on every database.
     *
     * @throws IllegalArgumentException otherwise
     */
    public static String check(String name) {
        if (name.length() > MAX_LENGTH || !IDENTIFIER.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' cannot name a table or a column: at most " + MAX_LENGTH
                    + " letters, digits and underscores, the first of them no digit");
        }
        return name;
    }

    /** The name in quotes, so that reserved words do no harm. */
    public static String quote(String name) {
        return '"' + check(name) + '"';
    }
}
