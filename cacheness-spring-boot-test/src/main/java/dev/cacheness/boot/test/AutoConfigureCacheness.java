package dev.cacheness.boot.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Gives a test a cache that shares nothing with others: by default on the heap, in any case with a directory of its own that goes away with the context, and with
 * the time of a {@link TestClock}, which can be injected. Works beside {@code @SpringBootTest} and brings the cache into test slices.
 *
 * <pre>{@code
 * @SpringBootTest
 * @AutoConfigureCacheness
 * class WeatherTests {
 *     @Autowired Cacheness cache;
 *     @Autowired TestClock clock;
 * }
 * }</pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureCacheness {

    /** The metadata backend: {@code memory}, {@code sqlite}, or {@link CacheFaults#BACKEND} to let the cache fail when the test says so. */
    String backend() default "memory";
}
