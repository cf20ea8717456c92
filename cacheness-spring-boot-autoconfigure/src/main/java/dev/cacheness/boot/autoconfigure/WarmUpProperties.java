package dev.cacheness.boot.autoconfigure;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the cache is filled with when the application starts.
 *
 * @param bundle File that Cacheness.exportTo wrote. Its entries are imported in the background once the application is up, unless later ones are there.
 */
@ConfigurationProperties("cacheness.warm-up")
public record WarmUpProperties(@Nullable Path bundle) {}
