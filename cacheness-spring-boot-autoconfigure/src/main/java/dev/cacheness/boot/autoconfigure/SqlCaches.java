package dev.cacheness.boot.autoconfigure;

import dev.cacheness.boot.sql.SqlCacheableMethod;
import dev.cacheness.boot.sql.SqlCacheableSource;
import dev.cacheness.sql.DataFetcher;
import dev.cacheness.sql.SqlCache;
import dev.cacheness.sql.SqlCacheAdapter;
import dev.cacheness.sql.SqlCacheBuilder;
import dev.cacheness.sql.SqlCacheException;
import dev.cacheness.sql.TableDefinition;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Opens the SQL caches whose sources are beans of the application. */
final class SqlCaches {

    private static final Logger log = LoggerFactory.getLogger(SqlCaches.class);

    /** How many values a collection parameter gets, unless a property says it. */
    private static final int MAX_AT_ONCE = 1_000;

    private final SqlCacheProperties properties;

    private final SqlCacheStores stores;

    private final ConfigurableListableBeanFactory beanFactory;

    private final ObjectProvider<InstantSource> clock;

    SqlCaches(
            SqlCacheProperties properties,
            SqlCacheStores stores,
            ConfigurableListableBeanFactory beanFactory,
            ObjectProvider<InstantSource> clock) {
        this.properties = properties;
        this.stores = stores;
        this.beanFactory = beanFactory;
        this.clock = clock;
        Set<String> sources = new TreeSet<>(SqlCacheSources.names(beanFactory));
        SqlCacheableBeans.find(beanFactory)
                .forEach(found -> sources.add(found.method().cache()));
        properties.caches().keySet().forEach(name -> warnWithoutSource(name, sources));
    }

    /** Called by the definitions that {@link SqlCacheRegistrar} makes. */
    SqlCache<?> open(String name, Class<?> rowType) {
        Object source = beanFactory.getBean(name);
        SqlCache<?> cache = source instanceof SqlCacheAdapter<?> adapter
                ? open(name, adapter, rowType, false)
                : open(name, adapterOf((DataFetcher<?>) source), rowType, false);
        ExecutorsCloseFirst.register(beanFactory, SqlCacheRegistrar.beanName(name));
        return cache;
    }

    /** Called by the definitions of caches whose source is a method. */
    SqlCache<?> openMethod(String bean, Class<?> type, String cache) {
        SqlCacheableMethod method = SqlCacheableBeans.methods(type).stream()
                .filter(each -> each.cache().equals(cache))
                .findFirst()
                .orElseThrow();
        DataFetcher<?> source = new SqlCacheableSource<>(method, () -> beanFactory.getBean(bean));
        SqlCache<?> opened = open(cache, adapterOf(source), method.rowType(), method.takesCollection());
        ExecutorsCloseFirst.register(beanFactory, SqlCacheRegistrar.beanName(cache));
        return opened;
    }

    private static <T> SqlCacheAdapter<T> adapterOf(DataFetcher<T> fetcher) {
        return fetcher::fetch;
    }

    private <T> SqlCache<T> open(String name, SqlCacheAdapter<T> adapter, Class<?> rowType, boolean severalAtOnce) {
        TableDefinition<T> table = table(name, adapter, rowType);
        SqlCacheBuilder<T> builder = SqlCache.builder(table).adapter(adapter).name(name);
        clock.ifAvailable(builder::clock);
        if (severalAtOnce) {
            builder.partitionsPerFetch(MAX_AT_ONCE);
        }
        SqlCacheProperties.Settings settings = properties.of(name);
        SqlCacheBuilderSettings.apply(name, settings, builder);
        stores.choose(name, settings, table.rangeColumn().isPresent(), builder);
        beanFactory
                .getBeanProvider(SqlCacheCustomizer.class)
                .orderedStream()
                .forEach(customizer -> customizer.customize(name, builder));
        return builder.build();
    }

    /** The type of the rows is that of the source, so the record that it names is one of T. */
    @SuppressWarnings("unchecked")
    private static <T> TableDefinition<T> table(String name, SqlCacheAdapter<T> adapter, Class<?> rowType) {
        TableDefinition<T> own = adapter.tableDefinition();
        if (own != null) {
            return own;
        }
        if (!rowType.isRecord()) {
            throw new SqlCacheException(
                    "Cache '" + name + "': the type of its rows is " + rowType.getName()
                            + ", which is no record. Declare"
                            + " the bean '" + name
                            + "' with the record in its type, such as DataFetcher<Price>, or as a"
                            + " SqlCacheAdapter that returns its table from tableDefinition().",
                    null);
        }
        try {
            return (TableDefinition<T>) TableDefinition.of(rowType);
        } catch (IllegalArgumentException ex) {
            throw new SqlCacheException(
                    "Cache '" + name + "': rows of " + rowType.getName() + " make no table. " + ex.getMessage(), ex);
        }
    }

    /** No failure: the source may belong to another profile or to a part of the application that a test leaves out. */
    private static void warnWithoutSource(String name, Set<String> sources) {
        if (sources.stream().noneMatch(source -> SqlCacheProperties.sameName(source, name))) {
            log.warn(
                    "cacheness.sql.caches.{}: there is no bean '{}' that could be the source of this cache, only {}. Declare a"
                            + " bean of type DataFetcher or SqlCacheAdapter with this name, or remove the settings.",
                    name,
                    name,
                    sources);
        }
    }
}
