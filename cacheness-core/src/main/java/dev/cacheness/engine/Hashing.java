package dev.cacheness.engine;

import dev.cacheness.internal.key.KeyDigester;
import dev.cacheness.internal.key.KeySettings;
import dev.cacheness.internal.key.PathHasher;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Hashes of values and of files, for use as a key, a name or a proof that something has not changed. The same in every process and on every machine,
 * and stable: a later version gives the same hash. Thread-safe.
 */
public final class Hashing {

    private static final KeyDigester DIGESTER =
            new KeyDigester(new KeySettings(CachenessBuilder.DEFAULT_KEY_MAX_DEPTH, true, true));

    private Hashing() {}

    /**
     * The SHA-256 of a value, by the rules for the parameters of a key (see {@link dev.cacheness.CacheKey}): equal values have the same hash, whatever
     * the order of a map or a set; values of different kinds have different ones. A {@code Path} counts by its content. An object of a class that is
     * not known counts by the name of its class and by its fields, apart from static and transient ones.
     *
     * @param value may be null, and of any length; is only read
     * @return 64 lower-case hexadecimal characters
     * @throws dev.cacheness.CacheSerializationException if the value, or a part of it, cannot be hashed: names the part and its class
     */
    public static String content(@Nullable Object value) {
        return DIGESTER.contentHash(value);
    }

    /**
     * The SHA-256 of what lies at a path. For a file it is that of its content, as {@code sha256sum} prints it. For a directory it is made of the names
     * and contents of all that lies below it, so that a copy elsewhere has the same hash; times, owners and rights do not count. A symbolic link
     * below the path counts by the text of its target and is not followed; the path itself may be one and is followed. Files are read in pieces,
     * large trees by several threads.
     *
     * <p>Names are compared and hashed as texts, in UTF-16 order, so the hash of a tree is the same on every machine whose names are. A tree that changes
     * while it is read may be hashed in a state that it never had.
     *
     * @return 64 lower-case hexadecimal characters
     * @throws dev.cacheness.CacheSerializationException if the path, or one below it, does not exist, cannot be read, or is neither file nor
     *     directory nor link: names the path
     */
    public static String path(Path path) {
        return HexFormat.of().formatHex(PathHasher.hash(path).sha256());
    }
}
