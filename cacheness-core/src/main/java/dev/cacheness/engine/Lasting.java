package dev.cacheness.engine;

import dev.cacheness.Durability;
import dev.cacheness.spi.EntryRef;
import dev.cacheness.spi.MetadataBackend;
import java.util.List;
import java.util.function.Predicate;

/** Makes changes survive a loss of power before their callers are told of them, for the caches that want that while the whole cache does not. Thread-safe. */
final class Lasting {

    private final MetadataBackend index;

    private final Predicate<String> wanted;

    Lasting(MetadataBackend index, Policies policies) {
        this(
                index,
                policies.firstThatForces() == null
                        ? namespace -> false
                        : namespace -> policies.of(namespace).durability() == Durability.POWER);
    }

    private Lasting(MetadataBackend index, Predicate<String> wanted) {
        this.index = index;
        this.wanted = wanted;
    }

    /** All entries survive what the index was opened for. */
    static Lasting asOpened(MetadataBackend index) {
        return new Lasting(index, namespace -> false);
    }

    /** An entry of the namespace was changed. */
    void changed(String namespace) {
        if (wanted.test(namespace)) {
            index.force();
        }
    }

    /** Entries were removed, and must not come back. */
    void removed(List<EntryRef> entries) {
        if (entries.stream().map(EntryRef::namespace).anyMatch(wanted)) {
            index.force();
        }
    }
}
