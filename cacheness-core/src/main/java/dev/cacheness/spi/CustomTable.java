package dev.cacheness.spi;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A table of custom metadata: at most one row for each entry.
 *
 * @param name a lower-case letter, and then at most 40 lower-case letters, digits and {@code _}
 */
public record CustomTable(String name, List<CustomColumn> columns) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,40}");

    public CustomTable {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A table of custom metadata is called by a lower-case letter and then at most"
                            + " 40 lower-case letters, digits and '_', but got '"
                            + (name.length() > 80 ? name.substring(0, 80) + "…" : name) + "'");
        }
        columns = List.copyOf(columns);
    }

    /** The column of a name. */
    public Optional<CustomColumn> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /** The names of the columns. */
    public List<String> columnNames() {
        return columns.stream().map(CustomColumn::name).toList();
    }
}
