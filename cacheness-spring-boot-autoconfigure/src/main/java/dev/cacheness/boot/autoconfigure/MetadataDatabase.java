package dev.cacheness.boot.autoconfigure;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.jdbc.PostgresqlMetadata;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.util.ClassUtils;

/** Decides which database the index is in: a bean that is named, a bean that is marked, connection details, or an address. */
final class MetadataDatabase {

    static final String POSTGRESQL = "postgresql";

    private static final String PRIMARY = "primary";

    private static final String DATA_SOURCE = "cacheness.metadata.datasource";

    private static final String URL = "cacheness.metadata.url";

    private static final boolean SPRING_JDBC = ClassUtils.isPresent(
            "org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy",
            MetadataDatabase.class.getClassLoader());

    private final CachenessProperties.Metadata metadata;

    private final ConfigurableListableBeanFactory beanFactory;

    MetadataDatabase(CachenessProperties.Metadata metadata, ConfigurableListableBeanFactory beanFactory) {
        this.metadata = metadata;
        this.beanFactory = beanFactory;
    }

    void addTo(CachenessBuilder builder) {
        if (!metadata.backend().equals(POSTGRESQL)) {
            refuseDatabaseOfAnother();
            return;
        }
        DataSource dataSource = dataSource();
        if (dataSource != null) {
            builder.register(PostgresqlMetadata.provider(withoutTransaction(dataSource)));
            return;
        }
        builder.metadataOptions(options());
    }

    private void refuseDatabaseOfAnother() {
        String url = metadata.url();
        if (url != null) {
            throw unused(URL, null);
        }
        if (metadata.datasource() != null) {
            throw unused(DATA_SOURCE, metadata.datasource());
        }
    }

    private CacheConfigurationException unused(String property, @Nullable String value) {
        return new CacheConfigurationException(
                property,
                value,
                "It is set, but cacheness.metadata.backend=" + metadata.backend() + " does not use it.",
                "Set cacheness.metadata.backend=postgresql, or remove " + property + ".");
    }

    private @Nullable DataSource dataSource() {
        String name = metadata.datasource();
        List<String> marked = markedNames(beanFactory);
        if (name == null) {
            return marked.isEmpty() ? null : bean(only(marked));
        }
        if (!name.equals(PRIMARY)) {
            return bean(name);
        }
        return marked.isEmpty() ? primary() : bean(only(marked));
    }

    /** Of the beans that are marked with {@link CachenessDataSource}. */
    static List<String> markedNames(ConfigurableListableBeanFactory beanFactory) {
        return Arrays.stream(beanFactory.getBeanNamesForType(DataSource.class, true, false))
                .filter(name -> beanFactory.findAnnotationOnBean(name, CachenessDataSource.class, false) != null)
                .toList();
    }

    private static String only(List<String> marked) {
        if (marked.size() > 1) {
            throw new CacheConfigurationException(
                    DATA_SOURCE,
                    null,
                    "Several beans are marked with @CachenessDataSource: " + String.join(", ", marked) + ".",
                    "Mark one of them, or set " + DATA_SOURCE + " to its name.");
        }
        return marked.get(0);
    }

    private DataSource bean(String name) {
        try {
            return beanFactory.getBean(name, DataSource.class);
        } catch (NoSuchBeanDefinitionException e) {
            throw new CacheConfigurationException(
                    DATA_SOURCE,
                    name,
                    "There is no bean of that name and of type DataSource.",
                    "Use 'primary' or one of " + dataSources() + ".",
                    e);
        }
    }

    private DataSource primary() {
        try {
            return beanFactory.getBean(DataSource.class);
        } catch (NoUniqueBeanDefinitionException e) {
            throw new CacheConfigurationException(
                    DATA_SOURCE,
                    PRIMARY,
                    "There are several beans of type DataSource, and none is the primary one: " + dataSources() + ".",
                    "Set " + DATA_SOURCE + " to the name of one, or mark it with @CachenessDataSource.",
                    e);
        } catch (NoSuchBeanDefinitionException e) {
            throw new CacheConfigurationException(
                    DATA_SOURCE,
                    PRIMARY,
                    "There is no bean of type DataSource.",
                    "Set " + URL + " instead, or define one.",
                    e);
        }
    }

    private String dataSources() {
        return String.join(", ", beanFactory.getBeanNamesForType(DataSource.class, true, false));
    }

    private Map<String, String> options() {
        CachenessMetadataConnectionDetails details = beanFactory
                .getBeanProvider(CachenessMetadataConnectionDetails.class)
                .getIfAvailable();
        var options = new LinkedHashMap<String, String>();
        if (details != null) {
            put(options, "url", details.getUrl());
            put(options, "username", details.getUsername());
            put(options, "password", details.getPassword());
        } else {
            put(options, "url", metadata.url());
            put(options, "username", metadata.username());
            put(options, "password", metadata.password());
        }
        if (!options.containsKey("url") && !metadata.options().containsKey("url")) {
            throw new CacheConfigurationException(
                    URL,
                    null,
                    "It is missing, and cacheness.metadata.backend=postgresql needs a database.",
                    "Set it to jdbc:postgresql://host:5432/database, or set " + DATA_SOURCE
                            + "=primary to share the application's.");
        }
        return options;
    }

    private static void put(Map<String, String> options, String name, @Nullable String value) {
        if (value != null) {
            options.put(name, value);
        }
    }

    /** The index must not take part in the transactions of the application. */
    private static DataSource withoutTransaction(DataSource dataSource) {
        return SPRING_JDBC ? TransactionAware.unwrapped(dataSource) : dataSource;
    }

    /** Loaded only where Spring JDBC is. */
    private static final class TransactionAware {

        static DataSource unwrapped(DataSource dataSource) {
            DataSource inner = dataSource;
            while (inner instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null) {
                inner = proxy.getTargetDataSource();
            }
            return inner;
        }
    }
}
