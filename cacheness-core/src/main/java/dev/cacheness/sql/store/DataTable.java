package dev.cacheness.sql.store;

import dev.cacheness.internal.record.Column;
import dev.cacheness.internal.record.ColumnKind;
import dev.cacheness.internal.record.Names;
import dev.cacheness.sql.range.Interval;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of one cache. Has no state; every method works in the session it is given. */
public final class DataTable {

    private static final int FETCH_SIZE = 10_000;

    private final Dialect dialect;

    private final TableLayout layout;

    DataTable(Dialect dialect, TableLayout layout) {
        this.dialect = dialect;
        this.layout = layout;
    }

    public TableLayout layout() {
        return layout;
    }

    static String insert(TableLayout layout) {
        List<String> names = names(layout);
        return "insert into " + layout.quotedName() + " (" + String.join(", ", names) + ") values ("
                + Ledger.marks(names.size()) + ")";
    }

    static List<String> names(TableLayout layout) {
        List<String> names = new ArrayList<>();
        layout.columns().forEach(column -> names.add(Names.quote(column.name())));
        if (layout.variants()) {
            names.add(Names.quote(TableLayout.VARIANT));
        }
        return names;
    }

    /** Rows in the order of their key; columns as in {@link TableLayout#columns()}, in their stored form. The caller closes the result. */
    public ResultSet select(Session session, RowQuery query) throws SQLException {
        String columns = layout.columns().stream().map(dialect::stored).collect(Collectors.joining(", "));
        String order = order();
        String limit = query.limit() == Long.MAX_VALUE ? "" : " limit " + query.limit();
        PreparedStatement select = session.prepare("select " + columns + " from " + layout.quotedName() + where(query)
                + (order.isEmpty() ? "" : " order by " + order) + limit);
        select.setFetchSize(FETCH_SIZE);
        bind(select, query, 1);
        return select.executeQuery();
    }

