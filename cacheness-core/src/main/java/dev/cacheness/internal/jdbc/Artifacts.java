package dev.cacheness.internal.jdbc;

import dev.cacheness.CacheConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds out whether optional libraries are there, before a class is loaded that needs them. */
final class Artifacts {

    private Artifacts() {}

    /**
     * Refuses a backend whose libraries are not there.
     *
     * @param classes a class of each artifact, and the artifact as {@code group:artifact}
     */
    static void require(String backend, Map<String, String> classes) {
        List<String> missing = new ArrayList<>();
        classes.forEach((name, artifact) -> {
            if (!isPresent(name)) {
                missing.add(artifact);
            }
        });
        if (!missing.isEmpty()) {
            throw new CacheConfigurationException(
                    "cacheness.metadata.backend",
                    backend,
                    "It needs what is not on the class path: " + String.join(", ", missing) + ".",
                    "Add the dependency, or choose another backend.");
        }
    }

    private static boolean isPresent(String className) {
        try {
            Class.forName(className, false, Artifacts.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
