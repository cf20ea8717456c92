package dev.cacheness.sample.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One row of a CSV file, whose first line names the columns. A value may stand in quotes and then have commas; it has no line breaks. */
public final class CsvRow {

    private final Map<String, Integer> columns;
    private final List<String> values;

    private CsvRow(Map<String, Integer> columns, List<String> values) {
        this.columns = columns;
        this.values = values;
    }

    static List<CsvRow> all(BufferedReader reader) throws IOException {
        Map<String, Integer> columns = columns(reader.readLine());
        return reader.lines()
                .filter(line -> !line.isBlank())
                .map(line -> new CsvRow(columns, split(line)))
                .toList();
    }

    public String text(String column) {
        Integer index = columns.get(column);
        if (index == null) {
            throw new IllegalArgumentException("There is no column '" + column + "', only " + columns.keySet());
        }
        return values.get(index);
    }

    public double number(String column) {
        return Double.parseDouble(text(column));
    }

    private static Map<String, Integer> columns(String header) {
        var columns = new HashMap<String, Integer>();
        for (String name : split(header)) {
            columns.put(name, columns.size());
        }
        return columns;
    }

    private static List<String> split(String line) {
        var values = new ArrayList<String>();
        var value = new StringBuilder();
        boolean quoted = false;
        for (char c : line.toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                values.add(value.toString());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        values.add(value.toString());
        return values;
    }
}
