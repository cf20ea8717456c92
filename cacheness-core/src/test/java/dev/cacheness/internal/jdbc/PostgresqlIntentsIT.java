package dev.cacheness.internal.jdbc;

import dev.cacheness.contract.BlobIntentsContract;
import dev.cacheness.contract.PostgresqlServer;
import dev.cacheness.spi.MetadataBackend;
import java.util.List;

class PostgresqlIntentsIT extends BlobIntentsContract {

    @Override
    protected MetadataBackend openEmpty() {
        MetadataBackend backend = PostgresqlFixture.openEmpty("intents");
        PostgresqlServer.execute(
                "truncate intents.cacheness_intent", "update intents.cacheness_store set intents = false");
        return backend;
    }

    @Override
    protected List<String> accountOfDoomed() {
        return List.of(PostgresqlServer.query(
                        "select string_agg(blob_id, ',' order by blob_id) from intents.cacheness_intent where doomed")
                .split(","));
    }
}
