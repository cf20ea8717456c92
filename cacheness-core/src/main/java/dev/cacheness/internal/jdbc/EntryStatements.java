package dev.cacheness.internal.jdbc;

import dev.cacheness.spi.Eviction;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The statements on rows, as SQLite and PostgreSQL both understand them. */
final class EntryStatements {

    /** In the order in which {@link EntryRows} reads them. */
    private static final String METADATA_COLUMNS = """
            digest, namespace, created_at, accessed_at, expires_at, hits, load_nanos, handler, value_type, codec,
            raw_size, stored_size""";

    private static final String CONTENT_COLUMNS =
            "generation, handler_version, type_fingerprint, checksum, blocks, inline_value, blob_id";

    private static final String DESCRIPTION_COLUMNS = "description, key_parameters, attributes, tags";

    static final String REF_COLUMNS = "digest, namespace, generation, stored_size, blob_id";

    /** No more than it takes to read a value: each column costs a call of the driver, and this is the hot path. */
    static final String FIND = """
            select namespace, created_at, expires_at, handler, value_type, codec, raw_size, stored_size, generation,
                   handler_version, type_fingerprint, checksum, inline_value, blob_id, blocks, load_nanos
            from cacheness_entry
            where digest = ?
            """;

    static final String FIND_DESCRIBED = """
            select %s, %s, %s
            from cacheness_entry
            where digest = ?
            """.formatted(METADATA_COLUMNS, CONTENT_COLUMNS, DESCRIPTION_COLUMNS);

    static final String ALL_COLUMNS = String.join(", ", METADATA_COLUMNS, CONTENT_COLUMNS, DESCRIPTION_COLUMNS)
            .replace("\n", " ");

    /** What a put does to the row that it replaces. */
    static final String REPLACING = """
                namespace = excluded.namespace,
                created_at = excluded.created_at,
                accessed_at = excluded.accessed_at,
                expires_at = excluded.expires_at,
                hits = excluded.hits,
                load_nanos = excluded.load_nanos,
                handler = excluded.handler,
                value_type = excluded.value_type,
                codec = excluded.codec,
                raw_size = excluded.raw_size,
                stored_size = excluded.stored_size,
                generation = excluded.generation,
                handler_version = excluded.handler_version,
                type_fingerprint = excluded.type_fingerprint,
                checksum = excluded.checksum,
                blocks = excluded.blocks,
                inline_value = excluded.inline_value,
                blob_id = excluded.blob_id,
                description = excluded.description,
                key_parameters = excluded.key_parameters,
                attributes = excluded.attributes,
                tags = excluded.tags,
                key_id = null,
                signature = null
            """;

    static final String PUT = """
            insert into cacheness_entry (%s)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (digest) do update set
            %s
            """.formatted(ALL_COLUMNS, REPLACING);

    static final String SET_EXPIRY = """
            update cacheness_entry
            set expires_at = ?
            where digest = ? and (expires_at is null or expires_at > ?)
            """;

    /** An empty object stands for no attributes, so that there is a row if there is an entry. */
    static final String FIND_ATTRIBUTES = """
            select coalesce(attributes, '{}')
            from cacheness_entry
            where digest = ? and (expires_at is null or expires_at > ?)
            """;

    static final String SET_ATTRIBUTES = "update cacheness_entry set attributes = ? where digest = ?";

    static final String RECORD_ACCESS = """
            update cacheness_entry
            set hits = hits + ?, accessed_at = case when accessed_at < ? then ? else accessed_at end
            where digest = ?
            """;

    static final String REMOVE_GENERATION = """
            delete from cacheness_entry
            where digest = ? and generation = ?
            returning %s
            """.formatted(REF_COLUMNS);

    static final String REMOVE = """
            delete from cacheness_entry
            where digest = ?
            returning %s
            """.formatted(REF_COLUMNS);

    static final String LEAST_RECENTLY_ACCESSED = """
            select %s
            from cacheness_entry
            order by accessed_at, digest
            limit ?
            """.formatted(REF_COLUMNS);

    static final String NAMESPACES = "select distinct namespace from cacheness_entry";

    static final String TOTALS = """
            select cast(sum(entries) as bigint), cast(sum(bytes) as bigint),
                   (select min(created_at) from cacheness_entry),
                   (select max(created_at) from cacheness_entry)
            from cacheness_totals
            """;

    static final String TOTALS_OF_NAMESPACE = """
            select count(*), coalesce(sum(stored_size), 0), min(created_at), max(created_at)
            from cacheness_entry
            where namespace = ?
            """;

    static final String INVALIDATIONS = "select count from cacheness_invalidation where stripe = ?";

    static final String COUNT_INVALIDATION = "update cacheness_invalidation set count = count + 1 where stripe = ?";

    static final String COUNT_INVALIDATION_OF_ALL = "update cacheness_invalidation set count = count + 1";

    private EntryStatements() {}

    /** The parameters are a namespace, the present where it is asked for, and a bound. */
    static String leastValuable(Eviction eviction) {
        String order = switch (eviction) {
            case LRU -> "accessed_at, digest";
            case LFU -> "hits, accessed_at, digest";
            case COST ->
                "(hits + 1.0) * coalesce(load_nanos, 1) / ((stored_size + 1.0) * (? - created_at + 1000.0)), digest";
        };
        return """
                select %s
                from cacheness_entry
                where namespace = ?
                order by %s
                limit ?
                """.formatted(REF_COLUMNS, order);
    }

    static void bindLeastValuable(
            Eviction eviction, String namespace, long nowMillis, int limit, PreparedStatement statement)
            throws SQLException {
        int parameter = 1;
        statement.setString(parameter++, namespace);
        if (eviction == Eviction.COST) {
            statement.setLong(parameter++, nowMillis);
        }
        statement.setInt(parameter, limit);
    }

    static String findRef(String digest) {
        return """
                select %s, expires_at
                from cacheness_entry
                where digest = %s
                """.formatted(REF_COLUMNS, digest);
    }

    /** @param beginsWith the condition on the digest */
    static String findLast(String beginsWith) {
        return """
                select %s, %s, %s
                from cacheness_entry
                where %s
                order by digest desc
                limit 1
                """.formatted(METADATA_COLUMNS, CONTENT_COLUMNS, DESCRIPTION_COLUMNS, beginsWith);
    }

    static String removeDigestsIn(String selection) {
        return """
                delete from cacheness_entry
                where digest in (%s)
                returning %s
                """.formatted(selection, REF_COLUMNS);
    }

    static String list(FilterSql filter) {
        return """
                select %s, %s
                from cacheness_entry
                where %s
                order by created_at desc, digest
                limit ? offset ?
                """.formatted(METADATA_COLUMNS, DESCRIPTION_COLUMNS, filter.condition());
    }

    static String count(FilterSql filter) {
        return """
                select count(*)
                from cacheness_entry
                where %s
                """.formatted(filter.condition());
    }

    static String removeMatching(FilterSql filter) {
        return """
                delete from cacheness_entry
                where digest in (select digest from cacheness_entry where %s limit ?)
                returning %s
                """.formatted(filter.condition(), REF_COLUMNS);
    }
}
