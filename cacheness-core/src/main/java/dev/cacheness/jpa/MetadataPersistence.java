package dev.cacheness.jpa;

import dev.cacheness.CacheClosedException;
import dev.cacheness.CacheConfigurationException;
import dev.cacheness.Cacheness;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Gives the repository over the index of a cache. It has a persistence unit with connections of its own, which the first use builds and
 * {@link #close} ends; until then no class of Hibernate is loaded. Whoever makes one closes it, before the cache. Thread-safe.
 */
public final class MetadataPersistence implements AutoCloseable {

    private static final Pattern READS = Pattern.compile("(find|get|count|exists).*");

    private static final String SQLITE_DIALECT = "org.hibernate.community.dialect.SQLiteDialect";

    /** Hibernate finds this one by itself, whatever a {@code hibernate.properties} says, and wants nobody to name it. */
    private static final String POSTGRESQL_DIALECT = "";

    private final Cacheness cacheness;

    private final ReentrantLock lock = new ReentrantLock();

    private final CacheEntryRepository entries;

    private volatile @Nullable PersistenceUnit unit;

    private volatile boolean closed;

    private MetadataPersistence(Cacheness cacheness) {
        this.cacheness = cacheness;
        this.entries = (CacheEntryRepository) Proxy.newProxyInstance(
                CacheEntryRepository.class.getClassLoader(),
                new Class<?>[] {CacheEntryRepository.class},
                (proxy, method, arguments) -> answer(proxy, method, arguments));
    }

    /** For a cache that is open. Touches neither the index nor Hibernate yet. */
    public static MetadataPersistence of(Cacheness cacheness) {
        return new MetadataPersistence(Objects.requireNonNull(cacheness, "cacheness"));
    }

    /** The repository; the same one every time. */
    public CacheEntryRepository entries() {
        return entries;
    }

    private @Nullable Object answer(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> arguments != null && arguments[0] == proxy;
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "CacheEntryRepository";
            };
        }
        if (!READS.matcher(method.getName()).matches()) {
            throw new UnsupportedOperationException("CacheEntryRepository." + method.getName()
                    + " would change the index, which this repository only reads: the value of an entry must go with its row."
                    + " Use put, touch, invalidate or invalidateWhere of Cacheness.");
        }
        try {
            return method.invoke(unit().entries(), arguments);
        } catch (InvocationTargetException ex) {
            throw ex.getCause();
        }
    }

    private PersistenceUnit unit() {
        PersistenceUnit present = unit;
        if (present != null) {
            return present;
        }
        lock.lock();
        try {
            if (closed) {
                throw new CacheClosedException();
            }
            PersistenceUnit built = unit;
            if (built == null) {
                built = PersistenceUnit.open(
                        dataSource(), dialect(cacheness.stats().metadataBackend()));
                unit = built;
            }
            return built;
        } finally {
            lock.unlock();
        }
    }

    private DataSource dataSource() {
        return cacheness
                .unwrap(DataSource.class)
                .orElseThrow(() -> new CacheConfigurationException(
                        "cacheness.metadata.backend",
                        cacheness.stats().metadataBackend(),
                        "Its index cannot be asked by SQL, so there is no CacheEntryRepository.",
                        "Use sqlite or postgresql, or ask Cacheness.entries instead."));
    }

    private static String dialect(String backend) {
        return backend.equals("postgresql") ? POSTGRESQL_DIALECT : sqliteDialect();
    }

    /** The dialect that Hibernate does not bring itself. */
    private static String sqliteDialect() {
        try {
            return Class.forName(SQLITE_DIALECT, false, MetadataPersistence.class.getClassLoader())
                    .getName();
        } catch (ClassNotFoundException ex) {
            throw new CacheConfigurationException(
                    "cacheness.metadata.backend",
                    "sqlite",
                    "Hibernate does not know SQLite, so there is no CacheEntryRepository.",
                    "Add the library org.hibernate.orm:hibernate-community-dialects.",
                    ex);
        }
    }

    /** Ends the persistence unit, if there is one, and its connections. May be called again. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            PersistenceUnit present = unit;
            unit = null;
            if (present != null) {
                present.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
