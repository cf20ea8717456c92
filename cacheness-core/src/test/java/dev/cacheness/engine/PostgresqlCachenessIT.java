package dev.cacheness.engine;

import dev.cacheness.contract.PostgresqlServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;

/** Each directory stands for a cache of its own, and so has a schema of its own. */
class PostgresqlCachenessIT extends CachenessContract {

    private final List<Path> opened = new ArrayList<>();

    @BeforeAll
    static void dropSchemas() {
        for (int number = 0; number < 4; number++) {
            PostgresqlServer.execute("drop schema if exists engine_" + number + " cascade");
        }
    }

    @Override
    CachenessBuilder builder(Path directory) {
        boolean first = !opened.contains(directory);
        if (first) {
            opened.add(directory);
        }
        String schema = "engine_" + opened.indexOf(directory);
        if (first) {
            PostgresqlServer.execute("do $$ begin if to_regclass('" + schema + ".cacheness_entry') is not null then"
                    + " truncate " + schema + ".cacheness_entry cascade; end if; end $$");
        }
        return CachenessBuilder.at(directory)
                .metadataBackend("postgresql")
                .metadataOptions(
                        Map.of("url", PostgresqlServer.url(), "username", PostgresqlServer.USER, "schema", schema));
    }
}
