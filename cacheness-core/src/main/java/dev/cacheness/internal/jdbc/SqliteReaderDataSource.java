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

/**
 * Connections that can only read, for libraries that want a data source. Each has a claim of its own on the file, so the file stays claimed for as long
 * as any of them is open, whoever closes first.
 */
final class SqliteReaderDataSource implements InvocationHandler {

    private final SqliteFile file;

    private SqliteReaderDataSource(SqliteFile file) {
        this.file = file;
    }

    /** A proxy, because the interface wants loggers of the JDK, too. */
    static DataSource of(SqliteFile file) {
        return proxy(DataSource.class, new SqliteReaderDataSource(file));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws SQLException {
        return switch (method.getName()) {
            case "getConnection" -> open();
            case "getLoginTimeout" -> 0;
            case "isWrapperFor" -> false;
            case "equals" -> arguments != null && arguments[0] == proxy;
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "Read-only connections to " + file.path();
            default ->
                throw new SQLFeatureNotSupportedException(
                        "The index " + file.path() + " has no use for " + method.getName());
        };
    }

    private Connection open() throws SQLException {
        SqliteFile claim = file.claimAgain();
        boolean opened = false;
        try {
            Session session = SqliteSessions.openReader(claim.path());
            opened = true;
            return proxy(
                    Connection.class,
                    (proxy, method, arguments) -> call(session.connection(), claim, method, arguments));
        } finally {
            if (!opened) {
                claim.close();
            }
        }
    }

    private static @Nullable Object call(
            Connection connection, SqliteFile claim, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("setReadOnly")) {
            // It can do nothing else, and the driver refuses to hear of it once the connection is open.
            return null;
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException ex) {
            throw ex.getCause();
        } finally {
            if (method.getName().equals("close")) {
                claim.close();
            }
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(SqliteReaderDataSource.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
