package dev.cacheness.internal.jdbc;

/** What only PostgreSQL understands. Rows of several digests are locked in the order of the digests, so that no two transactions wait for each other. */
final class PostgresqlStatements {

    /**
     * Stores a row and tells the former one, in one statement. The former row is locked before it is replaced, so it is the one that is replaced. If there
     * was none when the statement began, but there is one now, nothing is stored, and the statement has to be run again.
     */
    private static final String PUT = """
            with given (%1$s) as (
                select ?::text, ?::text, ?::bigint, ?::bigint, ?::bigint, ?::bigint, ?::bigint, ?::text, ?::text, ?::text, ?::bigint,
                       ?::bigint, ?::text, ?::integer, ?::text, ?::bytea, ?::bytea, ?::bytea, ?::text, ?::text, ?::text, ?::text, ?::text
            ), former as materialized (
                select %2$s, expires_at
                from cacheness_entry
                where digest = (select digest from given)
                for update
            ), stored as (
                insert into cacheness_entry (%1$s)
                select given.*
                from given left join former on true
                where %3$s
                on conflict (digest) do update set
            %4$s
                where cacheness_entry.generation = (select generation from former)
                returning 1
            )
            select former.*, exists (select from stored) as stored
            from (select) as always left join former on true
            """;

    static final String PUT_ALWAYS = put("true");

    static final String PUT_IF_ABSENT = put("former.digest is null or former.expires_at <= ?");

    static final String PUT_IF_PRESENT =
            put("former.digest is not null and (former.expires_at is null or former.expires_at > ?)");

    static final String PUT_IF_GENERATION = put("former.generation = ?");

    /** As {@link #PUT_ALWAYS}, for a server that tells what an upsert replaces. No row if the condition does not hold. */
    static final String PUT_ALWAYS_RETURNING = putReturning("");

    /** As {@link #PUT_ALWAYS_RETURNING}, for {@link #PUT_IF_ABSENT}. */
    static final String PUT_IF_ABSENT_RETURNING = putReturning("where cacheness_entry.expires_at <= ?");

    static final String LOCK_INVALIDATIONS = EntryStatements.INVALIDATIONS + " for share";

    static final String COUNT_INVALIDATIONS = """
            with counted as materialized (
                select stripe from cacheness_invalidation where stripe = any(?) order by stripe for update
            )
            update cacheness_invalidation set count = count + 1 from counted where cacheness_invalidation.stripe = counted.stripe
            """;

    static final String RECORD_ACCESSES = """
            with given as (
                select digest, sum(hits) as hits, max(accessed_at) as accessed_at
                from unnest(?::text[], ?::bigint[], ?::bigint[]) as access (digest, hits, accessed_at)
                group by digest
            ), locked as materialized (
                select entry.digest, given.hits, given.accessed_at
                from cacheness_entry entry join given on entry.digest = given.digest
                order by entry.digest
                for update of entry
            )
            update cacheness_entry entry
            set hits = entry.hits + locked.hits, accessed_at = greatest(entry.accessed_at, locked.accessed_at)
            from locked
            where entry.digest = locked.digest
            """;

    static final String REMOVE = remove("""
            select entry.digest
            from cacheness_entry entry
            join unnest(?::text[], ?::text[]) as given (digest, generation)
                on entry.digest = given.digest and entry.generation = given.generation
            order by entry.digest
            for update of entry""");

    static final String REMOVE_ALL_OF = remove("""
            select digest
            from cacheness_entry
            where digest = any(?)
            order by digest
            for update""");

    static final String REMOVE_EXPIRED = removeUnlocked("expires_at <= ? order by expires_at");

    static final String REMOVE_EXPIRED_OF_NAMESPACE =
            removeUnlocked("namespace = ? and expires_at <= ? order by expires_at");

    static final String REMOVE_IDLE_OF_NAMESPACE =
            removeUnlocked("namespace = ? and accessed_at <= ? order by accessed_at");

    static final String REFERENCED_BLOBS = "select blob_id from cacheness_entry where blob_id = any(?)";

    /** The digest has no characters beyond 'f'. The parameter, twice, is how it begins. */
    static final String DIGEST_BEGINS_WITH = "digest >= ? and digest < ? || '~'";

    /** The parameter is the name of an attribute. Gives its value as JSON: equal texts are equal values of the same type. */
    static final String ATTRIBUTE = "(attributes::json -> ?)::text";

    /** The parameter is an object of attributes. */
    static final String MAY_HAVE_ATTRIBUTES = "attributes is not null and attributes::jsonb @> ?::jsonb";

    /** The parameters are twice the name of an attribute, and a bound; of a number it is the text. */
    static final String NUMBER_ORDERED =
            "case json_typeof(attributes::json -> ?) when 'number' then (attributes::json ->> ?)::numeric %s (?::text)::numeric else false end";

    static final String TEXT_ORDERED =
            "case json_typeof(attributes::json -> ?) when 'string' then (attributes::json ->> ?) collate \"C\" %s ? else false end";

    /** Other writers wait until the transaction has ended. */
    static final String FIND_ATTRIBUTES = EntryStatements.FIND_ATTRIBUTES + "for update";

    /** The parameter is the tag. */
    static final String HAS_TAG = "tags is not null and cacheness_words(tags) @> array[?::text]";

    private PostgresqlStatements() {}

    private static String put(String condition) {
        return PUT.formatted(
                EntryStatements.ALL_COLUMNS, EntryStatements.REF_COLUMNS, condition, EntryStatements.REPLACING);
    }

    private static String putReturning(String condition) {
        return EntryStatements.PUT + condition
                + " returning old.digest, old.namespace, old.generation, old.stored_size, old.blob_id, old.expires_at, true";
    }

    static String removeMatching(FilterSql filter) {
        return remove("""
                select digest
                from cacheness_entry
                where %s
                order by digest
                limit ?
                for update""".formatted(filter.condition()));
    }

    static String removeMatching(CustomSql sql) {
        return remove(sql.digests() + "order by m.digest limit ? for update of e");
    }

    private static String remove(String doomed) {
        return """
                with doomed as materialized (
                %s
                )
                delete from cacheness_entry entry
                using doomed
                where entry.digest = doomed.digest
                returning entry.digest, entry.namespace, entry.generation, entry.stored_size, entry.blob_id
                """.formatted(doomed);
    }

    /**
     * Rows that someone else is about to change are left to the next time. So are those that he has changed since the statement began, for they are found by
     * their place, which is then another one; that saves a look-up of each, and a third of the time.
     */
    private static String removeUnlocked(String doomed) {
        return """
                delete from cacheness_entry
                where ctid = any(array(select ctid from cacheness_entry where %s limit ? for update skip locked))
                returning %s
                """.formatted(doomed, EntryStatements.REF_COLUMNS);
    }
}
