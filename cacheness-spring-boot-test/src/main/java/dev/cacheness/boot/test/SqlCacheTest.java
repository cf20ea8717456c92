package dev.cacheness.boot.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Tests SQL caches and what uses them, without the rest of the application: no component is found by scanning, unless a filter includes it, and nothing
 * is configured but the caches. Tables are in memory, whatever the properties say, and the time is that of a {@link TestClock}, which can be injected.
 * The test declares the sources as beans, such as {@link RecordingSource}s, and imports what it tests.
 *
 * <pre>{@code
 * @SqlCacheTest
 * @Import(Reports.class)
 * class ReportsTests {
 *
 *     @TestConfiguration
 *     static class Sources {
 *         @Bean
 *         RecordingSource<Price> prices() {
 *             return RecordingSource.of(request -> …);
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>DuckDB keeps the tables if its driver is on the class path, otherwise SQLite.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(SqlCacheTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(SqlCacheTypeExcludeFilter.class)
@ImportAutoConfiguration
public @interface SqlCacheTest {

    /** Properties in the form {@code key=value}. */
    String[] properties() default {};

    /** Whether only what belongs to the slice is scanned, which is nothing. */
    boolean useDefaultFilters() default true;

    /** Components to include. */
    Filter[] includeFilters() default {};

    /** Components to exclude. */
    Filter[] excludeFilters() default {};

    /** Auto-configurations to exclude. */
    @AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
    Class<?>[] excludeAutoConfiguration() default {};
}
