package dev.cacheness.internal.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections that can only read, for libraries that want a data source. They are closed as they were opened, because they may go back to a pool. */
final class PostgresqlReaderDataSource implements InvocationHandler {

    private final DataSource dataSource;

    private PostgresqlReaderDataSource(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** A proxy, because the interface wants loggers of the JDK, too. */
    static DataSource of(DataSource dataSource) {
        return proxy(DataSource.class, new PostgresqlReaderDataSource(dataSource));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws SQLException {
        return switch (method.getName()) {
            case "getConnection" -> open();
            case "getLoginTimeout" -> 0;
            case "isWrapperFor" -> false;
            case "equals" -> arguments != null && arguments[0] == proxy;
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "Read-only connections to the index on PostgreSQL";
            default ->
                throw new SQLFeatureNotSupportedException("The index on PostgreSQL has no use for " + method.getName());
        };
    }

    private Connection open() throws SQLException {
        Connection connection = dataSource.getConnection();
        boolean opened = false;
        try {
            boolean readOnly = connection.isReadOnly();
            connection.setReadOnly(true);
            opened = true;
            return proxy(Connection.class, (proxy, method, arguments) -> call(connection, readOnly, method, arguments));
        } finally {
            if (!opened) {
                connection.close();
            }
        }
    }

    private static @Nullable Object call(
            Connection connection, boolean wasReadOnly, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("setReadOnly")) {
            return null;
        }
        try {
            if (method.getName().equals("close") && !connection.isClosed()) {
                giveBackAs(wasReadOnly, connection);
            }
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException ex) {
            throw ex.getCause();
        }
    }

    private static void giveBackAs(boolean readOnly, Connection connection) throws SQLException {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            connection.setReadOnly(readOnly);
        } catch (SQLException ex) {
            connection.close();
            throw ex;
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(
                PostgresqlReaderDataSource.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
