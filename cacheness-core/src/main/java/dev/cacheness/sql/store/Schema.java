package dev.cacheness.sql.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the tables of a cache, and notes what they were made for. */
public final class Schema {

    private final SqlStore store;

    private final String cache;

    private final DataTable table;

    /** What a table was made for; {@code fingerprint} is one line for each column. */
    public record Made(String fingerprint, int version) {}

    public Schema(SqlStore store, String cache, DataTable table) {
        this.store = store;
        this.cache = cache;
        this.table = table;
    }

    /** Makes the tables of the ledger, if they are not there. */
    public void createLedger(Session session) throws SQLException {
        boolean keys = store.dialect().hasKeys();
        String options = store.dialect().tableOptions();
        session.execute("create table if not exists cn_partition (id bigint not null, cache text not null,"
                + " key_hash text not null, key_text text not null, generation bigint not null, revision text,"
                + " row_count bigint not null, created_at bigint not null, used_at bigint not null"
                + (keys ? ", primary key (cache, key_hash)" : "") + ")" + options);
        session.execute("create table if not exists cn_coverage (partition_id bigint not null, lo bigint not null,"
                + " hi bigint not null, fetched_at bigint not null, expires_at bigint not null,"
                + " provisional smallint not null, schema_version integer not null, attempts smallint not null default 0"
                + (keys ? ", primary key (partition_id, lo), check (lo < hi)" : "") + ")" + options);
        addAttempts(session);
        if (keys) {
            session.execute("create table if not exists cn_lease (partition_id bigint not null, lo bigint not null,"
                    + " hi bigint not null, token text not null, expires_at bigint not null,"
                    + " primary key (partition_id, lo))" + options);
            session.execute("create table if not exists cn_failure (partition_id bigint not null, lo bigint not null,"
                    + " hi bigint not null, owner text not null, message text not null, known_until bigint not null)");
        }
        session.execute("create table if not exists cn_meta (cache text not null, fingerprint text not null,"
                + " schema_version integer not null" + (keys ? ", primary key (cache)" : "") + ")" + options);
    }

    /** Ledgers that were made before there was that column. */
    private static void addAttempts(Session session) throws SQLException {
        Connection connection = session.connection();
        try (ResultSet column = connection
                .getMetaData()
                .getColumns(connection.getCatalog(), connection.getSchema(), "cn_coverage", "attempts")) {
            if (!column.next()) {
                session.execute("alter table cn_coverage add column attempts smallint default 0");
            }
        }
    }

    /** What the cache's table was made for, null if it was not made by this cache. */
    public @Nullable Made made(Session session) throws SQLException {
        PreparedStatement select = session.prepare("select fingerprint, schema_version from cn_meta where cache = ?");
        select.setString(1, cache);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? new Made(row.getString(1), row.getInt(2)) : null;
        }
    }

    /** Makes the table and notes what for. */
    public void create(Session session, Made made) throws SQLException {
        session.execute(table.create());
        note(session, made);
    }

    public void note(Session session, Made made) throws SQLException {
        PreparedStatement delete = session.prepare("delete from cn_meta where cache = ?");
        delete.setString(1, cache);
        delete.executeUpdate();
        PreparedStatement insert =
                session.prepare("insert into cn_meta (cache, fingerprint, schema_version) values (?, ?, ?)");
        insert.setString(1, cache);
        insert.setString(2, made.fingerprint());
        insert.setInt(3, made.version());
        insert.executeUpdate();
    }

    /** Makes the table anew with its rows; the columns that it did not have are null in all of them. */
    public void rebuild(Session session, List<String> kept) throws SQLException {
        table.rebuild(session, kept);
    }

    public void drop(Session session) throws SQLException {
        session.execute("drop table if exists " + table.layout().quotedName());
    }

    /** The names of the table's columns, empty if there is no table. */
    public List<String> existing() {
        List<String> names = new ArrayList<>();
        try (Session session = store.read();
                PreparedStatement select = session.connection()
                        .prepareStatement("select * from " + table.layout().quotedName() + " where 1 = 0");
                ResultSet result = select.executeQuery()) {
            ResultSetMetaData meta = result.getMetaData();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                names.add(meta.getColumnName(i));
            }
        } catch (SQLException e) {
            // Databases have no common way to ask whether a table is there; not being able to select from it is the
            // answer.
            return List.of();
        }
        return names;
    }
}
