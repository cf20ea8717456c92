package dev.cacheness.jpa;

import java.time.Instant;
import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.repository.NoRepositoryBean;

/**
 * The rows of the index, for questions: pages, specifications, examples and projections of Spring Data JPA. An entry that has expired is among them until
 * it is removed; {@link CacheEntryRow#getExpiresAt()} tells. Reads the newest committed state, never inside a transaction of the caller. Thread-safe.
 *
 * <p>Only for reading: every method that would change something throws {@link UnsupportedOperationException}, because the values of entries must go
 * with their rows. Use {@link dev.cacheness.Cacheness} to remove entries.
 *
 * <p>The first call builds a persistence unit, which takes a second or more. A call throws {@link dev.cacheness.CacheConfigurationException} if the
 * index is not one that SQL can ask or if a library is missing, and {@link dev.cacheness.CacheClosedException} after the cache was closed.
 */
@NoRepositoryBean
public interface CacheEntryRepository
        extends JpaRepository<CacheEntryRow, String>, JpaSpecificationExecutor<CacheEntryRow> {

    /** The entries of a namespace. */
    Page<CacheEntryRow> findByNamespace(String namespace, Pageable page);

    /** The entries with the largest stored values, the largest first. */
    List<CacheEntryRow> findByOrderBySizeBytesDescDigestAsc(Limit limit);

    /** The entries that expire before a time, the first to do so first. */
    List<CacheEntryRow> findByExpiresAtBeforeOrderByExpiresAtAsc(Instant time, Limit limit);

    /**
     * All entries, each as a projection.
     *
     * @param projection an interface with getters for some of the attributes
     */
    <T> Page<T> findAllBy(Pageable page, Class<T> projection);

    /** How many entries a namespace has. */
    long countByNamespace(String namespace);
}
