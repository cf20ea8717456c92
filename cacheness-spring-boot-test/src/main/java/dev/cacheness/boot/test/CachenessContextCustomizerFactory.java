package dev.cacheness.boot.test;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Gives the contexts of tests with {@link AutoConfigureCacheness} a cache of their own. */
final class CachenessContextCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configAttributes) {
        AutoConfigureCacheness annotation =
                TestContextAnnotationUtils.findMergedAnnotation(testClass, AutoConfigureCacheness.class);
        return annotation == null ? null : new CachenessContextCustomizer(annotation.backend());
    }
}
