package dev.cacheness.boot.autoconfigure;

import dev.cacheness.CacheException;
import dev.cacheness.CacheMetadataException;
import dev.cacheness.CacheStorageException;
import dev.cacheness.engine.CachenessBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Explains why the cache could not be opened where it is to be: a directory that cannot be written, a file in its place, a database that is none, or
 * a layout that a newer version made.
 */
final class CacheStorageFailureAnalyzer extends AbstractFailureAnalyzer<CacheException> {

    private static final String PROPERTY = "cacheness.storage.dir";

    private final Environment environment;

    CacheStorageFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, CacheException cause) {
        boolean ofStore = cause instanceof CacheStorageException || cause instanceof CacheMetadataException;
        if (!ofStore || !failedToOpen(rootFailure)) {
            return null;
        }
        StringBuilder description =
                new StringBuilder("The cache was not opened, and what is there was left as it was. ");
        description.append(cause.getMessage());
        description
                .append("%n%n    Property: %s%n    Value: \"".formatted(PROPERTY))
                .append(environment.getProperty(PROPERTY, CachenessBuilder.DEFAULT_DIRECTORY.toString()))
                .append('"');
        PropertyOrigins.of(environment, PROPERTY)
                .ifPresent(origin ->
                        description.append("%n    Origin: ".formatted()).append(origin));
        return new FailureAnalysis(
                description.toString(),
                "Set " + PROPERTY + " to a directory that this process may write and that is empty or a cache's, "
                        + "or mend what the description names. cacheness.enabled=false starts without a cache.",
                cause);
    }

    /** A failure of the application's own use of the cache is not for us to explain. */
    private static boolean failedToOpen(Throwable rootFailure) {
        for (Throwable failure = rootFailure; failure != null; failure = failure.getCause()) {
            if (failure instanceof BeanCreationException creation && "cacheness".equals(creation.getBeanName())) {
                return true;
            }
        }
        return false;
    }
}
