package dev.cacheness.spi;

import java.util.regex.Pattern;

/**
 * A column of a table of custom metadata.
 *
 * @param name the name of the record component: a lower-case letter, and then at most 40 letters and digits; not {@code digest}
 * @param indexed whether it is often searched by
 * @param unique whether no two entries have the same value other than null
 */
public record CustomColumn(String name, CustomKind kind, boolean indexed, boolean unique) {

    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,40}");

    public CustomColumn {
        if (!NAME.matcher(name).matches() || name.equals("digest")) {
            throw new IllegalArgumentException(
                    "A component of custom metadata is called by a lower-case letter and then at"
                            + " most 40 letters and digits, and not 'digest', but got '"
                            + (name.length() > 80 ? name.substring(0, 80) + "…" : name) + "'");
        }
    }
}
