package dev.cacheness.internal.jdbc;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.stream.Stream;

/** Many values as one parameter. */
final class PostgresqlArrays {

    private PostgresqlArrays() {}

    /** @param type the name of the elements' type in the database */
    static void bind(PreparedStatement statement, int parameter, String type, Stream<?> values) throws SQLException {
        Array array = statement.getConnection().createArrayOf(type, values.toArray());
        statement.setArray(parameter, array);
    }
}
