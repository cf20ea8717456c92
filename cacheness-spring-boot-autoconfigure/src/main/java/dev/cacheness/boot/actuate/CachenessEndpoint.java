package dev.cacheness.boot.actuate;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.EntryQuery;
import dev.cacheness.MemoryLayerStats;
import dev.cacheness.spi.HandlerRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Shows the cache and its entries, never their values, and removes entries where {@code management.endpoint.cacheness.access} is
 * {@code unrestricted}. Unlike other endpoints it can only be read by default.
 */
@Endpoint(id = "cacheness", defaultAccess = Access.READ_ONLY)
public final class CachenessEndpoint {

    private static final String ENTRIES = "entries";

    private static final int DEFAULT_LIMIT = 100;

    private static final String HANDLERS = "handlers";

    private final Cacheness cacheness;

    private final HandlerRegistry handlers;

    public CachenessEndpoint(Cacheness cacheness, HandlerRegistry handlers) {
        this.cacheness = cacheness;
        this.handlers = handlers;
    }

    /**
     * The figures of the whole cache, or of one namespace.
     *
     * @param namespace a namespace, such as the name of one of Spring's caches; null for all
     */
    @ReadOperation
    public CacheFigures figures(@Nullable String namespace) {
        return namespace == null
                ? CacheFigures.of(
                        cacheness.stats(),
                        cacheness.unwrap(MemoryLayerStats.class).orElse(null),
                        PolicyFigures.all(cacheness))
                : CacheFigures.of(cacheness.stats(namespace), null, PolicyFigures.one(cacheness, namespace));
    }

    /**
     * Entries, or one entry, or the handlers.
     *
     * @param section {@code entries} for a page of them, {@code handlers} for the handlers of values, or the digest of one entry
     * @param namespace only entries of this namespace, null for all
     * @param digest only entries whose digest begins with this, null for all
     * @param offset how many to leave out at the beginning, null for none
     * @param limit how many to show at most, 1 to 10,000; null for 100
     * @return null if there is no such entry
     */
    @ReadOperation
    public @Nullable OperationResponseBody entries(
            @Selector String section,
            @Nullable String namespace,
            @Nullable String digest,
            @Nullable Integer offset,
            @Nullable Integer limit) {
        if (section.equals(HANDLERS)) {
            return new HandlersDescriptor(handlers.describe());
        }
        return section.equals(ENTRIES)
                ? page(query(namespace, digest, offset, limit))
                : cacheness.metadata(keyOf(section)).map(EntryDescriptor::of).orElse(null);
    }

    private EntryPage page(EntryQuery query) {
        return new EntryPage(
                cacheness.count(query),
                query.offset(),
                query.limit(),
                cacheness.entries(query).stream().map(EntryDescriptor::of).toList());
    }

    /**
     * Removes one entry.
     *
     * @param digest its digest
     */
    @DeleteOperation
    public Removed removeEntry(@Selector String digest) {
        return new Removed(cacheness.invalidate(keyOf(digest)) ? 1 : 0);
    }

    /**
     * Removes the entries of a namespace, or all. One of the two must be said, so that nothing is removed by a slip.
     *
     * @param namespace the namespace
     * @param all {@code true} for all entries
     */
    @DeleteOperation
    public Removed removeEntries(@Nullable String namespace, @Nullable Boolean all) {
        boolean everything = Boolean.TRUE.equals(all);
        if (namespace != null && !everything) {
            return new Removed(cacheness.invalidateNamespace(namespace));
        }
        if (namespace == null && everything) {
            return new Removed(cacheness.clear());
        }
        throw invalid("Say either namespace=<name> or all=true");
    }

    /**
     * Does some work at once, and answers when it is done.
     *
     * @param action {@code cleanup} removes expired entries; {@code verify} reads all stored bytes and tells what is wrong; {@code repair} also removes
     *     what is damaged and what belongs to no entry; {@code compact} makes the index smaller where that is possible
     */
    @WriteOperation
    public OperationResponseBody run(String action) {
        return switch (action) {
            case "cleanup" -> new Removed(cacheness.cleanUpExpired());
            case "verify" -> IntegrityDescriptor.of(cacheness.verify());
            case "repair" -> IntegrityDescriptor.of(cacheness.repair());
            case "compact" -> {
                cacheness.compact();
                yield new Removed(0);
            }
            default -> throw invalid("The action must be 'cleanup', 'verify', 'repair' or 'compact'");
        };
    }

    private static CacheKey<Object> keyOf(String digest) {
        try {
            return CacheKey.ofDigest(digest);
        } catch (IllegalArgumentException ex) {
            throw invalid(ex);
        }
    }

    private static EntryQuery query(
            @Nullable String namespace, @Nullable String digest, @Nullable Integer offset, @Nullable Integer limit) {
        try {
            EntryQuery query = EntryQuery.all()
                    .withDigestPrefix(digest == null ? "" : digest)
                    .page(offset == null ? 0 : offset, limit == null ? DEFAULT_LIMIT : limit);
            return namespace == null ? query : query.inNamespace(namespace);
        } catch (IllegalArgumentException ex) {
            throw invalid(ex);
        }
    }

    private static InvalidEndpointRequestException invalid(IllegalArgumentException cause) {
        String reason = cause.getMessage() == null ? "Invalid request" : cause.getMessage();
        return new InvalidEndpointRequestException(reason, reason, cause);
    }

    private static InvalidEndpointRequestException invalid(String reason) {
        return new InvalidEndpointRequestException(reason, reason);
    }
}
