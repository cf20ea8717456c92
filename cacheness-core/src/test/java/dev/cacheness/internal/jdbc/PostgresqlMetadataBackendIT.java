package dev.cacheness.internal.jdbc;

import dev.cacheness.contract.MetadataBackendContract;
import dev.cacheness.spi.MetadataBackend;

class PostgresqlMetadataBackendIT extends MetadataBackendContract {

    @Override
    protected MetadataBackend open() {
        return PostgresqlFixture.openEmpty("contract");
    }
}
