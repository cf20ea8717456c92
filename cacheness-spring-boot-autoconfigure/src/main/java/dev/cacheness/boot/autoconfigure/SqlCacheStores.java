package dev.cacheness.boot.autoconfigure;

import dev.cacheness.boot.autoconfigure.SqlCacheProperties.Store;
import dev.cacheness.sql.SqlCacheBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.util.ClassUtils;

/**
 * Says where the table of a cache is. By default it has a file of its own below the directory of the cache, and is in memory where the entries are.
 */
final class SqlCacheStores {

    private static final String DUCKDB_DRIVER = "org.duckdb.DuckDBDriver";

    private final CachenessProperties properties;

    private final BeanFactory beanFactory;

    SqlCacheStores(CachenessProperties properties, BeanFactory beanFactory) {
        this.properties = properties;
        this.beanFactory = beanFactory;
    }

    void choose(String cache, SqlCacheProperties.Settings settings, boolean hasRange, SqlCacheBuilder<?> builder) {
        SqlCacheSpans names = new SqlCacheSpans(cache);
        String url = settings.url();
        String dataSource = settings.dataSource();
        if (Stream.of(settings.store(), url, dataSource)
                        .filter(set -> set != null)
                        .count()
                > 1) {
            throw names.wrong(
                    settings.store() != null ? "store" : "data-source",
                    settings.store() != null ? settings.store().toString() : String.valueOf(dataSource),
                    "There can be only one of store, url and data-source.",
                    "Leave the others out.");
        }
        if (url != null) {
            byUrl(names, url, builder);
        } else if (dataSource != null) {
            byDataSource(names, dataSource, builder);
        } else {
            byFile(names, cache, settings.store() == null ? Store.AUTO : settings.store(), hasRange, builder);
        }
    }

    private static void byUrl(SqlCacheSpans names, String url, SqlCacheBuilder<?> builder) {
        try {
            builder.url(url);
        } catch (IllegalArgumentException ex) {
            // The URL may have a password in it.
            throw names.wrong(
                    "url",
                    url.replaceAll("[?@].*", "…"),
                    "It names no database that a cache can use.",
                    "Use sqlite:file, duckdb:file, postgresql://host/database or memory:.",
                    ex);
        }
    }

    private void byDataSource(SqlCacheSpans names, String dataSource, SqlCacheBuilder<?> builder) {
        try {
            builder.postgresql(beanFactory.getBean(dataSource, DataSource.class));
        } catch (NoSuchBeanDefinitionException ex) {
            throw names.wrong(
                    "data-source",
                    dataSource,
                    "There is no bean of this name.",
                    "Use the name of a bean of type DataSource.",
                    ex);
        }
    }

    private void byFile(SqlCacheSpans names, String cache, Store store, boolean hasRange, SqlCacheBuilder<?> builder) {
        boolean inMemory =
                store == Store.AUTO && properties.metadata().backend().equals("memory");
        boolean hasDuckDb = ClassUtils.isPresent(DUCKDB_DRIVER, SqlCacheBuilder.class.getClassLoader());
        if (inMemory || store == Store.MEMORY) {
            builder.url(hasDuckDb && hasRange ? "memory:" : "sqlite::memory:");
        } else if (store == Store.DUCKDB || (store == Store.AUTO && hasDuckDb && hasRange)) {
            builder.duckDb(file(names, cache, ".duckdb"));
        } else {
            builder.sqlite(file(names, cache, ".sqlite"));
        }
    }

    private Path file(SqlCacheSpans names, String cache, String ending) {
        Path directory = properties.storage().dir().resolve("sql");
        try {
            Files.createDirectories(directory);
        } catch (IOException ex) {
            throw new dev.cacheness.CacheConfigurationException(
                    "cacheness.storage.dir",
                    properties.storage().dir().toString(),
                    "The directory " + directory + " cannot be made: " + ex + ".",
                    "Use a directory that this process may write.",
                    ex);
        }
        return directory.resolve(cache.replaceAll("[^A-Za-z0-9._-]", "_") + ending);
    }
}
