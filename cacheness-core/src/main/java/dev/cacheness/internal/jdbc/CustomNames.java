package dev.cacheness.internal.jdbc;

import dev.cacheness.spi.CustomColumn;
import dev.cacheness.spi.CustomTable;

/**
 * What tables of custom metadata are called in the database. {@link CustomTable} and {@link CustomColumn} admit no name that needs care, and all are to be
 * quoted nevertheless, because any of them may be a word of SQL.
 */
final class CustomNames {

    static final String TABLE_PREFIX = "cacheness_meta_";

    private CustomNames() {}

    static String table(String name) {
        return quoted(TABLE_PREFIX + name);
    }

    static String column(CustomColumn column) {
        return quoted(snakeCase(column.name()));
    }

    /** No column has two '_' in a row, so the last two tell table from column. */
    static String index(String table, CustomColumn column, boolean unique) {
        return (unique ? "cacheness_unique_" : "cacheness_index_") + table + "__" + snakeCase(column.name());
    }

    static String trigger(String table) {
        return "cacheness_replaced_" + table;
    }

    static String snakeCase(String component) {
        var name = new StringBuilder();
        component.chars().forEach(character -> {
            if (character >= 'A' && character <= 'Z') {
                name.append('_').append((char) (character - 'A' + 'a'));
            } else {
                name.append((char) character);
            }
        });
        return name.toString();
    }

    static String component(String column) {
        var name = new StringBuilder();
        boolean upper = false;
        for (char character : column.toCharArray()) {
            if (character == '_') {
                upper = true;
            } else {
                name.append(upper && character >= 'a' && character <= 'z' ? (char) (character - 'a' + 'A') : character);
                upper = false;
            }
        }
        return name.toString();
    }

    static String quoted(String name) {
        return '"' + name + '"';
    }
}
