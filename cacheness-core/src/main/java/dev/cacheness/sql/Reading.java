package dev.cacheness.sql;

import dev.cacheness.sql.store.Session;
import java.sql.SQLException;

/** What is made of the rows of an answer, in the transaction that found the answer to be complete. */
interface Reading<R> {

    R read(Session session, Selection selection) throws SQLException;

    /** Whether the result goes on reading, and closes the session itself. */
    default boolean keepsSession() {
        return false;
    }
}
