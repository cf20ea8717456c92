package dev.cacheness.sql;

import dev.cacheness.internal.record.LooseRecords;
import dev.cacheness.sql.store.RowQuery;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** SQL on the rows of a query. Runs each time that it is asked for results. */
public final class SqlRows {

    private static final String ROWS = "{rows}";

    private final Context<?> context;

    private final RowQuery rows;

    private final String sql;

    private final List<Object> parameters;

    SqlRows(Context<?> context, RowQuery rows, String sql, List<Object> parameters) {
        if (!sql.contains(ROWS)) {
            throw new IllegalArgumentException("The SQL does not say where the rows go. Write " + ROWS
                    + " in place of the table: select count(*) from " + ROWS);
        }
        this.context = context;
        this.rows = rows;
        this.sql = sql;
        this.parameters = parameters;
    }

    /** The result as records: columns by the names of components, in snake case. */
    public <R> List<R> list(Class<R> type) {
        LooseRecords<R> records = LooseRecords.of(type);
        return read(result -> {
            List<R> list = new ArrayList<>();
            while (result.next()) {
                list.add(records.read(result));
            }
            return list;
        });
    }

    /** The result as maps from column name to value, in the order of the columns; null values are left out. */
    public List<Map<String, Object>> maps() {
        return read(result -> {
            ResultSetMetaData meta = result.getMetaData();
            List<Map<String, Object>> list = new ArrayList<>();
            while (result.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= meta.getColumnCount(); i++) {
                    Object value = result.getObject(i);
                    if (value != null) {
                        row.put(meta.getColumnLabel(i), value);
                    }
                }
                list.add(Collections.unmodifiableMap(row));
            }
            return list;
        });
    }

    private interface Reader<R> {
        R read(ResultSet result) throws SQLException;
    }

    private <R> R read(Reader<R> reader) {
        String expression = context.table.expression(rows);
        String text = sql.replace(ROWS, expression);
        try {
            return context.store.readOnce(session -> {
                try (PreparedStatement statement = session.connection().prepareStatement(text)) {
                    bind(statement);
                    try (ResultSet result = statement.executeQuery()) {
                        return reader.read(result);
                    }
                }
            });
        } catch (SQLException e) {
            throw context.failed("running '" + sql + "'", e);
        }
    }

    private void bind(PreparedStatement statement) throws SQLException {
        int index = 1;
        int parameter = 0;
        int at = 0;
        while (at < sql.length()) {
            if (sql.startsWith(ROWS, at)) {
                index = context.table.bind(statement, rows, index);
                at += ROWS.length();
            } else {
                if (sql.charAt(at) == '?') {
                    statement.setObject(index++, parameter(parameter++));
                }
                at = SqlText.next(sql, at);
            }
        }
        if (parameter != parameters.size()) {
            throw new IllegalArgumentException("The SQL has " + parameter + " question marks, but there are "
                    + parameters.size() + " parameters: " + sql);
        }
    }

    private Object parameter(int index) {
        if (index >= parameters.size()) {
            throw new IllegalArgumentException(
                    "The SQL has more question marks than the " + parameters.size() + " parameters: " + sql);
        }
        return parameters.get(index);
    }
}
