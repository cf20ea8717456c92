package dev.cacheness.s3.tests;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The intents in the index of a cache that is closed. */
final class Intents {

    private Intents() {}

    /** Lets their time pass, so that the next sweep need not wait for it. */
    static void endAll(Path directory) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("cacheness.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update cacheness_intent set expires_at = 0");
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
