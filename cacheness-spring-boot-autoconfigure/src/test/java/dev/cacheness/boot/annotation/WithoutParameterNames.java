package dev.cacheness.boot.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;

/** Compiles a class as it is compiled without the option {@code -parameters}. */
final class WithoutParameterNames {

    private WithoutParameterNames() {}

    static Class<?> compile(Path directory, String name, String source) throws Exception {
        Path file = Files.writeString(directory.resolve(name + ".java"), source);
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        Path.of(Cached.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI())
                                .toString(),
                        "-d",
                        directory.toString(),
                        file.toString());
        assertThat(result).isZero();
        var loader = new URLClassLoader(new URL[] {directory.toUri().toURL()}, Cached.class.getClassLoader());
        return loader.loadClass(name);
    }
}
