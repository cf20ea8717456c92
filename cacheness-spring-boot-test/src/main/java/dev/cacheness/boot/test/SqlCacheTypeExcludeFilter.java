package dev.cacheness.boot.test;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/** Excludes all components that {@link SqlCacheTest} does not include by a filter. */
final class SqlCacheTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<SqlCacheTest> {

    SqlCacheTypeExcludeFilter(Class<?> testClass) {
        super(testClass);
    }
}
