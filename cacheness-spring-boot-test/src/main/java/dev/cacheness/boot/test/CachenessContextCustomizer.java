package dev.cacheness.boot.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.FileSystemUtils;

/** Sets the backend and a directory that is deleted after the cache has been closed. Equal ones share a context, and so the cache. */
record CachenessContextCustomizer(String backend) implements ContextCustomizer {

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
        Path directory = temporaryDirectory();
        TestPropertyValues.of(
                        "cacheness.metadata.backend=" + backend, "cacheness.storage.dir=" + directory.resolve("cache"))
                .applyTo(context);
        if (context.getBeanFactory() instanceof DefaultListableBeanFactory beanFactory) {
            // What is registered first is destroyed last.
            beanFactory.registerDisposableBean(
                    "cachenessTestDirectory", () -> FileSystemUtils.deleteRecursively(directory));
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("cacheness-test");
        } catch (IOException ex) {
            throw new UncheckedIOException("No temporary directory could be made for the cache of the test", ex);
        }
    }
}
