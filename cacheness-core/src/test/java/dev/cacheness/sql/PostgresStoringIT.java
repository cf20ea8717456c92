package dev.cacheness.sql;

class PostgresStoringIT extends SqlCacheStoringContract {

    @Override
    <T> SqlCacheBuilder<T> store(SqlCacheBuilder<T> builder) {
        return builder.url(PostgresServer.newDatabaseUrl());
    }
}
