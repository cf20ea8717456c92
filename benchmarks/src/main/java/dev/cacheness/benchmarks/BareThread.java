package dev.cacheness.benchmarks;

import java.sql.SQLException;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A bare connection to the file of the cache for each thread. */
@State(Scope.Thread)
public class BareThread {

    @SuppressWarnings("NullAway.Init") // JMH calls the set-up first.
    private BareConnection connection;

    /** Opens the connection. */
    @Setup
    public void open(FilledCache cache) {
        connection = new BareConnection(cache.file());
    }

    BareConnection connection() {
        return connection;
    }

    /** Closes the connection. */
    @TearDown
    public void close() throws SQLException {
        connection.close();
    }
}