    public long count(Session session, RowQuery query) throws SQLException {
        PreparedStatement select = session.prepare("select count(*) from " + layout.quotedName() + where(query));
        bind(select, query, 1);
        try (ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** How many rows there are, whatever they belong to. */
    public long countAll(Session session) throws SQLException {
        try (ResultSet row =
                session.prepare("select count(*) from " + layout.quotedName()).executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Whether there are no rows at all. */
    public boolean isEmpty(Session session) throws SQLException {
        try (ResultSet row = session.prepare("select 1 from " + layout.quotedName() + " limit 1")
                .executeQuery()) {
            return !row.next();
        }
    }

    /** How many keys have more than one row. */
    public long countDuplicateKeys(Session session) throws SQLException {
        List<String> key = new ArrayList<>();
        layout.key().forEach(i -> key.add(Names.quote(layout.columns().get(i).name())));
        if (layout.variants()) {
            key.add(Names.quote(TableLayout.VARIANT));
        }
        String names = String.join(", ", key);
        try (ResultSet row = session.prepare("select count(*) from (select " + names + " from " + layout.quotedName()
                        + " group by " + names + " having count(*) > 1) as cn_keys")
                .executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The query as a table expression for SQL of the user's, to be bound with {@link #bind}. */
    public String expression(RowQuery query) {
        String columns = layout.columns().stream()
                .map(column -> Names.quote(column.name()))
                .collect(Collectors.joining(", "));
        return "(select " + columns + " from " + layout.quotedName() + where(query) + ") as cn_rows";
    }

    private String where(RowQuery query) {
        List<String> parts = new ArrayList<>();
        for (ColumnTest test : query.tests()) {
            parts.add(condition(test));
        }
        if (layout.variants()) {
            parts.add(Names.quote(TableLayout.VARIANT) + " = ?");
        }
        return parts.isEmpty() ? "" : " where " + String.join(" and ", parts);
    }

    private static String condition(ColumnTest test) {
        String name = Names.quote(test.column().name());
        return switch (test.operator()) {
            case IN ->
                test.values().isEmpty()
                        ? "1 = 0"
                        : name + " in (" + Ledger.marks(test.values().size()) + ")";
            case NOT_IN ->
                test.values().isEmpty()
                        ? "1 = 1"
                        : name + " not in (" + Ledger.marks(test.values().size()) + ")";
            default -> name + " " + test.operator().sql + " ?";
        };
    }

    /** Binds the values of a query, from the given position on; returns the position behind them. */
    public int bind(PreparedStatement statement, RowQuery query, int from) throws SQLException {
        int index = from;
        for (ColumnTest test : query.tests()) {
            for (Object value : test.values()) {
                dialect.bind(statement, index++, test.column().kind(), value);
            }
        }
        if (layout.variants()) {
            statement.setString(index++, query.variant());
        }
        return index;
    }

    /** The query of all rows of a partition within an interval. */
    public RowQuery rowsOf(PartitionId key, Interval interval) {
        List<ColumnTest> tests = new ArrayList<>();
        for (int i = 0; i < layout.partition().size(); i++) {
            Column column = layout.columns().get(layout.partition().get(i));
            Object value = key.value(i);
            if (value != null) {
                tests.add(new ColumnTest(column, ColumnTest.Operator.EQ, List.of(value)));
            }
        }
        tests.addAll(within(interval));
        return new RowQuery(tests, key.variant(), Long.MAX_VALUE);
    }

    /** The conditions that the range lies within an interval; none for what is open. */
    public List<ColumnTest> within(Interval interval) {
        Column range = layout.rangeColumn();
        List<ColumnTest> tests = new ArrayList<>();
        if (range != null && interval.lo() != Long.MIN_VALUE) {
            tests.add(new ColumnTest(range, ColumnTest.Operator.GE, List.of(interval.lo())));
        }
        if (range != null && interval.hi() != Long.MAX_VALUE) {
            tests.add(new ColumnTest(range, ColumnTest.Operator.LT, List.of(interval.hi())));
        }
        return tests;
    }

    /** Deletes rows; returns how many there were. */
    public long delete(Session session, RowQuery query) throws SQLException {
        PreparedStatement delete = session.prepare("delete from " + layout.quotedName() + where(query));
        bind(delete, query, 1);
        return delete.executeUpdate();
    }

    /** Appends rows in their stored form; none of their keys may be there. */
    public void append(Session session, List<@Nullable Object[]> rows, String variant) throws SQLException {
        if (!rows.isEmpty()) {
            dialect.append(session, layout, rows, variant);
        }
    }

    /** Deletes all rows; returns how many there were. */
    public long clear(Session session) throws SQLException {
        return session.prepare("delete from " + layout.quotedName()).executeUpdate();
    }

    /** The stored forms of all rows of a query. */
    public List<@Nullable Object[]> stored(Session session, RowQuery query) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        try (ResultSet result = select(session, query)) {
            while (result.next()) {
                @Nullable Object[] row = new @Nullable Object[layout.columns().size()];
                for (int i = 0; i < row.length; i++) {
                    row[i] = layout.columns().get(i).readStored(result, i + 1);
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** Makes the table anew, with the rows in the order of their key. */
    void rebuild(Session session, List<String> kept) throws SQLException {
        String columns = kept.stream().map(Names::quote).collect(Collectors.joining(", "));
        String old = Names.quote("cn_old_" + Integer.toHexString(layout.name().hashCode()));
        session.execute("alter table " + layout.quotedName() + " rename to " + old);
        session.execute(create());
        session.execute("insert into " + layout.quotedName() + " (" + columns + ") select " + columns + " from " + old
                + " order by " + order());
        session.execute("drop table " + old);
    }

    /** The columns in which rows are ordered. */
    private String order() {
        return layout.key().stream()
                .map(i -> Names.quote(layout.columns().get(i).name()))
                .collect(Collectors.joining(", "));
    }

    /** As {@link #rebuild(Session, List)}, with all columns. */
    void rewrite(Session session) throws SQLException {
        List<String> names =
                new ArrayList<>(layout.columns().stream().map(Column::name).toList());
        if (layout.variants()) {
            names.add(TableLayout.VARIANT);
        }
        rebuild(session, names);
    }

    String create() {
        List<String> lines = new ArrayList<>();
        for (Column column : layout.columns()) {
            lines.add(definition(column) + (column.nullable() ? "" : " not null"));
        }
        List<String> key = new ArrayList<>();
        layout.key().forEach(i -> key.add(Names.quote(layout.columns().get(i).name())));
        if (layout.variants()) {
            lines.add(Names.quote(TableLayout.VARIANT) + " " + dialect.type(ColumnKind.TEXT) + " not null");
            key.add(0, Names.quote(TableLayout.VARIANT));
        }
        if (dialect.hasKeys()) {
            lines.add("primary key (" + String.join(", ", key) + ")");
        }
        return "create table if not exists " + layout.quotedName() + " (" + String.join(", ", lines) + ")"
                + dialect.tableOptions();
    }

    String definition(Column column) {
        return Names.quote(column.name()) + " " + dialect.type(column.kind());
    }
}
