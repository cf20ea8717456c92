package dev.cacheness.spi;

import java.util.List;

/**
 * What can be said of a backend without opening it.
 *
 * @param name what chooses it
 * @param description one sentence for people
 * @param requiredArtifacts Maven coordinates ({@code group:artifact}) of what must be on the class path beside it
 */
public record BackendDescription(String name, String description, List<String> requiredArtifacts) {

    public BackendDescription {
        requiredArtifacts = List.copyOf(requiredArtifacts);
    }
}
