package dev.cacheness.sql;

class PostgresUpkeepIT extends SqlCacheUpkeepContract {

    @Override
    <T> SqlCacheBuilder<T> store(SqlCacheBuilder<T> builder) {
        return builder.url(PostgresServer.newDatabaseUrl());
    }
}
