package dev.cacheness.internal.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection with the statements that were prepared on it. For one thread at a time. A session in which anything failed is not to be used again. */
final class Session implements AutoCloseable {

    /** More texts than there are; filters with many attributes have texts of their own. */
    private static final int MAX_STATEMENTS = 64;

    private final Connection connection;

    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(16, 0.75f, true);

    /** 0 if the connection has a limit of its own. */
    private final int statementSeconds;

    private final Ending ending;

    private final Patience patience;

    private final int usualMillis;

    /** How long the connection waits for the database, as it was last told. */
    private int millis;

    Session(Connection connection) throws SQLException {
        this(connection, 0, () -> {});
    }

    /**
     * A session on a connection that belongs to someone else.
     *
     * @param statementSeconds how long a statement may take
     * @param ending puts the connection in the state that it had, before it is closed
     */
    Session(Connection connection, int statementSeconds, Ending ending) throws SQLException {
        this(
                connection,
                statementSeconds,
                ending,
                millis -> connection.setNetworkTimeout(Runnable::run, millis),
                connection.getNetworkTimeout(),
                connection.getNetworkTimeout());
    }

    /**
     * A session that knows how long it waits.
     *
     * @param usualMillis how long the connection waits for the database if nothing else is said; 0 is for ever
     * @param millis how long it does so now
     */
    Session(
            Connection connection,
            int statementSeconds,
            Ending ending,
            Patience patience,
            int usualMillis,
            int millis) {
        this.connection = connection;
        this.statementSeconds = statementSeconds;
        this.ending = ending;
        this.patience = patience;
        this.usualMillis = usualMillis;
        this.millis = millis;
    }

    /** From now on the connection waits no longer for the database than is left, and no longer than it usually does. */
    void waitUntil(Deadline deadline) throws SQLException {
        waitAtMost(deadline.millisLeft());
    }

    /** From now on the connection waits no longer for the database than that, and no longer than it usually does. */
    void waitAtMost(int limit) throws SQLException {
        waitFor(usualMillis == 0 ? limit : Math.min(limit, usualMillis));
    }

    /** From now on the connection waits for the database as long as it usually does. */
    void waitAsUsual() throws SQLException {
        waitFor(usualMillis);
    }

    private void waitFor(int limit) throws SQLException {
        if (limit != millis) {
            patience.limit(limit);
            millis = limit;
        }
    }

    /** Asks the database for a sign of life. */
    boolean answers(Deadline deadline) {
        try {
            waitUntil(deadline);
            execute("select 1");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    Connection connection() {
        return connection;
    }

    /** Runs a text that is needed once, without keeping it. */
    void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Runs a text that is kept, without result. */
    void run(String sql) throws SQLException {
        prepared(sql).execute();
    }

    /** The number of rows changed. */
    int update(String sql, Parameters parameters) throws SQLException {
        PreparedStatement statement = prepared(sql);
        parameters.bind(statement);
        return statement.executeUpdate();
    }

    /** The first row, null if there is none. */
    <T> @Nullable T first(String sql, Parameters parameters, Row<T> row) throws SQLException {
        PreparedStatement statement = prepared(sql);
        parameters.bind(statement);
        try (ResultSet result = statement.executeQuery()) {
            return result.next() ? row.map(result) : null;
        }
    }

    /** All rows. */
    <T> List<T> all(String sql, Parameters parameters, Row<T> row) throws SQLException {
        PreparedStatement statement = prepared(sql);
        parameters.bind(statement);
        var rows = new ArrayList<T>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows.add(row.map(result));
            }
        }
        return rows;
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            if (statements.size() >= MAX_STATEMENTS) {
                var eldest = statements.entrySet().iterator();
                eldest.next().getValue().close();
                eldest.remove();
            }
            statement = connection.prepareStatement(sql);
            if (statementSeconds > 0) {
                statement.setQueryTimeout(statementSeconds);
            }
            statements.put(sql, statement);
        }
        return statement;
    }

    /** Closes the statements and the connection; an open transaction is rolled back. */
    @Override
    public void close() throws SQLException {
        try {
            for (PreparedStatement statement : statements.values()) {
                statement.close();
            }
            ending.run();
        } finally {
            connection.close();
        }
    }

    /** What is to be done before the connection is closed. */
    @FunctionalInterface
    interface Ending {

        void run() throws SQLException;
    }

    /** Says how long to wait for the database. */
    @FunctionalInterface
    interface Patience {

        void limit(int millis) throws SQLException;
    }

    /** Binds the parameters of a statement. */
    @FunctionalInterface
    interface Parameters {

        Parameters NONE = statement -> {};

        void bind(PreparedStatement statement) throws SQLException;
    }

    /** Makes something of the present row. */
    @FunctionalInterface
    interface Row<T> {

        T map(ResultSet row) throws SQLException;
    }
}
