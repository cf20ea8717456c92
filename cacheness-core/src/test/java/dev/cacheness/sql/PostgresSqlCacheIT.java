package dev.cacheness.sql;

class PostgresSqlCacheIT extends SqlCacheContract {

    @Override
    <T> SqlCacheBuilder<T> store(SqlCacheBuilder<T> builder) {
        return builder.url(PostgresServer.newDatabaseUrl());
    }
}
