package dev.cacheness.boot.autoconfigure;

import dev.cacheness.sql.SqlCacheException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains why an SQL cache could not be opened: a file that another process holds, a table of other columns, rows that make no table. */
final class SqlCacheFailureAnalyzer extends AbstractFailureAnalyzer<SqlCacheException> {

    private static final String SUFFIX = SqlCacheRegistrar.beanName("");

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, SqlCacheException cause) {
        String cache = failedCache(rootFailure);
        if (cache == null) {
            return null;
        }
        String property = "cacheness.sql.caches." + cache;
        return new FailureAnalysis(
                "The SQL cache was not opened. " + cause.getMessage() + "%n%n    Property: ".formatted() + property,
                "Mend what the description names. " + property + ".url names another place, " + property
                        + ".store=sqlite allows several processes, " + property
                        + ".on-schema-change=recreate starts a table anew. What is lost is fetched again.",
                cause);
    }

    /** A failure of the application's own use of a cache is not for us to explain. */
    private static @Nullable String failedCache(Throwable rootFailure) {
        for (Throwable failure = rootFailure; failure != null; failure = failure.getCause()) {
            if (failure instanceof BeanCreationException creation) {
                String bean = creation.getBeanName();
                if (bean != null && bean.endsWith(SUFFIX)) {
                    return bean.substring(0, bean.length() - SUFFIX.length());
                }
            }
        }
        return null;
    }
}
