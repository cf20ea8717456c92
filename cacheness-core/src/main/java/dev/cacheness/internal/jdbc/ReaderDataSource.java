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

/** Connections that can only read, for libraries that want a data source. By proxies, because the interface wants loggers of the JDK, too. */
final class ReaderDataSource implements InvocationHandler {

    private final String index;

    private final Source source;

    private ReaderDataSource(String index, Source source) {
        this.index = index;
        this.source = source;
    }

    /** @param index what is read, for messages */
    static DataSource of(String index, Source source) {
        return proxy(DataSource.class, new ReaderDataSource(index, source));
    }

    /** A connection that is closed by the given action, and hears nothing of whether it may write. */
    static Connection connection(Connection connection, Closing closing) {
        return proxy(Connection.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "setReadOnly" -> null;
            case "close" -> {
                closing.close();
                yield null;
            }
            default -> call(connection, method, arguments);
        });
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws SQLException {
        return switch (method.getName()) {
            case "getConnection" -> source.open();
            case "getLoginTimeout" -> 0;
            case "isWrapperFor" -> false;
            case "equals" -> arguments != null && arguments[0] == proxy;
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "Read-only connections to " + index;
            default ->
                throw new SQLFeatureNotSupportedException("There is no use for " + method.getName() + " with " + index);
        };
    }

    private static @Nullable Object call(Connection connection, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException ex) {
            throw ex.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(ReaderDataSource.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** Where connections come from, as {@link #connection} makes them. */
    @FunctionalInterface
    interface Source {

        Connection open() throws SQLException;
    }

    /** How a connection is closed. */
    @FunctionalInterface
    interface Closing {

        void close() throws SQLException;
    }
}
