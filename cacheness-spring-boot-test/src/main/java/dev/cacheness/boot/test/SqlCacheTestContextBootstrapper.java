package dev.cacheness.boot.test;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/** Reads the properties of {@link SqlCacheTest}. */
final class SqlCacheTestContextBootstrapper extends TestSliceTestContextBootstrapper<SqlCacheTest> {}
