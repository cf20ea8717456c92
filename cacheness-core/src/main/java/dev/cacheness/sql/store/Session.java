package dev.cacheness.sql.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** A connection in a transaction, and the statements prepared on it. For one thread at a time; closing it ends the transaction. */
public final class Session implements AutoCloseable {

    private static final int MAX_STATEMENTS = 64;

    private final Connection connection;

    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(16, 0.75f, true);

    private final Ending ending;

    /** What becomes of the session when it is closed. */
    interface Ending {
        void end(Session session) throws SQLException;
    }

    Session(Connection connection, Ending ending) {
        this.connection = connection;
        this.ending = ending;
    }

    public Connection connection() {
        return connection;
    }

    /** A statement that stays prepared; the caller closes its results, but not the statement. */
    public PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known != null) {
            return known;
        }
        if (statements.size() >= MAX_STATEMENTS) {
            String eldest = statements.keySet().iterator().next();
            PreparedStatement old = statements.remove(eldest);
            if (old != null) {
                old.close();
            }
        }
        PreparedStatement fresh = connection.prepareStatement(sql);
        statements.put(sql, fresh);
        return fresh;
    }

    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        ending.end(this);
    }

    void disconnect() throws SQLException {
        statements.clear();
        connection.close();
    }
}
