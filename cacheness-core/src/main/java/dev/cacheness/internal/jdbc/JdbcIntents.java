package dev.cacheness.internal.jdbc;

import dev.cacheness.internal.lease.LeaseSql;
import dev.cacheness.spi.BlobIntents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Intents in a table of the index. Triggers end them with the row that is stored, refuse rows that have none, and doom what rows no longer name. */
final class JdbcIntents implements BlobIntents {

    private static final String REQUIRE = "update cacheness_store set intents = true where intents = false";

    private static final String FORGET = "delete from cacheness_intent where blob_id = ?";

    private final Connections connections;

    private final String register;

    private final String renew;

    private final String ended;

    private final String doom;

    private JdbcIntents(Connections connections, LeaseSql times, String lock) {
        this.connections = connections;
        this.register = """
                insert into cacheness_intent (blob_id, expires_at, doomed)
                values (?, %s + ?, false)
                """.formatted(times.now());
        this.renew = """
                update cacheness_intent
                set expires_at = %s + ?
                where blob_id = ? and doomed = false
                """.formatted(times.now());
        this.ended = """
                select blob_id
                from cacheness_intent
                where expires_at <= %s
                order by expires_at
                limit ?
                """.formatted(times.now());
        // The time of what is doomed says until when somebody is busy deleting it. A row that a put has locked is left
        // alone.
        this.doom = """
                with ended (id) as materialized (
                    select blob_id
                    from cacheness_intent
                    where blob_id = ? and expires_at <= %1$s
                    %2$s
                )
                update cacheness_intent
                set doomed = true, expires_at = %1$s + 60000
                from ended
                where blob_id = id
                """.formatted(times.now(), lock);
    }

    static JdbcIntents onPostgresql(Connections connections) {
        return new JdbcIntents(connections, LeaseSql.postgresql("cacheness_intent"), "for update skip locked");
    }

    static JdbcIntents onSqlite(Connections connections) {
        return new JdbcIntents(connections, LeaseSql.sqlite("cacheness_intent"), "");
    }

    @Override
    public void require() {
        connections.write("require intents", session -> session.update(REQUIRE, Session.Parameters.NONE));
    }

    @Override
    public void register(String blobId, Duration lease) {
        connections.write(
                "register the intent to write a blob",
                session -> session.update(register, statement -> {
                    statement.setString(1, blobId);
                    statement.setLong(2, lease.toMillis());
                }));
    }

    @Override
    public void renew(Collection<String> blobIds, Duration lease) {
        connections.write("renew intents to write blobs", session -> {
            int renewed = 0;
            for (String blobId : blobIds) {
                renewed += session.update(renew, statement -> {
                    statement.setLong(1, lease.toMillis());
                    statement.setString(2, blobId);
                });
            }
            return renewed;
        });
    }

    @Override
    public void forget(Collection<String> blobIds) {
        connections.write("forget blobs that are gone", session -> {
            int forgotten = 0;
            for (String blobId : blobIds) {
                forgotten += session.update(FORGET, statement -> statement.setString(1, blobId));
            }
            return forgotten;
        });
    }

    @Override
    public List<String> ended(int limit) {
        return connections.read(
                "look for blobs to delete",
                session -> session.all(ended, statement -> statement.setInt(1, limit), row -> row.getString(1)));
    }

    @Override
    public List<String> doom(Collection<String> blobIds) {
        return connections.write("doom blobs", session -> {
            var doomed = new ArrayList<String>();
            for (String blobId : blobIds) {
                if (session.update(doom, statement -> statement.setString(1, blobId)) == 1) {
                    doomed.add(blobId);
                }
            }
            return doomed;
        });
    }
}
