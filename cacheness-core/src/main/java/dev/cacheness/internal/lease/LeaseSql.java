package dev.cacheness.internal.lease;

import java.util.regex.Pattern;

/**
 * The statements on a table of leases. A lease has a name, and belongs to whoever knows its token until it ends: by being released, or by time. A lease
 * that has ended by time is still its holder's as long as nobody else has claimed it, so a holder that was late may renew it.
 *
 * <p>Tokens are new ones for each claim and never used again. Whoever changes something under a lease checks in the same transaction that the row still
 * has the token; so a holder that was paused cannot overwrite what its successor did.
 *
 * <p>Only the clock of the database counts. On SQLite that is the clock of the one host.
 */
public final class LeaseSql {

    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    private static final String POSTGRESQL_NOW = "(extract(epoch from clock_timestamp()) * 1000)::bigint";

    private static final String SQLITE_NOW = "cast(unixepoch('subsec') * 1000 as integer)";

    private final String table;

    private final String now;

    /** What makes a parameter a number of milliseconds. */
    private final String millis;

    private LeaseSql(String table, String now, String millis) {
        if (!NAME.matcher(table).matches()) {
            throw new IllegalArgumentException("'" + table + "' is not the name of a table");
        }
        this.table = table;
        this.now = now;
        this.millis = millis;
    }

    /** Statements for PostgreSQL. */
    public static LeaseSql postgresql(String table) {
        return new LeaseSql(table, POSTGRESQL_NOW, "?::bigint");
    }

    /** Statements for SQLite. */
    public static LeaseSql sqlite(String table) {
        return new LeaseSql(table, SQLITE_NOW, "?");
    }

    /** Makes the table if it is not there. Takes no parameters. */
    public String create() {
        return """
                create table if not exists %s (
                    name       text   not null primary key,
                    token      text   not null,
                    takeovers  bigint not null,
                    expires_at bigint not null
                )
                """.formatted(table);
    }

    /**
     * Claims a lease. Parameters: name, new token, length in milliseconds.
     *
     * @return a query; its one row says how many holders before lost the lease by time, and no row comes if somebody has the lease
     */
    public String claim() {
        return """
                insert into %1$s (name, token, takeovers, expires_at)
                values (?, ?, 0, %2$s + %3$s)
                on conflict (name) do update set
                    token = excluded.token, takeovers = %1$s.takeovers + 1, expires_at = excluded.expires_at
                where %1$s.expires_at <= %2$s
                returning takeovers
                """.formatted(table, now, millis);
    }

    /**
     * Lets a lease end later. Parameters: length in milliseconds from now, name, token.
     *
     * @return an update; it changes no row if somebody else has claimed the lease
     */
    public String renew() {
        return """
                update %1$s
                set expires_at = %2$s + %3$s
                where name = ? and token = ?
                """.formatted(table, now, millis);
    }

    /**
     * Ends a lease. Parameters: name, token.
     *
     * @return an update; it changes no row if somebody else has claimed the lease
     */
    public String release() {
        return """
                delete from %s
                where name = ? and token = ?
                """.formatted(table);
    }

    /**
     * How long a lease lasts. Parameter: name.
     *
     * @return a query; its row, if there is one, has the milliseconds, which are not positive if the lease has ended by time
     */
    public String remaining() {
        return """
                select expires_at - %s
                from %s
                where name = ?
                """.formatted(now, table);
    }

    /** Removes what holders left behind that died. Parameter: for how many milliseconds a lease must have ended. */
    public String forget() {
        return """
                delete from %s
                where expires_at < %s - %s
                """.formatted(table, now, millis);
    }

    /** The time of the database in milliseconds, as an expression. */
    public String now() {
        return now;
    }
}
