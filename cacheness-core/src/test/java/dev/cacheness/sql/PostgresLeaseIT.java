package dev.cacheness.sql;

class PostgresLeaseIT extends SqlCacheLeaseContract {

    private final String url = PostgresServer.newDatabaseUrl();

    @Override
    <T> SqlCacheBuilder<T> store(SqlCacheBuilder<T> builder) {
        return builder.url(url);
    }
}
