package dev.cacheness.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** What a program without the cache would do to store readings: the quickest way that each driver has, one transaction for each piece. */
final class RowsByHand implements AutoCloseable {

    private static final int BATCH = 1_000;

    private static final int COPIED_ROW = 62;

    private static final int FETCH_SIZE = 10_000;

    private final String engine;

    private final Connection connection;

    private @Nullable PreparedStatement select;

    RowsByHand(String engine, Connection connection) throws SQLException {
        this.engine = engine;
        this.connection = connection;
        try (var statement = connection.createStatement()) {
            if (engine.equals("sqlite")) {
                statement.execute("pragma journal_mode = wal");
                statement.execute("pragma synchronous = normal");
            }
            statement.execute("create table by_hand (sensor bigint not null, id bigint not null,"
                    + " a double precision not null, b double precision not null, c double precision not null"
                    + (engine.equals("duckdb") ? ")" : ", primary key (sensor, id))")
                    + (engine.equals("sqlite") ? " without rowid" : ""));
        }
        connection.setAutoCommit(false);
    }

    /** Stores readings of some sensors, as many of each, and commits. */
    void store(long firstSensor, long sensors, long readings) throws SQLException {
        switch (engine) {
            case "sqlite" -> insert(firstSensor, sensors, readings);
            case "duckdb" -> append(firstSensor, sensors, readings);
            default -> copy(firstSensor, sensors, readings);
        }
        connection.commit();
    }

    private void insert(long firstSensor, long sensors, long readings) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into by_hand (sensor, id, a, b, c) values (?, ?, ?, ?, ?)")) {
            int waiting = 0;
            for (long sensor = firstSensor; sensor < firstSensor + sensors; sensor++) {
                for (long id = 0; id < readings; id++) {
                    insert.setLong(1, sensor);
                    insert.setLong(2, id);
                    insert.setDouble(3, id);
                    insert.setDouble(4, id / 2.0);
                    insert.setDouble(5, 1);
                    insert.addBatch();
                    if (++waiting == BATCH) {
                        insert.executeBatch();
                        waiting = 0;
                    }
                }
            }
            insert.executeBatch();
        }
    }

    private void append(long firstSensor, long sensors, long readings) throws SQLException {
        try (DuckDBAppender appender = connection.unwrap(DuckDBConnection.class).createAppender("by_hand")) {
            for (long sensor = firstSensor; sensor < firstSensor + sensors; sensor++) {
                for (long id = 0; id < readings; id++) {
                    appender.beginRow();
                    appender.append(sensor);
                    appender.append(id);
                    appender.append((double) id);
                    appender.append(id / 2.0);
                    appender.append(1.0);
                    appender.endRow();
                }
            }
            appender.flush();
        }
    }

    private void copy(long firstSensor, long sensors, long readings) throws SQLException {
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy by_hand (sensor, id, a, b, c) from stdin (format binary)");
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        buffer.put("PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1));
        buffer.putLong(0);
        for (long sensor = firstSensor; sensor < firstSensor + sensors; sensor++) {
            for (long id = 0; id < readings; id++) {
                if (buffer.remaining() < COPIED_ROW) {
                    send(copy, buffer);
                }
                buffer.putShort((short) 5);
                buffer.putInt(Long.BYTES).putLong(sensor);
                buffer.putInt(Long.BYTES).putLong(id);
                buffer.putInt(Double.BYTES).putDouble(id);
                buffer.putInt(Double.BYTES).putDouble(id / 2.0);
                buffer.putInt(Double.BYTES).putDouble(1);
            }
        }
        send(copy, buffer);
        buffer.putShort((short) -1);
        send(copy, buffer);
        copy.endCopy();
    }

    private static void send(CopyIn copy, ByteBuffer buffer) throws SQLException {
        copy.writeToCopy(buffer.array(), 0, buffer.position());
        buffer.clear();
    }

    /** Readings of one sensor, in their order. */
    List<Reading> read(long sensor, long from, long to) throws SQLException {
        PreparedStatement known = select;
        if (known == null) {
            known = connection.prepareStatement("select sensor, id, a, b, c from by_hand"
                    + " where sensor = ? and id >= ? and id < ? order by sensor, id");
            known.setFetchSize(FETCH_SIZE);
            select = known;
        }
        known.setLong(1, sensor);
        known.setLong(2, from);
        known.setLong(3, to);
        List<Reading> rows = new ArrayList<>();
        try (ResultSet row = known.executeQuery()) {
            while (row.next()) {
                rows.add(new Reading(
                        row.getLong(1), row.getLong(2), row.getDouble(3), row.getDouble(4), row.getDouble(5)));
            }
        }
        connection.rollback();
        return rows;
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        try (var statement = connection.createStatement()) {
            statement.execute("drop table by_hand");
        }
        connection.commit();
        connection.close();
    }
}
