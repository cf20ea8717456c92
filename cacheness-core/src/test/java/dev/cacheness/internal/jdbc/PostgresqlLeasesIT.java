package dev.cacheness.internal.jdbc;

import dev.cacheness.contract.LoadLeasesContract;
import dev.cacheness.contract.PostgresqlServer;
import dev.cacheness.spi.MetadataBackend;

class PostgresqlLeasesIT extends LoadLeasesContract {

    private static final String SCHEMA = "leases";

    @Override
    protected MetadataBackend openEmpty() {
        MetadataBackend backend = PostgresqlFixture.openEmpty(SCHEMA);
        PostgresqlServer.execute("truncate leases.cacheness_lease");
        return backend;
    }

    @Override
    protected MetadataBackend openAgain() {
        return PostgresqlFixture.open(PostgresqlFixture.options(SCHEMA));
    }
}
